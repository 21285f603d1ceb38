//! Every golden case: the result holds what `expected.json` says, which was worked out without this
//! program (`SOURCE.md` beside it), and agrees with the independent recomputation.

#![allow(clippy::expect_used)] // a failing test may stop

mod oracle;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let folders = |path: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).expect("a folder of golden cases");
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect()
    };
    let mut cases: Vec<PathBuf> =
        folders(Path::new("tests/golden")).iter().flat_map(|call| folders(call)).collect();
    cases.sort();
    cases
}

/// Every key of `expected` has an equal value in `actual`; lists are complete.
fn compare(path: &str, expected: &Value, actual: Option<&Value>, differences: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(expected), Some(Value::Object(actual))) => {
            for (key, value) in expected {
                compare(&format!("{path}.{key}"), value, actual.get(key), differences);
            }
        }
        (Value::Array(expected), Some(Value::Array(actual))) if expected.len() == actual.len() => {
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{index}]"), expected, Some(actual), differences);
            }
        }
        (expected, Some(actual)) if expected == actual => {}
        (expected, actual) => {
            let actual = actual.map_or("nothing".to_owned(), Value::to_string);
            differences.push(format!("{path}: expected {expected}, got {actual}"));
        }
    }
}

#[test]
fn golden_cases_give_what_their_sources_say() {
    let mut failures = Vec::new();
    let cases = cases();
    for case in &cases {
        for file in ["plan.toml", "expected.json", "SOURCE.md"] {
            assert!(case.join(file).is_file(), "{} lacks {file}", case.display());
        }
        let plan = fs::read_to_string(case.join("plan.toml")).expect("plan.toml");
        let expected = fs::read_to_string(case.join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_str(&expected).expect("expected.json is JSON");
        let mut differences = Vec::new();
        match support::result(&plan) {
            Ok(actual) => {
                compare("result", &expected, Some(&actual), &mut differences);
                differences.extend(oracle::recompute(&actual).err().unwrap_or_default());
            }
            Err(errors) => differences.push(errors),
        }
        if !differences.is_empty() {
            failures.push(format!("{}:\n  {}", case.display(), differences.join("\n  ")));
        }
    }
    assert!(cases.len() >= 40, "only {} golden cases were found", cases.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
