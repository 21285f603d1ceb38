//! Command lines with their output and exit code: the files in `tests/cmd`.
//!
//! `TRYCMD=overwrite cargo test --test cmd` writes them anew; read the difference before you keep it.

#![allow(clippy::expect_used)] // a failing test may stop

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn command_lines_print_what_their_files_say() {
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}

fn ka171(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(arguments).output().expect("the program runs")
}

/// The shipped table of call 2025 with another amount of organisational support.
fn changed_table() -> String {
    let table = fs::read_to_string("rates/2025.toml").expect("a shipped table");
    let changed = table.replace("per_participant = 500", "per_participant = 333");
    assert_ne!(table, changed, "the table has its organisational support elsewhere");
    changed
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

#[test]
fn a_folder_of_rate_tables_replaces_all_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("our-rates");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("2025.toml"), changed_table()).expect("a table");

    let plan = "tests/cmd/plans/one-flow.toml";
    let budget = ka171(&["budget", plan, "--format", "json", "--rates", path(&folder)]);
    let result: serde_json::Value = serde_json::from_slice(&budget.stdout).expect("JSON");
    assert_eq!(budget.status.code(), Some(0));
    assert_eq!(result["rates"]["origin"], "our-rates/2025.toml");
    // 2 x 333 instead of 2 x 500
    assert_eq!(result["totals"]["amounts"]["organisational_support"].to_string(), "666.0");

    let other = ka171(&["budget", plan, "--call", "2024", "--rates", path(&folder)]);
    let errors = String::from_utf8(other.stderr).expect("text");
    assert_eq!(other.status.code(), Some(1));
    assert!(other.stdout.is_empty());
    assert!(errors.contains("unknown-call"), "{errors}");
    assert!(errors.contains("there is one table, for call 2025"), "{errors}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let arguments = ["budget", "examples/six-regions.toml", "--format", "json"];
    let (first, second) = (ka171(&arguments), ka171(&arguments));
    assert!(!first.stdout.is_empty());
    assert_eq!(first.stdout, second.stdout);
}
