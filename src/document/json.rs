//! JSON as a tree. serde_json keeps no positions; borrowed raw values do: their address in the
//! text is their offset.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Entry, Node, Span, Value};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, quoted};

/// A plan is three levels deep, a result ten. Each level is scanned once for its own sake and once for each
/// level above it, so the depth is bounded.
const DEEPEST: usize = 12;

const GENERAL_ADVICE: &str = "in JSON texts and keys stand in double quotes, a colon follows a key, a comma stands between items";

pub(super) fn parse<'a>(file: &'a Arc<SourceFile>, findings: &Findings) -> Option<Node<'a>> {
    let text = file.text();
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => {
            let reader = Reader { file, findings };
            Some(reader.node(raw.get(), 0))
        }
        Err(error) => {
            let start = offset(text, error.line(), error.column());
            let end =
                text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let place = Place { file: Arc::clone(file), span: start..start + end };
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            let message = format!("this is no JSON: {message}");
            let help = advice(&error, text, start);
            findings.push(Diagnostic::error(Code::Syntax, place, message).help(help));
            None
        }
    }
}

/// What to do about the slips that serde_json's message does not explain.
fn advice(error: &serde_json::Error, text: &str, start: usize) -> &'static str {
    let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
    let after_comma = before.trim_end().ends_with(',');
    if text.trim().is_empty() {
        "the file is empty; a plan in JSON begins with `{`"
    } else if error.is_eof() {
        "the text is cut off: a bracket or a quote is not closed"
    } else if after_comma && after.starts_with(['}', ']']) {
        "remove the comma before it"
    } else {
        GENERAL_ADVICE
    }
}

/// The byte offset of serde_json's line and column, which both begin at 1 and count bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

struct Reader<'a, 'f> {
    file: &'a Arc<SourceFile>,
    findings: &'f Findings,
}

impl<'a> Reader<'a, '_> {
    fn node(&self, raw: &'a str, depth: usize) -> Node<'a> {
        let span = self.span_of(raw);
        let value = match raw.as_bytes().first() {
            Some(b'{' | b'[') if depth >= DEEPEST => {
                let message = "this is nested too deeply".to_owned();
                self.fault(span.clone(), message, "a plan has flows, a flow has keys");
                Value::Faulty
            }
            Some(b'{') => self.table(raw, depth),
            Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(raw) {
                Ok(items) => {
                    Value::List(items.iter().map(|item| self.node(item.get(), depth + 1)).collect())
                }
                Err(error) => self.unreadable(span.clone(), &error),
            },
            Some(b'"') => match serde_json::from_str::<Text<'a>>(raw) {
                Ok(text) => Value::Text(text.0),
                Err(error) => self.unreadable(span.clone(), &error),
            },
            Some(b't') => Value::Boolean(true),
            Some(b'f') => Value::Boolean(false),
            Some(b'n') => Value::Null,
            _ => Value::Number(raw),
        };
        Node { span, value }
    }

    fn table(&self, raw: &'a str, depth: usize) -> Value<'a> {
        let pairs = match serde_json::from_str::<Pairs<'a>>(raw) {
            Ok(pairs) => pairs.0,
            Err(error) => return self.unreadable(self.span_of(raw), &error),
        };
        let mut seen: BTreeMap<Cow<'a, str>, Span> = BTreeMap::new();
        let mut entries: Vec<Entry<'a>> = Vec::with_capacity(pairs.len());
        for (raw_key, value) in pairs {
            let key_span = self.span_of(raw_key.get());
            let key = match serde_json::from_str::<Text<'a>>(raw_key.get()) {
                Ok(key) => key.0,
                Err(error) => {
                    self.unreadable(key_span, &error);
                    continue;
                }
            };
            if let Some(first) = seen.get(&key) {
                let place = |span: &Span| Place { file: Arc::clone(self.file), span: span.clone() };
                let message = format!("the key {} stands here a second time", quoted(&key));
                self.findings.push(
                    Diagnostic::error(Code::DuplicateKey, place(&key_span), message)
                        .related(place(first), "first here")
                        .help("keep one of the two"),
                );
                continue;
            }
            seen.insert(key.clone(), key_span.clone());
            let node = self.node(value.get(), depth + 1);
            entries.push(Entry { key, key_span, node });
        }
        Value::Table(entries)
    }

    /// Where a part of the file's text begins and ends in it.
    fn span_of(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.file.text().as_ptr() as usize);
        start..start + part.len()
    }

    /// Raw values are only checked for their outline: escapes in texts are decoded here.
    fn unreadable(&self, span: Span, error: &serde_json::Error) -> Value<'a> {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        self.fault(span, format!("this is no JSON: {message}"), GENERAL_ADVICE);
        Value::Faulty
    }

    fn fault(&self, span: Span, message: String, help: &str) {
        let place = Place { file: Arc::clone(self.file), span };
        self.findings.push(Diagnostic::error(Code::Syntax, place, message).help(help));
    }
}

/// A text, borrowed where it has no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Visit)
    }
}

/// The pairs of an object in their order, duplicates included, keys as they are written.
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}
