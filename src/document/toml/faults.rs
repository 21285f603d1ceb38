//! Syntax errors of TOML in words. The crate's errors have no kinds: its messages tell them apart.

use std::ops::Range;
use std::sync::Arc;

use toml::de::Error;

use crate::diag::{Code, Diagnostic, MOST_ERRORS, Place, quoted};
use crate::document::{Node, Span, Value};
use crate::model::{Date, DateFault};

const GENERAL_ADVICE: &str =
    "in TOML a line is `key = value`, a text stands in double quotes, a number alone";

/// One error as a finding; two kinds are worth a code of their own.
pub(super) fn fault(error: &Error, root: &Node<'_>, place: Place) -> Diagnostic {
    let message = error.message();
    let text = place.file.text();
    if is_duplicate(error) {
        return duplicate(root, place);
    }
    let written = text.get(place.span.clone()).unwrap_or("");
    if message.starts_with("invalid date") && Date::from_iso(written) == Err(DateFault::NoSuchDay) {
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
    let start = place.span.start;
    let (header_start, header) = section(text, start);
    let (message, first, help);
    if is_in_header(text, start) {
        message = format!("the section {} stands here a second time", quoted(&header));
        first = same_header(text, &header, header_start);
        help = "write the section once, with all its keys; only items of a list, such as `[[flow]]`, are repeated".to_owned();
    } else {
        let written = text.get(place.span.clone()).unwrap_or("");
        message = format!("the key {} stands here a second time", quoted(written));
        let key = written.trim_matches(['"', '\'']);
        first = first_of(root, key, start).filter(|span| span.start > header_start);
        help = match header.strip_prefix("[[").and_then(|list| list.strip_suffix("]]")) {
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

/// One syntax error for each line, without those that another one causes: a bracket that is never closed
/// on every line after it, a section that stands twice at each of its keys.
pub(super) fn without_wake(mut errors: Vec<Error>, text: &str) -> Vec<Error> {
    let start = |error: &Error| error.span().map_or(0, |span| span.start);
    let end = |error: &Error| error.span().map_or(0, |span| span.end);
    errors.sort_by_key(start);
    if errors.iter().any(|error| is_unclosed(error.message())) {
        let wake = errors.iter().position(|error| is_in_bracket(error.message()));
        errors.truncate(wake.map_or(errors.len(), |first| first + 1));
    }
    errors.dedup_by(|next, before| {
        let between = text.get(end(before)..start(next)).unwrap_or("");
        is_syntax(next) && !between.contains('\n')
    });
    let mut doubled: Range<usize> = 0..0;
    let mut kept = 0;
    errors.retain(|error| {
        let start = start(error);
        // What is only counted is not worth the search.
        let is_wake = kept < MOST_ERRORS && is_duplicate(error) && doubled.contains(&start);
        if !is_wake && kept < MOST_ERRORS && is_duplicate(error) && is_in_header(text, start) {
            doubled = start..next_header(text, start);
        }
        kept += usize::from(!is_wake);
        !is_wake
    });
    errors
}

/// Neither a key that stands twice nor a day that the calendar does not have: a line can hold many.
fn is_syntax(error: &Error) -> bool {
    !is_duplicate(error) && !error.message().starts_with("invalid date")
}

fn is_duplicate(error: &Error) -> bool {
    error.message() == "duplicate key"
}

/// Where the section begins that a place stands in, and its header without blanks and comment:
/// `[project]`, `[[flow]]`. At the top of the file there is none.
fn section(text: &str, place: usize) -> (usize, String) {
    let mut upto = place;
    while let Some(bracket) = text.get(..upto).and_then(|before| before.rfind('[')) {
        let start = line_start(text, bracket);
        if let Some(header) = header(text.get(start..).unwrap_or("")) {
            return (start, header);
        }
        upto = start;
    }
    (0, String::new())
}

fn is_in_header(text: &str, place: usize) -> bool {
    header(text.get(line_start(text, place)..).unwrap_or("")).is_some()
}

/// The header that a text begins with, if its first line is one.
fn header(text: &str) -> Option<String> {
    let text = text.trim_start_matches([' ', '\t']);
    let close = match text.strip_prefix('[')?.starts_with('[') {
        true => "]]",
        false => "]",
    };
    let line = text.lines().next()?;
    let header = line.get(..line.find(close)? + close.len())?;
    Some(header.chars().filter(|c| !c.is_whitespace()).collect())
}

fn line_start(text: &str, place: usize) -> usize {
    text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Where the section after the one of a place begins.
fn next_header(text: &str, place: usize) -> usize {
    let mut start = place;
    while let Some(newline) = text.get(start..).and_then(|rest| rest.find('\n')) {
        start += newline + 1;
        if header(text.get(start..).unwrap_or("")).is_some() {
            return start;
        }
    }
    text.len()
}

/// The first line before `before` with this header.
fn same_header(text: &str, wanted: &str, before: usize) -> Option<Span> {
    let mut start = 0;
    for line in text.get(..before)?.split_inclusive('\n') {
        if header(line).as_deref() == Some(wanted) {
            return Some(start..start + line.trim_end().len());
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
fn advice(message: &str, text: &str, place: usize) -> Option<&'static str> {
    let line_start = line_start(text, place);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
    let written = text.get(place..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
    if line.starts_with("//") || line.starts_with(';') {
        return Some("a comment begins with `#`");
    }
    if is_in_bracket(message) {
        return Some("close the bracket that was opened before it");
    }
    if message.starts_with("invalid basic string") && written.is_empty() {
        return Some("close the text with a double quote on the same line");
    }
    match line.split_once('=') {
        Some((_, value)) => about_value(message, value.trim()),
        None if line.contains(':') => Some("write `=` between the key and its value"),
        None => None,
    }
}

/// What to do about a value that is none.
fn about_value(message: &str, value: &str) -> Option<&'static str> {
    let digits_and = |separators: &[char]| {
        let mut characters = value.chars();
        characters.all(|c| c.is_ascii_digit() || separators.contains(&c))
    };
    let lower = value.to_lowercase();
    let begins_with_digit = value.starts_with(|c: char| c.is_ascii_digit());
    let no_value = ["string values must be quoted", "invalid float", "invalid boolean"]
        .iter()
        .any(|begin| message.starts_with(begin));
    let advice = if value.starts_with(['„', '“', '”', '«', '»', '‘', '’']) {
        "write straight double quotes; these are a word processor's"
    } else if value.is_empty() {
        "give the key a value, or leave the line out"
    } else if ["true", "false", "yes", "no"].contains(&lower.as_str()) {
        "write `true` or `false`, in lower case and without quotes"
    } else if value.matches(['.', '/', '-']).count() == 2 && digits_and(&['.', '/', '-']) {
        "write a date as year-month-day with two digits for month and day, such as 2026-09-01"
    } else if message.starts_with("unexpected leading zero") {
        "write the number without a zero in front"
    } else if value.ends_with(',') && begins_with_digit {
        "remove the comma behind the value"
    } else if begins_with_digit && digits_and(&['.', ',', ' ', '\'']) {
        "write decimals with a point and thousands without a separator, such as 1697.14"
    } else if begins_with_digit && value.contains('-') {
        "a distance band stands in double quotes, a date is written as 2026-09-01"
    } else if begins_with_digit {
        "write the number alone, without a unit or a sign behind it"
    } else if no_value {
        "a text stands in double quotes, a number alone"
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
