//! A sheet as rows of texts, wherever it was read, and where things stand on it.

use std::collections::BTreeMap;

use super::package::Cell;

/// The rows of a sheet.
#[derive(Clone, Debug)]
pub struct Sheet(pub Vec<Vec<String>>);

/// The heading of the table of flows, and of regions.
pub const ITEM: &str = "Cost item";
pub const REGION: &str = "Region";

impl Sheet {
    /// The values that a file keeps.
    pub fn of_cells(cells: &BTreeMap<String, Cell>) -> Self {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (name, cell) in cells {
            let (row, column) = place(name);
            if rows.len() <= row {
                rows.resize(row + 1, Vec::new());
            }
            if rows[row].len() <= column {
                rows[row].resize(column + 1, String::new());
            }
            rows[row][column].clone_from(&cell.value);
        }
        Self(rows)
    }

    /// What a spreadsheet exported.
    pub fn of_csv(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows =
            reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
        Self(rows.collect())
    }

    pub fn at(&self, row: usize, column: usize) -> &str {
        self.0.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    /// The row of the headings: the one that has this heading.
    pub fn headings(&self, heading: &str) -> usize {
        let has = |row: &Vec<String>| row.iter().any(|cell| cell == heading);
        self.0.iter().position(has).unwrap_or_else(|| panic!("no {heading:?}"))
    }

    /// The column of a heading, with or without line breaks.
    pub fn column(&self, row: usize, heading: &str) -> usize {
        let is_it = |cell: &String| cell.replace('\n', " ") == heading;
        self.0[row].iter().position(is_it).unwrap_or_else(|| panic!("no {heading:?}"))
    }

    /// The first row below the headings in which a column has this text.
    pub fn find(&self, headings: usize, column: usize, text: &str) -> usize {
        let rows = headings + 1..self.0.len();
        rows.into_iter()
            .find(|row| self.at(*row, column) == text)
            .unwrap_or_else(|| panic!("no {text:?}"))
    }
}

/// `B3` is row 2, column 1.
fn place(name: &str) -> (usize, usize) {
    let digits = name.find(|c: char| c.is_ascii_digit()).expect("a row");
    let letters = name[..digits].bytes();
    let column = letters.fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (name[digits..].parse::<usize>().expect("a row") - 1, column - 1)
}

/// The name of a place.
pub fn name(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).expect("a letter");
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
