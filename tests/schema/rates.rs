//! `rates/schema.json` and the reader of rate tables.

use std::fs;

use boon::Draft;
use toml::Table;

use crate::reader::RATES;
use crate::schema::{Schema, json_of};
use crate::{as_strict_as_the_reader, disagreement, files, table};

/// The faulty rate tables of `tests/bad`: name and text.
fn faulty_tables() -> Vec<(String, String)> {
    let valid = fs::read_to_string(RATES.files[0]).expect("a table");
    let mut faulty = Vec::new();
    for path in files("tests/bad/rates", "edit") {
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

#[test]
fn shipped_tables_name_the_schema_and_are_valid_under_it() {
    let schema = Schema::of(RATES.schema, Draft::V2020_12);
    let store = ka171::rates::RateStore::Folder("rates".into());
    for call in store.calls().expect("readable") {
        let path = format!("rates/{call}.toml");
        let text = fs::read_to_string(&path).expect("a table");
        assert_eq!(text.lines().next(), Some("#:schema ./schema.json"), "{path}");
        assert_eq!(schema.refusal(&json_of(&table(&path))), None, "{path}");
    }
    assert_eq!(schema.refusal(&json_of(&table(RATES.files[0]))), None);
}

#[test]
fn the_schema_is_as_strict_as_the_reader() {
    let number = as_strict_as_the_reader(&RATES);
    assert!(number > 1_500, "{number} changes: places are missing");
}

#[test]
fn faulty_tables_are_refused() {
    let schemas = Schema::in_both_drafts(RATES.schema);
    let mut failures = Vec::new();
    for (name, text) in faulty_tables() {
        // What is no TOML does not come to a schema.
        let is_no_toml = name.starts_with("syntax")
            || name.starts_with("duplicate-key")
            || name == "impossible-date";
        match text.parse::<Table>() {
            Ok(table) if !is_no_toml => {
                let disagreement = disagreement(&RATES, &schemas, &table);
                failures.extend(disagreement.map(|why| format!("{name}: {why}")));
            }
            Ok(_) => failures.push(format!("{name} is TOML")),
            Err(error) if !is_no_toml => failures.push(format!("{name}: {error}")),
            Err(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
