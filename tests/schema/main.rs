//! `rates/schema.json` says about a rate table what the program's reader says, as far as a schema
//! can: tables are changed in one place after the other, and both must take or refuse each.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod changes;
mod places;
mod reader;
mod rules;
mod schema;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use boon::Draft;
use serde_json::Value as Json;
use toml::Table;

use changes::Changes;
use reader::read;
use schema::{Schema, json_of};

/// The small valid table, which is the fastest to read, and a shipped one, for what that lacks.
const CHANGED: [&str; 2] = ["tests/bad/rates/valid/2025.toml", "rates/2025.toml"];

fn table(path: &str) -> Table {
    fs::read_to_string(path).expect("a table").parse().expect("TOML")
}

/// The faulty rate tables of `tests/bad`: name and text.
fn faulty_tables() -> Vec<(String, String)> {
    let valid = fs::read_to_string(CHANGED[0]).expect("a table");
    let mut paths: Vec<PathBuf> = fs::read_dir("tests/bad/rates")
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "edit"))
        .collect();
    paths.sort();
    let mut faulty = Vec::new();
    for path in paths {
        let edit = fs::read_to_string(&path).expect("a case");
        let (_, edit) = edit.split_once("==== find in valid/").expect("what to find");
        let Some(edit) = edit.strip_prefix("2025.toml ====\n") else { continue };
        let (find, put) = edit.split_once("==== put instead ====\n").expect("what to put");
        let changed = valid.replace(find, put);
        assert_ne!(changed, valid, "{}", path.display());
        faulty.push((path.file_stem().expect("a name").to_string_lossy().into_owned(), changed));
    }
    faulty
}

/// What is wrong where the reader and the schema do not say the same.
fn disagreement(schemas: &[Schema], table: &Table) -> Option<String> {
    let json = json_of(table);
    let verdicts: Vec<bool> = schemas.iter().map(|schema| schema.takes(&json)).collect();
    if verdicts.windows(2).any(|pair| pair[0] != pair[1]) {
        return Some("the drafts disagree".to_owned());
    }
    match (read(table), verdicts[0]) {
        (Ok(()), false) => {
            let why = schemas[0].refusal(&json).unwrap_or_default();
            Some(format!("only the schema refuses it: {why}"))
        }
        (Err(findings), true) => {
            let seen: Vec<String> = findings
                .iter()
                .filter(|finding| !reader::sees_alone(finding))
                .map(|finding| format!("[{}] {}", finding.code, finding.message))
                .collect();
            (!seen.is_empty()).then(|| format!("only the reader refuses it: {}", seen.join("; ")))
        }
        _ => None,
    }
}

#[test]
fn the_schema_is_valid() {
    let schema: Json = serde_json::from_str(ka171::schema::RATES).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let meta = "https://json-schema.org/draft/2020-12/schema";
    let index = compiler.compile(meta, &mut schemas).expect("the schema of schemas");
    assert!(schemas.validate(&schema, index).is_ok(), "{:?}", schemas.validate(&schema, index));
    Schema::of(Draft::V2020_12);
}

#[test]
fn the_program_prints_the_committed_schema() {
    let committed = fs::read("rates/schema.json").expect("the schema");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let printed = command.args(["schema", "rates"]).output().expect("the program runs");
    assert_eq!(printed.status.code(), Some(0));
    assert!(printed.stdout == committed, "`ka171 schema rates` prints other bytes");
    assert!(committed.is_ascii(), "a console in another code page changes what is not ASCII");
}

#[test]
fn shipped_tables_name_the_schema_and_are_valid_under_it() {
    let schema = Schema::of(Draft::V2020_12);
    let store = ka171::rates::RateStore::Folder("rates".into());
    for call in store.calls().expect("readable") {
        let path = format!("rates/{call}.toml");
        let text = fs::read_to_string(&path).expect("a table");
        assert_eq!(text.lines().next(), Some("#:schema ./schema.json"), "{path}");
        assert_eq!(schema.refusal(&json_of(&table(&path))), None, "{path}");
    }
    assert_eq!(schema.refusal(&json_of(&table(CHANGED[0]))), None);
}

/// In draft 7, as editors have it, the schema takes and refuses the same.
#[test]
fn the_schema_is_as_strict_as_the_reader() {
    let schemas = [Schema::of(Draft::V2020_12), Schema::of(Draft::V7)];
    let mut failures = Vec::new();
    let mut number = 0;
    let mut changes = Changes::new(&schemas[0]);
    for path in CHANGED {
        let table = table(path);
        for change in changes.of(&table) {
            number += 1;
            if let Some(disagreement) = disagreement(&schemas, &change.table) {
                failures.push(format!("{path}: {}: {disagreement}", change.what));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {number}:\n{}", failures.len(), failures.join("\n"));
    assert!(number > 1_500, "{number} changes: places are missing");
}

#[test]
fn faulty_tables_are_refused() {
    let schemas = [Schema::of(Draft::V2020_12), Schema::of(Draft::V7)];
    let mut failures = Vec::new();
    for (name, text) in faulty_tables() {
        // What is no TOML does not come to a schema.
        let is_no_toml = name.starts_with("syntax")
            || name.starts_with("duplicate-key")
            || name == "impossible-date";
        match text.parse::<Table>() {
            Ok(table) if !is_no_toml => {
                let disagreement = disagreement(&schemas, &table);
                failures.extend(disagreement.map(|why| format!("{name}: {why}")));
            }
            Ok(_) => failures.push(format!("{name} is TOML")),
            Err(error) if !is_no_toml => failures.push(format!("{name}: {error}")),
            Err(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
