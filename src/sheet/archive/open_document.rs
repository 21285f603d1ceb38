//! The content of OpenDocument workbooks.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{MOST_CELLS, MOST_TEXT, Unreadable};
use crate::sheet::units::{is_unit, unit_of_shown};

/// More sheets than these are an accident.
const MOST_TABLES: u64 = 1_000;
/// Where a sheet ends.
const LAST_ROW: u64 = 1_048_576;
const LAST_COLUMN: u64 = 16_384;

/// What cells show beside their values, by sheet.
#[derive(Debug, Default)]
pub(in crate::sheet) struct Shown(HashMap<String, Vec<Cells>>);

/// Cells that show the same.
#[derive(Debug)]
struct Cells {
    rows: Range<u64>,
    columns: Range<u64>,
    /// A unit behind a number, such as `%`; nothing where a formula has an empty result.
    text: String,
}

impl Shown {
    /// What a cell shows behind its number, by its place counted from 0.
    pub fn unit(&self, sheet: &str, place: (u32, u32)) -> Option<&str> {
        self.text(sheet, place).filter(|text| !text.is_empty())
    }

    /// Whether a cell shows the empty result of a formula.
    pub fn is_empty(&self, sheet: &str, place: (u32, u32)) -> bool {
        self.text(sheet, place).is_some_and(str::is_empty)
    }

    fn text(&self, sheet: &str, (row, column): (u32, u32)) -> Option<&str> {
        let cells = self.0.get(sheet)?;
        // Rows do not overlap and stand in their order.
        let from = cells.partition_point(|cells| cells.rows.end <= row.into());
        let here = cells.get(from..)?.iter().take_while(|cells| cells.rows.contains(&row.into()));
        let mut here = here.filter(|cells| cells.columns.contains(&column.into()));
        here.next().map(|cells| cells.text.as_str())
    }
}

/// Counts cells that are written once and stand in many places.
#[derive(Default)]
struct Content {
    shown: Shown,
    tables: u64,
    /// Cells of all tables, from the first to the last that is used, and the bytes of their texts.
    cells: u64,
    text: u64,
    table: Table,
}

/// The table that is being read.
#[derive(Default)]
struct Table {
    name: String,
    rows: u64,
    used_rows: u64,
    widest: u64,
    row: Row,
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    repeats: u64,
    /// Cells so far, and up to the last one with something in it.
    columns: u64,
    used_columns: u64,
    /// Bytes of texts, and of what else stands in tags of cells.
    text: u64,
    cell: Cell,
    shown: Vec<(Range<u64>, String)>,
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    columns: Range<u64>,
    is_number: bool,
    /// Whether a comment is open, which shows nothing of the cell.
    is_in_comment: bool,
    /// A formula without a value.
    is_formula: bool,
    has_paragraph: bool,
    /// What it shows, as far as it may be a number with a unit.
    text: String,
    /// A currency, or that it is a percentage.
    unit: Option<String>,
}

/// Bytes of a cell's tag that are no text, or not worth counting.
const PLAIN_TAG: u64 = 256;
/// More letters than these are no number with a unit.
const LONGEST_SHOWN: usize = 64;

impl Cell {
    fn of(tag: &BytesStart<'_>, columns: Range<u64>) -> Self {
        let kind = text_of(tag, "office:value-type").unwrap_or_default();
        let unit = match kind.as_str() {
            "percentage" => Some("%".to_owned()),
            "currency" => text_of(tag, "office:currency"),
            _ => None,
        };
        Self {
            columns,
            is_number: matches!(kind.as_str(), "float" | "currency"),
            is_formula: kind.is_empty() && text_of(tag, "table:formula").is_some(),
            unit,
            ..Self::default()
        }
    }

    /// What it shows beside its value.
    fn shown(self) -> Option<(Range<u64>, String)> {
        let unit = match self.unit {
            Some(unit) => Some(unit),
            None if self.is_number => unit_of_shown(&self.text),
            None => {
                (self.is_formula && self.has_paragraph && self.text.is_empty()).then(String::new)
            }
        };
        unit.filter(|unit| unit.is_empty() || is_unit(unit)).map(|unit| (self.columns, unit))
    }
}

impl Content {
    fn begin_table(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.tables += 1;
        self.table =
            Table { name: text_of(tag, "table:name").unwrap_or_default(), ..Table::default() };
        within(self.tables, MOST_TABLES)
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) {
        let repeats = repeats(tag, "table:number-rows-repeated");
        self.table.row = Row { repeats, ..Row::default() };
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>, is_used: bool) {
        let row = &mut self.table.row;
        let repeats = repeats(tag, "table:number-columns-repeated");
        let begin = row.columns;
        row.columns = row.columns.saturating_add(repeats);
        row.cell = Cell::default();
        if !is_used {
            return;
        }
        row.used_columns = row.columns;
        // A text may stand in the tag as well.
        let text = (tag.len() as u64).saturating_sub(PLAIN_TAG);
        row.text = row.text.saturating_add(repeats.saturating_mul(text));
        row.cell = Cell::of(tag, begin..row.columns);
    }

    /// Text within the cell that is open.
    fn text(&mut self, bytes: u64, text: &str) {
        let row = &mut self.table.row;
        let repeats = row.cell.columns.end - row.cell.columns.start;
        row.text = row.text.saturating_add(repeats.saturating_mul(bytes));
        if !row.cell.is_in_comment && row.cell.text.len() <= LONGEST_SHOWN {
            row.cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let row = &mut self.table.row;
        row.shown.extend(std::mem::take(&mut row.cell).shown());
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let table = &mut self.table;
        let row = std::mem::take(&mut table.row);
        let begin = table.rows;
        table.rows = table.rows.saturating_add(row.repeats);
        if row.used_columns == 0 {
            return Ok(());
        }
        table.used_rows = table.rows;
        table.widest = table.widest.max(row.used_columns);
        self.text = self.text.saturating_add(row.repeats.saturating_mul(row.text));
        within(table.used_rows, LAST_ROW)?;
        within(table.widest, LAST_COLUMN)?;
        within(self.cells.saturating_add(table.cells()), MOST_CELLS)?;
        within(self.text, MOST_TEXT)?;
        let rows = begin..table.rows;
        let cells = |(columns, text)| Cells { rows: rows.clone(), columns, text };
        let shown = row.shown.into_iter().map(cells);
        self.shown.0.entry(table.name.clone()).or_default().extend(shown);
        Ok(())
    }

    fn end_table(&mut self) {
        self.cells = self.cells.saturating_add(self.table.cells());
    }
}

impl Table {
    fn cells(&self) -> u64 {
        self.used_rows.saturating_mul(self.widest)
    }
}

fn within(number: u64, most: u64) -> Result<(), Unreadable> {
    if number <= most { Ok(()) } else { Err(Unreadable::TooLarge) }
}

/// Refuses a content with too many cells, too much text, or an end before its end.
pub(super) fn check(content: &[u8]) -> Result<Shown, Unreadable> {
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut counted = Content::default();
    let mut depth = 0_u64;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| Unreadable::Damaged)?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Start(tag) if tag.name().0 == "table:table" => counted.begin_table(&tag)?,
            Event::Start(tag) if tag.name().0 == "table:table-row" => counted.begin_row(&tag),
            // A cell with something in it has a value or an element within.
            Event::Start(tag) if is_cell(&tag) => counted.begin_cell(&tag, true),
            Event::Empty(tag) if is_cell(&tag) => {
                counted.begin_cell(&tag, has_value(&tag));
                counted.end_cell();
            }
            Event::Start(tag) | Event::Empty(tag) if tag.name().0 == "text:s" => {
                counted.text(repeats(&tag, "text:c"), "");
            }
            Event::Start(tag) | Event::Empty(tag) if tag.name().0 == "text:p" => {
                counted.table.row.cell.has_paragraph = true;
            }
            Event::Start(tag) if tag.name().0 == "office:annotation" => {
                counted.table.row.cell.is_in_comment = true;
            }
            Event::End(tag) if tag.name().0 == "office:annotation" => {
                counted.table.row.cell.is_in_comment = false;
            }
            Event::Text(text) => counted.text(text.len() as u64, &text),
            Event::CData(text) => counted.text(text.len() as u64, &text),
            Event::End(tag) if is_cell_name(tag.name().0) => counted.end_cell(),
            Event::End(tag) if tag.name().0 == "table:table-row" => counted.end_row()?,
            Event::End(tag) if tag.name().0 == "table:table" => counted.end_table(),
            // What is cut off would be waited for.
            Event::Eof if depth > 0 => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(counted.shown),
            _ => {}
        }
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    is_cell_name(tag.name().0)
}

fn is_cell_name(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

fn has_value(tag: &BytesStart<'_>) -> bool {
    let is_value = |name: &str| name.starts_with("office:") || name == "table:formula";
    tag.attributes().with_checks(false).flatten().any(|attribute| is_value(attribute.key.0))
}

fn text_of(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|found| found.key.0 == name);
    Some(found?.normalized_value(XmlVersion::default()).ok()?.into_owned())
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    text_of(tag, name).and_then(|repeats| repeats.parse().ok()).unwrap_or(1)
}
