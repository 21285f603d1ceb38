//! The workbook that `ka171 init plan.xlsx` writes: what its cells allow, and what LibreOffice makes of it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use ka171::plan::{Overrides, PlanText, Reading};
use ka171::rates::{RateStore, read_table};
use ka171::starter;
use roxmltree::Document;
use zip::ZipArchive;

fn workbook() -> Vec<u8> {
    let names = RateStore::Embedded.country_names().expect("names");
    let table = RateStore::Embedded.table(2025).expect("a store").expect("a table");
    starter::xlsx(&read_table(&table).expect("no faults"), &names).expect("a workbook")
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The texts of a workbook's cells, by the number of its sheet.
fn cells(workbook: &[u8], sheet: u32) -> BTreeMap<String, String> {
    let shared = part(workbook, "xl/sharedStrings.xml");
    let shared = Document::parse(&shared).expect("XML");
    let texts = shared.root_element().children().filter(roxmltree::Node::is_element);
    let texts: Vec<String> = texts
        .map(|item| {
            item.descendants()
                .filter(|node| node.is_text())
                .filter_map(|node| node.text())
                .collect()
        })
        .collect();
    let xml = part(workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
    let xml = Document::parse(&xml).expect("XML");
    let cells = xml.descendants().filter(|node| {
        node.has_tag_name(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "c"))
    });
    cells
        .filter_map(|cell| {
            let value = cell.children().find(|child| child.tag_name().name() == "v")?.text()?;
            let text = match cell.attribute("t") {
                Some("s") => texts[value.parse::<usize>().expect("a number")].clone(),
                _ => value.to_owned(),
            };
            Some((cell.attribute("r")?.to_owned(), text))
        })
        .collect()
}

/// The headings of a sheet from left to right.
fn headings(workbook: &[u8], sheet: u32) -> Vec<String> {
    let cells = cells(workbook, sheet).into_iter();
    let mut first: Vec<(usize, String, String)> = cells
        .filter_map(|(cell, text)| {
            let letters = cell.strip_suffix('1')?;
            let is_first = letters.chars().all(|letter| letter.is_ascii_uppercase());
            is_first.then(|| (letters.len(), letters.to_owned(), text))
        })
        .collect();
    first.sort();
    first.into_iter().map(|(_, _, text)| text).collect()
}

/// What the cells below each heading allow: the kind, the first formula and the hint.
fn allowed(workbook: &[u8], sheet: u32) -> BTreeMap<String, (String, String, String)> {
    let headings = cells(workbook, sheet);
    let xml = part(workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
    let xml = Document::parse(&xml).expect("XML");
    let rules = xml.descendants().filter(|node| node.tag_name().name() == "dataValidation");
    rules
        .map(|rule| {
            let cells = rule.attribute("sqref").expect("cells");
            let column = cells.split('2').next().expect("a column");
            assert_eq!(cells, format!("{column}2:{column}1001"));
            let formula = rule.descendants().find(|node| node.tag_name().name() == "formula1");
            let formula = formula.and_then(|formula| formula.text()).unwrap_or_default();
            let said = |name| rule.attribute(name).unwrap_or_default().to_owned();
            let heading = headings[&format!("{column}1")].clone();
            (heading, (said("type"), formula.to_owned(), said("prompt")))
        })
        .collect()
}

#[test]
fn columns_have_lists_and_hints() {
    let workbook = workbook();
    let allowed = allowed(&workbook, 1);
    for (heading, list) in [
        ("direction", "\"incoming,outgoing\""),
        ("activity", "\"SMS,SMT,STA,STT\""),
        ("level", "\"short-cycle,bachelor,master,doctoral\""),
        ("term", "\"long,short\""),
        ("travel", "\"standard,green\""),
        ("band", "\"10-99,100-499,500-1999,2000-2999,3000-3999,4000-7999,8000+\""),
        ("blended", "\"yes,no\""),
        ("zero_grant", "\"yes,no\""),
        ("from_enterprise", "\"yes,no\""),
        ("restriction_checked", "\"yes,no\""),
    ] {
        let (kind, formula, _) = &allowed[heading];
        assert_eq!((kind.as_str(), formula.as_str()), ("list", list), "{heading}");
    }
    // Every column of a flow has a hint, and every key of the contract is a column.
    assert_eq!(allowed.len(), 30);
    for (heading, (_, _, hint)) in &allowed {
        assert!(hint.len() > 10, "{heading}: {hint}");
    }
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""));
}

/// Bounds are those of the contract. What lies outside them is asked about and never refused.
#[test]
fn cells_ask_what_is_meant() {
    let sheet = part(&workbook(), "xl/worksheets/sheet1.xml");
    let sheet = Document::parse(&sheet).expect("XML");
    let rules = sheet.descendants().filter(|node| node.tag_name().name() == "dataValidation");
    let rules: BTreeMap<&str, _> =
        rules.map(|rule| (rule.attribute("promptTitle").expect("a title"), rule)).collect();
    let formula = |key: &str, name: &str| {
        let formula = rules[key].descendants().find(|node| node.tag_name().name() == name);
        formula.and_then(|formula| formula.text()).unwrap_or_default().to_owned()
    };
    for (key, kind, least, most) in [
        ("region", "whole", "1", "12"),
        ("participants", "whole", "1", "100000"),
        ("fewer_opportunities", "whole", "0", "100000"),
        ("months", "whole", "0", "36"),
        ("days", "whole", "0", "1000"),
        ("travel_days", "whole", "0", "1000"),
        ("distance_km", "decimal", "0", "20040"),
        ("travel_cost", "decimal", "0", "1000000000"),
        ("inclusion_support", "decimal", "0", "1000000000"),
    ] {
        assert_eq!(rules[key].attribute("type"), Some(kind), "{key}");
        assert_eq!(
            (formula(key, "formula1"), formula(key, "formula2")),
            (least.into(), most.into())
        );
        let said = rules[key].attribute("error").expect("a message");
        assert!(said.contains(&format!(" from {least} to {most}. ")), "{key}: {said}");
    }
    assert_eq!(rules["start"].attribute("type"), Some("date"));
    for (key, rule) in &rules {
        // A rule without a kind lets everything pass.
        let is_free = rule.attribute("type").is_none();
        assert!(is_free || rule.attribute("errorStyle") == Some("warning"), "{key}");
    }
}

/// An id such as 007, or a band such as 10-99, stays what is typed; a day has its ten characters.
#[test]
fn columns_keep_what_is_typed() {
    let workbook = workbook();
    let styles = part(&workbook, "xl/styles.xml");
    let styles = Document::parse(&styles).expect("XML");
    let named =
        |name: &'static str| styles.descendants().find(move |node| node.tag_name().name() == name);
    let codes: BTreeMap<&str, &str> = named("numFmts")
        .expect("formats")
        .children()
        .filter_map(|format| Some((format.attribute("numFmtId")?, format.attribute("formatCode")?)))
        .collect();
    let formats = named("cellXfs").expect("formats of cells").children();
    let formats: Vec<&str> = formats.filter_map(|format| format.attribute("numFmtId")).collect();
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    let sheet = Document::parse(&sheet).expect("XML");
    let columns: Vec<_> =
        sheet.descendants().filter(|node| node.tag_name().name() == "col").collect();
    let whole = |text: &str| text.split('.').next().and_then(|whole| whole.parse::<usize>().ok());
    for (place, heading) in (1..).zip(headings(&workbook, 1)) {
        let number = |column: &roxmltree::Node<'_, '_>, name| {
            column.attribute(name).and_then(whole).expect("a number")
        };
        let column = columns
            .iter()
            .find(|column| (number(column, "min")..=number(column, "max")).contains(&place));
        let column = column.expect("a column");
        let format = formats[number(column, "style")];
        match heading.as_str() {
            "id" | "partner" | "oid" | "note" | "city" | "home_city" | "band" => {
                assert_eq!(codes[format], "@", "{heading}");
            }
            "start" | "end" => {
                assert_eq!(codes[format], "yyyy-mm-dd", "{heading}");
                assert!(number(column, "width") >= 12, "{heading}");
            }
            _ => assert_eq!(format, "0", "{heading}"),
        }
    }
}

/// Thirty columns on one page could not be read. On each page stand the headings and what tells flows apart.
#[test]
fn flows_are_printed_on_pages_side_by_side() {
    let workbook = workbook();
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("fitToWidth=\"3\"") && sheet.contains("orientation=\"landscape\""));
    let book = part(&workbook, "xl/workbook.xml");
    assert!(book.contains(">Flows!$A:$C,Flows!$1:$1</definedName>"), "{book}");
}

/// The list of countries holds the third countries not associated to the Programme, and those alone.
#[test]
fn countries_can_be_chosen() {
    let workbook = workbook();
    let (kind, formula, _) = allowed(&workbook, 1)["country"].clone();
    assert_eq!(kind, "list");
    let range = formula.strip_prefix("Countries!$A$2:$A$").expect("cells of the sheet Countries");
    let last: usize = range.parse().expect("a row");
    let countries = cells(&workbook, 5);
    let cell = |column: char, row: usize| {
        countries.get(&format!("{column}{row}")).cloned().unwrap_or_default()
    };
    let listed: Vec<[String; 4]> =
        (2..=last).map(|row| ['A', 'B', 'C', 'D'].map(|column| cell(column, row))).collect();
    let has = |code: &str, name: &str, region: &str| {
        listed.iter().any(|row| row[0] == code && row[1] == name && row[2] == region)
    };
    assert!(has("KG", "Kyrgyzstan", "6") && has("AL", "Albania", "1") && has("BR", "Brazil", "10"));
    assert!(has("XK", "Kosovo", "1") && has("US", "United States of America", "12"));
    for other in ["HU", "DE", "NO", "TR", "RS", "CH", "GB"] {
        assert!(listed.iter().all(|row| row[0] != other), "{other} is no partner");
    }
    assert!(listed.iter().all(|row| row.iter().all(|cell| !cell.is_empty())));
    // The applicant's country has a group: Hungary is in group 3.
    let row = (last..300).find(|row| cell('A', *row) == "HU").expect("Hungary");
    assert_eq!((cell('B', row), cell('E', row)), ("Hungary".to_owned(), "3".to_owned()));
}

/// LibreOffice saves it anew; `None` where there is none, which is said.
fn saved_anew(folder: &Path, extension: &str) -> Option<PlanText> {
    std::fs::write(folder.join("plan.xlsx"), workbook()).expect("a file");
    let address = |path: &Path| format!("file://{}", path.display());
    let converted = Command::new("soffice")
        .arg(format!("-env:UserInstallation={}", address(&folder.join("profile"))))
        .args(["--headless", "--convert-to", extension, "--outdir"])
        .arg(folder.join("saved"))
        .arg(folder.join("plan.xlsx"))
        .output();
    let Ok(converted) = converted else {
        assert!(std::env::var_os("KA171_LIBREOFFICE_REQUIRED").is_none(), "LibreOffice is missing");
        let said = "skipped: no LibreOffice (soffice) here, the starter was not saved anew";
        writeln!(std::io::stderr(), "{said}").expect("a standard error");
        return None;
    };
    assert!(converted.status.success());
    let saved = folder.join("saved").join(format!("plan.{extension}"));
    Some(PlanText::read_as(&saved, Reading::default()).expect("a plan"))
}

/// 2 students for 5 months at 800, 2 teachers for 7 days at 190, 4 times 1188 of travel, 4 times 500.
#[test]
fn libreoffice_saves_the_same_plan() {
    for extension in ["xlsx", "ods"] {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(text) = saved_anew(folder.path(), extension) else { return };
        let result = support::result_with(&text, &Overrides::default());
        assert!(result.contains("\"total\": 17412.00"), "{extension}: {result}");
        let result: serde_json::Value = serde_json::from_str(&result).expect("JSON");
        assert_eq!(result["notices"].as_array().expect("notices").len(), 2);
    }
}
