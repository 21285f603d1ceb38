//! Findings for people. The only file that knows annotate-snippets.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::words::acts;
use super::{CellPlace, Diagnostic, Place, Severity, printable};

/// A line longer than this is named and not shown.
const LONGEST_LINE: usize = 500;
/// More details of a notice than these are only counted.
const MOST_DETAILS: usize = 8;

/// One finding about a plan as text with styles; the writer strips them where there is no terminal.
pub fn render(finding: &Diagnostic) -> String {
    match finding.severity {
        Severity::Error => render_in_file(finding),
        Severity::Warning | Severity::Note => render_notice(finding),
    }
}

/// A finding with the line that it is about. For errors, and for warnings to those who have the file
/// open to correct it.
pub fn render_in_file(finding: &Diagnostic) -> String {
    let mut group = Group::with_title(title(finding));
    let related = finding.related.as_ref();
    if let Some(place) = &finding.place {
        let same_line = related.filter(|(other, _)| line_of(other) == line_of(place));
        group = show(group, place, same_line);
        if let Some((other, label)) = related.filter(|_| same_line.is_none()) {
            group = show_other(group, other, label);
        }
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    Renderer::styled().render(&[group])
}

/// A notice is about flows or figures, which its text names.
fn render_notice(finding: &Diagnostic) -> String {
    let mut text = Renderer::styled().render(&[Group::with_title(title(finding))]);
    for detail in finding.details.iter().take(MOST_DETAILS) {
        text.push_str(&format!("\n  - {}", printable(detail)));
    }
    if let Some(more) = finding.details.len().checked_sub(MOST_DETAILS).filter(|more| *more > 0) {
        text.push_str(&format!("\n  - and {more} more; the JSON result names all"));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n  help: {}", printable(help)));
    }
    text
}

fn title(finding: &Diagnostic) -> Title<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.primary_title(printable(&finding.message)).id(finding.code.as_str())
}

/// A line of a text; cells are shown one by one.
fn line_of(place: &Place) -> (&str, u32, Option<&CellPlace>) {
    (place.file.path(), place.line_column().0, place.cell())
}

fn show<'a>(
    group: Group<'a>,
    place: &'a Place,
    same_line: Option<&'a (Place, String)>,
) -> Group<'a> {
    if place.cell().is_some() || place.file.text().is_empty() {
        return group.element(Origin::path(path(place)));
    }
    let (number, column) = place.line_column();
    let Some((line, start)) = short_line(place, number) else {
        return group.element(origin(place, number, column));
    };
    let mut snippet = Snippet::source(harmless(line))
        .line_start(number as usize)
        .path(path(place))
        .annotation(AnnotationKind::Primary.span(within(place, line, start)));
    if let Some((other, label)) = same_line {
        let span = within(other, line, start);
        snippet = snippet.annotation(AnnotationKind::Context.span(span).label(label));
    }
    group.element(snippet)
}

fn show_other<'a>(group: Group<'a>, place: &'a Place, label: &'a str) -> Group<'a> {
    if place.cell().is_some() {
        let text = format!("{label}: {}", path(place));
        return group.element(Level::NOTE.message(text));
    }
    let (number, column) = place.line_column();
    let Some((line, start)) = short_line(place, number) else {
        return group.element(origin(place, number, column));
    };
    let span = within(place, line, start);
    let annotation = AnnotationKind::Context.span(span).label(label);
    let snippet = Snippet::source(harmless(line))
        .line_start(number as usize)
        .path(path(place))
        .annotation(annotation);
    group.element(snippet)
}

fn origin(place: &Place, line: u32, column: u32) -> Origin<'_> {
    Origin::path(path(place)).line(line as usize).char_column(column as usize)
}

fn path(place: &Place) -> Cow<'_, str> {
    let path = match place.file.path() {
        "-" => Cow::Borrowed("standard input"),
        path => printable(path),
    };
    match place.cell() {
        Some(cell) => Cow::Owned(format!("{path}, {}", printable(&cell.to_string()))),
        None => path,
    }
}

/// The place's line and where it begins; `None` where it is too long to show.
fn short_line(place: &Place, number: u32) -> Option<(&str, usize)> {
    let line = place.file.line(number);
    let start = (line.as_ptr() as usize).saturating_sub(place.file.text().as_ptr() as usize);
    (line.len() <= LONGEST_LINE).then_some((line, start))
}

/// The line without the characters beyond ASCII that a terminal would act upon; annotate-snippets
/// replaces those of ASCII. As many bytes long, so that places in it stay right.
fn harmless(line: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| !c.is_ascii() && acts(c);
    if !line.contains(is_harmful) {
        return Cow::Borrowed(line);
    }
    let replaced = line.chars().map(|c| match c.len_utf8() {
        2 if is_harmful(c) => '\u{b7}',
        3 if is_harmful(c) => '\u{fffd}',
        _ => c,
    });
    Cow::Owned(replaced.collect())
}

/// The part of the place that lies on its first line.
fn within(place: &Place, line: &str, line_start: usize) -> std::ops::Range<usize> {
    let start = place.span.start.saturating_sub(line_start).min(line.len());
    let end = place.span.end.saturating_sub(line_start).clamp(start, line.len());
    start..end
}
