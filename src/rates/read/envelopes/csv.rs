//! A list as a spreadsheet writes it: a line of headings, then one for each region.

use std::borrow::Cow;
use std::sync::Arc;

use super::columns::{Column, EXAMPLE, columns};
use super::row::EnvelopeRow;
use super::{LONGEST_LIST, too_long};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, quoted};
use crate::document::{Csv, CsvCell, CsvLine, Entry, Node, Span, Value};
use crate::model::decimal_from_text;

const WITHOUT_REGION: &str =
    "write its region, 1 to 12; take a line with a total out: a list in TOML states it as `total`";

/// The envelopes of a file, and whether there are lines that are none; `None` where its columns
/// cannot be told apart.
pub(super) fn rows(
    file: &Arc<SourceFile>,
    findings: &Findings,
) -> Option<(Vec<EnvelopeRow>, bool)> {
    let csv = Csv::of(file, findings)?;
    let reader = Reader { file, findings, has_commas: csv.has_commas() };
    let mut lines = csv.lines(findings);
    let Some(headings) = lines.next() else {
        reader.fault(Code::MissingKey, 0..0, "the list is empty", EXAMPLE);
        return None;
    };
    let columns = columns(&reader, &headings)?;
    let mut rows = Vec::new();
    let mut has_lost_rows = false;
    for (index, line) in lines.enumerate() {
        if index == LONGEST_LIST {
            findings.push(too_long(reader.place(line.span())));
            return None;
        }
        let row = reader.row(&columns, &line);
        has_lost_rows |= row.is_none();
        rows.extend(row);
    }
    Some((rows, has_lost_rows))
}

pub(super) struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    pub findings: &'f Findings,
    /// Whether a comma separates cells.
    has_commas: bool,
}

/// A cell with the key of its column.
type Keyed<'l> = (&'static str, CsvCell<'l>);

impl Reader<'_> {
    /// The envelope of a line, read like one of a plan; `None` where something else stands there.
    fn row(&self, columns: &[Column], line: &CsvLine<'_>) -> Option<EnvelopeRow> {
        let mut cells: Vec<Keyed<'_>> = Vec::new();
        for (index, cell) in line.cells().enumerate() {
            match columns.get(index).copied().unwrap_or(Column::Unnamed) {
                Column::Key(key) => cells.push((key, cell)),
                Column::Unnamed if !cell.text.is_empty() => {
                    self.unnamed(cell);
                    return None;
                }
                Column::Name if is_number(cell.text) => {
                    self.number_as_name(cell);
                    return None;
                }
                Column::Unnamed | Column::Ignored | Column::Name => {}
            }
        }
        self.has_region_and_amount(&cells, line).then_some(())?;
        let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| self.with_point(cell)).collect();
        let said = cells.iter().zip(&texts).filter(|((_, cell), _)| !cell.text.is_empty());
        let entries = said.map(|(cell, text)| self.entry(cell, text)).collect();
        let node = Node { span: line.span(), value: Value::Table(entries) };
        EnvelopeRow::read(&node, self.file, self.findings)
    }

    fn entry<'l>(&self, (key, cell): &Keyed<'l>, text: &'l str) -> Entry<'l> {
        let span = cell.span.clone();
        let node = Node { span: span.clone(), value: self.value(key, cell, text) };
        Entry { key: Cow::Borrowed(*key), key_span: span, node }
    }

    /// A separator within a number begins a column of its own.
    fn unnamed(&self, cell: CsvCell<'_>) {
        let message = format!("{} stands below no heading", quoted(cell.text));
        let help = match self.has_commas {
            true => {
                "name the column in the first line, or take this out; an amount has no comma: write 40000.50"
            }
            false => "name the column in the first line, or take this out",
        };
        self.fault(Code::UnknownKey, cell.span, &message, help);
    }

    /// What should be a region's name may be the thousands or the cents of an amount.
    fn number_as_name(&self, cell: CsvCell<'_>) {
        let message = format!("{} is no name of a region", quoted(cell.text));
        let help = match self.has_commas {
            true => "write the name, or nothing; an amount has no comma: write 40000.50",
            false => "write the name, or nothing",
        };
        self.fault(Code::WrongType, cell.span, &message, help);
    }

    /// A line without one of them is no envelope: most often it is a total.
    fn has_region_and_amount(&self, cells: &[Keyed<'_>], line: &CsvLine<'_>) -> bool {
        let cell = |wanted| cells.iter().find(|(key, _)| *key == wanted).map(|(_, cell)| cell);
        let is_empty = |wanted| cell(wanted).is_none_or(|cell| cell.text.is_empty());
        let place = |wanted| cell(wanted).map_or(line.span(), |cell| cell.span.clone());
        if is_empty("region") {
            let message = "this line has no region";
            self.fault(Code::MissingKey, place("region"), message, WITHOUT_REGION);
            return false;
        }
        if is_empty("amount") {
            let help = "write the amount in EUR, or take the line out; an amount of nothing is 0";
            self.fault(Code::MissingKey, place("amount"), "this line has no amount", help);
            return false;
        }
        true
    }

    /// The text of a number with the decimal point of TOML. A comma with three digits behind it is
    /// left alone: it may be meant for thousands.
    fn with_point<'l>(&self, (key, cell): &Keyed<'l>) -> Cow<'l, str> {
        match cell.text.split_once(',') {
            Some((euros, cents))
                if *key == "amount" && !self.has_commas && (1..=2).contains(&cents.len()) =>
            {
                Cow::Owned(format!("{euros}.{cents}"))
            }
            _ => Cow::Borrowed(cell.text),
        }
    }

    fn value<'l>(&self, key: &str, cell: &CsvCell<'l>, text: &'l str) -> Value<'l> {
        match key {
            "kind" | "country" => Value::Text(Cow::Borrowed(cell.text)),
            _ if decimal_from_text(text).is_some() => Value::Number(text),
            "region" => {
                let message = format!("{} is no region", quoted(cell.text));
                let help = "write the region's number alone, 1 to 12; take a line with a total out";
                self.fault(Code::WrongType, cell.span.clone(), &message, help);
                Value::Faulty
            }
            "amount" => {
                let message = format!("{} is no amount", quoted(cell.text));
                self.fault(Code::WrongType, cell.span.clone(), &message, &self.amount_help(cell));
                Value::Faulty
            }
            _ => Value::Text(Cow::Borrowed(cell.text)),
        }
    }

    /// What to write instead; the digits, where nothing in the text can be a decimal separator.
    fn amount_help(&self, cell: &CsvCell<'_>) -> String {
        let digits: String = cell.text.chars().filter(char::is_ascii_digit).collect();
        let is_plain = |c: char| c.is_ascii_digit() || c.is_whitespace() || c.is_alphabetic();
        let is_plain = |c: char| is_plain(c) || matches!(c, '\'' | '’' | '€');
        let number = match cell.text.chars().all(is_plain) {
            // 1e6 has a letter within.
            true if (1..=10).contains(&digits.len()) && !has_letter_within(cell.text) => digits,
            _ => "40000, or 40000.50".to_owned(),
        };
        format!("write the number alone, without a unit or a thousands separator: {number}")
    }

    pub fn place(&self, span: Span) -> Place {
        Place { file: Arc::clone(self.file), span }
    }

    pub fn fault(&self, code: Code, span: Span, message: &str, help: &str) {
        self.findings.push(Diagnostic::error(code, self.place(span), message).help(help));
    }
}

/// Whether a text has digits and no word, but for a currency.
fn is_number(text: &str) -> bool {
    let number = text.trim_end_matches("EUR");
    number.contains(|c: char| c.is_ascii_digit()) && !number.contains(char::is_alphabetic)
}

/// Whether a letter stands between digits.
fn has_letter_within(text: &str) -> bool {
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    number.contains(char::is_alphabetic)
}
