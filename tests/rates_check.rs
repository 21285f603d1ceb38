//! `ka171 rates check` on files and folders as users have them.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a failing test may stop

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The small valid table, its names and its list of envelopes.
const VALID: &str = "tests/bad/rates/valid";

/// Runs `ka171 rates check` in a folder, without colour.
fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(["rates", "check"]).args(arguments).args(["--color", "never"]);
    command.current_dir(folder).output().expect("the program runs")
}

fn json(folder: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = check(folder, &[arguments, &["--format", "json"]].concat());
    (output.status.code(), serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// What the files of a run are: path, kind, and whether they are valid.
fn tables(json: &Value) -> Vec<String> {
    let tables = json["tables"].as_array().expect("a list").iter();
    let words = |table: &Value| {
        let [file, kind] = ["file", "kind"].map(|key| table[key].as_str().expect("a text"));
        let file = file.replace('\\', "/");
        format!("{file} {kind} {}", table["valid"])
    };
    tables.map(words).collect()
}

/// Code and file of each finding.
fn findings(json: &Value) -> Vec<String> {
    let findings = json["diagnostics"].as_array().expect("a list").iter();
    let words = |finding: &Value| {
        let file = finding["location"]["file"].as_str().expect("a file").replace('\\', "/");
        format!("{} {file}", finding["code"].as_str().expect("a code"))
    };
    findings.map(words).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn valid(name: &str) -> String {
    fs::read_to_string(Path::new(VALID).join(name)).expect("a valid file")
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("written");
}

/// A limit that another one only just allows.
#[test]
fn limits_on_their_edges_are_in_order() {
    let edges = [
        // Long stays begin where short ones end.
        ("min_days = 60\n", "min_days = 30\n"),
        // The first period is as long as the longest short stay.
        ("[first_period]\ndays = 14\n", "[first_period]\ndays = 30\n"),
        // A top-up begins with the longest short stay.
        ("from_days = 15\n", "from_days = 30\n"),
        // What is paid is the share below which it is paid.
        ("paid_percent = 80\n", "paid_percent = 70\n"),
        // An application needs all the points that there are.
        ("pass_points = 20\n", "pass_points = 40\n"),
    ];
    let mut table = valid("2025.toml");
    for (find, put) in edges {
        assert_eq!(table.matches(find).count(), 1, "{find}");
        table = table.replace(find, put);
    }
    let folder = folder();
    write(&folder, "2025.toml", table);
    write(&folder, "countries.toml", valid("countries.toml"));
    let (code, json) = json(folder.path(), &["2025.toml"]);
    assert_eq!(findings(&json), [""; 0]);
    assert_eq!(code, Some(0));
}

/// Of each file the first hundred errors are shown: of 130 and 105 lines with no region, 30 and 5 are not.
#[test]
fn errors_beyond_the_hundredth_add_up() {
    let folder = folder();
    for (name, lines) in [("a.csv", 130), ("b.csv", 105)] {
        write(&folder, name, "region,amount\n".to_owned() + &"99,1\n".repeat(lines));
    }
    let (code, json) = json(folder.path(), &["a.csv", "b.csv"]);
    assert_eq!(code, Some(1));
    assert_eq!(json["diagnostics"].as_array().expect("a list").len(), 200);
    assert_eq!(json["omitted"], 35);
}

/// A file that is no text is at fault like any other; what the others have is not lost.
#[test]
fn a_file_that_is_no_text_is_a_finding_of_its_own() {
    let folder = folder();
    let utf16 = [&[0xff, 0xfe][..], &[b'a', 0, b'\n', 0]].concat();
    for name in ["a/2025.toml", "b/2026.toml", "b/envelopes/HU-2025.toml"] {
        write(&folder, name, &utf16);
    }
    write(&folder, "b/2025.toml", valid("2025.toml").replace("percent = 100\n", "percent = 101\n"));
    write(&folder, "b/countries.toml", valid("countries.toml"));
    write(&folder, "own.csv", &utf16);
    let (code, json) = json(folder.path(), &["a/2025.toml", "b", "own.csv"]);
    assert_eq!(code, Some(1));
    let expected = [
        "not-utf8 a/2025.toml",
        "out-of-bounds b/2025.toml",
        "not-utf8 b/2026.toml",
        "not-utf8 b/envelopes/HU-2025.toml",
        "not-utf8 own.csv",
    ];
    assert_eq!(findings(&json), expected);
    let expected = [
        "a/2025.toml rates false",
        "b/2025.toml rates false",
        "b/2026.toml rates false",
        "b/countries.toml names true",
        "b/envelopes/HU-2025.toml envelopes false",
        "own.csv envelopes false",
    ];
    assert_eq!(tables(&json), expected);
    // What is missing is the machine's fault, and nothing is said about the rest.
    let output = check(folder.path(), &["b", "c/2025.toml"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.is_empty());
}

/// Names with errors hide nothing: tables are checked without names, lists with the program's.
#[test]
fn faulty_names_hide_no_list() {
    let folder = folder();
    write(&folder, "our/2025.toml", valid("2025.toml"));
    write(&folder, "our/countries.toml", valid("countries.toml") + "XX = 1\n");
    let list = valid("envelopes/HU-2025.toml");
    write(&folder, "our/envelopes/HU-2025.toml", list.replace("total = 30000.50", "total = 1"));
    let (code, json) = json(folder.path(), &["our"]);
    assert_eq!(code, Some(1));
    let expected =
        ["wrong-type our/countries.toml", "envelopes-contradict-total our/envelopes/HU-2025.toml"];
    assert_eq!(findings(&json), expected);
    let expected = [
        "our/countries.toml names false",
        "our/2025.toml rates true",
        "our/envelopes/HU-2025.toml envelopes false",
    ];
    assert_eq!(tables(&json), expected);
}

/// What looks like a table or a list and is none by its name is not passed over in silence.
#[test]
fn files_that_nothing_reads_are_named() {
    let folder = folder();
    write(&folder, "our/2025.toml", valid("2025.toml"));
    write(&folder, "our/countries.toml", valid("countries.toml"));
    write(&folder, "our/envelopes/HU-2025.toml", valid("envelopes/HU-2025.toml"));
    for name in ["2025-hu.toml", "2026.TOML", "draft.csv", "envelopes/HU-2024.csv"] {
        write(&folder, &format!("our/{name}"), "no = \"table\"\n");
    }
    for name in ["README.md", "schema.json", "envelopes/notes.txt"] {
        write(&folder, &format!("our/{name}"), "not meant");
    }
    let (code, json) = json(folder.path(), &["our", "--deny", "warnings"]);
    assert_eq!(code, Some(3));
    let expected = [
        "unused-file our/envelopes/HU-2024.csv",
        "unused-file our/2025-hu.toml",
        "unused-file our/2026.TOML",
        "unused-file our/draft.csv",
    ];
    assert_eq!(findings(&json), expected);
    assert_eq!(json["diagnostics"][0]["severity"], "warning");
}

/// A folder of lists by its place, wherever the program is started.
#[test]
fn a_folder_of_lists_is_enough() {
    let folder = folder();
    write(&folder, "our/envelopes/HU-2025.toml", valid("envelopes/HU-2025.toml"));
    write(&folder, "our/envelopes/list.toml", valid("envelopes/HU-2025.toml"));
    let within = folder.path().join("our/envelopes");
    let (code, of_folder) = json(folder.path(), &["our"]);
    assert_eq!(code, Some(1));
    assert_eq!(findings(&of_folder), ["envelopes-contradict-file-name our/envelopes/list.toml"]);
    let (code, here) = json(&within, &["."]);
    assert_eq!(code, Some(1));
    assert_eq!(findings(&here), ["envelopes-contradict-file-name ./list.toml"]);
    let (_, one) = json(&within, &["list.toml"]);
    assert_eq!(findings(&one), ["envelopes-contradict-file-name list.toml"]);
}

/// A list of the user's own says no more than regions and amounts.
#[test]
fn lists_of_the_user_are_read_as_such() {
    let folder = folder();
    write(&folder, "awards.csv", "region;amount\n6;40000,50\n");
    write(&folder, "envelopes/AWARDS.CSV", "region;amount\n6;40000,50\n");
    write(&folder, "awards.toml", "[[envelope]]\nregion = 6\namount = 1\n");
    let paths = ["awards.csv", "envelopes/AWARDS.CSV", "awards.toml"];
    let (code, read) = json(folder.path(), &paths);
    assert_eq!(code, Some(0), "{read:#}");
    assert_eq!(tables(&read), paths.map(|path| format!("{path} envelopes true")));
    assert_eq!(read["tables"][0].get("id"), None);

    write(&folder, "faulty.csv", "region;amount\n60;1\n");
    let (code, read) = json(folder.path(), &["faulty.csv"]);
    assert_eq!(code, Some(1));
    assert_eq!(findings(&read), ["out-of-bounds faulty.csv"]);
}

/// A published list is of a country that may apply in its call.
#[test]
fn third_countries_have_no_list() {
    let folder = folder();
    write(&folder, "our/2025.toml", valid("2025.toml"));
    write(&folder, "our/countries.toml", valid("countries.toml"));
    let list = valid("envelopes/HU-2025.toml").replace("\"HU\"", "\"KG\"");
    write(&folder, "our/envelopes/KG-2025.toml", &list);
    let (code, read) = json(folder.path(), &["our"]);
    assert_eq!(code, Some(1));
    assert_eq!(findings(&read), ["country-misplaced our/envelopes/KG-2025.toml"]);
    let says = "KG has no National Agency in call 2025: it is in Region 6";
    assert_eq!(read["diagnostics"][0]["message"], says);

    // Without a table of the call nothing is known but the name.
    let list = list.replace("2025\nkind", "2026\nkind");
    fs::remove_file(folder.path().join("our/envelopes/KG-2025.toml")).expect("removed");
    write(&folder, "our/envelopes/KG-2026.toml", list);
    let (code, read) = json(folder.path(), &["our"]);
    assert_eq!(code, Some(0), "{read:#}");
}

/// Twelve of the largest envelopes have a sum that may be stated.
#[test]
fn the_largest_list_can_state_its_total() {
    let mut list = "kind = \"national\"\ntotal = 12000000000\n".to_owned();
    for region in 1..=12 {
        list += &format!("[[envelope]]\nregion = {region}\namount = 1000000000\n");
    }
    let folder = folder();
    write(&folder, "largest.toml", &list);
    let (code, read) = json(folder.path(), &["largest.toml"]);
    assert_eq!(code, Some(0), "{read:#}");
    write(&folder, "larger.toml", list.replace("12000000000", "12000000001"));
    let (_, read) = json(folder.path(), &["larger.toml"]);
    assert_eq!(findings(&read), ["out-of-bounds larger.toml"]);
}

/// `https://` in capitals is the same address.
#[test]
fn an_address_may_be_in_capitals() {
    let folder = folder();
    let table =
        valid("2025.toml").replace("https://example.org/guide", "HTTPS://EXAMPLE.ORG/guide");
    write(&folder, "2025.toml", table);
    write(&folder, "countries.toml", valid("countries.toml"));
    let (code, read) = json(folder.path(), &["2025.toml"]);
    assert_eq!(findings(&read), [""; 0]);
    assert_eq!(code, Some(0));
}

#[test]
fn a_list_is_no_table_to_compare() {
    for list in ["rates/countries.toml", "rates/envelopes/HU-2023.toml"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
        let output = command.args(["rates", "diff", "2025", list]).output().expect("it runs");
        let errors = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1));
        assert!(errors.contains("error[unsupported-table]"), "{errors}");
        assert!(errors.contains("1 error found"), "{errors}");
    }
}
