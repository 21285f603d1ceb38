//! Syntax errors of TOML in words. The crate's errors have no kinds: its messages tell them apart.

use std::ops::Range;
use std::sync::Arc;

use toml::de::Error;

use crate::diag::{Code, Diagnostic, Place, quoted};
use crate::document::{Node, Span, Value};

const GENERAL_ADVICE: &str =
    "in TOML a line is `key = value`, a text stands in double quotes, a number alone";

/// One error as a finding; two kinds are worth a code of their own.
pub(super) fn fault(error: &Error, root: &Node<'_>, place: Place) -> Diagnostic {
    let message = error.message();
    let text = place.file.text();
    if is_duplicate(error) {
        return duplicate(root, place);
    }
    if message.starts_with("invalid date") {
        let written = text.get(place.span.clone()).unwrap_or("");
        let message = format!("{} is no day of the calendar", quoted(written));
        return Diagnostic::error(Code::ImpossibleDate, place, message)
            .help("write a date as year-month-day, such as 2026-09-01");
    }
    let help = advice(message, text, place.span.start);
    let message = match help {
        // Ours says it better than the crate's list of what it expected.
        Some(_) => message.split(", expected").next().unwrap_or(message),
        None => message.trim_end_matches(", expected nothing"),
    };
    let message = format!("this is no TOML: {message}");
    Diagnostic::error(Code::Syntax, place, message).help(help.unwrap_or(GENERAL_ADVICE))
}

fn duplicate(root: &Node<'_>, place: Place) -> Diagnostic {
    let text = place.file.text();
    let written = text.get(place.span.clone()).unwrap_or("");
    let section = section(text, place.span.start);
    let header = text.get(section.clone()).and_then(|section| section.lines().next()).unwrap_or("");
    let (message, first, help);
    if is_in_header(text, place.span.start) {
        message = format!("the section {} stands here a second time", quoted(header.trim()));
        first = same_line(text, section.start);
        help = "write the section once, with all its keys".to_owned();
    } else {
        message = format!("the key {} stands here a second time", quoted(written));
        let key = written.trim_matches(['"', '\'']);
        first = first_of(root, key, place.span.start).filter(|span| section.contains(&span.start));
        help = match header.trim().strip_prefix("[[").and_then(|list| list.strip_suffix("]]")) {
            Some(list) => {
                format!("keep one of the two; a further {list} begins with a line `[[{list}]]`")
            }
            None => "keep one of the two".to_owned(),
        };
    }
    let first = first.map(|span| Place { file: Arc::clone(&place.file), span });
    Diagnostic::error(Code::DuplicateKey, place, message)
        .related_if(first.map(|place| (place, "first here".to_owned())))
        .help(help)
}

/// One error for each place, without those that another one causes: a bracket that is never closed
/// on every line after it, a section that stands twice at each of its keys.
pub(super) fn without_wake(mut errors: Vec<Error>, text: &str) -> Vec<Error> {
    let span = |error: &Error| error.span().unwrap_or(0..0);
    errors.sort_by_key(|error| span(error).start);
    errors.dedup_by(|next, before| span(next).start <= span(before).end);
    if errors.iter().any(|error| is_unclosed(error.message())) {
        let wake = errors.iter().position(|error| is_in_bracket(error.message()));
        errors.truncate(wake.map_or(errors.len(), |first| first + 1));
    }
    let mut doubled: Range<usize> = 0..0;
    errors.retain(|error| {
        let start = span(error).start;
        if !is_duplicate(error) || doubled.contains(&start) {
            return !is_duplicate(error);
        }
        if is_in_header(text, start) {
            let next = text.get(start..).and_then(|after| after.find("\n["));
            doubled = start..next.map_or(text.len(), |next| start + next);
        }
        true
    });
    errors
}

fn is_duplicate(error: &Error) -> bool {
    error.message() == "duplicate key"
}

/// From the header line that a place stands in or below, such as `[project]`, up to the place.
fn section(text: &str, place: usize) -> Range<usize> {
    let line_end = text.get(place..).and_then(|after| after.find('\n'));
    let upto = line_end.map_or(text.len(), |end| place + end);
    let before = text.get(..upto).unwrap_or("");
    let start = before.rfind("\n[").map_or(0, |newline| newline + 1);
    start..upto
}

fn is_in_header(text: &str, place: usize) -> bool {
    let before = text.get(..place).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    text.get(line..).is_some_and(|line| line.starts_with('['))
}

/// The first line that reads like the one which begins at `line_start`, unless it is that one.
fn same_line(text: &str, line_start: usize) -> Option<Span> {
    let wanted = text.get(line_start..)?.lines().next()?.trim_end();
    let mut start = 0;
    for line in text.get(..line_start)?.split_inclusive('\n') {
        if line.trim_end() == wanted {
            return Some(start..start + wanted.len());
        }
        start += line.len();
    }
    None
}

fn is_unclosed(message: &str) -> bool {
    message.starts_with("unclosed array, ") || message.starts_with("unclosed inline table")
}

fn is_in_bracket(message: &str) -> bool {
    is_unclosed(message)
        || message.starts_with("missing comma between")
        || message.starts_with("unexpected `=` in array")
}

/// What to do about the slips that the crate's message does not explain.
fn advice(message: &str, text: &str, start: usize) -> Option<&'static str> {
    let (before, after) = text.split_at_checked(start)?;
    let written = after.lines().next().unwrap_or("").trim();
    let no_value = ["string values must be quoted", "invalid float", "invalid boolean"]
        .iter()
        .any(|begin| message.starts_with(begin));
    let advice = if written.starts_with(['„', '“', '”', '«', '»', '‘', '’']) {
        "write straight double quotes; these are a word processor's"
    } else if written.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit()) {
        "write decimals with a point, such as 1697.14"
    } else if no_value && written.is_empty() {
        "give the key a value, or leave the line out"
    } else if no_value {
        "a text stands in double quotes, a number alone"
    } else if message.starts_with("invalid basic string") && written.is_empty() {
        "close the text with a double quote on the same line"
    } else if is_in_bracket(message) {
        "close the bracket that was opened before it"
    } else {
        return None;
    };
    Some(advice)
}

/// The nearest place before `before` where the key already stands.
fn first_of(node: &Node<'_>, key: &str, before: usize) -> Option<Span> {
    match &node.value {
        Value::Table(entries) => {
            let own = entries.iter().filter(|entry| entry.key == key).map(|e| e.key_span.clone());
            let below = entries.iter().filter_map(|entry| first_of(&entry.node, key, before));
            own.chain(below).filter(|span| span.start < before).max_by_key(|span| span.start)
        }
        Value::List(nodes) => nodes
            .iter()
            .filter_map(|node| first_of(node, key, before))
            .max_by_key(|span| span.start),
        _ => None,
    }
}
