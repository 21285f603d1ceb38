//! Files that pretend to be sheets, or are too much for one: each ends in a clear refusal or a right result,
//! soon and without much memory.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a failing test may stop

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// More than any of them needs, even on a busy machine in a debug build.
const LONGEST: Duration = Duration::from_secs(60);

/// Checks a file as a plan of call 2025 of an applicant in Hungary.
fn check(folder: &Path, name: &str) -> Output {
    let started = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let command = command.args(["check", name, "--call", "2025", "--country", "HU"]);
    let output = command.args(["--color", "never"]).current_dir(folder).output().expect("it runs");
    assert!(started.elapsed() < LONGEST, "{name} takes {:?}", started.elapsed());
    output
}

/// What is said about a file of these bytes; it must be refused with exit code 1.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let output = check(folder.path(), name);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{name}: {said}");
    assert!(output.stdout.is_empty(), "{name}");
    assert!(said.len() < 100_000, "{name}: {} bytes of messages", said.len());
    said
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

const MIME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &[u8] = b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"></manifest:manifest>";

/// An OpenDocument workbook with these rows in the sheet Flows.
fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"Flows\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", MIME),
        ("META-INF/manifest.xml", MANIFEST),
        ("content.xml", content.as_bytes()),
    ];
    archive(&parts)
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 300 * 1024 * 1024];
    let bomb =
        archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1024 * 1024, "{} bytes", bomb.len());
    let said = refused("bomb.xlsx", &bomb);
    assert!(said.contains("unreadable-workbook") && said.contains("unpacks to more"), "{said}");
}

#[test]
fn repeated_cells_are_counted_before_they_are_made() {
    let cell = |columns: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"float\" office:value=\"1\"/>"
        )
    };
    let row = |rows: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cells}</table:table-row>")
    };
    for rows in [
        row(1_000_000, &cell(1_000)),
        row(5_000, &cell(16_000)),
        row(4_000_000_000, &cell(4_000_000_000)),
    ] {
        let said = refused("bomb.ods", &open_document(&rows));
        assert!(said.contains("unpacks to more"), "{said}");
    }
    // What LibreOffice writes at the end of every sheet is nothing.
    let empty = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
    let said = refused("empty.ods", &open_document(&row(1_048_576, empty)));
    assert!(said.contains("no-headings"), "{said}");
}

#[test]
fn wide_rows_and_large_cells_are_refused() {
    let headings = "country,direction,activity,days,participants,distance_km,note\n";
    let wide = format!("{headings}{}\n", "x,".repeat(1_000_000));
    assert!(refused("wide.csv", wide.as_bytes()).contains("more than 1000 columns"));
    let large = format!("{headings}KG,out,STA,5,1,4222,{}\n", "x".repeat(10 * 1024 * 1024));
    let said = refused("large.csv", large.as_bytes());
    assert!(said.contains("text-length") && said.contains("row 2, column G (note)"), "{said}");
    let larger = format!("{headings}KG,out,STA,5,1,4222,{}\n", "x".repeat(100 * 1024 * 1024));
    assert!(refused("larger.csv", larger.as_bytes()).contains("too-large"));
    let many = headings.to_owned() + &"KG,sideways,STA,5,1,4222,\n".repeat(200_000);
    assert!(refused("many.csv", many.as_bytes()).contains("199900 not shown"));
}

#[test]
fn what_is_no_workbook_is_told_so() {
    for (name, bytes) in [
        ("a.xlsx", &b"country,direction\0\n"[..]),
        ("b.xlsx", b""),
        ("c.ods", b"PK\x03\x04"),
        ("d.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
        ("e.xlsx", &archive(&[("hello.txt", b"world")])),
        ("f.ods", &archive(&[("mimetype", MIME), ("content.xml", b"<office:document-content>")])),
    ] {
        let said = refused(name, bytes);
        assert!(said.contains("unreadable-workbook") && said.contains("save it anew"), "{said}");
    }
    let said = refused("sheet.xlsx", b"country,direction\n");
    assert!(said.contains("this is a text and no workbook") && said.contains("--from csv"));
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("plan.xlsx")).expect("a folder");
    let output = check(folder.path(), "plan.xlsx");
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is a folder"));
}

/// A text that begins with `=` is a text, and a link leads to its file.
#[test]
fn formulas_in_texts_are_texts_and_links_are_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = "partner,country,direction,activity,days,participants,distance_km\n\"=HYPERLINK(\"\"http://x\"\")\",KG,out,STA,5,1,4222\n";
    fs::write(folder.path().join("plan.csv"), plan).expect("written");
    assert_eq!(check(folder.path(), "plan.csv").status.code(), Some(0));
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let command =
        command.args(["budget", "plan.csv", "--call", "2025", "--country", "HU", "--format"]);
    let output = command.arg("json").current_dir(folder.path()).output().expect("it runs");
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let inputs = &result["regions"][0]["countries"][0]["flows"][0]["inputs"];
    assert_eq!(inputs["partner"], "=HYPERLINK(\"http://x\")");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("plan.csv", folder.path().join("link.csv")).expect("a link");
        assert_eq!(check(folder.path(), "link.csv").status.code(), Some(0));
        std::os::unix::fs::symlink("loop.csv", folder.path().join("loop.csv")).expect("a link");
        assert_eq!(check(folder.path(), "loop.csv").status.code(), Some(4));
    }
}

/// A workbook of Excel with these rows in the sheet Flows, and these shared texts.
fn excel(rows: &str, texts: &str) -> Vec<u8> {
    let spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet =
        format!("<worksheet xmlns=\"{spreadsheet}\"><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{spreadsheet}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Flows\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let related = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let texts = format!("<sst xmlns=\"{spreadsheet}\">{texts}</sst>");
    let package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let parts: [(&str, &[u8]); 5] = [
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/sharedStrings.xml", texts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    archive(&parts)
}

/// The headings and a flow, as inline texts.
fn flow_rows(more: &str) -> String {
    let texts = |texts: &[&str]| -> String {
        texts.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect()
    };
    let headings =
        texts(&["country", "direction", "activity", "days", "participants", "distance_km"]);
    let flow = texts(&["KG", "out", "STA", "5", "1", "4222"]);
    format!("<row r=\"1\">{headings}</row><row r=\"2\">{flow}</row>{more}")
}

#[test]
fn addresses_outside_the_sheet_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plain.xlsx"), excel(&flow_rows(""), "")).expect("written");
    assert_eq!(check(folder.path(), "plain.xlsx").status.code(), Some(0));
    for more in [
        "<row r=\"3\"><c r=\"A99999999999\"><v>1</v></c></row>",
        "<row r=\"3\"><c r=\"ZZZZZZZ3\"><v>1</v></c></row>",
        "<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>",
        "<row r=\"4294967297\"><c><v>1</v></c></row>",
        "<row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"4000000000\" ref=\"A3\">1</f><v>1</v></c></row>",
    ] {
        let said = refused("far.xlsx", &excel(&flow_rows(more), ""));
        assert!(said.contains("lies outside its sheet"), "{more}: {said}");
    }
}

#[test]
fn texts_and_cells_are_counted_where_they_stand() {
    // A text of a MiB that stands in a hundred cells.
    let text = format!("<si><t>{}</t></si>", "x".repeat(1024 * 1024));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(100);
    let rows = flow_rows(&format!("<row r=\"3\">{cells}</row>"));
    assert!(refused("texts.xlsx", &excel(&rows, &text)).contains("unpacks to more"));
    let empty = "<si/>".repeat(5_000_000);
    assert!(refused("strings.xlsx", &excel(&flow_rows(""), &empty)).contains("unpacks to more"));
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(900));
    let rows = flow_rows(&row.repeat(2_300));
    assert!(refused("cells.xlsx", &excel(&rows, "")).contains("unpacks to more"));
    let cell = |within: &str| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"900\" office:value-type=\"string\"><text:p>{within}</text:p></table:table-cell></table:table-row>"
        )
    };
    for within in ["<text:s text:c=\"999999999\"/>", &"x".repeat(100_000)] {
        let said = refused("texts.ods", &open_document(&cell(within)));
        assert!(said.contains("unpacks to more"), "{said}");
    }
    let many = "</table:table><table:table table:name=\"x\">".repeat(2_000);
    assert!(refused("tables.ods", &open_document(&many)).contains("unpacks to more"));
    // Each of these is small enough by itself.
    let large = "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell table:number-columns-repeated=\"1000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table><table:table table:name=\"x\">";
    let said = refused("sheets.ods", &open_document(&large.repeat(3)));
    assert!(said.contains("unpacks to more"), "{said}");
}

/// A reader that waits for an end that never comes would hang.
#[test]
fn what_is_cut_off_is_damaged() {
    let whole = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"Flows\"><table:table-row><table:table-cell office:value-type=\"string\"><office:annotation><text:p>a";
    for end in [60, 130, 170, 190, 240, whole.len()] {
        let Some(part) = whole.get(..end) else { continue };
        let parts: [(&str, &[u8]); 3] = [
            ("mimetype", MIME),
            ("META-INF/manifest.xml", MANIFEST),
            ("content.xml", part.as_bytes()),
        ];
        let said = refused("cut.ods", &archive(&parts));
        assert!(said.contains("unreadable-workbook"), "{part}: {said}");
    }
}

/// A workbook is one by whatever name it came.
#[test]
fn workbooks_are_told_by_their_content() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, workbook) in
        [("plan.csv", "workbook.xlsx"), ("plan.txt", "workbook.ods"), ("plan.xlsx", "workbook.ods")]
    {
        let from = Path::new("tests/sheets").join(workbook);
        fs::copy(from, folder.path().join(name)).expect("copied");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
        let output = command.args(["check", name]).current_dir(folder.path()).output();
        assert_eq!(output.expect("it runs").status.code(), Some(0), "{name}");
    }
}

/// A comment on a cell is not what the cell shows.
#[test]
fn comments_on_cells_are_no_units() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let number = |number: &str, comment: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><office:annotation><text:p>{comment}</text:p></office:annotation><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let headings = ["country", "direction", "activity", "days", "participants", "distance_km"];
    let headings: String = headings.iter().map(|heading| text(heading)).collect();
    let plan = |shown: &str| {
        let flow =
            ["KG", "out", "STA", "5", "1"].map(text).concat() + &number("4222", "in $", shown);
        open_document(&format!(
            "<table:table-row>{headings}</table:table-row><table:table-row>{flow}</table:table-row>"
        ))
    };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.ods"), plan("4,222 km")).expect("written");
    assert_eq!(check(folder.path(), "plan.ods").status.code(), Some(0));
    assert!(refused("plan.ods", &plan("4,222 miles")).contains("the unit `miles`"));
}

/// Errors that calamine does not know are errors of their cells.
#[test]
fn errors_of_newer_formulas_have_their_cell() {
    let cells = "<c t=\"inlineStr\"><is><t>KG</t></is></c><c t=\"e\"><v>#SPILL!</v></c><c t=\"inlineStr\"><is><t>STA</t></is></c><c><v>5</v></c><c t=\"e\"><f>x</f><v>#CALC!</v></c><c><v>4222</v></c>";
    let rows = flow_rows(&format!("<row r=\"7\">{cells}</row>"));
    let said = refused("errors.xlsx", &excel(&rows, ""));
    for (cell, error) in [("B7", "#SPILL!"), ("E7", "#CALC!")] {
        let message = format!("the formula of this cell gives the error `{error}`");
        assert!(said.contains(&message) && said.contains(&format!("Flows!{cell}")), "{said}");
    }
    assert!(said.contains("2 errors found"), "{said}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..proptest::prelude::ProptestConfig::default() })]

    /// No bytes make the readers panic.
    #[test]
    fn nothing_makes_it_panic(at in proptest::prelude::any::<proptest::sample::Index>(), put in proptest::prelude::any::<[u8; 3]>(), file in 0..4_usize) {
        let name = ["workbook.xlsx", "workbook.ods", "semicolon.csv", "unicode.txt"][file];
        let mut bytes = fs::read(format!("tests/sheets/{name}")).expect("a sheet");
        let at = at.index(bytes.len() - 3);
        bytes[at..at + 3].copy_from_slice(&put);
        let format = (name == "unicode.txt").then_some(ka171::plan::PlanFormat::Csv);
        let path = Path::new(name);
        let reading = ka171::plan::Reading { format, ..ka171::plan::Reading::default() };
        if let Ok(text) = ka171::plan::PlanText::of_file(path, bytes, reading) {
            let overrides = ka171::plan::Overrides { call: Some(2025), country: Some("AT".into()), ..ka171::plan::Overrides::default() };
            drop(ka171::plan::load(&text, &overrides, &ka171::rates::RateStore::Embedded));
        }
    }

    /// Nor does anything in the parts of a workbook.
    #[test]
    fn no_part_of_a_workbook_makes_it_panic(
        changes in proptest::collection::vec((proptest::prelude::any::<[proptest::sample::Index; 3]>(), 0..6_usize), 1..5),
        file in 0..4_usize,
    ) {
        let name = ["workbook.xlsx", "workbook.ods", "formats.xlsx", "formats.ods"][file];
        let bytes = fs::read(format!("tests/sheets/{name}")).expect("a workbook");
        let mut parts = parts(&bytes);
        for ([part, at, put], taken) in changes {
            let (_, text) = part.get_mut(&mut parts);
            let from = at.index(text.len() + 1);
            let to = (from + taken).min(text.len());
            let put: &&[u8] = put.get(&PUT);
            text.splice(from..to, put.iter().copied());
        }
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
        let path = Path::new(name);
        let reading = ka171::plan::Reading::default();
        if let Ok(text) = ka171::plan::PlanText::of_file(path, archive(&parts), reading) {
            let overrides = ka171::plan::Overrides { call: Some(2025), country: Some("AT".into()), ..ka171::plan::Overrides::default() };
            drop(ka171::plan::load(&text, &overrides, &ka171::rates::RateStore::Embedded));
        }
    }
}

/// What is put into parts of workbooks.
const PUT: [&[u8]; 16] = [
    b"\"",
    b"<",
    b">",
    b"/",
    b"&",
    b"",
    b"0",
    b"-1",
    b"999999999999",
    b"A99999",
    b" r=\"A1\"",
    b"t=\"e\"",
    b"s=\"99999\"",
    b"</c>",
    b"%",
    b"\xff",
];

/// The parts of a workbook that hold XML, by their names.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("unpacked");
        parts.push((name, text));
    }
    parts
}
