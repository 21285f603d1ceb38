//! The row of a sheet that names its columns.

use std::sync::Arc;

use super::headings::{self, Heading};
use super::rows::{ESSENTIAL, is_comment};
use super::text::SheetText;
use crate::diag::{Code, quoted};
use crate::sheet::{Row, Sheet};

/// Titles above the headings have fewer rows than these.
const MOST_TITLES: usize = 50;
/// A row above the headings with more cells than these may be a flow, or the headings of another table.
const MOST_CELLS_OF_TITLE: usize = 3;
/// A row with so many headings is one of headings.
const FEWEST_HEADINGS: usize = 2;

/// A column with its heading.
pub(super) struct Column {
    pub number: u32,
    pub text: Arc<str>,
    /// `None` where it is the user's own, or unknown and reported.
    pub heading: Option<Heading>,
}

/// The headings of a sheet.
pub(super) struct Headings {
    pub columns: Vec<Column>,
    /// The number of their row.
    pub row: u32,
    /// How many cells it has in a CSV file.
    pub width: u32,
    /// Whether the rows below are flows.
    pub are_of_flows: bool,
}

impl Headings {
    /// Columns by their keys, from the left; `None` where a column is the user's own.
    pub fn keys(&self) -> impl Iterator<Item = (u32, Option<&'static str>)> {
        self.columns.iter().map(|column| (column.number, column.heading.map(|known| known.key)))
    }
}

/// The headings of a sheet; `None` where it has none.
pub(super) fn headings(sheet: &Sheet, known: &[Heading], text: &mut SheetText) -> Option<Headings> {
    let is_row = |row: &&Row| !is_comment(row) || has_headings(row, known);
    let rows: Vec<&Row> = sheet.rows.iter().filter(is_row).collect();
    let Some(at) = headings_at(&rows, known) else {
        no_headings(sheet, known, text);
        return None;
    };
    for row in rows.iter().take(at).filter(|row| row.cells.len() > MOST_CELLS_OF_TITLE) {
        let span = text.add_row(sheet, row.number);
        let message = "this row stands above the headings and is no title".to_owned();
        let help = "put the headings above all flows; put a second table into a file of its own";
        text.fault(Code::NoHeadings, span, message, help.to_owned());
    }
    let row = rows.get(at)?;
    let columns = columns(sheet, row, known, text);
    let are_of_flows =
        known.iter().any(|heading| ESSENTIAL.contains(&heading.key) && heading.key != "country");
    Some(Headings { columns, row: row.number, width: row.width, are_of_flows })
}

/// A row of headings may begin with one that is not known, such as `#`.
fn has_headings(row: &Row, known: &[Heading]) -> bool {
    let others = row.cells.iter().skip(1).map(|cell| cell.value.text());
    others.filter(|text| headings::find(text, known).is_some()).count() >= FEWEST_HEADINGS
}

/// The row with the most headings among the first ones.
fn headings_at(rows: &[&Row], known: &[Heading]) -> Option<usize> {
    let count = |row: &Row| {
        row.cells.iter().filter(|cell| headings::find(cell.value.text(), known).is_some()).count()
    };
    // The first of those that have equally many.
    let first_of_most = |best: Option<(usize, usize)>, (at, count)| match best {
        Some((_, most)) if most >= count => best,
        _ => Some((at, count)),
    };
    let counted = rows.iter().take(MOST_TITLES).map(|row| count(row)).enumerate();
    let (at, most) = counted.fold(None, first_of_most)?;
    (most >= FEWEST_HEADINGS).then_some(at)
}

fn no_headings(sheet: &Sheet, known: &[Heading], text: &mut SheetText) {
    let first = sheet.rows.first().map_or(1, |row| row.number);
    let span = text.add_row(sheet, first);
    let keys = known.iter().map(|heading| heading.key);
    let (message, help) = match sheet.rows.is_empty() {
        true => ("nothing stands in the sheet".to_owned(), "the first row names the columns"),
        false => {
            ("no row names the columns".to_owned(), "write a row of headings above the first one")
        }
    };
    let help = format!("{help}: {}", crate::diag::all_of(keys));
    text.fault(Code::NoHeadings, span, message, help);
}

fn columns(sheet: &Sheet, row: &Row, known: &[Heading], text: &mut SheetText) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for cell in &row.cells {
        let spelt: Arc<str> = cell.value.text().into();
        let mut heading = headings::find(&spelt, known);
        let twin = columns.iter().find(|column| {
            column.heading.zip(heading).is_some_and(|(one, other)| one.key == other.key)
        });
        let twin = twin.map(|column| column.number);
        if heading.is_none() && !headings::is_own(&spelt) {
            let span = text.add(sheet, (row.number, cell.column), None, &spelt);
            let message = format!("{} is no heading of a plan", quoted(&spelt));
            text.fault(Code::UnknownKey, span, message, headings::advice(&spelt, known));
        } else if let (Some(first), Some(found)) = (twin, heading) {
            let first = text.add(sheet, (row.number, first), None, "");
            let span = text.add(sheet, (row.number, cell.column), None, &spelt);
            let message = format!("two columns hold `{}`", found.key);
            let help = "leave one of them out, or begin its heading with `x_`".to_owned();
            text.fault_with(Code::DuplicateKey, span, message, help, (first, "first here"));
            heading = None;
        }
        columns.push(Column { number: cell.column, text: spelt, heading });
    }
    columns
}
