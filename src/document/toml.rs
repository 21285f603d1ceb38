//! TOML as a tree. The only file that knows the `toml` crate.

use std::sync::Arc;

use toml::de::{DeTable, DeValue, Error};

use super::{Entry, Node, Span, Value};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, quoted};

pub(super) fn parse<'a>(file: &'a Arc<SourceFile>, findings: &Findings) -> Option<Node<'a>> {
    let text = file.text();
    let (document, errors) = DeTable::parse_recoverable(text);
    let root = Node { span: 0..0, value: Value::Table(entries(document.into_inner(), text)) };
    let mut readable = true;
    for error in without_wake(errors) {
        if findings.is_full() {
            findings.count_only();
            readable = false;
            continue;
        }
        let span = error.span().unwrap_or(0..0);
        let place = Place { file: Arc::clone(file), span: span.clone() };
        let fault = fault(&error, &root, text, place);
        readable &= matches!(fault.code, Code::DuplicateKey | Code::ImpossibleDate);
        findings.push(fault);
    }
    readable.then_some(root)
}

/// The crate's errors have no kinds; two of its messages are worth a code of their own. After both
/// the rest of the document can still be trusted.
fn fault(error: &Error, root: &Node<'_>, text: &str, place: Place) -> Diagnostic {
    let written = text.get(place.span.clone()).unwrap_or("");
    let message = error.message();
    if message == "duplicate key" {
        let key = written.trim_matches(['"', '\'']);
        let first = first_of(root, key, place.span.start);
        let list = first.as_ref().and_then(|first| list_with(root, key, first));
        let help = match list {
            Some(list) => {
                format!("keep one of the two; a further {list} begins with a line `[[{list}]]`")
            }
            None => "keep one of the two".to_owned(),
        };
        let first = first.map(|span| Place { file: Arc::clone(&place.file), span });
        return Diagnostic::error(
            Code::DuplicateKey,
            place,
            format!("the key {} stands here a second time", quoted(written)),
        )
        .related_if(first.map(|place| (place, "first here".to_owned())))
        .help(help);
    }
    if message.starts_with("invalid date") {
        return Diagnostic::error(
            Code::ImpossibleDate,
            place,
            format!("{} is no day of the calendar", quoted(written)),
        )
        .help("write a date as year-month-day, such as 2026-09-01");
    }
    let help = advice(message, text, place.span.start);
    let message = match &help {
        // Ours says it better than the crate's list of what it expected.
        Some(_) => message.split(", expected").next().unwrap_or(message),
        None => message.trim_end_matches(", expected nothing"),
    };
    Diagnostic::error(Code::Syntax, place, format!("this is no TOML: {message}")).help_if(help)
}

/// One error for each place, and without those that a bracket which is never closed causes on every
/// line after it.
fn without_wake(mut errors: Vec<Error>) -> Vec<Error> {
    let span = |error: &Error| error.span().unwrap_or(0..0);
    errors.sort_by_key(|error| span(error).start);
    errors.dedup_by(|next, before| span(next).start <= span(before).end);
    if errors.iter().any(|error| is_unclosed(error.message())) {
        let wake = errors.iter().position(|error| is_in_bracket(error.message()));
        errors.truncate(wake.map_or(errors.len(), |first| first + 1));
    }
    errors
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
fn advice(message: &str, text: &str, start: usize) -> Option<String> {
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
    Some(advice.to_owned())
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

/// The list of the document, such as `flow`, that a key stands in.
fn list_with<'r>(root: &'r Node<'_>, key: &str, place: &Span) -> Option<&'r str> {
    let Value::Table(entries) = &root.value else { return None };
    let holds = |entry: &&Entry<'_>| {
        let before = place.start + 1;
        matches!(entry.node.value, Value::List(_))
            && first_of(&entry.node, key, before).as_ref() == Some(place)
    };
    entries.iter().find(holds).map(|entry| entry.key.as_ref())
}

fn entries<'a>(table: DeTable<'a>, text: &'a str) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: key.span(),
            key: key.into_inner(),
            node: node(value, text),
        })
        .collect();
    // The crate keeps tables in the order of the alphabet.
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node<'a>(value: toml::Spanned<DeValue<'a>>, text: &'a str) -> Node<'a> {
    let span = value.span();
    let written = text.get(span.clone()).unwrap_or("");
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(_) | DeValue::Float(_) => Value::Number(written),
        DeValue::Boolean(value) => Value::Boolean(value),
        DeValue::Datetime(date) if date.date.is_none() && date.time.is_none() => Value::Faulty,
        DeValue::Datetime(_) => Value::Date(written),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, text)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(table, text)),
    };
    Node { span, value }
}
