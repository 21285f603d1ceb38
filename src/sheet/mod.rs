//! Sheets of cells, as CSV files and workbooks hold them: what stands in each cell, before anything is
//! made of it.

mod archive;
mod csv;
mod encoding;
mod guard;
mod units;
mod workbook;

pub use self::csv::{
    Dialect, comment as csv_comment, dialect as csv_dialect, rows_of as csv_rows,
    sheet as csv_sheet,
};
pub use self::encoding::{Decoding, Encoding, decode};
pub use self::guard::{BEGINS_FORMULA, guarded};
pub use self::workbook::{WorkbookKind, sheets};

use std::sync::Arc;

/// More columns than these are an accident.
pub const MOST_COLUMNS: u32 = 1_000;

/// A sheet, as far as something stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in a workbook.
    pub name: Option<Arc<str>>,
    /// The rows in which something stands, from above.
    pub rows: Vec<Row>,
}

/// A row with the cells in which something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells, from the left.
    pub cells: Vec<Cell>,
    /// How many cells it has in a CSV file, empty ones included; 0 in a workbook.
    pub width: u32,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The number of its column, from 1.
    pub column: u32,
    /// What stands in it.
    pub value: CellValue,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// A text, without the blanks around it.
    Text(String),
    /// A number in its shortest decimal text.
    Number(String),
    /// A number that the cell shows with a unit, such as `%` or `Ft`.
    Quantity {
        /// The number, as it counts without its format.
        number: String,
        /// The unit.
        unit: String,
    },
    /// A day: `2026-09-01`.
    Date(String),
    /// True or false.
    Boolean(bool),
    /// An error such as `#REF!`, which a formula gives.
    Error(String),
    /// A formula that was never computed.
    NotComputed,
    /// A time of the day or a length of time.
    Time(String),
}

/// What spreadsheet programs show where a formula fails.
const ERRORS: [&str; 14] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#UNKNOWN!",
];

/// Whether a text is what a spreadsheet program shows instead of a value: the error of a formula, or that
/// the column is too narrow.
fn is_error(text: &str) -> bool {
    let is_narrow = || text.len() > 1 && text.bytes().all(|byte| byte == b'#');
    let of_office = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_prefix('#') {
        Some(_) => ERRORS.contains(&text) || is_narrow(),
        None => text.strip_prefix("Err:").is_some_and(of_office),
    }
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

impl CellValue {
    /// The cell's text, for messages and headings.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) => text,
            Self::Quantity { number, .. } => number,
            Self::Error(text) | Self::Time(text) => text,
            Self::Boolean(true) => "TRUE",
            Self::Boolean(false) => "FALSE",
            Self::NotComputed => "",
        }
    }
}
