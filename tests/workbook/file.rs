//! What the file says of itself, and what texts of a plan do in it.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use ka171::plan::Loaded;
use ka171::report::xlsx;
use proptest::prelude::*;
use serde_json::Value;

use super::cases::{Case, examples, random};
use super::libreoffice::Office;
use super::package::{Package, SHEETS};
use super::sheet::{ITEM, Sheet};
use super::support::reports::{
    self, CONTROLS, FORMULA, PIPES, SCRIPT, SMUGGLED, long, with_budget,
};

/// Texts that do something in other places.
fn hostile() -> Vec<String> {
    let short = [
        FORMULA,
        SCRIPT,
        PIPES,
        SMUGGLED,
        "+1+1",
        "-1",
        "@SUM(A1)",
        "{=1+1}",
        "'quoted",
        "=cmd|' /C calc'!A0",
        "&amp; &L&G _x0041_",
        "5,3",
    ];
    short.map(str::to_owned).into_iter().chain(["x".repeat(5_000), long()]).collect()
}

/// The texts as names of partners, ids and the applicant.
fn plan() -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let flow = |text: &String| {
        format!(
            "[[flow]]\nid = {0}\npartner = {0}\ncountry = \"KG\"\ndirection = \"outgoing\"\n\
             activity = \"STA\"\ndays = 5\nparticipants = 2\nband = \"4000-7999\"\n",
            quoted(text)
        )
    };
    let applicant = quoted(FORMULA);
    let flows: String = hostile().iter().map(flow).collect();
    format!("call = 2025\nproject = {{ country = \"HU\", applicant = {applicant} }}\n{flows}")
}

/// What a cell shows of a text: on one line.
fn shown(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[test]
fn texts_of_a_plan_are_texts() {
    let workbook = Case::new("hostile", plan()).workbook();
    // The format has a way to write characters by their numbers: what looks like it is written so.
    let written = |text: &String| shown(text).replace("_x0041_", "_x005F_x0041_");
    let texts: BTreeSet<String> = hostile().iter().map(written).collect();
    let cells = workbook.cells("Flows");
    let found: Vec<_> = cells.values().filter(|cell| texts.contains(&cell.value)).collect();
    // Id and partner, in each of the five rows of a flow of staff.
    assert_eq!(found.len(), texts.len() * 2 * 5);
    assert!(found.iter().all(|cell| cell.is_text && cell.formula.is_none()));
    for sheet in SHEETS {
        for (name, cell) in workbook.cells(sheet) {
            let formula = cell.formula.unwrap_or_default();
            for word in ["HYPERLINK", "cmd", "script", "SUM(A1)", "1+1", "NA()"] {
                assert!(!formula.contains(word), "{sheet}!{name}: {formula}");
            }
        }
    }
    assert!(!workbook.parts.keys().any(|name| name.contains("externalLink")));
}

#[test]
fn a_spreadsheet_shows_texts_of_a_plan_as_they_are() {
    let Some(mut office) = Office::find() else { return };
    office.add("hostile", Case::new("hostile", plan()).workbook());
    office.run();
    let sheet = office.sheet("hostile", "Flows");
    let headings = sheet.headings(ITEM);
    for column in ["Flow", "Partner"] {
        let column = sheet.column(headings, column);
        let seen: BTreeSet<&str> =
            (headings + 1..sheet.0.len()).map(|row| sheet.at(row, column)).collect();
        for text in hostile() {
            assert!(seen.contains(shown(&text).as_str()), "{text:.40}");
        }
    }
}

fn workbook_of(loaded: &Loaded) -> Package {
    with_budget(loaded, |budget, notices| {
        Package::open(&xlsx::render(budget, &loaded.table, notices).expect("a workbook"))
    })
}

/// What strict readers of XML refuse, Excel calls a damaged file.
fn is_well_formed(workbook: &Package) {
    for (name, part) in &workbook.parts {
        let read = roxmltree::Document::parse(part);
        assert!(read.is_ok(), "{name}: {:?}", read.err());
    }
}

#[test]
fn nothing_damages_the_file_or_turns_its_texts_round() {
    let workbook = workbook_of(&reports::hostile());
    is_well_formed(&workbook);
    let strings = &workbook.parts["xl/sharedStrings.xml"];
    for acting in ['\u{202e}', '\u{200f}', '\u{7}', '\u{0}'] {
        assert!(CONTROLS.contains(acting) && !strings.contains(acting), "{acting:?}");
    }
    for number in ["_x0000_", "_x001B_", "_x0007_"] {
        assert!(!strings.contains(number), "{number}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text_gives_a_sound_file(text in reports::text()) {
        if let Some(loaded) = reports::saying(&text) {
            is_well_formed(&workbook_of(&loaded));
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_without_a_time() {
    for case in examples() {
        let (one, other) = (case.bytes(), case.bytes());
        assert!(one == other, "{}", case.name);
        let workbook = Package::open(&one);
        let core = &workbook.parts["docProps/core.xml"];
        assert_eq!(core.matches("1980-01-01T00:00:00Z").count(), 2, "created and modified");
        let times = workbook.parts.values().flat_map(|part| part.match_indices("T00:00:00Z"));
        assert_eq!(times.count(), 2, "{}", case.name);
        let year = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map(|since| 1970 + since.as_secs() / 31_556_952)
            .expect("a clock");
        assert!(!core.contains(&year.to_string()), "{core}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(one)).expect("a ZIP file");
        for index in 0..archive.len() {
            let file = archive.by_index(index).expect("a part");
            let time = file.last_modified().map(|time| time.year());
            assert!(matches!(time, None | Some(1980)), "{time:?}");
        }
    }
}

#[test]
fn pages_are_set_up() {
    let workbook = examples()[0].workbook();
    for sheet in SHEETS {
        let xml = workbook.sheet(sheet);
        let page = xml.split("<pageSetup ").nth(1).and_then(|rest| rest.split('>').next());
        let page = page.unwrap_or_else(|| panic!("{sheet} has no page set-up"));
        assert!(page.contains("paperSize=\"9\"") && page.contains("landscape"), "{sheet}: {page}");
        assert!(xml.contains("fitToPage=\"1\""), "{sheet}");
    }
    for sheet in ["Summary", "Flows", "Rates", "Notices"] {
        assert!(workbook.sheet(sheet).contains("state=\"frozen\""), "{sheet}");
        let book = &workbook.parts["xl/workbook.xml"];
        assert!(book.contains(&format!("{sheet}!$")), "{sheet} repeats its headings");
    }
    assert_eq!(workbook.parts["xl/workbook.xml"].matches("_xlnm.Print_Titles").count(), 4);
    assert!(workbook.parts["xl/styles.xml"].contains("\u{20ac}"), "amounts in euros");
    assert!(workbook.parts.contains_key("xl/charts/chart1.xml"));
}

/// Every source of every amount is on the sheet, with its address and the mark of the figure.
#[test]
fn every_source_of_an_amount_is_on_the_sheet_of_rates() {
    for case in examples().into_iter().chain(random(20)) {
        let (result, workbook) = (case.result(), case.workbook());
        let sheet = Sheet::of_cells(&workbook.cells("Rates"));
        let headings = sheet.headings("First source");
        let table = sheet.find(headings, 0, "Sources");
        let addresses = sheet.column(headings, "Address");
        for (key, source) in result["sources"].as_object().expect("sources") {
            let row = sheet.find(table, 0, key);
            let url = source.get("url").and_then(Value::as_str);
            assert_eq!(url.unwrap_or(sheet.at(row, addresses)), sheet.at(row, addresses), "{key}");
        }
        let formulas = SHEETS.iter().flat_map(|sheet| workbook.cells(sheet).into_values());
        let formulas: Vec<String> = formulas.filter_map(|cell| cell.formula).collect();
        let lost = formulas.iter().find(|formula| formula.contains("NA()"));
        assert_eq!(lost, None, "{}", case.name);
        // Whatever a figure of the rate table says stands on Rates, and no amount stands in a formula.
        for amount in ["1188", "800", "700", "190", "148", "500"] {
            let literal = |formula: &&String| {
                formula
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '$')
                    .any(|part| part == amount)
            };
            assert_eq!(formulas.iter().find(literal), None, "{}", case.name);
        }
    }
}

#[test]
fn about_says_what_the_workbook_was_made_from() {
    let case = Case { set: vec!["project.months=36"], ..examples().remove(0) };
    let (result, workbook) = (case.result(), case.workbook());
    let about = workbook.cells("About");
    let texts: BTreeSet<&str> = about.values().map(|cell| cell.value.as_str()).collect();
    let rates = &result["rates"];
    let version = format!("ka171 {}", env!("CARGO_PKG_VERSION"));
    for text in [
        version.as_str(),
        rates["sha256"].as_str().expect("a hash"),
        result["plan"]["files"][0]["sha256"].as_str().expect("a hash"),
        "project.months = 36",
    ] {
        assert!(texts.contains(text), "{text}");
    }
    let (id, status) = (rates["id"].as_str().expect("an id"), rates["status"].as_str());
    let table = format!("{id}, {}", status.expect("a status"));
    assert!(texts.iter().any(|text| text.contains(&table)), "{table}");
    let summary = workbook.cells("Summary");
    let what_if = "What-if: project.months = 36";
    assert!(summary.values().any(|cell| cell.value == what_if), "the heading says what-if");
}

#[test]
fn provisional_rates_and_scores_are_in_sight() {
    let scores = examples().into_iter().find(|case| case.name == "scores").expect("an example");
    let plan = scores.plan.replace("call = 2024", "call = 2026");
    assert_ne!(plan, scores.plan);
    let workbook = Case::new("provisional", plan).workbook();
    let summary = workbook.cells("Summary");
    let has = |text: &str| summary.values().any(|cell| cell.value.starts_with(text));
    assert!(has("Provisional rates: ") && has("Score"));
    assert!(has("passes") && has("fails"));
    let notices = workbook.cells("Notices");
    assert!(notices.values().any(|cell| cell.value == "provisional-rates"));
}

/// Five rows for each flow of staff, and at most 200,000.
#[test]
fn a_plan_with_too_many_rows_is_refused() {
    let flow = "{ country = \"KG\", direction = \"outgoing\", activity = \"STA\", days = 5, \
                participants = 1, band = \"8000+\" },\n";
    let plan = |flows: usize| {
        let flows = flow.repeat(flows);
        format!("call = 2025\nproject = {{ country = \"HU\" }}\nflow = [\n{flows}]\n")
    };
    let loaded = Case::new("large", plan(40_001)).load().expect("a plan");
    let budget = ka171::engine::budget(&loaded.plan);
    let refused = xlsx::render(&budget, &loaded.table, &[]);
    let message = refused.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("200000 rows"), "{message}");
}

#[test]
fn a_list_of_envelopes_is_among_the_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("budget.xlsx");
    let run = Command::new(env!("CARGO_BIN_EXE_ka171"))
        .args([
            "budget",
            "examples/consortium-hungary-2023.toml",
            "--envelope",
            "HU-2023",
            "-q",
            "-o",
        ])
        .arg(&file)
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let workbook = Package::open(&fs::read(file).expect("a file"));
    let rates = Sheet::of_cells(&workbook.cells("Rates"));
    let headings = rates.headings("Key");
    let row = rates.find(headings, rates.column(headings, "Key"), "envelopes");
    let cell = |heading| rates.at(row, rates.column(headings, heading));
    assert_eq!(
        [cell("Value"), cell("Mark"), cell("Keys of sources")],
        ["HU-2023", "single", "ppke"]
    );
    let has = |sheet, text: &str| workbook.cells(sheet).values().any(|cell| cell.value == text);
    for sheet in ["Summary", "About"] {
        assert!(has(sheet, "Envelopes HU-2023, national, embedded"), "{sheet}");
    }
}

#[test]
fn the_command_writes_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("budget.xlsx");
    let run = Command::new(env!("CARGO_BIN_EXE_ka171"))
        .args(["budget", "examples/small.toml", "--quiet", "-o"])
        .arg(&file)
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let small = examples().into_iter().find(|case| case.name == "small").expect("an example");
    assert!(fs::read(file).expect("a file") == small.bytes());
}
