//! Plans in TOML and JSON.

use std::fmt::Write;

use crate::error::Error;
use crate::plan::{PlanRecord, RecordedKey, RecordedRow, RecordedValue};

/// A plan in TOML.
pub(super) fn toml(record: &PlanRecord) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let mut table = |header: &str, keys: &[RecordedKey]| {
        if !header.is_empty() {
            let begin = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{begin}{header}");
        }
        for key in keys {
            let _ = writeln!(text, "{} = {}", key.key, toml_value(&key.value));
        }
    };
    table("", &record.top);
    if !record.project.is_empty() {
        table("[project]", &record.project);
    }
    for (header, rows) in [
        ("[[flow]]", &record.flows),
        ("[[envelope]]", &record.envelopes),
        ("[[score]]", &record.scores),
    ] {
        rows.iter().for_each(|row| table(header, &row.keys));
    }
    text
}

fn toml_value(value: &RecordedValue) -> String {
    match value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => {
            toml::Value::String(text.clone()).to_string()
        }
        RecordedValue::Word(word) => format!("\"{word}\""),
        RecordedValue::Number(number) => number.to_string(),
        RecordedValue::Boolean(value) => value.to_string(),
        RecordedValue::Date(date) => date.to_string(),
    }
}

/// A plan in JSON.
///
/// # Errors
///
/// What the writer says; of texts and numbers, nothing is known.
pub(super) fn json(record: &PlanRecord) -> Result<String, Error> {
    let failed = |error: serde_json::Error| Error::Write(error.into());
    let mut members = Vec::new();
    for key in &record.top {
        members.push(member(key).map_err(failed)?);
    }
    if !record.project.is_empty() {
        members.push(format!("\"project\": {}", object(&record.project, 1).map_err(failed)?));
    }
    for (name, rows) in
        [("flow", &record.flows), ("envelope", &record.envelopes), ("score", &record.scores)]
    {
        if !rows.is_empty() {
            members.push(format!("\"{name}\": {}", list(rows).map_err(failed)?));
        }
    }
    Ok(format!("{{\n  {}\n}}\n", members.join(",\n  ")))
}

fn list(rows: &[RecordedRow]) -> serde_json::Result<String> {
    let rows: Result<Vec<String>, _> = rows.iter().map(|row| object(&row.keys, 2)).collect();
    Ok(format!("[\n    {}\n  ]", rows?.join(",\n    ")))
}

/// An object with a line for each key; `depth` is how far it stands in.
fn object(keys: &[RecordedKey], depth: usize) -> serde_json::Result<String> {
    let indent = "  ".repeat(depth);
    let members: Result<Vec<String>, _> = keys.iter().map(member).collect();
    Ok(format!("{{\n{indent}  {}\n{indent}}}", members?.join(&format!(",\n{indent}  "))))
}

fn member(key: &RecordedKey) -> serde_json::Result<String> {
    let value = match &key.value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => serde_json::to_string(text)?,
        RecordedValue::Word(word) => format!("\"{word}\""),
        RecordedValue::Number(number) => number.to_string(),
        RecordedValue::Boolean(value) => value.to_string(),
        RecordedValue::Date(date) => format!("\"{date}\""),
    };
    Ok(format!("\"{}\": {value}", key.key))
}
