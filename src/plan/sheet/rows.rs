//! The rows of a sheet below its headings: a table of keys for each row.

use std::sync::Arc;

use super::heading_row::{Column, Headings, headings};
use super::headings::{
    self, APPLICANT, APPLICANT_COUNTRY, Beside, CALL, Heading, PROJECT_CITY, PROJECT_MONTHS,
};
use super::kinds::Kind;
use super::text::SheetText;
use super::values::{Said, is_word, said};
use super::{DecimalMark, SheetEntry, SheetRow, SheetValue};
use crate::diag::{Code, quoted};
use crate::document::Span;
use crate::plan::record::OwnCell;
use crate::sheet::{Cell, Row, Sheet};

/// Keys that say the same in each row.
const OF_PLAN: [&str; 5] = [CALL, APPLICANT, APPLICANT_COUNTRY, PROJECT_CITY, PROJECT_MONTHS];
/// A row without any of these is no flow.
pub(super) const ESSENTIAL: [&str; 3] = ["country", "direction", "activity"];

/// A sheet with headings.
pub(super) struct Table {
    /// A row for each flow, envelope or score.
    pub rows: Vec<SheetRow>,
    /// Envelopes and scores that stand beside flows.
    pub envelopes: Vec<SheetRow>,
    pub scores: Vec<SheetRow>,
    /// What each row says of the plan as a whole.
    pub of_plan: Vec<SheetEntry>,
    /// Countries that must be the same and are written differently.
    pub countries: Vec<(Span, Span)>,
}

/// The rows of a sheet below its headings; `None` where it has none.
pub(super) fn table(
    sheet: &Sheet,
    known: &[Heading],
    mark: Option<DecimalMark>,
    text: &mut SheetText,
) -> Option<Table> {
    let headings = headings(sheet, known, text)?;
    let table = rows_below(sheet, &headings, mark, text, Vec::new());
    if table.rows.is_empty() {
        // So that there is a place to speak of.
        text.add_row(sheet, headings.row);
    }
    Some(table)
}

/// The rows of a sheet below its headings. `of_plan` is what rows above them say of the plan as a whole.
pub(super) fn rows_below(
    sheet: &Sheet,
    headings: &Headings,
    mark: Option<DecimalMark>,
    text: &mut SheetText,
    of_plan: Vec<SheetEntry>,
) -> Table {
    let mut reader = Reader::new(sheet, &headings.columns, mark, text, of_plan);
    let below = sheet.rows.iter().filter(|row| row.number > headings.row);
    let row = |row: &Row| match is_comment(row) {
        true => reader.comment(row),
        false => {
            reader.check_width(row, headings.width);
            reader.row(row, headings.are_of_flows)
        }
    };
    let rows = below.filter_map(row).collect();
    let Reader { envelopes, scores, of_plan, countries, .. } = reader;
    Table { rows, envelopes, scores, of_plan, countries }
}

/// A row whose first cell begins with `#`.
pub(super) fn is_comment(row: &Row) -> bool {
    row.cells.first().is_some_and(
        |cell| matches!(&cell.value, crate::sheet::CellValue::Text(text) if text.starts_with('#')),
    )
}

/// Reads the cells of rows.
pub(super) struct Reader<'r> {
    sheet: &'r Sheet,
    columns: &'r [Column],
    mark: Option<DecimalMark>,
    text: &'r mut SheetText,
    of_plan: Vec<SheetEntry>,
    countries: Vec<(Span, Span)>,
    envelopes: Vec<SheetRow>,
    scores: Vec<SheetRow>,
}

impl<'r> Reader<'r> {
    pub fn new(
        sheet: &'r Sheet,
        columns: &'r [Column],
        mark: Option<DecimalMark>,
        text: &'r mut SheetText,
        of_plan: Vec<SheetEntry>,
    ) -> Self {
        let (countries, envelopes, scores) = (Vec::new(), Vec::new(), Vec::new());
        Self { sheet, columns, mark, text, of_plan, countries, envelopes, scores }
    }

    /// The table of keys of a row; `None` where nothing of a plan stands in it.
    fn row(&mut self, row: &Row, is_flow: bool) -> Option<SheetRow> {
        let span = self.text.add_row(self.sheet, row.number);
        let (mut entries, mut own) = (Vec::new(), Vec::new());
        let (mut envelope, mut score) = (Vec::new(), Vec::new());
        let mut says_something = false;
        for cell in &row.cells {
            let Some(column) = self.columns.iter().find(|column| column.number == cell.column)
            else {
                self.unnamed(row, cell);
                continue;
            };
            let Some(heading) = column.heading else {
                // A formula that was never computed shows nothing.
                if !cell.value.text().is_empty() {
                    own.push(OwnCell::of(&column.text, &cell.value));
                }
                continue;
            };
            // The call of an envelope is its own.
            let is_of_plan = is_flow && OF_PLAN.contains(&heading.key);
            let text = Arc::clone(&column.text);
            let read = self.entries(row, cell, heading, &text);
            let list = match headings::beside(heading.key) {
                _ if is_of_plan => {
                    read.for_each(|entry| self.of_plan(entry));
                    continue;
                }
                Some((Beside::Envelopes, key)) => (&mut envelope, Some(key)),
                Some((Beside::Scores, key)) => (&mut score, Some(key)),
                None => {
                    says_something = true;
                    (&mut entries, None)
                }
            };
            let (list, key) = list;
            for entry in read {
                self.add(list, SheetEntry { key: key.unwrap_or(entry.key), ..entry });
            }
        }
        let beside = |entries: Vec<SheetEntry>| {
            let row = SheetRow { span: span.clone(), entries, own: Vec::new() };
            (!row.entries.is_empty()).then_some(row)
        };
        self.envelopes.extend(beside(envelope));
        self.scores.extend(beside(score));
        let has = |key: &&str| entries.iter().any(|entry: &SheetEntry| entry.key == *key);
        if is_flow && says_something && !ESSENTIAL.iter().any(has) {
            let message =
                "this row is no flow: it has no country, direction or activity".to_owned();
            let help =
                "fill them in; take rows with totals out, or begin their first cell with `#`";
            self.text.fault(Code::MissingKey, span, message, help.to_owned());
            return None;
        }
        says_something.then_some(SheetRow { span, entries, own })
    }

    /// A row that begins like a comment. One that says who goes where is none: `#1` may be a number, and
    /// `#N/A` what a formula left.
    fn comment(&mut self, row: &Row) -> Option<SheetRow> {
        let is_of_flow = |cell: &&Cell| {
            let column = self.columns.iter().find(|column| column.number == cell.column);
            let heading = column.and_then(|column| column.heading);
            heading.is_some_and(|heading| match heading.kind {
                Kind::Word(words) => is_word(cell.value.text(), words),
                _ => false,
            })
        };
        if let Some(cell) = row.cells.iter().find(is_of_flow) {
            let (first, at) = (row.cells.first()?, (row.number, row.cells.first()?.column));
            let span = self.text.add(self.sheet, at, None, first.value.text());
            let message = format!(
                "this row begins with {} like a comment, and holds {} like a flow",
                quoted(first.value.text()),
                quoted(cell.value.text())
            );
            let help = "take the `#` out of its first cell; or delete the row, where it is no flow";
            self.text.fault(Code::DoubtfulComment, span, message, help.to_owned());
        }
        None
    }

    /// A decimal comma that is not in quotes splits a number in two, and moves all cells behind it.
    fn check_width(&mut self, row: &Row, width: u32) {
        if row.width <= width || width == 0 {
            return;
        }
        let is_decimal = |column: u32| {
            let column = self.columns.iter().find(|other| other.number == column);
            let heading = column.and_then(|column| column.heading);
            heading.is_some_and(|heading| matches!(heading.kind, Kind::Decimal(_)))
        };
        let is_decimals = |text: &str| {
            (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let pair = row.cells.windows(2).find_map(|pair| match pair {
            [one, two] if is_decimal(one.column) && two.column == one.column + 1 => {
                is_decimals(two.value.text()).then_some((one, two))
            }
            _ => None,
        });
        let Some((one, two)) = pair else { return };
        let (whole, decimals) = (one.value.text(), two.value.text());
        let span = self.text.add(self.sheet, (row.number, one.column), None, whole);
        let message = format!(
            "this row has more cells than there are headings: was this {}?",
            quoted(&format!("{whole},{decimals}"))
        );
        let help = "put numbers with a decimal comma in quotes, or write a decimal point; or take out what stands behind the last column";
        self.text.fault(Code::WrongType, span, message, help.to_owned());
    }

    /// Two columns may say the same key, such as `months` and `duration`.
    pub fn add(&mut self, entries: &mut Vec<SheetEntry>, entry: SheetEntry) {
        match entries.iter().find(|other| other.key == entry.key) {
            Some(first) => {
                let message = format!("`{}` stands twice in this row", entry.key);
                let first = (first.span.clone(), "first here");
                let help = "keep one of the two".to_owned();
                self.text.fault_with(Code::DuplicateKey, entry.span, message, help, first);
            }
            None => entries.push(entry),
        }
    }

    /// What stands in a cell, as keys of the plan: one, or both months and days.
    pub fn entries(
        &mut self,
        row: &Row,
        cell: &Cell,
        heading: Heading,
        text: &Arc<str>,
    ) -> impl Iterator<Item = SheetEntry> + use<> {
        let at = (row.number, cell.column);
        let typed = cell.value.text();
        let mut add = |text_of_cell: &str| self.text.add(self.sheet, at, Some(text), text_of_cell);
        let key = key_of(heading);
        let entry = |key, span, value| SheetEntry { key, span, value };
        let entries = match said(&cell.value, heading.kind, self.mark) {
            Ok(Said::Text(word)) if word == typed => {
                [Some(entry(key, add(typed), SheetValue::Text)), None]
            }
            Ok(Said::Text(word)) => {
                [Some(entry(key, add(typed), SheetValue::Word(word.into_owned()))), None]
            }
            Ok(Said::Country) => [Some(entry(key, add(typed), SheetValue::Country)), None],
            Ok(Said::Number(number)) => [Some(entry(key, add(&number), SheetValue::Number)), None],
            Ok(Said::Boolean(value)) => {
                [Some(entry(key, add(typed), SheetValue::Boolean(value))), None]
            }
            Ok(Said::Duration { months, days }) => [("months", months), ("days", days)]
                .map(|(key, number)| Some(entry(key, add(&number?), SheetValue::Number))),
            Err((code, message, help)) => {
                let span = add(typed);
                self.text.fault(code, span.clone(), message, help);
                faulty_keys(heading).map(|key| Some(entry(key?, span.clone(), SheetValue::Faulty)))
            }
        };
        entries.into_iter().flatten()
    }

    /// What is the plan's must be the same in each row.
    fn of_plan(&mut self, entry: SheetEntry) {
        let Some(first) = self.of_plan.iter().find(|first| first.key == entry.key) else {
            self.of_plan.push(entry);
            return;
        };
        let first = first.span.clone();
        match entry.value {
            _ if self.text.is_same(&first, &entry.span) => {}
            // `HU` and `Hungary` are one.
            SheetValue::Country => self.countries.push((first, entry.span)),
            _ => {
                let (code, message, help) = disagreement(entry.key, "in the rows above");
                let first = (first, "first here");
                self.text.fault_with(code, entry.span, message, help, first);
            }
        }
    }

    fn unnamed(&mut self, row: &Row, cell: &Cell) {
        let typed = cell.value.text();
        let span = self.text.add(self.sheet, (row.number, cell.column), None, typed);
        let message = format!("{} stands below no heading", quoted(typed));
        let help = "name the column in the row of headings, or take this out".to_owned();
        self.text.fault(Code::UnknownKey, span, message, help);
    }
}

/// What is wrong where a plan says a key twice and otherwise.
pub(super) fn disagreement(key: &str, elsewhere: &str) -> (Code, String, String) {
    let message = format!("`{key}` is another one than {elsewhere}");
    let help = "a plan has one call and one applicant: write the same everywhere, or put the rows into files of their own";
    (Code::RowsDisagree, message, help.to_owned())
}

/// The key of the plan that a column is about.
fn key_of(heading: Heading) -> &'static str {
    match heading.kind {
        Kind::GreenTravel => "travel",
        _ => heading.key,
    }
}

/// Keys about which nothing else is said where a cell is faulty.
fn faulty_keys(heading: Heading) -> [Option<&'static str>; 2] {
    match heading.kind {
        Kind::Duration => [Some("months"), Some("days")],
        _ => [Some(key_of(heading)), None],
    }
}
