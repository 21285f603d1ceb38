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
