//! What differs between two rate tables, and what that does to plans.

mod impact;
mod json;

pub use json::render_json;

use super::{heading, keys, mark};
use crate::diag::Diagnostic;
use crate::impact::Impact;
use crate::model::{Basis, Citation, CountryCode, Source};
use crate::rates::catalogue::{Entry, Quantity};
use crate::rates::diff::{Change, Fate, Sides, TableDiff};
use crate::rates::{CountryNames, RateTable};
use crate::report::estimate_lines;
use crate::report::grid::{Grid, number, text};
use crate::report::number::{signed_number, signed_percent};
use crate::report::page::{Form, Page};

/// Two tables, their differences, and what these do to plans.
pub struct Report<'t> {
    /// The old table.
    pub old: &'t RateTable,
    /// The new table.
    pub new: &'t RateTable,
    /// Their differences.
    pub diff: &'t TableDiff,
    /// What these do to plans.
    pub impacts: &'t [Impact],
    /// Names of countries.
    pub names: &'t CountryNames,
    /// What is doubtful about the comparison.
    pub notices: &'t [Diagnostic],
}

/// The differences as a page.
pub fn render(report: &Report<'_>, form: Form) -> String {
    let mut page = Page::default();
    let (old, new) = (&report.old.identity.id, &report.new.identity.id);
    page.title(format!("KA171 rates, {old} to {new}"));
    page.line(verdict(report));
    page.item(format!("Old: {}", heading(report.old)));
    page.item(format!("New: {}", heading(report.new)));
    if form == Form::Markdown {
        // On a terminal they stand on standard error.
        report.notices.iter().for_each(|notice| page.line(notice_text(notice)));
    }
    figures(&mut page, report.diff);
    countries(&mut page, report);
    grounds(&mut page, report.diff);
    sources(&mut page, report.diff);
    for impact in report.impacts {
        impact::add(&mut page, report, impact);
    }
    if report.impacts.iter().any(|impact| impact.has_estimates) {
        estimate_lines("Some amounts rest on").into_iter().for_each(|line| page.line(line));
    }
    page.write(form)
}

fn notice_text(notice: &Diagnostic) -> String {
    let help = notice.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}: {}{help}", notice.severity.as_str(), notice.message)
}

/// A name, and which entries it is for.
type Kind = (&'static str, fn(&Entry) -> bool);

/// How much differs.
fn verdict(report: &Report<'_>) -> String {
    let diff = report.diff;
    if diff.is_empty() {
        let head = |table: &RateTable| {
            let rates = &table.identity;
            (table.call, rates.id.clone(), rates.status, rates.carried_from, table.checked_on)
        };
        let same = head(report.old) == head(report.new);
        let rest = if same { "" } else { "; their heads differ" };
        return format!("The tables have the same figures, rules, countries and sources{rest}.");
    }
    let kinds: [Kind; 3] = [
        ("Figures", |entry| entry.value.is_number()),
        ("Rules", |entry| !entry.value.is_number() && !entry.is_country()),
        ("Countries", Entry::is_country),
    ];
    let mut parts = Vec::new();
    for (kind, is_of_kind) in kinds {
        let changes = diff.changes().filter(|change| is_of_kind(change.entry()));
        parts.extend(tally(kind, changes.map(|change| change.fate)));
    }
    let grounds = diff.changes().filter(|change| change.fate == Fate::Basis).count();
    if grounds > 0 {
        parts.push(format!("Same value, other mark, source or note: {grounds}."));
    }
    parts.extend(tally("Sources", diff.sources.iter().map(Sides::fate)));
    parts.join(" ")
}

/// `Figures: 18 changed, 3 added.`
fn tally(kind: &str, fates: impl Iterator<Item = Fate>) -> Option<String> {
    let fates: Vec<Fate> = fates.collect();
    let counts = [Fate::Changed, Fate::Added, Fate::Removed].map(|fate| {
        let number = fates.iter().filter(|this| **this == fate).count();
        (number > 0).then(|| format!("{number} {fate}"))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| format!("{kind}: {}.", counts.join(", ")))
}

fn sign(fate: Fate) -> String {
    match fate {
        Fate::Added => "+",
        Fate::Removed => "-",
        Fate::Changed | Fate::Basis => "~",
    }
    .to_owned()
}

fn figures(page: &mut Page, diff: &TableDiff) {
    let is_shown = |change: &&Change| change.fate != Fate::Basis && !change.entry().is_country();
    let mut grid = Grid::new([
        text(""),
        text("Figure"),
        number("Old"),
        number("New"),
        text("Unit"),
        number("Change"),
        number("%"),
        text("Mark"),
    ]);
    let mut lists = Page::default();
    for change in diff.changes().filter(is_shown) {
        let entry = change.entry();
        if !entry.value.is_number() {
            lists.item(rule_change(change));
            continue;
        }
        let value = |entry: Option<&Entry>| entry.map_or("-".into(), |e| e.value.to_string());
        grid.row([
            sign(change.fate),
            entry.figure.clone(),
            value(change.sides.in_old()),
            value(change.sides.in_new()),
            entry.unit.to_owned(),
            change
                .difference()
                .map(|difference| signed_number(difference, &entry.value))
                .unwrap_or_default(),
            change.percent_hundredths().map(signed_percent).unwrap_or_default(),
            marks(&change.sides),
        ]);
    }
    if !grid.is_empty() {
        page.heading("Figures");
        page.grid(grid);
    }
    if !lists.is_empty() {
        page.heading("Rules");
        page.append(lists);
    }
}

/// A rule, a text or a list of countries that differs.
fn rule_change(change: &Change) -> String {
    let value = match &change.sides {
        Sides::Both { old, new } if matches!(new.value, Quantity::Countries(_)) => {
            codes(&old.value, &new.value)
        }
        Sides::Both { old, new } => format!("{} -> {}", old.value, new.value),
        Sides::Old(only) | Sides::New(only) => only.value.to_string(),
    };
    format!("{}: {}: {value}", change.fate, change.entry().figure)
}

/// The countries that one list has and the other has not, with their signs.
fn codes(old: &Quantity, new: &Quantity) -> String {
    let list = |value: &Quantity| match value {
        Quantity::Countries(codes) => codes.clone(),
        _ => Vec::new(),
    };
    let (old, new) = (list(old), list(new));
    let gone = old.iter().filter(|code| !new.contains(code)).map(|code| format!("-{code}"));
    let come = new.iter().filter(|code| !old.contains(code)).map(|code| format!("+{code}"));
    gone.chain(come).collect::<Vec<_>>().join(" ")
}

/// The mark, or both where it is another one.
fn marks(sides: &Sides<Entry>) -> String {
    let of = |entry: &Entry| mark(&entry.citation);
    match (sides.in_old().map(of), sides.in_new().map(of)) {
        (Some(old), Some(new)) if old != new => format!("{old} -> {new}"),
        (old, new) => new.or(old).unwrap_or_default().to_owned(),
    }
}

fn countries(page: &mut Page, report: &Report<'_>) {
    let changes = report.diff.changes().filter(|change| change.entry().is_country());
    let mut grid = Grid::new([text(""), text("Country"), text("Name"), text("Old"), text("New")]);
    for change in changes {
        let code = change.entry().figure.trim_start_matches("country ");
        let name = CountryCode::from_text(code).map(|code| report.names.name(code));
        let place =
            |entry: Option<&Entry>| entry.map_or("not listed".into(), |e| e.value.to_string());
        grid.row([
            sign(change.fate),
            code.to_owned(),
            name.as_deref().unwrap_or_default().to_owned(),
            place(change.sides.in_old()),
            place(change.sides.in_new()),
        ]);
    }
    if !grid.is_empty() {
        page.heading("Countries");
        page.grid(grid);
    }
}

/// Figures that rest on something else than before, whether their value is the same or not.
fn grounds(page: &mut Page, diff: &TableDiff) {
    let mut grid = Grid::new([text("Figure"), text("Mark"), text("Sources"), text("Note")]);
    for change in diff.changes().filter(|change| change.rests_on_another_basis()) {
        let Sides::Both { old, new } = &change.sides else { continue };
        let note = note_change(&old.citation, &new.citation);
        let sources = source_changes(&old.citation, &new.citation);
        grid.row([new.figure.clone(), marks(&change.sides), sources, note]);
    }
    if !grid.is_empty() {
        let mut details = Page::default();
        details.grid(grid);
        page.folded("Marks and sources of figures that both tables have", details);
    }
}

/// The old and the new note, where they differ, and whether the figure is still carried over.
fn note_change(old: &Citation, new: &Citation) -> String {
    let carried =
        |citation: &Citation| matches!(&citation.basis, Basis::Sourced { carried: true, .. });
    let carried = match (carried(old), carried(new)) {
        (true, false) => Some("no longer carried over".to_owned()),
        (false, true) => Some("carried over".to_owned()),
        _ => None,
    };
    let note = match (super::remark(old), super::remark(new)) {
        (old, new) if old == new => None,
        (None, Some(new)) => Some(format!("+ {new}")),
        (Some(old), None) => Some(format!("- {old}")),
        (old, new) => Some(format!("{} -> {}", old.unwrap_or_default(), new.unwrap_or_default())),
    };
    carried.into_iter().chain(note).collect::<Vec<_>>().join("; ")
}

/// `-uth -prz +daad171`: what is cited no more, and what is cited now.
fn source_changes(old: &Citation, new: &Citation) -> String {
    let split = |text: String| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (split(keys(old.sources())), split(keys(new.sources())));
    let gone = old.iter().filter(|key| !new.contains(key)).map(|key| format!("-{key}"));
    let come = new.iter().filter(|key| !old.contains(key)).map(|key| format!("+{key}"));
    gone.chain(come).filter(|change| change.len() > 1).collect::<Vec<_>>().join(" ")
}

fn sources(page: &mut Page, diff: &TableDiff) {
    let mut grid =
        Grid::new([text(""), text("Source"), text("Publisher and title"), text("Where")]);
    for sides in &diff.sources {
        let said = |source: &Source| {
            let official = if source.official { " (official)" } else { "" };
            let title = format!("{}{official}: {}", source.publisher, source.title);
            [title, source.locator.to_string()]
        };
        let [title, place] = match sides {
            Sides::Both { old, new } => {
                let both = said(old).into_iter().zip(said(new));
                let shown = both.map(|(old, new)| match old == new {
                    true => new,
                    false => format!("{old} -> {new}"),
                });
                shown.collect::<Vec<_>>().try_into().unwrap_or_default()
            }
            Sides::Old(only) | Sides::New(only) => said(only),
        };
        grid.row([sign(sides.fate()), sides.latest().key.clone(), title, place]);
    }
    if !grid.is_empty() {
        let mut details = Page::default();
        details.grid(grid);
        page.folded("Sources", details);
    }
}
