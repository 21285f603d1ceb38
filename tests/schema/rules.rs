//! What the reader says that it knows, key by key, is what the schema says: keys, words and bounds
//! that no file uses as well.

use std::collections::BTreeSet;

use boon::Draft;
use ka171::diag::{Code, Diagnostic};
use serde_json::Value as Json;
use toml::{Table, Value};

use crate::places::{Place, Step, table_at, tables, words};
use crate::reader::{Format, PLAN, RATES};
use crate::schema::Schema;
use crate::{ALL, table};

/// The help of the one finding of a code, where the table is changed at a place.
fn help(
    format: &Format,
    root: &Table,
    (place, key): (&Place, &str),
    value: Value,
    code: Code,
) -> Option<String> {
    let mut changed = root.clone();
    table_at(&mut changed, place).insert(key.to_owned(), value);
    let findings = (format.read)(&changed).err().unwrap_or_default();
    let of_code = |finding: &&Diagnostic| finding.code == code;
    findings.iter().find(of_code).and_then(|finding| finding.help.clone())
}

/// What stands in backquotes; of `per = "region"` the word.
fn in_backquotes(help: &str) -> BTreeSet<String> {
    let quoted = help.split('`').skip(1).step_by(2);
    quoted.map(|text| text.rsplit(" = ").next().unwrap_or(text).replace('"', "")).collect()
}

/// Every schema of a table with keys of its own: all of those keys, or those that there are as yet.
fn key_lists(schema: &Json) -> Vec<&Json> {
    let children: Vec<&Json> = match schema {
        Json::Object(object) => object.values().collect(),
        Json::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let own = (schema["type"] == "object" && schema["properties"].is_object()).then_some(schema);
    own.into_iter().chain(children.into_iter().flat_map(key_lists)).collect()
}

fn same_keys(format: &Format) {
    let schema = Schema::of(format.schema, Draft::V2020_12);
    let mut compared: BTreeSet<*const Json> = BTreeSet::new();
    for path in format.files {
        let table = table(path);
        for place in tables(&table) {
            let here = schema.at(&place);
            if here["additionalProperties"] != false {
                assert_eq!(words(&place), "source", "{path}: any key is taken");
                continue;
            }
            let at = (&place, "qqqqqqqqqqqqqqqqqqqq");
            let help = help(format, &table, at, true.into(), Code::UnknownKey);
            let known = in_backquotes(&help.expect("an unknown key"));
            let keys = here["properties"].as_object().expect("keys").keys().cloned().collect();
            assert_eq!(
                known,
                keys,
                "{path}: the reader's keys and the schema's, {}",
                words(&place)
            );
            compared.insert(here);
        }
    }
    let all: BTreeSet<*const Json> =
        key_lists(&schema.json).into_iter().map(std::ptr::from_ref).collect();
    assert_eq!(compared.len(), all.len(), "a table of the schema is in no file");
}

#[test]
fn both_know_the_same_keys() {
    same_keys(&RATES);
    same_keys(&PLAN);
}

/// Places with their key and what the schema says about it; list items stand for their lists.
fn keys(root: &Table, schema: &Schema) -> Vec<(Place, String, Json, bool)> {
    let mut keys = Vec::new();
    for place in tables(root) {
        for key in table_at(&mut root.clone(), &place).keys() {
            let here = [place.as_slice(), &[Step::Key(key.clone())]].concat();
            let of_key = schema.at(&here);
            let items = schema.resolved(&of_key["items"]);
            keys.push((place.clone(), key.clone(), of_key.clone(), false));
            keys.push((place.clone(), key.clone(), items.clone(), true));
        }
    }
    keys
}

/// Compares words, and returns how many lists of them there were.
fn same_words(format: &Format) -> usize {
    let schema = Schema::of(format.schema, Draft::V2020_12);
    let mut compared = 0;
    for path in format.files {
        let table = table(path);
        for (place, key, of_key, in_list) in keys(&table, &schema) {
            let word = Value::from("no such word");
            let value = if in_list { Value::Array(vec![word]) } else { word };
            let help = help(format, &table, (&place, &key), value, Code::UnknownWord);
            assert_eq!(help.is_some(), of_key["enum"].is_array(), "{} {key}", words(&place));
            let Some(help) = help else { continue };
            let known = in_backquotes(&help);
            // Other spellings are in the schema and not in the help.
            let listed = of_key["enum"].as_array().expect("words");
            let listed = listed.iter().map(|word| word.as_str().expect("a word").to_owned());
            let listed = listed.filter(|word| !word.starts_with("HE-") && word != "SMP").collect();
            assert_eq!(known, listed, "{path}: {} {key}", words(&place));
            compared += 1;
        }
    }
    compared
}

#[test]
fn both_know_the_same_words() {
    let compared = [same_words(&RATES), same_words(&PLAN)];
    assert!(compared[0] > 40 && compared[1] > 5, "{compared:?} words were compared");
}

/// Compares bounds, and returns how many there were.
fn same_bounds(format: &Format) -> usize {
    let schema = Schema::of(format.schema, Draft::V2020_12);
    let mut compared = 0;
    for path in format.files {
        let table = table(path);
        for (place, key, of_key, in_list) in keys(&table, &schema) {
            let beyond = Value::Integer(9_999_999_999);
            let value = match in_list {
                // A list takes no number beyond those that a computer has.
                true => Value::Array(vec![Value::Integer(4_000_000_000)]),
                false => beyond,
            };
            let at = (&place, key.as_str());
            let Some(help) = help(format, &table, at, value, Code::OutOfBounds) else {
                assert!(of_key["minimum"].is_null(), "{path}: {} {key}", words(&place));
                continue;
            };
            if key == "schema" || key == "format_version" {
                continue; // one number alone
            }
            let numbers = help.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
            let bounds: Vec<Option<i64>> = numbers.map(Some).collect();
            let of_schema = ["minimum", "maximum"].map(|bound| of_key[bound].as_i64());
            assert_eq!(bounds, of_schema, "{path}: {} {key}", words(&place));
            compared += 1;
        }
    }
    compared
}

#[test]
fn both_know_the_same_bounds() {
    let compared = [same_bounds(&RATES), same_bounds(&PLAN)];
    assert!(compared[0] > 60 && compared[1] > 20, "{compared:?} bounds were compared");
}

/// Editors show it where the pointer rests. They take what a `$ref` names and nothing beside it, as
/// in draft 7.
#[test]
fn every_key_says_what_it_is() {
    for text in ALL {
        says_what_each_key_is(&Schema::of(text, Draft::V2020_12));
    }
}

fn says_what_each_key_is(schema: &Schema) {
    for list in key_lists(&schema.json) {
        for (key, of_key) in list["properties"].as_object().expect("keys") {
            let description = schema.resolved(of_key)["description"].as_str();
            assert!(description.is_some_and(|text| text.ends_with('.')), "`{key}` of {list:#}");
            // They leave out what stands beside `allOf`.
            assert!(schema.resolved(of_key)["allOf"].is_null(), "`{key}` of {list:#}");
        }
    }
    refs_stand_alone(&schema.json);
}

fn refs_stand_alone(schema: &Json) {
    match schema {
        Json::Object(object) => {
            assert!(!object.contains_key("$ref") || object.len() == 1, "{schema:#}");
            object.values().for_each(refs_stand_alone);
        }
        Json::Array(items) => items.iter().for_each(refs_stand_alone),
        _ => {}
    }
}
