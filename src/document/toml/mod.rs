//! TOML as a tree. The only folder that knows the `toml` crate.

mod faults;

use std::borrow::Cow;
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

/// A single value outside a document: a number, `true` or `false`, a date or a text in quotes as in
/// TOML; anything else is a text as it stands. `None` where a quotation mark begins what is no text
/// in quotes.
pub(super) fn scalar(written: &str) -> Option<Value<'_>> {
    let line = format!("v={written}");
    let parsed = DeTable::parse(&line).ok().and_then(|table| table.into_inner().into_iter().next());
    // A comment or a further line behind the value is a part of what was written.
    let parsed = parsed.map(|(_, value)| value).filter(|value| value.span() == (2..line.len()));
    Some(match parsed.map(toml::Spanned::into_inner) {
        Some(DeValue::String(text)) => Value::Text(Cow::Owned(text.into_owned())),
        Some(DeValue::Integer(_) | DeValue::Float(_)) => Value::Number(written),
        Some(DeValue::Boolean(value)) => Value::Boolean(value),
        Some(DeValue::Datetime(date)) if date.date.is_some() => Value::Date(written),
        _ if written.starts_with(['"', '\'']) => return None,
        _ => Value::Text(Cow::Borrowed(written)),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_a_document() {
        let is_text = |written, text: &str| {
            let value = scalar(written);
            assert!(matches!(&value, Some(Value::Text(read)) if read == text), "{value:?}");
        };
        for number in ["6", "+6", "-1", "1697.14", "1_000", "nan"] {
            let value = scalar(number);
            assert!(matches!(value, Some(Value::Number(text)) if text == number), "{value:?}");
        }
        assert!(matches!(scalar("true"), Some(Value::Boolean(true))));
        assert!(matches!(scalar("2026-02-02"), Some(Value::Date("2026-02-02"))));
        assert!(matches!(scalar("2026-02-30"), Some(Value::Text(_))));
        is_text("\"Osh\"", "Osh");
        is_text("'Osh'", "Osh");
        is_text("\"\"", "");
        for bare in ["green", "500-1999", "8000+", "4x", "6 # six", "6\nx=1", "[6]", "{a=1}", "1,5"]
        {
            is_text(bare, bare);
        }
        for broken in ["\"Osh", "'", "\"Osh\" State", "\"Osh\" # x"] {
            assert!(scalar(broken).is_none(), "{broken}");
        }
    }
}
