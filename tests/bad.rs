//! Every faulty file in `tests/bad` prints what the text beside it says.
//!
//! - `plan/`: plans with an error, as `ka171 check` prints it.
//! - `rates/`: rate tables with an error or a warning, as `ka171 rates check` prints it. A case says
//!   which lines of a small valid table in `rates/valid` to replace; the reason stands on its first
//!   line. `2026.toml` is made from `2025.toml`: provisional, with nothing confirmed. A line
//!   `==== run with OPTIONS ====` below the reason adds options to the command.
//! - `notices/`: valid plans with a warning or a note, as `ka171 check` prints it with the table in
//!   `rates/valid`.
//! - `envelopes/`: lists of envelopes with a fault or a notice, as `ka171 check --envelope` prints it
//!   for a plan in `envelopes/valid`, with the table in `rates/valid`.
//! - `places/`: places files with a fault, as `ka171 check --places` prints it for a plan in
//!   `places/valid`.
//! - `what-if/`: options of a what-if with a fault, one on each line, as `ka171 check` prints it for
//!   the plan in `what-if/valid`. A first line that begins with `# ` says what is wrong.
//!
//! A file's name begins with the code that it shows. `unknown-key.toml` has just that one finding;
//! a variant such as `unknown-key--flows.toml` may have others.
//!
//! `UPDATE_BAD=1 cargo test --test bad` writes the texts anew. Read every difference afterwards:
//! is the line right, the column, the marked text, and does the help help?

#![allow(clippy::expect_used)] // a failing test may stop

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ka171::diag::Code;
use serde_json::Value;
use tempfile::TempDir;

/// Codes that no committed file shows; tests below build one.
const BUILT_HERE: [(Code, &str); 6] = [
    (Code::NoSuchFiles, "it is about files that there are not"),
    (Code::PlansDisagree, "it is about two files"),
    (Code::UnusedFile, "it is about the name of a file"),
    (Code::UnknownEnvelopes, "it is about a list that there is not"),
    (Code::NotUtf8, "bytes that are no text have no line ends that git could keep"),
    (Code::TooLarge, "the file has more than 16 MiB"),
];

/// A faulty file.
struct Case {
    /// `tests/bad/plan/unknown-key--flows.toml`
    path: String,
    /// `unknown-key--flows`
    name: String,
}

impl Case {
    /// The code that the file's name states.
    fn code(&self) -> &str {
        self.name.split_once("--").map_or(&self.name, |(code, _)| code)
    }

    fn is_variant(&self) -> bool {
        self.name != self.code()
    }

    fn read(&self) -> String {
        fs::read_to_string(&self.path).expect("a case in UTF-8")
    }
}

/// The cases of a folder by name. Each `.txt` belongs to one.
fn cases(folder: &str) -> Vec<Case> {
    let folder = format!("tests/bad/{folder}");
    let entries = fs::read_dir(&folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    let names: Vec<String> = paths
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    let case = |name: &String| {
        let (stem, extension) = name.rsplit_once('.').expect("an extension");
        let case = Case { path: format!("{folder}/{name}"), name: stem.to_owned() };
        (extension != "txt").then_some(case)
    };
    let mut cases: Vec<Case> = names.iter().filter_map(case).collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    let mut seen = BTreeSet::new();
    for case in &cases {
        assert!(seen.insert(&case.name), "two cases share {folder}/{}.txt", case.name);
    }
    for text in names.iter().filter_map(|name| name.strip_suffix(".txt")) {
        let owned = cases.iter().any(|case| case.name == text);
        assert!(owned, "{folder}/{text}.txt belongs to no case");
    }
    cases
}

/// Runs the program in a folder, without colour.
fn ka171(folder: impl AsRef<Path>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(arguments).args(["--color", "never"]).current_dir(folder);
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output in UTF-8")
}

/// The codes of the findings in an output, in their order.
fn codes_in(output: &str) -> Vec<&str> {
    let first_lines = output.lines().filter_map(|line| line.split_once("]: "));
    let heads = first_lines.filter_map(|(head, _)| head.split_once('['));
    let severities = ["error", "warning", "note"];
    heads.filter(|(severity, _)| severities.contains(severity)).map(|(_, code)| code).collect()
}

/// What is wrong with the output of a case; nothing where it is as its text says.
fn differences(case: &Case, output: &str) -> Option<String> {
    let text = format!("{}.txt", case.path.rsplit_once('.').expect("an extension").0);
    if std::env::var_os("UPDATE_BAD").is_some() {
        fs::write(&text, output).expect("a text can be written");
    }
    let codes = codes_in(output);
    if !codes.contains(&case.code()) {
        return Some(format!("{} does not show its code:\n{output}", case.path));
    }
    if !case.is_variant() && codes.len() > 1 {
        let found = codes.join(", ");
        return Some(format!("{} is no variant and has several findings: {found}", case.path));
    }
    let expected = fs::read_to_string(&text).unwrap_or_else(|_| "(there is no text)".to_owned());
    (expected != output).then(|| format!("{text} says:\n{expected}\nthe program says:\n{output}"))
}

/// Runs every case of a folder and fails with all differences at once.
fn hold(folder: &str, run: impl Fn(&Case) -> String) {
    let cases = cases(folder);
    let failures: Vec<String> =
        cases.iter().filter_map(|case| differences(case, &run(case))).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn faulty_plans_print_what_their_texts_say() {
    hold("plan", |case| {
        let output = ka171(".", &["check", &case.path]);
        assert_eq!(output.status.code(), Some(1), "{}", case.path);
        assert!(output.stdout.is_empty(), "{}", case.path);
        text(&output.stderr)
    });
}

/// The JSON form of the findings names the same places as the text.
#[test]
fn texts_and_json_agree_on_places() {
    for case in cases("plan") {
        let output = ka171(".", &["check", &case.path, "--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = json["diagnostics"].as_array().expect("a list").iter();
        let place = |finding: &Value| {
            let place = &finding["location"];
            match (place["sheet"].as_str(), place["cell"].as_str()) {
                (Some(sheet), Some(cell)) => format!("{}, {sheet}!{cell}", case.path),
                (None, Some(_)) => format!("{}, row {}", case.path, place["line"]),
                // A workbook as a whole.
                _ if case.path.ends_with(".xlsx") => case.path.clone(),
                _ => format!("{}:{}:{}", case.path, place["line"], place["column"]),
            }
        };
        let in_json: Vec<String> = findings.map(place).collect();
        let printed = text(&ka171(".", &["check", &case.path]).stderr);
        let arrows = printed.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
        // In CSV the column has its heading beside it.
        let arrows = arrows.map(|arrow| arrow.split_once(", column").map_or(arrow, |(row, _)| row));
        assert_eq!(in_json, arrows.collect::<Vec<_>>(), "{}", case.path);
    }
}

#[test]
fn faulty_rate_tables_print_what_their_texts_say() {
    hold("rates", |case| {
        let output = check_edited(case, &[]);
        let findings = text(&output.stderr).replace("rates\\", "rates/");
        let has_errors = findings.contains("error[");
        assert_eq!(output.status.code(), Some(i32::from(has_errors)), "{}", case.path);
        assert_eq!(output.stdout.is_empty(), has_errors, "{}", case.path);
        findings
    });
}

/// The JSON form of the findings names the same places as the text.
#[test]
fn texts_and_json_agree_on_places_in_rate_tables() {
    for case in cases("rates") {
        let output = check_edited(&case, &["--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let place = |finding: &Value| {
            let place = &finding["location"];
            let file = place["file"].as_str().expect("a file");
            format!("{file}:{}:{}", place["line"], place["column"])
        };
        let findings = json["diagnostics"].as_array().expect("a list").iter();
        let in_json: Vec<String> = findings.map(place).collect();
        let printed = text(&check_edited(&case, &[]).stderr);
        let arrows = printed.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
        assert_eq!(in_json, arrows.collect::<Vec<_>>(), "{}", case.path);
    }
}

/// `ka171 rates check rates` with the options of the case, in the folder of [`edited`].
fn check_edited(case: &Case, more: &[&str]) -> Output {
    let edit = case.read();
    let options = edit.split_once("==== run with ").and_then(|(_, rest)| rest.split_once(" ===="));
    let options = options.map_or("", |(options, _)| options).split_whitespace();
    let arguments: Vec<&str> = ["rates", "check", "rates"]
        .into_iter()
        .chain(options)
        .chain(more.iter().copied())
        .collect();
    ka171(edited(case).path(), &arguments)
}

/// A folder with a folder `rates`: the valid tables, one of them edited as the case says.
fn edited(case: &Case) -> TempDir {
    let edit = case.read();
    let (reason, edit) = edit.split_once("==== find in valid/").expect("what to find");
    let (name, edit) = edit.split_once(" ====\n").expect("where to find it");
    let (find, put) = edit.split_once("==== put instead ====\n").expect("what to put instead");
    assert!(reason.starts_with("# "), "{} gives no reason", case.path);

    let folder = valid_tables();
    let path = folder.path().join("rates").join(name);
    if name == "2026.toml" {
        let table = provisional(&folder).replace("\"confirmed\"", "\"inferred\"");
        fs::write(&path, table).expect("a table");
    }
    let table = fs::read_to_string(&path).expect("a valid table");
    assert_eq!(table.matches(find).count(), 1, "{}: the text to find stands once", case.path);
    let whole_lines = format!("\n{find}");
    assert!(table.contains(&whole_lines), "{}: the text to find begins a line", case.path);
    fs::write(&path, table.replace(find, put)).expect("an edited table");
    folder
}

/// A folder with a folder `rates`: copies of the valid tables.
fn valid_tables() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let rates = folder.path().join("rates");
    fs::create_dir(&rates).expect("a folder");
    fs::create_dir(rates.join("envelopes")).expect("a folder");
    for name in ["2025.toml", "countries.toml", "envelopes/HU-2025.toml"] {
        fs::copy(format!("tests/bad/rates/valid/{name}"), rates.join(name)).expect("a copy");
    }
    folder
}

/// The valid table as one of call 2026 that carries everything over.
fn provisional(folder: &TempDir) -> String {
    let table = folder.path().join("rates").join("2025.toml");
    let table = fs::read_to_string(table).expect("a valid table");
    let provisional = "call = 2026\ncarried_from = 2025\n";
    table.replace("call = 2025\n", provisional).replace("published", "provisional")
}

#[test]
fn the_table_that_cases_edit_is_valid() {
    let output = ka171(".", &["rates", "check", "tests/bad/rates/valid"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[test]
fn notices_print_what_their_texts_say() {
    let folder = valid_tables();
    let rates = folder.path().join("rates");
    fs::write(rates.join("2026.toml"), provisional(&folder)).expect("a table");

    let rates = rates.to_str().expect("a path in Unicode");
    hold("notices", |case| {
        let output = ka171(".", &["check", &case.path, "--rates", rates]);
        assert_eq!(output.status.code(), Some(0), "{}: {}", case.path, text(&output.stderr));
        text(&output.stderr)
    });
}

#[test]
fn lists_of_envelopes_print_what_their_texts_say() {
    hold("envelopes", |case| {
        let plan = match case.code() {
            "envelopes-replaced" => "tests/bad/envelopes/valid/plan-with-envelope.toml",
            _ => "tests/bad/envelopes/valid/plan.toml",
        };
        let rates = "tests/bad/rates/valid";
        let output = ka171(".", &["check", plan, "--rates", rates, "--envelope", &case.path]);
        let findings = text(&output.stderr);
        let code = i32::from(findings.contains("error["));
        assert_eq!(output.status.code(), Some(code), "{}", case.path);
        assert_eq!(output.stdout.is_empty(), code == 1, "{}", case.path);
        findings
    });
}

/// `2026.toml` under a name that is none of a table.
#[test]
fn unused_file() {
    let folder = valid_tables();
    fs::write(folder.path().join("rates/2026-draft.toml"), provisional(&folder)).expect("a file");
    let output = ka171(folder.path().join("rates"), &["rates", "check", "."]);
    let expected = format!(
        "\
warning[unused-file]: nothing reads this file
--> {}
 = help: a rate table is named by its call, such as 2025.toml, and lists of envelopes lie in the folder `envelopes`: rename or move the file

",
        Path::new(".").join("2026-draft.toml").display()
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), expected);
}

#[test]
fn faulty_results_print_what_their_texts_say() {
    hold("saved", |case| {
        // `verify` says what differs; for `diff` that is no budget.
        let arguments = match case.code() {
            "result-inconsistent" => ["diff", &case.path, &case.path].to_vec(),
            _ => ["verify", &case.path].to_vec(),
        };
        let output = ka171(".", &arguments);
        assert_eq!(output.status.code(), Some(1), "{}", case.path);
        assert!(output.stdout.is_empty(), "{}", case.path);
        text(&output.stderr)
    });
}

#[test]
fn faulty_places_files_print_what_their_texts_say() {
    hold("places", |case| {
        let plan = "tests/bad/places/valid/plan.toml";
        let output = ka171(".", &["check", plan, "--places", &case.path]);
        assert_eq!(output.status.code(), Some(1), "{}", case.path);
        assert!(output.stdout.is_empty(), "{}", case.path);
        text(&output.stderr)
    });
}

#[test]
fn faulty_what_ifs_print_what_their_texts_say() {
    hold("what-if", |case| {
        let options = case.read();
        let options = options.lines().filter(|line| !line.starts_with("# "));
        let arguments = ["check", "tests/bad/what-if/valid/plan.toml"].into_iter().chain(options);
        let output = ka171(".", &arguments.collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(1), "{}", case.path);
        assert!(output.stdout.is_empty(), "{}", case.path);
        text(&output.stderr)
    });
}

/// The list is named on the command line: no file is at fault.
#[test]
fn unknown_envelopes() {
    let plan = "tests/bad/envelopes/valid/plan.toml";
    let output = ka171(".", &["check", plan, "--envelope", "hu-2022"]);
    let expected = "\
error[unknown-envelopes]: there is no list of envelopes HU-2022
 |
 = help: there is one list, HU-2023; a file of your own is given by its path, such as awards.csv

1 error found
";
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert_eq!(text(&output.stderr), expected);
}

/// A pattern that the shell did not expand.
#[test]
fn no_such_files() {
    let output = ka171(".", &["check", "tests/bad/plan/faculty-*.xlsx"]);
    let expected = "\
error[no-such-files]: `tests/bad/plan/faculty-*.xlsx` names no file: no file has such a name
 |
 = help: `*` stands for any letters of a file's name, `?` for one

1 error found
";
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), expected);
}

/// Plans of two calls, two applicants, and with two envelopes for one region: all is said at once.
#[test]
fn plans_disagree() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = "call = 2025\n[project]\ncountry = \"HU\"\napplicant = \" university of szeged\"\n[[flow]]\ncountry = \"KG\"\ndirection = \"outgoing\"\nactivity = \"STA\"\ndays = 5\nparticipants = 1\ndistance_km = 4222\n[[envelope]]\nregion = 6\namount = 9000\n";
    let write = |name: &str, text: String| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("a.toml", plan.to_owned());
    write("b.toml", plan.replace(" university of szeged", "University of Szeged "));
    write("c.toml", plan.replace("2025", "2024").replace("szeged", "pécs").replace("9000", "9500"));
    let together = ka171(folder.path(), &["check", "a.toml", "b.toml"]);
    assert_eq!(together.status.code(), Some(0), "{}", text(&together.stderr));
    let output = ka171(folder.path(), &["check", "a.toml", "b.toml", "c.toml"]);
    let expected = "\
error[plans-disagree]: c.toml has `call` `2024`, and a.toml has `2025`
 --> c.toml:1:1
  |
1 | call = 2024
  | ^
  |
  = help: one budget is of one call and one applicant: correct the file, or compute the plans apart

error[plans-disagree]: c.toml has `applicant` `university of pécs`, and a.toml has `university of szeged`
 --> c.toml:1:1
  |
1 | call = 2024
  | ^
  |
  = help: one budget is of one call and one applicant: correct the file, or compute the plans apart

error[plans-disagree]: the envelope of Region 6 is another one than before
  --> c.toml:12:1
   |
12 | [[envelope]]
   | ^
   |
  ::: a.toml:12:1
   |
12 | [[envelope]]
   | - first here
   |
   = help: write the same in each file, or write it in one of them alone

3 errors found
";
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), expected);
}

/// They are named on the command line: no file is at fault.
#[test]
fn unknown_flow_and_region() {
    let plan = "tests/bad/envelopes/valid/plan.toml";
    let cases = [
        (
            ["--flow", "vietnam-student-in"],
            "\
error[unknown-flow]: --flow: the plan has no flow `vietnam-student-in`
 |
 = help: the nearest is `vietnam-students-in`

1 error found; nothing was computed
",
        ),
        (
            ["--flow", "budapest"],
            "\
error[unknown-flow]: --flow: the plan has no flow `budapest`
 |
 = help: its one flow is `vietnam-students-in`

1 error found; nothing was computed
",
        ),
        (
            ["--region", "12"],
            "\
error[region-without-flows]: --region: no flow of the plan goes to Region 12
 |
 = help: its flows go to region 5

1 error found; nothing was computed
",
        ),
    ];
    for (options, expected) in cases {
        let output = ka171(".", &[&["explain", plan][..], &options].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert_eq!(text(&output.stderr), expected);
    }
}

#[test]
fn every_code_has_a_file() {
    let folders = ["saved", "plan", "places", "rates", "notices", "envelopes", "what-if"];
    let cases: Vec<Case> = folders.into_iter().flat_map(cases).collect();
    let shown: BTreeSet<&str> = cases.iter().map(Case::code).collect();
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for code in &shown {
        assert!(known.contains(code), "a file in tests/bad is named after `{code}`: no such code");
    }
    for (code, reason) in BUILT_HERE {
        assert!(!shown.contains(code.as_str()), "there is a file for `{code}` although {reason}");
    }
    let built = BUILT_HERE.map(|(code, _)| code.as_str());
    let lacking: Vec<&str> =
        known.into_iter().filter(|code| !shown.contains(code) && !built.contains(code)).collect();
    assert!(lacking.is_empty(), "no file in tests/bad shows {}", lacking.join(", "));
}

/// Each lint of rate tables has a file that nothing but this lint finds fault with: the other files
/// without a variant in their name have that one finding.
#[test]
fn every_lint_has_a_file_that_only_it_catches() {
    let rates = cases("rates");
    let after = Code::ALL.iter().skip_while(|code| **code != Code::LimitsOutOfOrder);
    let lints: Vec<&str> = after
        .take_while(|code| **code != Code::ProvisionalRates)
        .filter(|code| BUILT_HERE.iter().all(|(built, _)| built != *code))
        .map(|code| code.as_str())
        .collect();
    assert!(lints.contains(&"http-url"));
    for lint in lints {
        assert!(rates.iter().any(|case| case.name == lint), "no tests/bad/rates/{lint}.edit");
    }
}

/// Scripts rely on codes: one that was released is never renamed and never taken away. A new one is
/// added to the list by hand.
#[test]
fn codes_keep_their_names() {
    let frozen = fs::read_to_string("tests/bad/codes.txt").expect("the list of codes");
    let frozen: Vec<&str> = frozen.lines().collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, frozen, "tests/bad/codes.txt has another list");
}

/// Runs `ka171 check` on a file of these bytes, which the program knows by its name alone.
fn check_bytes(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("a file");
    let output = ka171(folder.path(), &["check", name]);
    assert_eq!(output.status.code(), Some(1), "{name}");
    assert!(output.stdout.is_empty(), "{name}");
    text(&output.stderr)
}

/// Excel and Notepad in Central Europe write Windows-1250: `ő` is the byte 0xF5.
#[test]
fn not_utf8() {
    let plan = b"call = 2025\n\n[project]\napplicant = \"Gy\xf5ri Egyetem\"\ncountry = \"HU\"\n";
    let output = check_bytes("windows-1250.toml", plan);
    let expected = "\
error[not-utf8]: from here on the file is no UTF-8 text
 --> windows-1250.toml:4:16
  |
4 | applicant = \"Gy
  |                ^
  |
  = help: save the file as UTF-8; in Notepad: Save as, Encoding, UTF-8

1 error found
";
    assert_eq!(output, expected);
}

/// Windows PowerShell's `>` writes UTF-16 with a byte-order mark.
#[test]
fn not_utf8_but_utf16() {
    let plan = "call = 2025\n";
    let little: Vec<u8> = plan.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = plan.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [[&[0xff, 0xfe], little.as_slice()], [&[0xfe, 0xff], big.as_slice()]] {
        let output = check_bytes("utf-16.toml", &bytes.concat());
        assert_eq!(codes_in(&output), ["not-utf8"]);
        assert!(output.contains("--> utf-16.toml\n"), "{output}");
        assert!(output.contains("this is UTF-16, as PowerShell's `>` writes it"), "{output}");
    }
}

#[test]
fn too_large() {
    let output = check_bytes("large.toml", " ".repeat(16 * 1024 * 1024 + 1).as_bytes());
    assert_eq!(codes_in(&output), ["too-large"]);
    let largest = check_bytes("largest.toml", " ".repeat(16 * 1024 * 1024).as_bytes());
    assert_eq!(codes_in(&largest), ["no-flows", "missing-key"]);
}
