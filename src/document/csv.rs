//! CSV as spreadsheets write it: lines of cells, each with its place. The only file that knows the
//! `csv` crate.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use super::Span;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};

/// What separates cells; which one it is, the first line shows.
const DELIMITERS: [u8; 3] = *b",;\t";
const QUOTE: u8 = b'"';

/// A file of lines of cells.
pub struct Csv<'a> {
    file: &'a Arc<SourceFile>,
    delimiter: u8,
}

/// A line with its cells. A cell in quotes may run over several lines of the text.
pub struct CsvLine<'a> {
    record: StringRecord,
    text: &'a str,
    start: usize,
    delimiter: u8,
}

/// A cell without the quotes and the blanks around it.
#[derive(Clone, Debug)]
pub struct CsvCell<'l> {
    /// What it says.
    pub text: &'l str,
    /// Where it stands.
    pub span: Span,
}

impl<'a> Csv<'a> {
    /// A file's text as CSV; `None` where a quotation mark is never closed.
    pub fn of(file: &'a Arc<SourceFile>, findings: &Findings) -> Option<Self> {
        let text = file.text();
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let times = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
        // The first of those that stand equally often.
        let delimiter = DELIMITERS.into_iter().rev().max_by_key(times).unwrap_or(b',');
        if let Some(open) = unclosed_quote(text, delimiter) {
            let place = Place { file: Arc::clone(file), span: open..open + 1 };
            let message = "this quotation mark is never closed";
            let help = "close it at the end of the cell, or take it out; within a text in quotes it stands twice";
            findings.push(Diagnostic::error(Code::Syntax, place, message).help(help));
            return None;
        }
        Some(Self { file, delimiter })
    }

    /// Whether a comma separates cells, so that none can stand in a number.
    pub fn has_commas(&self) -> bool {
        self.delimiter == b','
    }

    /// The lines in which something stands.
    pub fn lines<'f>(
        &self,
        findings: &'f Findings,
    ) -> impl Iterator<Item = CsvLine<'a>> + use<'a, 'f> {
        let (file, delimiter) = (self.file, self.delimiter);
        let mut reader = ReaderBuilder::new();
        let reader = reader.delimiter(delimiter).has_headers(false).flexible(true);
        let records = reader.from_reader(file.text().as_bytes()).into_records();
        let line = move |record: Result<StringRecord, csv::Error>| match record {
            Ok(record) => Some(CsvLine::new(record, file.text(), delimiter)),
            Err(error) => {
                let place = Place { file: Arc::clone(file), span: 0..0 };
                let message = format!("this is no CSV: {error}");
                let help = "save the file as CSV UTF-8";
                findings.push(Diagnostic::error(Code::Syntax, place, message).help(help));
                None
            }
        };
        records
            .filter_map(line)
            .filter(|line| line.record.iter().any(|cell| !cell.trim().is_empty()))
    }
}

impl<'a> CsvLine<'a> {
    fn new(record: StringRecord, text: &'a str, delimiter: u8) -> Self {
        let before = record.position().map_or(0, csv::Position::byte);
        let before = usize::try_from(before).unwrap_or(text.len());
        // Empty lines before it count as a part of it.
        let rest = text.get(before..).unwrap_or_default();
        let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
        Self { record, text, start, delimiter }
    }

    /// The cells in their order.
    pub fn cells(&self) -> impl Iterator<Item = CsvCell<'_>> {
        let spans = Spans { text: self.text, at: Some(self.start), delimiter: self.delimiter };
        self.record.iter().zip(spans).map(|(text, span)| CsvCell { text: text.trim(), span })
    }

    /// Where the line begins.
    pub fn span(&self) -> Span {
        self.start..self.start
    }
}

/// The places of a line's cells.
struct Spans<'a> {
    text: &'a str,
    /// Where the next cell begins; `None` behind the last one.
    at: Option<usize>,
    delimiter: u8,
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.at?;
        let end = cell_end(self.text, start, self.delimiter).unwrap_or(self.text.len());
        let is_followed = self.text.as_bytes().get(end) == Some(&self.delimiter);
        self.at = is_followed.then_some(end + 1);
        Some(within_quotes(self.text, start..end))
    }
}

/// Where a cell that begins at `start` ends; `None` where its quotes are never closed.
fn cell_end(text: &str, start: usize, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    // A quotation mark opens a quoted text only where the cell begins; two within it are one.
    let mut in_quotes = bytes.first() == Some(&QUOTE);
    let was_quoted = in_quotes;
    let mut after_quote = false;
    for (index, &byte) in bytes.iter().enumerate().skip(usize::from(in_quotes)) {
        if in_quotes {
            in_quotes = byte != QUOTE;
            after_quote = !in_quotes;
        } else if byte == QUOTE && was_quoted && after_quote {
            in_quotes = true;
        } else if byte == delimiter || matches!(byte, b'\r' | b'\n') {
            return Some(start + index);
        } else {
            after_quote = false;
        }
    }
    (!in_quotes).then_some(start + bytes.len())
}

/// The place without the blanks and quotes around the text.
fn within_quotes(text: &str, span: Span) -> Span {
    let cell = text.get(span.clone()).unwrap_or_default();
    let trimmed = cell.trim();
    let inner = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.map_or(trimmed, str::trim);
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    match inner.is_empty() {
        true => span.start..span.start,
        false => start..start + inner.len(),
    }
}

/// Where the record ends that a text begins with, before its line end; `None` where a quotation mark is not
/// closed in the text.
pub fn record_end(text: &str, delimiter: u8) -> Option<usize> {
    let mut end = cell_end(text, 0, delimiter)?;
    while text.as_bytes().get(end) == Some(&delimiter) {
        end = cell_end(text, end + 1, delimiter)?;
    }
    Some(end)
}

/// Where a quotation mark stands that is never closed.
pub fn unclosed_quote(text: &str, delimiter: u8) -> Option<usize> {
    let mut start = 0;
    while start < text.len() {
        match cell_end(text, start, delimiter) {
            Some(end) => start = end + 1,
            None => return Some(start),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of every line with their line and column.
    fn cells(text: &str) -> Vec<Vec<(String, (u32, u32))>> {
        let file = SourceFile::new("a.csv", text.to_owned());
        let findings = Findings::default();
        let csv = Csv::of(&file, &findings).expect("closed quotes");
        let line = |line: CsvLine<'_>| {
            let cell = |cell: CsvCell<'_>| {
                let shown = file.text().get(cell.span.clone()).expect("a place in the text");
                assert!(shown == cell.text || shown.contains('"'), "{shown} is {}", cell.text);
                (cell.text.to_owned(), file.line_column(cell.span.start))
            };
            line.cells().map(cell).collect()
        };
        csv.lines(&findings).map(line).collect()
    }

    fn cell(text: &str, line: u32, column: u32) -> (String, (u32, u32)) {
        (text.to_owned(), (line, column))
    }

    #[test]
    fn cells_know_their_places() {
        let text = "a, b ,c\r\n\r\n1,,\"x, \"\"y\"\"\"\r\n,,\n\n\"two\nlines\",ő,3\n4,5";
        let expected = [
            vec![cell("a", 1, 1), cell("b", 1, 4), cell("c", 1, 7)],
            vec![cell("1", 3, 1), cell("", 3, 3), cell("x, \"y\"", 3, 5)],
            vec![cell("two\nlines", 6, 2), cell("ő", 7, 8), cell("3", 7, 10)],
            vec![cell("4", 8, 1), cell("5", 8, 3)],
        ];
        assert_eq!(cells(text), expected);
    }

    #[test]
    fn the_first_line_shows_the_delimiter() {
        for text in ["a,b\n1,2", "a;b\n1;2", "a\tb\n1\t2", "\n  \na;b\n1;2"] {
            let found: Vec<usize> = cells(text).iter().map(Vec::len).collect();
            assert_eq!(found, [2, 2], "{text:?}");
        }
        assert_eq!(cells("a\n1,5").iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(cells("a;b\n1,5;2")[1][0], cell("1,5", 2, 1));
    }

    #[test]
    fn a_quote_within_a_cell_opens_nothing() {
        assert_eq!(cells("a\"b,c\n1,2").len(), 2);
        assert_eq!(cells("\"a\"b\"c,d\n1,2").len(), 2);
        let file = SourceFile::new("a.csv", "a,b\n1,\"2\n3,4\n".to_owned());
        let findings = Findings::default();
        assert!(Csv::of(&file, &findings).is_none());
        let place = findings.into_errors().list[0].place.clone().expect("a place");
        assert_eq!(place.line_column(), (2, 3));
    }

    proptest::proptest! {
        /// The places are found beside the `csv` crate: both must see the same cells.
        #[test]
        fn every_cell_has_its_place(text in "[a,\"\r\n ő;]{0,40}") {
            let file = SourceFile::new("a.csv", text.clone());
            let findings = Findings::default();
            let lines = Csv::of(&file, &findings).map(|csv| csv.lines(&findings).collect::<Vec<_>>());
            for line in lines.unwrap_or_default() {
                let cells: Vec<CsvCell<'_>> = line.cells().collect();
                assert_eq!(cells.len(), line.record.len(), "{text:?}");
                for cell in cells {
                    let shown = text.get(cell.span.clone()).expect("a place in the text");
                    let plain = |text: &str| text.replace(['"', ' ', '\r', '\n'], "");
                    assert_eq!(plain(shown), plain(cell.text), "{text:?}");
                }
            }
        }
    }
}
