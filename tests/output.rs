//! `-o`: a result as a file, written as a whole or not at all.

#![allow(clippy::expect_used)] // a failing test may stop

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const PLAN: &str = "examples/small.toml";

fn ka171(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(arguments).output().expect("the program runs")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    entries.map(|entry| name(entry).into_string().expect("a name")).collect()
}

/// The run ends with this code, prints no result, and says why in these words.
fn refused(arguments: &[&str], code: i32, why: &str) {
    let run = ka171(arguments);
    let errors = String::from_utf8(run.stderr).expect("text");
    assert_eq!(run.status.code(), Some(code), "{errors}");
    assert!(run.stdout.is_empty());
    assert!(errors.contains(why), "{errors}");
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = folder();
    for (name, format) in [
        ("budget.txt", "table"),
        ("BUDGET.JSON", "json"),
        ("budget.csv", "csv"),
        ("budget.md", "markdown"),
        ("budget.html", "html"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, "an earlier report").expect("a file");
        let written = ka171(&["budget", PLAN, "-o", text(&file)]);
        let printed = ka171(&["budget", PLAN, "--format", format]);
        assert_eq!(written.status.code(), Some(0));
        assert!(written.stdout.is_empty());
        assert!(printed.stdout.len() > 100);
        assert_eq!(fs::read(&file).expect("a file"), printed.stdout, "{name}");
        assert_eq!(written.stderr, printed.stderr, "notices are said all the same");
    }
    assert_eq!(names(&folder).len(), 5, "nothing else is left");
}

#[test]
fn a_hyphen_is_standard_output() {
    let written = ka171(&["budget", PLAN, "-o", "-", "--format", "json"]);
    let printed = ka171(&["budget", PLAN, "--format", "json"]);
    assert!(printed.stdout.len() > 100);
    assert_eq!(written.stdout, printed.stdout);
}

#[test]
fn a_guardrail_is_reported_after_the_file_was_written() {
    let folder = folder();
    let file = folder.path().join("budget.json");
    let run = ka171(&["budget", PLAN, "--deny", "warnings", "-o", text(&file)]);
    assert_eq!(run.status.code(), Some(3));
    assert!(fs::read_to_string(&file).expect("a file").ends_with("}\n"));
}

#[test]
fn a_plan_with_errors_leaves_what_was_there() {
    let folder = folder();
    let file = folder.path().join("budget.json");
    fs::write(&file, "an earlier report").expect("a file");
    refused(&["budget", "tests/cmd/plans/faulty.toml", "-o", text(&file)], 1, "error");
    assert_eq!(fs::read_to_string(&file).expect("a file"), "an earlier report");
    assert_eq!(names(&folder), ["budget.json"]);
}

#[test]
fn a_file_that_cannot_be_written_leaves_what_was_there() {
    let folder = folder();
    let missing = folder.path().join("missing").join("budget.json");
    refused(&["budget", PLAN, "-o", text(&missing)], 4, "there is no such folder");

    let is_folder = folder.path().join("folder.json");
    fs::create_dir(&is_folder).expect("a folder");
    refused(&["budget", PLAN, "-o", text(&is_folder)], 4, "it is a folder");

    let read_only = folder.path().join("budget.json");
    fs::write(&read_only, "an earlier report").expect("a file");
    let mut permissions = fs::metadata(&read_only).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&read_only, permissions).expect("read-only");
    refused(&["budget", PLAN, "-o", text(&read_only)], 4, "it is read-only");
    assert_eq!(fs::read_to_string(&read_only).expect("a file"), "an earlier report");

    let mut names = names(&folder);
    names.sort();
    assert_eq!(names, ["budget.json", "folder.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    refused(&["budget", PLAN, "--format", "json", "-o", "/dev/full"], 4, "the disk is full");
}

#[test]
fn a_file_that_is_read_is_not_written() {
    let folder = folder();
    let plan = folder.path().join("plan.json");
    fs::copy("tests/cmd/plans/one-flow.json", &plan).expect("a plan");
    let before = fs::read(&plan).expect("a plan");
    refused(&["budget", text(&plan), "-o", text(&plan)], 2, "is a file that is read here");

    let envelopes = folder.path().join("awards.json");
    fs::write(&envelopes, "region,amount\n6,40000\n").expect("a list");
    let (plan, list) = (text(&plan), text(&envelopes));
    refused(&["budget", plan, "--envelope", list, "-o", list], 2, "is a file that is read here");
    assert_eq!(fs::read(plan).expect("a plan"), before);
}
