//! Workbooks are archives, and may unpack to any size: this looks before calamine does. The only file
//! that knows zip and quick-xml.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::WorkbookKind;

/// What all parts of a workbook may unpack to, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;
/// What the sheets of an OpenDocument file may have, from the first to the last cell that is used.
const MOST_CELLS: u64 = 4_000_000;

/// Why a file is no workbook that can be read.
pub(super) enum Unreadable {
    /// It is no archive, or a damaged one.
    Damaged,
    /// It unpacks to too much.
    TooLarge,
}

/// Refuses what would fill the memory.
pub(super) fn check(bytes: &[u8], kind: WorkbookKind) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Unreadable::Damaged)?;
        let read = io::copy(&mut part.take(left + 1), &mut io::sink());
        let read = read.map_err(|_| Unreadable::Damaged)?;
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    if kind == WorkbookKind::OpenDocument {
        let content = archive.by_name("content.xml").map_err(|_| Unreadable::Damaged)?;
        check_cells(BufReader::new(content))?;
    }
    Ok(())
}

/// Rows and columns that are written once and count many times.
#[derive(Default)]
struct Extent {
    rows: u64,
    used_rows: u64,
    /// Of the row that is being read: cells so far, and up to the last one with something in it.
    columns: u64,
    used_columns: u64,
    widest: u64,
    row_repeats: u64,
}

impl Extent {
    fn begin_row(&mut self, repeats: u64) {
        (self.columns, self.used_columns, self.row_repeats) = (0, 0, repeats);
    }

    fn cell(&mut self, repeats: u64, is_used: bool) {
        self.columns = self.columns.saturating_add(repeats);
        if is_used {
            self.used_columns = self.columns;
        }
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.row_repeats);
        if self.used_columns > 0 {
            self.used_rows = self.rows;
            self.widest = self.widest.max(self.used_columns);
        }
    }

    fn check(&self) -> Result<(), Unreadable> {
        match self.used_rows.saturating_mul(self.widest) <= MOST_CELLS {
            true => Ok(()),
            false => Err(Unreadable::TooLarge),
        }
    }
}

fn check_cells(content: impl io::BufRead) -> Result<(), Unreadable> {
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut extent = Extent::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) if tag.name().0 == "table:table" => extent = Extent::default(),
            Event::Start(tag) if tag.name().0 == "table:table-row" => {
                extent.begin_row(repeats(&tag, "table:number-rows-repeated"));
            }
            // A cell with something in it has a value or an element within.
            Event::Start(tag) if is_cell(&tag) => extent.cell(columns(&tag), true),
            Event::Empty(tag) if is_cell(&tag) => extent.cell(columns(&tag), has_value(&tag)),
            Event::End(tag) if tag.name().0 == "table:table-row" => {
                extent.end_row();
                extent.check()?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.name().0, "table:table-cell" | "table:covered-table-cell")
}

fn columns(tag: &BytesStart<'_>) -> u64 {
    repeats(tag, "table:number-columns-repeated")
}

fn has_value(tag: &BytesStart<'_>) -> bool {
    let is_value = |name: &str| name.starts_with("office:") || name == "table:formula";
    tag.attributes().with_checks(false).flatten().any(|attribute| is_value(attribute.key.0))
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    let found = tag.try_get_attribute(name).ok().flatten();
    found.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}
