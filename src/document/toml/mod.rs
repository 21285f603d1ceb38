//! TOML as a tree. The only folder that knows the `toml` crate.

mod faults;

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{Entry, Node, Value};
use crate::diag::{Code, Findings, Place, SourceFile};

pub(super) fn parse<'a>(file: &'a Arc<SourceFile>, findings: &Findings) -> Option<Node<'a>> {
    let text = file.text();
    let (document, errors) = DeTable::parse_recoverable(text);
    let root = Node { span: 0..0, value: Value::Table(entries(document.into_inner(), text)) };
    let mut readable = true;
    for error in faults::without_wake(errors, text) {
        if findings.is_full() {
            findings.count_only();
            readable = false;
            continue;
        }
        let span = error.span().unwrap_or(0..0);
        let place = Place { file: Arc::clone(file), span };
        let fault = faults::fault(&error, &root, place);
        // After these the rest of the document can still be trusted.
        readable &= matches!(fault.code, Code::DuplicateKey | Code::ImpossibleDate);
        findings.push(fault);
    }
    readable.then_some(root)
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
