//! CSV files as sheets.

use csv::{ReaderBuilder, StringRecord};

use super::{Cell, CellValue, MOST_COLUMNS, Row, Sheet};
use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::document::unclosed_quote;

/// What separates cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The separator.
    pub delimiter: u8,
}

/// Comma, semicolon, tab.
const DELIMITERS: [u8; 3] = *b",;\t";
/// Rows that are tried to tell which one it is.
const TRIED: usize = 30;
const COMMENT: u8 = b'#';

/// The sheet of a text. `headings` says how many cells of a row are headings: the separator that finds the
/// most of them in a row is the one.
///
/// # Errors
///
/// A quotation mark is never closed, or a row has too many columns.
pub fn sheet(
    path: &str,
    text: &str,
    headings: impl Fn(&Row) -> usize,
) -> Result<(Sheet, Dialect), Box<Diagnostic>> {
    let dialect = dialect(text, headings);
    let fault = |offset: usize, message: &str, help: &str| {
        let file = SourceFile::new(path, text.to_owned());
        let place = Place { file, span: offset..offset };
        Box::new(Diagnostic::error(Code::Syntax, place, message).help(help))
    };
    if let Some(open) = unclosed_quote(text, dialect.delimiter) {
        let help = "close it at the end of the cell, or take it out; within a text in quotes it stands twice";
        return Err(fault(open, "this quotation mark is never closed", help));
    }
    let mut rows = Vec::new();
    for found in records(text, dialect) {
        match found {
            Ok((row, _)) if row.cells.is_empty() => {}
            Ok((row, _)) if row.cells.last().is_some_and(|cell| cell.column <= MOST_COLUMNS) => {
                rows.push(row);
            }
            Ok((_, offset)) => {
                let message = format!("this row has more than {MOST_COLUMNS} columns");
                let help = "check what separates the columns: a comma, a semicolon or a tab";
                return Err(fault(offset, &message, help));
            }
            Err(error) => return Err(fault(0, &error.to_string(), "save it anew as CSV UTF-8")),
        }
    }
    Ok((Sheet { name: None, rows }, dialect))
}

/// What separates the cells of a text, or of the beginning of one. `headings` says how many cells of a row
/// are headings.
pub fn dialect(text: &str, headings: impl Fn(&Row) -> usize) -> Dialect {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let score = |dialect: &Dialect| {
        let rows = records(text, *dialect).take(TRIED).filter_map(Result::ok);
        let best = rows.map(|(row, _)| headings(&row)).max().unwrap_or(0);
        (best, first.bytes().filter(|byte| *byte == dialect.delimiter).count())
    };
    let dialects = DELIMITERS.map(|delimiter| Dialect { delimiter });
    // The first of those that do equally well.
    let best = dialects.into_iter().rev().max_by_key(score);
    best.unwrap_or(Dialect { delimiter: b',' })
}

/// The rows of records that stand one behind the other, each with the number of its row; none is a comment.
pub fn rows_of(records: &str, numbers: &[u32], dialect: Dialect) -> Vec<Row> {
    let mut reader = ReaderBuilder::new();
    let reader = reader.delimiter(dialect.delimiter).has_headers(false).flexible(true);
    let records = reader.from_reader(records.as_bytes()).into_records();
    // Texts have no faults of CSV: they are in memory and in UTF-8.
    let rows = numbers.iter().zip(records.filter_map(Result::ok));
    rows.map(|(number, record)| Row { number: *number, cells: cells(&record) }).collect()
}

/// Rows, also empty ones, each with the offset at which it begins.
fn records(
    text: &str,
    dialect: Dialect,
) -> impl Iterator<Item = Result<(Row, usize), csv::Error>> + '_ {
    let mut reader = ReaderBuilder::new();
    let reader = reader.delimiter(dialect.delimiter).comment(Some(COMMENT));
    let reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut counted = Counted::default();
    reader.into_records().map(move |record| {
        let record = record?;
        let at = record.position().map_or(0, csv::Position::byte);
        let offset = begin(text, usize::try_from(at).unwrap_or(usize::MAX));
        let number = counted.number_at(text, offset);
        counted.ends_in_cells += record.iter().map(line_ends).sum::<u32>();
        Ok((Row { number, cells: cells(&record) }, offset))
    })
}

/// Where a record really begins: empty lines and comments before it are none.
fn begin(text: &str, mut offset: usize) -> usize {
    loop {
        let rest = text.as_bytes().get(offset..).unwrap_or_default();
        offset += match rest.first() {
            Some(b'\r' | b'\n') => 1,
            Some(&COMMENT) => rest.iter().take_while(|byte| **byte != b'\n').count(),
            _ => return offset,
        };
    }
}

fn line_ends(text: &str) -> u32 {
    let ends = text.bytes().filter(|byte| *byte == b'\n').count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// Line ends so far. Spreadsheet programs count rows: a line end within a cell begins none.
#[derive(Default)]
struct Counted {
    offset: usize,
    line_ends: u32,
    ends_in_cells: u32,
}

impl Counted {
    /// The number of the row that begins here, behind all that were asked for before.
    fn number_at(&mut self, text: &str, offset: usize) -> u32 {
        self.line_ends += line_ends(text.get(self.offset..offset).unwrap_or_default());
        self.offset = offset;
        1 + self.line_ends.saturating_sub(self.ends_in_cells)
    }
}

fn cells(record: &StringRecord) -> Vec<Cell> {
    let cell = |(column, text): (u32, &str)| {
        let text = text.trim();
        (!text.is_empty()).then(|| Cell { column, value: CellValue::Text(text.to_owned()) })
    };
    (1..).zip(record.iter()).filter_map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<(u32, String)>)> {
        let known = ["country", "days", "note"];
        let headings =
            |row: &Row| row.cells.iter().filter(|cell| known.contains(&cell.value.text())).count();
        let (sheet, _) = sheet("a.csv", text, headings).expect("a sheet");
        let cell = |cell: &Cell| (cell.column, cell.value.text().to_owned());
        sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(cell).collect())).collect()
    }

    fn cell(column: u32, text: &str) -> (u32, String) {
        (column, text.to_owned())
    }

    #[test]
    fn rows_are_numbered_as_spreadsheets_do() {
        let text = "# a comment; with signs\r\n\r\ncountry;days;note;;\r\nKG;5;\"two\r\nlines\";;\r\n;;;\r\nAL;6\r\n";
        let expected = vec![
            (3, vec![cell(1, "country"), cell(2, "days"), cell(3, "note")]),
            (4, vec![cell(1, "KG"), cell(2, "5"), cell(3, "two\r\nlines")]),
            (6, vec![cell(1, "AL"), cell(2, "6")]),
        ];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn headings_tell_the_separator() {
        // The title has more commas than the headings have tabs.
        for (text, expected) in [
            ("Plan, of Szeged, 2025, draft\ncountry\tdays\nKG\t5,5", "5,5"),
            ("country,days\nKG,\"5,5\"", "5,5"),
            ("country;days\nKG;5,5", "5,5"),
        ] {
            let rows = rows(text);
            assert_eq!(rows.last().expect("a row").1[1].1, expected, "{text}");
        }
    }

    #[test]
    fn faults_have_a_place() {
        let headings = |_: &Row| 0;
        let error = sheet("a.csv", "a,b\n1,\"2\n", headings).unwrap_err();
        assert_eq!(error.place.expect("a place").line_column(), (2, 3));
        let wide = format!("a,b\n{}", "x,".repeat(1_000_000));
        let error = sheet("a.csv", &wide, headings).unwrap_err();
        assert!(error.message.contains("more than 1000 columns"), "{}", error.message);
    }
}
