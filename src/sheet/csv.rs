//! CSV files as sheets.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::guard::unguarded;
use super::{Cell, CellValue, MOST_COLUMNS, Row, Sheet, is_error};
use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::document::{record_end, unclosed_quote};

/// What separates cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The separator.
    pub delimiter: u8,
}

/// Comma, semicolon, tab.
const DELIMITERS: [u8; 3] = *b",;\t";
/// Rows that are tried to tell which one it is.
const TRIED: usize = 50;
/// A line that begins so is a comment: quotation marks in it open nothing.
const COMMENT: char = '#';

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
    let text = &*with_line_ends(text);
    let dialect = dialect(text, headings);
    let (text, comments) = without_comments(text, dialect);
    let fault = |offset: usize, message: &str, help: &str| {
        let file = SourceFile::new(path, text.clone().into_owned());
        let place = Place { file, span: offset..offset };
        Box::new(Diagnostic::error(Code::Syntax, place, message).help(help))
    };
    if let Some(open) = unclosed_quote(&text, dialect.delimiter) {
        let help = "close it at the end of the cell, or take it out; within a text in quotes it stands twice";
        return Err(fault(open, "this quotation mark is never closed", help));
    }
    let mut rows = comments;
    for found in records(&text, dialect) {
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
    rows.sort_by_key(|row| row.number);
    Ok((Sheet { name: None, rows }, dialect))
}

/// Old programs end lines with a carriage return alone.
fn with_line_ends(text: &str) -> Cow<'_, str> {
    let is_alone =
        |(at, _): (usize, &str)| !text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n'));
    match text.match_indices('\r').any(is_alone) {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// The text with comments blanked out, which leaves their lines, and the comments as rows.
fn without_comments(text: &str, dialect: Dialect) -> (Cow<'_, str>, Vec<Row>) {
    let mut comments = Vec::new();
    if !text.starts_with(COMMENT) && !text.contains("\n#") {
        return (Cow::Borrowed(text), comments);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut number = 0_u32;
    while !rest.is_empty() {
        number = number.saturating_add(1);
        let is_comment = rest.starts_with(COMMENT);
        let end = match is_comment {
            true => rest.find('\n'),
            false => record_end(rest, dialect.delimiter),
        };
        let (record, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let line_end = match behind {
            _ if behind.starts_with("\r\n") => 2,
            "" => 0,
            _ => 1,
        };
        let (line_end, behind) = behind.split_at(line_end);
        match is_comment {
            true => comments.push(comment(record, number, dialect)),
            false => plain.push_str(record),
        }
        plain.push_str(line_end);
        rest = behind;
    }
    (Cow::Owned(plain), comments)
}

/// A comment as a row: it may be a row whose first cell happens to begin like one.
pub fn comment(line: &str, number: u32, dialect: Dialect) -> Row {
    let mut cells = line.trim_end().split(char::from(dialect.delimiter));
    let width = u32::try_from(cells.clone().count()).unwrap_or(u32::MAX);
    let cells = (1..).zip(cells.by_ref()).filter_map(|(column, text)| {
        cell(column, text.trim().trim_matches('"')).map(|cell| match cell.value {
            // What makes it a comment is no error of a formula.
            CellValue::Error(text) if column == 1 => Cell { column, value: CellValue::Text(text) },
            _ => cell,
        })
    });
    Row { number, cells: cells.collect(), width }
}

/// What separates the cells of a text, or of the beginning of one. `headings` says how many cells of a row
/// are headings.
pub fn dialect(text: &str, headings: impl Fn(&Row) -> usize) -> Dialect {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let score = |dialect: &Dialect| {
        // However long the comments above the headings are.
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let comments = lines.clone().filter(|line| line.starts_with(COMMENT)).take(TRIED);
        let comments = comments.map(|line| comment(line, 1, *dialect));
        let others = lines.filter(|line| !line.starts_with(COMMENT)).take(TRIED);
        let others: String = others.flat_map(|line| [line, "\n"]).collect();
        let others = rows_in(&others, *dialect).chain(comments);
        let best = others.map(|row| headings(&row)).max().unwrap_or(0);
        (best, first.bytes().filter(|byte| *byte == dialect.delimiter).count())
    };
    let dialects = DELIMITERS.map(|delimiter| Dialect { delimiter });
    // The first of those that do equally well.
    let best = dialects.into_iter().rev().max_by_key(score);
    best.unwrap_or(Dialect { delimiter: b',' })
}

/// The rows of records that stand one behind the other, each with the number of its row; none is a comment.
pub fn rows_of(records: &str, numbers: &[u32], dialect: Dialect) -> Vec<Row> {
    // A reader takes longer to make than a few rows to split.
    if !records.contains('"') {
        let records = numbers.iter().zip(records.split_terminator('\n'));
        return records.map(|(number, record)| plain_row(*number, record, dialect)).collect();
    }
    let rows = numbers.iter().zip(rows_in(records, dialect));
    rows.map(|(number, row)| Row { number: *number, ..row }).collect()
}

/// A record without quotation marks as a row.
fn plain_row(number: u32, record: &str, dialect: Dialect) -> Row {
    let is_end = |byte: &&u8| **byte == dialect.delimiter;
    let width = 1 + record.as_bytes().iter().filter(is_end).count();
    let mut cells = Vec::with_capacity(width);
    let texts = record.split(char::from(dialect.delimiter));
    cells.extend((1..).zip(texts).filter_map(|(column, text)| cell(column, text.trim())));
    Row { number, cells, width: u32::try_from(width).unwrap_or(u32::MAX) }
}

fn rows_in(records: &str, dialect: Dialect) -> impl Iterator<Item = Row> + '_ {
    // Texts have no faults of CSV: they are in memory and in UTF-8.
    let records = reader(dialect).from_reader(records.as_bytes()).into_records();
    records.filter_map(Result::ok).map(|record| row(0, &record))
}

fn reader(dialect: Dialect) -> ReaderBuilder {
    let mut reader = ReaderBuilder::new();
    reader.delimiter(dialect.delimiter).has_headers(false).flexible(true);
    reader
}

/// Rows, also empty ones, each with the offset at which it begins.
fn records(
    text: &str,
    dialect: Dialect,
) -> impl Iterator<Item = Result<(Row, usize), csv::Error>> + '_ {
    let mut counted = Counted::default();
    reader(dialect).from_reader(text.as_bytes()).into_records().map(move |record| {
        let record = record?;
        let at = record.position().map_or(0, csv::Position::byte);
        let offset = begin(text, usize::try_from(at).unwrap_or(usize::MAX));
        let number = counted.number_at(text, offset);
        counted.ends_in_cells += record.iter().map(line_ends).sum::<u32>();
        Ok((row(number, &record), offset))
    })
}

/// Where a record really begins: empty lines before it are none.
fn begin(text: &str, offset: usize) -> usize {
    let rest = text.as_bytes().get(offset..).unwrap_or_default();
    offset + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
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

fn row(number: u32, record: &StringRecord) -> Row {
    let cells = (1..).zip(record.iter()).filter_map(|(column, text)| cell(column, text.trim()));
    Row { number, cells: cells.collect(), width: u32::try_from(record.len()).unwrap_or(u32::MAX) }
}

fn cell(column: u32, text: &str) -> Option<Cell> {
    let value = match text {
        "" => return None,
        error if is_error(error) => CellValue::Error(error.to_owned()),
        text => CellValue::Text(unguarded(text).to_owned()),
    };
    Some(Cell { column, value })
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
        let text = "# a comment; with \"signs\r\n\r\ncountry;days;note;;\r\nKG;5;\"two\r\nlines\";;\r\n;;;\r\nAL;6\r\n";
        let expected = vec![
            (1, vec![cell(1, "# a comment"), cell(2, "with \"signs")]),
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
            (&*format!("{}country;days\nKG;5,5", "# a, long, story\n".repeat(200)), "5,5"),
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
