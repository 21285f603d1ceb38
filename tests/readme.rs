//! What README.md shows is what the program prints.
//!
//! `TRYCMD=overwrite cargo test --test readme` writes the outputs anew; read the difference before you
//! keep it.

#![allow(clippy::expect_used)] // a failing test may stop

use std::fs;
use std::path::Path;

/// The command that needs no installed program, and the name that stands for it in the test.
const CARGO_RUN: &str = "$ cargo run --release -- ";
const STAND_IN: &str = "$ ka171-by-cargo ";
/// Commands that a test cannot run. No output is shown for them.
const NOT_RUN: [&str; 2] = ["$ cargo test", "$ cargo install --path ."];

fn readme() -> String {
    let readme = fs::read_to_string("README.md").expect("README.md");
    readme.replace("\r\n", "\n")
}

/// The fenced blocks, each with its language.
fn blocks(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            blocks.push((language, lines.by_ref().take_while(|line| *line != "```").collect()));
        }
    }
    blocks
}

#[test]
fn every_command_prints_what_is_shown() {
    let readme = readme();
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("README.md");
    fs::write(&copy, readme.replace(CARGO_RUN, STAND_IN)).expect("a copy");

    let program = Path::new(env!("CARGO_BIN_EXE_ka171")).to_owned();
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        .register_bin("ka171-by-cargo", trycmd::schema::Bin::Path(program))
        .case(&copy)
        .run();

    // With TRYCMD=overwrite the copy has changed.
    let shown = fs::read_to_string(&copy).expect("the copy").replace(STAND_IN, CARGO_RUN);
    if shown != readme {
        fs::write("README.md", shown).expect("README.md");
    }
}

/// trycmd skips blocks of other languages and programs that it does not know.
#[test]
fn no_command_is_skipped() {
    let readme = readme();
    let blocks = blocks(&readme);
    for (language, lines) in &blocks {
        assert_eq!(*language, "console", "a block that is not run: {lines:?}");
        let runs = lines.iter().filter(|line| line.starts_with("$ "));
        let not_run: Vec<_> = runs
            .filter(|line| !line.starts_with("$ ka171 ") && !line.starts_with(CARGO_RUN))
            .collect();
        for line in &not_run {
            assert!(NOT_RUN.contains(line), "a command that is not run: {line}");
            assert_eq!(lines.len(), 1, "output that is not compared: {lines:?}");
        }
    }
    let shows = |command: &str| blocks.iter().any(|(_, lines)| lines.contains(&command));
    assert!(shows("$ cargo run --release -- budget examples/small.toml"));
    assert!(NOT_RUN.iter().all(|command| shows(command)));
}

#[test]
fn every_code_of_a_notice_is_one() {
    let readme = readme();
    let (_, section) = readme.split_once("## Errors and notices").expect("the section");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let codes: Vec<&str> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    let known = |code: &&str| ka171::diag::Code::ALL.iter().any(|known| known.as_str() == *code);
    assert_eq!(codes.iter().find(|code| !known(code)), None);
    let notices = ka171::diag::Code::ALL.iter();
    let first = notices.skip_while(|code| code.as_str() != "provisional-rates");
    let lacking = first.map(|code| code.as_str()).find(|code| !codes.contains(code));
    assert_eq!(lacking, None, "README.md does not explain it");
}

/// The table of lints names every lint of the program, in its order, with the severity that the case
/// in `tests/bad` shows.
#[test]
fn every_lint_of_a_rate_table_is_explained() {
    let readme = readme();
    let (_, section) = readme.split_once("### Lints").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("the next section");
    let cells = |row: &str| row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = section.lines().filter(|line| line.starts_with("| `")).map(cells);
    let shown: Vec<(String, String)> = rows
        .filter_map(|cells| {
            Some((cells.get(1)?.trim_matches('`').to_owned(), cells.get(2)?.clone()))
        })
        .collect();

    let codes = ka171::diag::Code::ALL.iter().map(|code| code.as_str());
    let lints = codes
        .skip_while(|code| *code != "limits-out-of-order")
        .take_while(|code| *code != "provisional-rates");
    let severity = |code: &str| {
        // It is about the name of a file, so that `tests/bad.rs` builds its case.
        if code == "unused-file" {
            return (code.to_owned(), "warning".to_owned());
        }
        let text = fs::read_to_string(format!("tests/bad/rates/{code}.txt")).expect("a case");
        let (severity, _) = text.split_once('[').expect("a finding");
        (code.to_owned(), severity.to_owned())
    };
    assert_eq!(shown, lints.map(severity).collect::<Vec<_>>());
}
