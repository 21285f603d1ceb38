//! The committed schemas say about files what the program says, as far as a schema can. Rate tables
//! and plans are changed in one place after the other, and both must take or refuse each; results
//! are valid, and their keys are those of the schema.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod changes;
mod places;
mod plans;
mod rates;
mod reader;
mod results;
mod rules;
mod schema;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use boon::Draft;
use ka171::schema::{BUDGET, PLAN, RATES};
use serde_json::Value as Json;
use toml::Table;

use changes::Changes;
use reader::Format;
use schema::{Schema, json_of};

/// Every committed schema.
const ALL: [&str; 3] = [PLAN, BUDGET, RATES];

fn table(path: impl AsRef<Path>) -> Table {
    let path = path.as_ref();
    let text = fs::read_to_string(path).expect("a file");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder with an extension, by name.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let paths = entries.map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|other| other == extension)).collect();
    paths.sort();
    paths
}

/// What is wrong where the reader and the schema do not say the same.
fn disagreement(format: &Format, schemas: &[Schema], table: &Table) -> Option<String> {
    let json = json_of(table);
    let verdicts: Vec<bool> = schemas.iter().map(|schema| schema.takes(&json)).collect();
    if verdicts.windows(2).any(|pair| pair[0] != pair[1]) {
        return Some("the drafts disagree".to_owned());
    }
    match ((format.read)(table), verdicts[0]) {
        (Ok(()), false) => {
            let why = schemas[0].refusal(&json).unwrap_or_default();
            Some(format!("only the schema refuses it: {why}"))
        }
        (Err(findings), true) => {
            let seen: Vec<String> = findings
                .iter()
                .filter(|finding| !(format.sees_alone)(finding))
                .map(|finding| format!("[{}] {}", finding.code, finding.message))
                .collect();
            (!seen.is_empty()).then(|| format!("only the reader refuses it: {}", seen.join("; ")))
        }
        _ => None,
    }
}

/// Changes a format's files, and returns how many changes were tried. In draft 7, as editors have
/// it, the schema takes and refuses the same.
fn as_strict_as_the_reader(format: &Format) -> usize {
    let schemas = Schema::in_both_drafts(format.schema);
    let mut failures = Vec::new();
    let mut number = 0;
    let mut changes = Changes::new(&schemas[0]);
    for path in format.files {
        let table = table(path);
        for change in changes.of(&table) {
            number += 1;
            if let Some(disagreement) = disagreement(format, &schemas, &change.table) {
                failures.push(format!("{path}: {}: {disagreement}", change.what));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {number}:\n{}", failures.len(), failures.join("\n"));
    number
}

#[test]
fn the_schemas_are_valid() {
    let meta = "https://json-schema.org/draft/2020-12/schema";
    for text in ALL {
        let schema: Json = serde_json::from_str(text).expect("JSON");
        assert_eq!(schema["$schema"], meta);
        let mut schemas = boon::Schemas::new();
        let index = boon::Compiler::new().compile(meta, &mut schemas).expect("a schema of schemas");
        assert!(schemas.validate(&schema, index).is_ok(), "{:?}", schemas.validate(&schema, index));
        Schema::of(text, Draft::V2020_12);
    }
}

#[test]
fn the_program_prints_the_committed_schemas() {
    let schemas = [
        ("plan", "schemas/plan.json"),
        ("budget", "schemas/budget.json"),
        ("rates", "rates/schema.json"),
    ];
    for (what, path) in schemas {
        let committed = fs::read(path).expect("the schema");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
        let printed = command.args(["schema", what]).output().expect("the program runs");
        assert_eq!(printed.status.code(), Some(0));
        assert!(printed.stdout == committed, "`ka171 schema {what}` prints other bytes");
        assert!(committed.is_ascii(), "a console in another code page changes what is not ASCII");
    }
}
