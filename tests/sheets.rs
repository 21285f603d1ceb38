//! Plans in sheets: the same plan in every format, broken cells, several files.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use ka171::diag::Diagnostic;
use ka171::error::Refusal;
use ka171::plan::{Overrides, PlanFormat, PlanText, Reading, load, load_all};
use ka171::rates::RateStore;

/// `tests/sheets/make.py` writes them; the workbooks were saved by LibreOffice.
const FILES: [(&str, Option<PlanFormat>); 7] = [
    ("twelve.toml", None),
    ("plan.json", None),
    ("comma.csv", None),
    ("semicolon.csv", None),
    ("unicode.txt", Some(PlanFormat::Csv)),
    ("workbook.xlsx", None),
    ("workbook.ods", None),
];

/// The regions of a result, to the byte.
fn regions(name: &str, format: Option<PlanFormat>) -> String {
    let path = Path::new("tests/sheets").join(name);
    let text = PlanText::read_as(&path, Reading { format, ..Reading::default() });
    let text = text.map_err(|refusal| support::words(&refusal)).expect("a text");
    let overrides =
        Overrides { call: Some(2025), country: Some("AT".to_owned()), ..Overrides::default() };
    let loaded = load(&text, &overrides, &RateStore::Embedded);
    let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
    let result = support::text_of(&loaded);
    let from = result.find("\"regions\": [").expect("regions");
    let to = result.find("\"totals\": {").expect("totals");
    result[from..to].to_owned()
}

#[test]
fn every_format_gives_the_same_regions() {
    let expected = regions("twelve.toml", None);
    assert!(expected.contains("\"distance_km\": 727.4"), "decimals are kept");
    assert_eq!(expected.matches("\"stay_days\"").count(), 12);
    for (name, format) in FILES {
        assert!(regions(name, format) == expected, "{name} has other regions");
    }
}

/// What is wrong with a file of this folder, for call 2025 and an applicant in Hungary.
fn findings(name: &str, reading: Reading) -> Vec<Diagnostic> {
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".to_owned()), ..Overrides::default() };
    let path = Path::new("tests/sheets").join(name);
    let loaded = PlanText::read_as(&path, reading)
        .and_then(|text| load(&text, &overrides, &RateStore::Embedded));
    match loaded {
        Err(Refusal::Faults(errors)) => errors.list,
        Err(Refusal::Machine(error)) => panic!("{error}"),
        Ok(_) => Vec::new(),
    }
}

/// Each row of `broken` has one fault, and says itself which, and in which column; `make.py` has both by
/// hand.
fn assert_each_row_has_its_fault(name: &str, first_row: u32, of_formulas: &str) {
    let mut found: BTreeMap<u32, Vec<(String, u32)>> = BTreeMap::new();
    for finding in findings(name, Reading::default()) {
        let cell = finding.place.as_ref().and_then(|place| place.cell()).expect("a cell").clone();
        let found = found.entry(cell.row).or_default();
        found.push((finding.code.as_str().to_owned(), cell.column));
    }
    let table = std::fs::read_to_string("tests/sheets/broken.csv").expect("the table");
    let mut lines = table.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let headings = lines.next().expect("headings");
    let rows: Vec<_> = lines.collect();
    assert!(rows.len() >= 20, "{} rows", rows.len());
    for (row, cells) in (first_row..).zip(rows) {
        let [.., code, column] = cells.as_slice() else { panic!("a row of {name}") };
        let code = if cells.contains(&"=1/0") { of_formulas } else { code };
        let at = headings.iter().position(|heading| heading == column && !column.is_empty());
        let at = at.map_or(0, |at| u32::try_from(at + 1).expect("a column"));
        assert_eq!(found.get(&row), Some(&vec![(code.to_owned(), at)]), "{name}, row {row}");
    }
}

#[test]
fn broken_cells_are_found_where_they_are() {
    // A formula is a text in CSV; in the workbook it was never computed.
    assert_each_row_has_its_fault("broken.csv", 2, "wrong-type");
    assert_each_row_has_its_fault("broken.xlsx", 4, "formula-fault");
}

/// A copy of a faculty's file in the same folder would count twice.
#[test]
fn a_copy_beside_its_file_is_refused() {
    let bytes = std::fs::read("examples/faculty-law.csv").expect("an example");
    let text = |name: &str| {
        PlanText::from_bytes(name, bytes.clone(), Some(PlanFormat::Csv)).expect("a sheet")
    };
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".to_owned()), ..Overrides::default() };
    let texts = [text("law.csv"), text("law - copy.csv")];
    let refusal = load_all(&texts, &overrides, &RateStore::Embedded).expect_err("two of one");
    let words = support::words(&refusal);
    assert!(words.contains("`law.csv` and `law - copy.csv` are the same"), "{words}");
    assert!(load_all(&texts[..1], &overrides, &RateStore::Embedded).is_ok());
}

/// A percentage and another currency are no numbers of the column, euros are; a formula may give nothing.
#[test]
fn formats_give_numbers_a_unit() {
    for name in ["formats.xlsx", "formats.ods"] {
        let found: Vec<_> = findings(name, Reading::default())
            .iter()
            .map(|finding| {
                let cell = finding.place.as_ref().and_then(|place| place.cell()).expect("a cell");
                (cell.name(), finding.message.clone())
            })
            .collect();
        let said = |cell: &str, number: &str, unit: &str| {
            let message = format!("the format of this cell gives {number} the unit `{unit}`");
            (cell.to_owned(), message)
        };
        let expected = [
            said("G2", "0.5", "%"),
            said("G3", "1200", "Ft"),
            said("D5", "0.5", "%"),
            said("G7", "1200", if name.ends_with("ods") { "USD" } else { "$" }),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

/// A workbook of these sheets: their names, and their rows of texts.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// What is said about a workbook for call 2025 and Hungary, if not the workbook says otherwise.
fn said(sheets: &[(&str, &[&[&str]])]) -> Vec<String> {
    let text = PlanText::of_file(Path::new("a.xlsx"), workbook(sheets), Reading::default());
    let text = text.map_err(|refusal| support::words(&refusal)).expect("a workbook");
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".into()), ..Overrides::default() };
    match load(&text, &overrides, &RateStore::Embedded) {
        Ok(_) => Vec::new(),
        Err(Refusal::Faults(errors)) => errors
            .list
            .iter()
            .map(|error| format!("{}: {}", error.code.as_str(), error.message))
            .collect(),
        Err(Refusal::Machine(error)) => panic!("{error}"),
    }
}

const HEADINGS: &[&str] =
    &["country", "direction", "activity", "days", "participants", "distance_km"];
const FLOW: &[&str] = &["KG", "out", "STA", "5", "1", "4222"];
const ENVELOPE: &[&[&str]] = &[&["region", "amount"], &["6", "40000"]];

/// Envelopes in a sheet `Envelope` would be missing without a word.
#[test]
fn sheets_with_nearly_a_known_name_are_refused() {
    let flows: (&str, &[&[&str]]) = ("Flows", &[HEADINGS, FLOW]);
    for name in [
        "Envelope",
        "Envelopes 2025",
        "envelops",
        "Projects",
        "Score",
        "Flows (2)",
        "flow",
        "F lows",
    ] {
        let message = format!("no-sheet: the sheet `{name}` would be left alone");
        assert_eq!(said(&[flows, (name, ENVELOPE)]), [message]);
    }
    for name in ["Notes", "Countries", "Help", "Rates", "Sheet2", "Sources", "Project plan", "Rows"]
    {
        assert_eq!(said(&[flows, (name, ENVELOPE)]), [""; 0], "{name}");
    }
    let old = [flows, ("Envelopes", ENVELOPE), ("Envelopes 2023", ENVELOPE)];
    assert_eq!(said(&old), [""; 0]);
    // Nothing would be missing.
    assert_eq!(said(&[flows, ("Envelope", &[])]), [""; 0]);
}

/// A name with other words beside a known one: what stands in the sheet tells whether it is meant.
#[test]
fn sheets_that_hold_what_their_name_says_in_part_are_refused() {
    let flows: (&str, &[&[&str]]) = ("Flows", &[HEADINGS, FLOW]);
    let title: &[&str] = &["Szeged"];
    let projects: &[&[&str]] = &[title, &["call", "2024"], &["country", "AT"]];
    let meant: [(&str, &[&[&str]]); 4] = [
        ("Flows medicine", &[title, HEADINGS, FLOW]),
        ("2025 envelopes", ENVELOPE),
        ("Our scores", &[&["region", "design", "relevance", "impact"], &["6", "24", "30", "20"]]),
        ("Project data", projects),
    ];
    for (name, rows) in meant {
        let message = format!("no-sheet: the sheet `{name}` would be left alone");
        assert_eq!(said(&[flows, (name, rows)]), [message]);
    }
    let others: [(&str, &[&[&str]]); 4] = [
        ("Flows by country", &[&["country", "participants"], &["KG", "1"]]),
        ("Cash flow", ENVELOPE),
        ("Project partners", &[&["country", "city"], &["KG", "Bishkek"]]),
        ("Underscores", &[&["region", "participants"], &["6", "1"]]),
    ];
    for (name, rows) in others {
        assert_eq!(said(&[flows, (name, rows)]), [""; 0], "{name}");
    }
    // One mistake, one error.
    let found = said(&[("My flows", &[HEADINGS, FLOW]), ("Envelopes", ENVELOPE)]);
    assert_eq!(found, ["no-sheet: the sheet `My flows` would be left alone"]);
}

/// A sheet `Project` and the rows of flows say the same of the plan, in whatever words.
#[test]
fn project_and_rows_must_agree() {
    let said = |call: &str, country: &str| {
        let headings: &[&str] = &[&["call", "applicant_country"], HEADINGS].concat();
        let flow: &[&str] = &[&[call, country], FLOW].concat();
        said(&[
            ("Project", &[&["call", "2025"], &["country", "HU"], &["x_own", "z", "a remark"]]),
            ("Flows", &[headings, flow]),
        ])
    };
    assert_eq!(said("2025", "HU"), [""; 0]);
    assert_eq!(said("2025", "hungary"), [""; 0]);
    assert_eq!(
        said("2024", "HU"),
        ["rows-disagree: `call` is another one than in the sheet `Project`"]
    );
    assert_eq!(
        said("2025", "Austria"),
        ["rows-disagree: `applicant_country` is another one than before"]
    );
}

/// A row with a blank cell says nothing of the plan; where all are blank, nobody does.
#[test]
fn rows_need_not_repeat_what_is_of_the_plan() {
    let headings: &[&str] = &[&["call"], HEADINGS].concat();
    let row = |call| [&[call], FLOW].concat();
    let said = |one, two| {
        let text = [headings.join(","), row(one).join(","), row(two).join(",")].join("\n");
        let text = PlanText::from_bytes("a.csv", text.into(), Some(PlanFormat::Csv)).expect("text");
        let overrides = Overrides { country: Some("HU".into()), ..Overrides::default() };
        load(&text, &overrides, &RateStore::Embedded)
            .map(|loaded| (loaded.plan.call, loaded.plan.flows.len()))
            .map_err(|error| support::words(&error))
    };
    assert_eq!(said("2024", ""), Ok((2024, 2)));
    assert_eq!(said("", "2024"), Ok((2024, 2)));
    let error = said("", "").expect_err("no call");
    assert!(error.contains("the plan does not say which call it is for"), "{error}");
}

/// What stands behind the values of a sheet `Project` explains them.
#[test]
fn remarks_beside_values_are_left_alone() {
    let flows: (&str, &[&[&str]]) = ("Flows", &[HEADINGS, FLOW]);
    let project: &[&[&str]] =
        &[&["call", "2025", "the year"], &["months", "", "how long"], &["country", "HU"]];
    assert_eq!(said(&[("Project", project), flows]), [""; 0]);
    // Where keys fill two columns, values stand in the third.
    let project: &[&[&str]] = &[&["call", "", "2025"], &["months", "", "25"]];
    let found = said(&[("Project", project), flows]);
    assert!(found.len() == 1 && found[0].starts_with("project-months"), "{found:?}");
}

/// `HU` and `Hungary` are one applicant's country, and `Congo` may be two partners'.
#[test]
fn countries_are_compared_by_what_they_mean() {
    let rows = |country: &str| {
        let text = format!(
            "applicant_country,country,direction,activity,days,participants,distance_km\nHU,KG,in,STA,5,1,4222\n{country},KG,in,STA,5,1,4222\n"
        );
        let text = PlanText::from_bytes("a.csv", text.into(), Some(PlanFormat::Csv)).expect("text");
        let overrides = Overrides { call: Some(2025), ..Overrides::default() };
        load(&text, &overrides, &RateStore::Embedded)
            .map(drop)
            .map_err(|error| support::words(&error))
    };
    assert_eq!(rows("Hungary"), Ok(()));
    let error = rows("Austria").expect_err("another country");
    assert!(
        error.contains("rows-disagree") || error.contains("another one than before"),
        "{error}"
    );
    let congo: &[&str] = &["Congo", "out", "STA", "5", "1", "4222"];
    let found = said(&[("Flows", &[HEADINGS, congo])]);
    assert_eq!(found, ["unknown-country: `Congo` may be two countries"]);
}

/// A day with a time keeps its day in a column of texts, and is no day in one of days.
#[test]
fn a_moment_keeps_its_day() {
    let moment = rust_xlsxwriter::ExcelDateTime::parse_from_str("2026-09-01 14:30").expect("one");
    let time = rust_xlsxwriter::ExcelDateTime::parse_from_str("14:30:00").expect("a time");
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let loaded = |column: &str, moment: &rust_xlsxwriter::ExcelDateTime| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        let headings = HEADINGS.iter().copied().chain([column]);
        for (at, heading) in (0..).zip(headings) {
            sheet.write_string(0, at, heading).expect("a cell");
        }
        for (at, text) in (0..).zip(FLOW) {
            sheet.write_string(1, at, *text).expect("a cell");
        }
        sheet.write_datetime_with_format(1, 6, moment, &format).expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let text = PlanText::of_file(Path::new("a.xlsx"), bytes, Reading::default());
        let overrides =
            Overrides { call: Some(2025), country: Some("HU".into()), ..Overrides::default() };
        text.and_then(|text| load(&text, &overrides, &RateStore::Embedded))
    };
    let note =
        |moment| loaded("note", moment).expect("no errors").plan.flows[0].inputs.note.clone();
    assert_eq!(note(&moment).as_deref(), Some("2026-09-01 14:30:00"));
    assert_eq!(note(&time).as_deref(), Some("14:30:00"));
    let error = support::words(&loaded("start", &moment).map(drop).expect_err("a time"));
    assert!(error.contains("`2026-09-01 14:30:00` is a time, not a day"), "{error}");
}

/// The ids of flows with the files that they come from, and the names of all files, of sheets with a flow each.
fn ids_and_files(paths: &[&str]) -> (Vec<(String, String)>, Vec<String>) {
    let rows = |participants: usize| {
        format!(
            "country,direction,activity,days,participants,distance_km\nKG,in,STA,5,{participants},4222\n"
        )
    };
    let text = |(participants, path): (usize, &&str)| {
        let format = Some(PlanFormat::Csv);
        PlanText::from_bytes(path, rows(participants).into(), format).expect("a sheet")
    };
    let texts: Vec<PlanText> = (1..).zip(paths).map(text).collect();
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".into()), ..Overrides::default() };
    let loaded = load_all(&texts, &overrides, &RateStore::Embedded).expect("no errors");
    let result = support::result_of(&loaded);
    let word = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let flows = result["origins"].as_object().expect("origins").iter();
    let mut flows: Vec<_> = flows.map(|(id, origin)| (id.clone(), word(&origin["file"]))).collect();
    flows.sort_unstable();
    let files = result["plan"]["files"].as_array().expect("files").iter();
    (flows, files.map(|file| word(&file["name"])).collect())
}

/// Files of one name are told apart by their folders, or by a number.
#[test]
fn files_of_one_name_are_called_by_their_folders() {
    let told = |paths: &[&str], flows: &[(&str, &str)], files: &[&str]| {
        let flows: Vec<_> =
            flows.iter().map(|(id, file)| ((*id).to_owned(), (*file).to_owned())).collect();
        let files: Vec<_> = files.iter().map(|file| (*file).to_owned()).collect();
        assert_eq!(ids_and_files(paths), (flows, files), "{paths:?}");
    };
    told(
        &["law/plan.csv", "art/plan.csv", "art/other.csv"],
        &[
            ("art/plan/flow-1", "art/plan.csv"),
            ("law/plan/flow-1", "law/plan.csv"),
            ("other/flow-1", "other.csv"),
        ],
        &["law/plan.csv", "art/plan.csv", "other.csv"],
    );
    told(
        &["law/2025/plan.csv", "art/2025/plan.csv"],
        &[
            ("art/2025/plan/flow-1", "art/2025/plan.csv"),
            ("law/2025/plan/flow-1", "law/2025/plan.csv"),
        ],
        &["law/2025/plan.csv", "art/2025/plan.csv"],
    );
    told(
        &["plan.csv", "../plan.csv"],
        &[("plan (2)/flow-1", "plan (2).csv"), ("plan/flow-1", "plan.csv")],
        &["plan.csv", "plan (2).csv"],
    );
    told(
        &["plan.csv", "plan.txt"],
        &[("plan.csv/flow-1", "plan.csv"), ("plan.txt/flow-1", "plan.txt")],
        &["plan.csv", "plan.txt"],
    );
}

/// The first mark is that of the first file, whichever region it is of.
#[test]
fn marks_are_compared_with_those_of_the_first_file() {
    let text = |path: &str, country: &str, region: u8, design: u8| {
        let rows = format!(
            "country,direction,activity,days,participants,distance_km,score_region,score_design,score_relevance,score_impact\n{country},in,STA,5,1,4222,{region},{design},30,20\n"
        );
        PlanText::from_bytes(path, rows.into(), Some(PlanFormat::Csv)).expect("a sheet")
    };
    let overrides =
        Overrides { call: Some(2025), country: Some("HU".into()), ..Overrides::default() };
    let texts = [text("one.csv", "KG", 6, 24), text("two.csv", "AM", 2, 25)];
    let Err(Refusal::Faults(errors)) = load_all(&texts, &overrides, &RateStore::Embedded) else {
        panic!("marks that disagree");
    };
    let [error] = errors.list.as_slice() else { panic!("{:?}", errors.list) };
    assert_eq!(error.message, "`design` is 25 here and 24 before");
    assert_eq!(error.place.as_ref().map(|place| place.file.path()), Some("two.csv"));
}

/// Envelopes and scores beside the flows have nothing to do with the flow in the same row.
#[test]
fn envelopes_and_scores_stand_beside_flows() {
    let result = |rows: &str| {
        let text = format!(
            "country,direction,activity,days,participants,distance_km,envelope_region,envelope_amount,envelope_kind,score_region,score_design,score_relevance,score_impact\n{rows}"
        );
        let text = PlanText::from_bytes("a.csv", text.into(), Some(PlanFormat::Csv)).expect("text");
        let overrides =
            Overrides { call: Some(2025), country: Some("HU".into()), ..Overrides::default() };
        load(&text, &overrides, &RateStore::Embedded).map_err(|error| match error {
            Refusal::Faults(errors) => {
                let said = |error: &Diagnostic| {
                    let cell = error.place.as_ref().and_then(|place| place.cell()).expect("a cell");
                    (error.code.as_str().to_owned(), cell.row, cell.column)
                };
                errors.list.iter().map(said).collect::<Vec<_>>()
            }
            Refusal::Machine(error) => panic!("{error}"),
        })
    };
    // The envelope of region 1 stands beside a flow to region 6, that of region 6 beside none.
    let loaded = result(
        "KG,in,STA,5,1,4222,1,20000,,6,24,30,20\nAL,in,STA,5,1,548,,,,,,,\n,,,,,,6,\"40,000.00\",national,,,,\n",
    )
    .expect("no errors");
    let envelopes: Vec<String> = loaded
        .plan
        .envelopes
        .iter()
        .map(|(region, envelope)| format!("{region} {} {}", envelope.amount, envelope.kind))
        .collect();
    assert_eq!(envelopes, ["Region 1 20000.00 award", "Region 6 40000.00 national"]);
    assert_eq!(loaded.plan.scores.len(), 1);
    assert_eq!(loaded.plan.flows.len(), 2);
    let refused = |rows: &str| result(rows).expect_err("a fault");
    // Without an amount; twice for a region; no number.
    let flow = "KG,in,STA,5,1,4222,";
    assert_eq!(refused(&format!("{flow}6,,,,,,\n")), [("missing-key".to_owned(), 2, 0)]);
    assert_eq!(
        refused(&format!("{flow}6,1,,,,,\n,,,,,,6,2,,,,,\n")),
        [("duplicate-envelope".to_owned(), 3, 7)]
    );
    assert_eq!(refused(&format!("{flow}6,many,,,,,\n")), [("wrong-type".to_owned(), 2, 8)]);
}
