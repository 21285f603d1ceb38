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
    for error in errors {
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
        let first = first_of(root, written.trim_matches(['"', '\'']), place.span.start);
        let first = first.map(|span| Place { file: Arc::clone(&place.file), span });
        return Diagnostic::error(
            Code::DuplicateKey,
            place,
            format!("the key {} stands here a second time", quoted(written)),
        )
        .related_if(first.map(|place| (place, "first here".to_owned())))
        .help("keep one of the two; a further flow begins with a line `[[flow]]`");
    }
    if message.starts_with("invalid date") {
        return Diagnostic::error(
            Code::ImpossibleDate,
            place,
            format!("{} is no day of the calendar", quoted(written)),
        )
        .help("write a date as year-month-day, such as 2026-09-01");
    }
    Diagnostic::error(Code::Syntax, place, format!("this is no TOML: {message}"))
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
