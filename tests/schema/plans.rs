//! `schemas/plan.json` and the reader of plans.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use boon::Draft;
use ka171::model::{Activity, Direction, EnvelopeKind, Level, Term, TravelMode, Word};
use serde_json::{Value as Json, json};
use toml::Table;

use crate::reader::PLAN;
use crate::schema::{Schema, json_of};
use crate::{as_strict_as_the_reader, disagreement, files, support, table};

/// Every valid plan in TOML that there is: examples, golden cases, plans with a notice, and others.
pub fn valid_plans() -> Vec<PathBuf> {
    let mut paths = files("examples", "toml");
    paths.extend(files("tests/bad/notices", "toml"));
    paths.extend(files("tests/explain/wording", "toml"));
    paths.extend(files("tests/sheets", "toml"));
    for call in ["2022", "2023", "2024", "2025", "2026"] {
        let cases = fs::read_dir(format!("tests/golden/{call}")).expect("golden cases");
        paths.extend(cases.map(|case| case.expect("a case").path().join("plan.toml")));
    }
    paths
}

#[test]
fn valid_plans_are_valid() {
    let schemas = Schema::in_both_drafts(PLAN.schema);
    let paths = valid_plans();
    assert!(paths.len() > 70, "{paths:?}");
    for path in paths {
        for schema in &schemas {
            assert_eq!(schema.refusal(&json_of(&table(&path))), None, "{}", path.display());
        }
    }
    for path in
        ["tests/support/plan.json", "tests/sheets/plan.json", "tests/cmd/plans/one-flow.json"]
    {
        let plan: Json = serde_json::from_slice(&fs::read(path).expect("a plan")).expect("JSON");
        assert_eq!(schemas[0].refusal(&plan), None, "{path}");
    }
}

#[test]
fn the_schema_is_as_strict_as_the_reader() {
    let number = as_strict_as_the_reader(&PLAN);
    assert!(number > 400, "{number} changes: places are missing");
}

#[test]
fn faulty_plans_are_refused() {
    let schemas = Schema::in_both_drafts(PLAN.schema);
    let mut failures = Vec::new();
    let mut compared = 0;
    for path in files("tests/bad/plan", "toml") {
        // What is no TOML does not come to a schema.
        let text = String::from_utf8(fs::read(&path).expect("a plan"));
        let Ok(Ok(plan)) = text.map(|text| text.parse::<Table>()) else { continue };
        compared += 1;
        let why = disagreement(&PLAN, &schemas, &plan);
        failures.extend(why.map(|why| format!("{}: {why}", path.display())));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(compared > 80, "{compared} faulty plans");
}

/// What holds the other comparisons together: they see the keys that a file has.
#[test]
fn the_plan_with_every_key_has_every_key() {
    let schema = Schema::of(PLAN.schema, Draft::V2020_12);
    let plan = json_of(&table(PLAN.files[0]));
    support::result(&fs::read_to_string(PLAN.files[0]).expect("a plan")).expect("no errors");
    let keys = |of: &Json| -> BTreeSet<String> {
        of.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys(&plan), keys(&schema.json["properties"]));
    assert_eq!(keys(&plan["project"]), keys(&schema.json["$defs"]["project"]["properties"]));
    for list in ["flow", "envelope", "score"] {
        let used = plan[list].as_array().expect("a list").iter().flat_map(keys).collect();
        assert_eq!(keys(&schema.json["$defs"][list]["properties"]), used, "{list}");
    }
}

/// Every spelling of a word, as results write it first.
fn spellings<W: Word>() -> Vec<&'static str> {
    let others = W::ALL.iter().flat_map(|word| word.other_spellings());
    W::ALL.iter().map(|word| word.as_str()).chain(others.copied()).collect()
}

#[test]
fn words_are_listed_with_their_other_spellings() {
    let schema = Schema::of(PLAN.schema, Draft::V2020_12).json;
    let flow = &schema["$defs"]["flow"]["properties"];
    assert_eq!(flow["direction"]["enum"], json!(spellings::<Direction>()));
    assert_eq!(flow["activity"]["enum"], json!(spellings::<Activity>()));
    assert_eq!(flow["term"]["enum"], json!(spellings::<Term>()));
    assert_eq!(flow["level"]["enum"], json!(spellings::<Level>()));
    assert_eq!(flow["travel"]["enum"], json!(spellings::<TravelMode>()));
    let envelope = &schema["$defs"]["envelope"]["properties"];
    assert_eq!(envelope["kind"]["enum"], json!(spellings::<EnvelopeKind>()));
}

/// Editors for TOML hand a date over as a text; a text is a date in TOML too.
#[test]
fn dates_are_texts() {
    let schemas = Schema::in_both_drafts(PLAN.schema);
    let takes = |start: &str| {
        let plan = format!(
            "call = 2025\nproject.country = \"HU\"\n[[flow]]\ncountry = \"KG\"\n\
             direction = \"outgoing\"\nactivity = \"STA\"\nparticipants = 1\nband = \"4000-7999\"\n\
             start = {start}\nend = 2026-03-06\n"
        );
        let plan: Table = plan.parse().expect("TOML");
        let read = (PLAN.read)(&plan).is_ok();
        for schema in &schemas {
            assert_eq!(schema.takes(&json_of(&plan)), read, "{start}");
        }
        read
    };
    assert!(takes("2026-03-02"));
    assert!(takes("\"2026-03-02\""));
    for other in
        ["2026-03-02T08:00:00", "\"02/03/2026\"", "\"2026-02-30\"", "\"2026-3-2\"", "20260302"]
    {
        assert!(!takes(other), "{other}");
    }
}

/// Editors for JSON would like to see the schema named in the file; a plan has no such key.
#[test]
fn plans_do_not_name_their_schema() {
    let mut plan = table(PLAN.files[0]);
    plan.insert("$schema".to_owned(), "plan.schema.json".into());
    assert!((PLAN.read)(&plan).is_err());
    assert!(!Schema::of(PLAN.schema, Draft::V2020_12).takes(&json_of(&plan)));
}
