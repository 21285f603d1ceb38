//! Plans in other forms: there and back again they give the same budget and the same notices.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::path::{Path, PathBuf};

use ka171::convert::{Target, convert};
use ka171::error::Refusal;
use ka171::plan::{Overrides, PlanFormat, PlanText, Reading, load};
use ka171::rates::RateStore;
use proptest::prelude::*;
use serde_json::Value;
use support::random::plan;

const TARGETS: [(Target, PlanFormat); 5] = [
    (Target::Toml, PlanFormat::Toml),
    (Target::Json, PlanFormat::Json),
    (Target::Csv, PlanFormat::Csv),
    (Target::CsvExcelEu, PlanFormat::Csv),
    (Target::Xlsx, PlanFormat::Xlsx),
];

fn text(bytes: &[u8], format: PlanFormat) -> PlanText {
    let text = PlanText::from_bytes("plan", bytes.to_vec(), Some(format));
    text.unwrap_or_else(|refusal| panic!("{}", support::words(&refusal)))
}

fn converted(text: &PlanText, target: Target) -> Result<Vec<u8>, String> {
    let names = RateStore::Embedded.country_names().expect("names");
    let converted = convert(text, target, &names);
    converted.map(|converted| converted.bytes).map_err(|refusal| support::words(&refusal))
}

/// All of a result but where its file stands and its notices point.
fn said(text: &PlanText, overrides: &Overrides) -> Value {
    let mut result: Value =
        serde_json::from_str(&support::result_with(text, overrides)).expect("JSON");
    let all = result.as_object_mut().expect("a result");
    all.remove("plan");
    all.remove("origins");
    for notice in all["notices"].as_array_mut().expect("notices") {
        notice.as_object_mut().expect("a notice").remove("location");
    }
    result
}

/// Converts a plan into every form and each of these back, and demands the same result each time.
fn assert_kept(name: &str, original: &PlanText, overrides: &Overrides) {
    let expected = said(original, overrides);
    for (target, format) in TARGETS {
        let there = converted(original, target);
        let there = there.unwrap_or_else(|why| panic!("{name}, {target:?}: {why}"));
        let there = text(&there, format);
        assert_eq!(said(&there, overrides), expected, "{name}, {target:?}");
        let back = converted(&there, Target::Toml).expect("it was read once");
        assert_eq!(said(&text(&back, PlanFormat::Toml), overrides), expected, "{name}, {target:?}");
    }
}

fn plans_in(folder: &str, plans: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect(folder) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            plans_in(path.to_str().expect("a name"), plans);
        } else if path.extension().is_some_and(|extension| extension != "md") {
            plans.push(path);
        }
    }
}

/// Every plan of the repository that gives a budget.
#[test]
fn shipped_plans_are_kept() {
    let mut plans = Vec::new();
    for folder in ["examples", "tests/golden", "tests/bad/notices", "tests/sheets"] {
        plans_in(folder, &mut plans);
    }
    plans.sort();
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".to_owned()), ..Overrides::default() };
    let mut tried = 0;
    for path in &plans {
        let Ok(text) = PlanText::read(path, None) else { continue };
        for overrides in [&Overrides::default(), &overrides] {
            if load(&text, overrides, &RateStore::Embedded).is_ok() {
                assert_kept(&path.display().to_string(), &text, overrides);
                tried += 1;
                break;
            }
        }
    }
    // 49 golden cases, 23 with notices, six examples and seven sheets.
    assert!(tried >= 80, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_plans_are_kept(plan in plan()) {
        let toml = plan.toml();
        assert_kept(&toml, &text(toml.as_bytes(), PlanFormat::Toml), &Overrides::default());
    }

    /// A text is kept to the letter, or the conversion is refused.
    #[test]
    fn texts_are_kept_or_refused(
        partner in prop_oneof![any::<String>(), "[ '=+@#,;\"\\n\\r\\t-]{0,4}[a-z0-9=]{0,3}[ \\n]{0,2}"],
        note in "\\PC{0,12}",
    ) {
        let quoted = |text: &str| serde_json::to_string(text).expect("a text");
        let json = format!(
            r#"{{"call": 2025, "project": {{"country": "HU", "applicant": {0}}}, "flow": [
                {{"partner": {1}, "note": {0}, "country": "KG", "direction": "incoming",
                  "activity": "STT", "days": 5, "participants": 1, "distance_km": 1.234}}]}}"#,
            quoted(&format!("a{note}")), quoted(&partner));
        let original = text(json.as_bytes(), PlanFormat::Json);
        let Ok(expected) = original.record(&RateStore::Embedded.country_names().expect("names")) else {
            return Ok(());
        };
        let expected = format!("{:?}", expected.flows[0].keys.iter().map(|key| &key.value).collect::<Vec<_>>());
        for (target, format) in TARGETS {
            let is_sheet = !matches!(format, PlanFormat::Toml | PlanFormat::Json);
            match converted(&original, target) {
                Ok(bytes) => {
                    let record = text(&bytes, format).record(&RateStore::Embedded.country_names().expect("names"));
                    let record = record.expect("it can be read");
                    let mut values: Vec<_> = record.flows[0].keys.iter().map(|key| &key.value).collect();
                    values.sort_by_key(|value| !expected.contains(&format!("{value:?}")));
                    prop_assert_eq!(format!("{values:?}"), expected.clone());
                }
                Err(why) => prop_assert!(is_sheet && why.contains("does not keep"), "{target:?}: {why}"),
            }
        }
    }
}

/// The cells of a CSV that no spreadsheet program runs.
#[test]
fn formulas_and_numbers_are_guarded() {
    let plan = r#"
        call = 2025
        project = { country = "HU", applicant = "-Uni" }
        [[flow]]
        id = "007"
        partner = '=HYPERLINK("http://x")'
        note = "'=1"
        country = "KG"
        direction = "outgoing"
        activity = "STA"
        days = 5
        participants = 2
        distance_km = 1.234
        zero_grant = false
    "#;
    let original = text(plan.as_bytes(), PlanFormat::Toml);
    assert_kept("formulas", &original, &Overrides::default());
    let csv = String::from_utf8(converted(&original, Target::Csv).expect("CSV")).expect("text");
    assert_eq!(
        csv,
        "country,id,partner,direction,activity,participants,days,distance_km,zero_grant,note,call,applicant,applicant_country\r\n\
         KG,007,\"'=HYPERLINK(\"\"http://x\"\")\",outgoing,STA,2,5,01.234,no,''=1,2025,'-Uni,HU\r\n"
    );
    let csv = converted(&original, Target::CsvExcelEu).expect("CSV");
    let csv = String::from_utf8(csv).expect("text");
    assert!(csv.starts_with("\u{feff}country;id;") && csv.contains(";01,234;"), "{csv}");
}

/// What is refused, and where.
fn refused(plan: &str, target: Target) -> Vec<(String, (u32, u32))> {
    let names = RateStore::Embedded.country_names().expect("names");
    let Err(Refusal::Faults(errors)) =
        convert(&text(plan.as_bytes(), PlanFormat::Toml), target, &names)
    else {
        panic!("{plan}");
    };
    let said = |error: &ka171::diag::Diagnostic| {
        (error.message.clone(), error.place.as_ref().expect("a place").line_column())
    };
    errors.list.iter().map(said).collect()
}

const FLOW: &str = "[[flow]]\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"STT\"\ndays = 5\nparticipants = 1\ndistance_km = 4222\n";

#[test]
fn what_a_sheet_cannot_keep_is_refused_with_its_place() {
    for (text, message) in [
        ("' A'", "`partner`: the other form does not keep ` A`: it would become `A`"),
        ("''", "`partner`: the other form does not keep ``: it would be lost"),
        (
            "'#REF!'",
            "the other form does not keep this: the formula of this cell gives the error `#REF!`",
        ),
    ] {
        let plan = format!("call = 2025\nproject.country = \"HU\"\n{FLOW}{FLOW}partner = {text}\n");
        let line = if text == "'#REF!'" { (10, 1) } else { (17, 11) };
        for target in [Target::Csv, Target::Xlsx] {
            assert_eq!(refused(&plan, target), [(message.to_owned(), line)], "{target:?}");
        }
    }
}

#[test]
fn faults_of_form_are_refused_and_others_kept() {
    let names = RateStore::Embedded.country_names().expect("names");
    let plan = FLOW.replace("days = 5", "days = 500\nmonth = 4");
    assert!(refused(&plan, Target::Json)[0].0.contains("month"));
    // Without a call nobody can tell whether 500 days are too many.
    let plan = FLOW.replace("days = 5", "days = 500");
    let json = convert(&text(plan.as_bytes(), PlanFormat::Toml), Target::Json, &names);
    assert!(String::from_utf8(json.expect("JSON").bytes).expect("text").contains("\"days\": 500"));
}

/// Names of countries get their codes.
#[test]
fn sheets_in_words_become_plans_in_keys() {
    let path = Path::new("examples/faculty-law.csv");
    let text = PlanText::read_as(path, Reading::default()).expect("a sheet");
    let toml = String::from_utf8(converted(&text, Target::Toml).expect("TOML")).expect("text");
    let expected = "[[flow]]\npartner = \"Osh State University\"\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"SMS\"\nparticipants = 4\nmonths = 5\ntravel = \"green\"\ntravel_days = 2\ndistance_km = 4222\n\n[[flow]]\n";
    assert!(toml.starts_with(expected), "{toml}");
}

/// Columns of the user's own go from sheet to sheet; plans in TOML and JSON have no room for them.
#[test]
fn own_columns_are_kept_in_sheets() {
    let plan = "x_line,country,direction,activity,days,participants,distance_km,X_Contact\n\
        007,KG,out,STA,5,2,4222,\n,KG,in,STA,5,1,4222,'=1+1\n1.234,KG,in,STA,5,1,4222,Łódź\n";
    let names = RateStore::Embedded.country_names().expect("names");
    let cells = |text: &PlanText| -> Vec<Vec<(String, String)>> {
        let record = text.record(&names).expect("a plan");
        let cell = |cell: &ka171::plan::OwnCell| {
            let shown = match &cell.value {
                ka171::plan::RecordedValue::Text(text) => text.clone(),
                other => format!("{other:?}"),
            };
            (cell.heading.to_string(), shown)
        };
        record.flows.iter().map(|flow| flow.own.iter().map(cell).collect()).collect()
    };
    let own = |heading: &str, text: &str| (heading.to_owned(), text.to_owned());
    let expected = vec![
        vec![own("x_line", "007")],
        vec![own("X_Contact", "=1+1")],
        vec![own("x_line", "1.234"), own("X_Contact", "Łódź")],
    ];
    let original = text(plan.as_bytes(), PlanFormat::Csv);
    assert_eq!(cells(&original), expected);
    for (target, format) in TARGETS {
        let converted = convert(&original, target, &names).expect("converted");
        let again = text(&converted.bytes, format);
        let left_out: Vec<&str> = converted.left_out.iter().map(|heading| &**heading).collect();
        if format == PlanFormat::Toml || format == PlanFormat::Json {
            assert_eq!(left_out, ["x_line", "X_Contact"]);
            assert_eq!(cells(&again), vec![Vec::new(); 3]);
        } else {
            assert_eq!(left_out, [""; 0]);
            assert_eq!(cells(&again), expected, "{target:?}");
        }
    }
}

/// Numbers in columns of the user's own stay numbers of a workbook.
#[test]
fn own_numbers_stay_numbers_in_workbooks() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let headings = ["country", "direction", "activity", "days", "participants", "band", "x_line"];
    sheet.write_row(0, 0, headings).expect("headings");
    sheet.write_row(1, 0, ["KG", "out", "STA", "5", "2", "4000-7999"]).expect("a flow");
    sheet.write_number(1, 6, 12.5).expect("a number");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let names = RateStore::Embedded.country_names().expect("names");
    let original = text(&bytes, PlanFormat::Xlsx);
    let own = |text: &PlanText| text.record(&names).expect("a plan").flows[0].own[0].value.clone();
    let number = ka171::plan::RecordedValue::Number("12.5".parse().expect("a number"));
    assert_eq!(own(&original), number);
    let again = converted(&original, Target::Xlsx).expect("a workbook");
    assert_eq!(own(&text(&again, PlanFormat::Xlsx)), number);
    let csv = converted(&original, Target::Csv).expect("CSV");
    assert!(String::from_utf8(csv).expect("text").ends_with(",4000-7999,12.5\r\n"));
}

/// A plan that no command could read again is not written.
#[test]
fn what_would_be_too_large_is_refused() {
    let headings = "country,direction,activity,days,participants,distance_km\n";
    let plan = headings.to_owned() + &"KG,in,STA,5,1,4222\n".repeat(160_000);
    let original = text(plan.as_bytes(), PlanFormat::Csv);
    let why = converted(&original, Target::Toml).expect_err("115 bytes for each flow");
    assert!(why.contains("in this form the plan would be larger than 16 MiB"), "{why}");
}

/// No key of a plan is forgotten: `every-key.toml` has all of them, which the tests of the schema demand.
#[test]
fn every_key_is_kept() {
    let plan = std::fs::read_to_string("tests/schema/every-key.toml").expect("the plan");
    let mut expected: toml::Table = plan.parse().expect("TOML");
    // The only ones that there are say nothing.
    expected.remove("format_version");
    expected.remove("action");
    let original = text(plan.as_bytes(), PlanFormat::Toml);
    for (target, format) in TARGETS {
        let there = text(&converted(&original, target).expect("converted"), format);
        let back = converted(&there, Target::Toml).expect("TOML");
        let back: toml::Table = String::from_utf8(back).expect("text").parse().expect("TOML");
        assert_eq!(back, expected, "{target:?}");
    }
}
