//! What README.md and the pages of `docs` show is what the program prints, and their links lead somewhere.
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

/// Its blocks are files and jobs, which `tests/ci.rs` holds to the program.
const NOT_OF_COMMANDS: &str = "docs/ci.md";

fn page(path: &str) -> String {
    fs::read_to_string(path).expect(path).replace("\r\n", "\n")
}

/// README.md, then the pages of `docs` by name.
fn pages() -> Vec<String> {
    let docs = fs::read_dir("docs").expect("docs");
    let names =
        docs.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    let mut pages: Vec<String> = names.map(|name| format!("docs/{name}")).collect();
    pages.sort();
    pages.insert(0, "README.md".to_owned());
    pages
}

fn pages_of_commands() -> Vec<String> {
    pages().into_iter().filter(|page| page != NOT_OF_COMMANDS).collect()
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
    let folder = tempfile::tempdir().expect("a folder");
    let copies: Vec<_> = pages_of_commands()
        .into_iter()
        .map(|path| {
            let (text, copy) = (page(&path), folder.path().join(path.replace('/', "-")));
            fs::write(&copy, text.replace(CARGO_RUN, STAND_IN)).expect("a copy");
            (path, text, copy)
        })
        .collect();

    let program = Path::new(env!("CARGO_BIN_EXE_ka171")).to_owned();
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "0")
        .register_bin("ka171-by-cargo", trycmd::schema::Bin::Path(program))
        .case(folder.path().join("*.md"))
        .run();

    // With TRYCMD=overwrite the copies have changed.
    for (path, text, copy) in copies {
        let shown = fs::read_to_string(&copy).expect("the copy").replace(STAND_IN, CARGO_RUN);
        if shown != text {
            fs::write(path, shown).expect("a page");
        }
    }
}

/// trycmd skips blocks of other languages and programs that it does not know.
#[test]
fn no_command_is_skipped() {
    let mut shown = Vec::new();
    for path in pages_of_commands() {
        let page = page(&path);
        for (language, lines) in blocks(&page) {
            assert_eq!(language, "console", "{path}: a block that is not run: {lines:?}");
            let runs = lines.iter().filter(|line| line.starts_with("$ "));
            let not_run: Vec<_> = runs
                .filter(|line| !line.starts_with("$ ka171 ") && !line.starts_with(CARGO_RUN))
                .collect();
            for line in &not_run {
                assert!(NOT_RUN.contains(line), "{path}: a command that is not run: {line}");
                assert_eq!(lines.len(), 1, "{path}: output that is not compared: {lines:?}");
            }
            shown.extend(lines.into_iter().map(str::to_owned));
        }
    }
    let shows = |command: &str| shown.iter().any(|line| line == command);
    assert!(shows("$ cargo run --release -- budget examples/small.toml"));
    assert!(NOT_RUN.iter().all(|command| shows(command)));
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for path in pages()
        .into_iter()
        .chain(["CONTRIBUTING.md", "rates/README.md", "places/README.md"].map(str::to_owned))
    {
        for link in page(&path).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") || link.starts_with("http://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let folder = Path::new(&path).parent().expect("a folder");
            let target = match file {
                "" => Path::new(&path).to_owned(),
                file => folder.join(file),
            };
            assert!(target.exists(), "{path}: {link}");
            if !heading.is_empty() {
                let text = page(target.to_str().expect("a path"));
                let mut headings = text.lines().filter(|line| line.starts_with('#'));
                let is = |line: &str| anchor(line.trim_start_matches('#').trim()) == heading;
                assert!(headings.any(is), "{path}: {link}");
            }
            links += 1;
        }
    }
    assert!(links > 20, "{links} links");
}

#[test]
fn every_code_of_a_notice_is_one() {
    let readme = page("README.md");
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
    let manual = page("docs/rates.md");
    let (_, section) = manual.split_once("## Lints").expect("the section");
    let (section, _) = section.split_once("**In an editor.**").expect("the next section");
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
