//! Pairs of places in a CSV: a line of headings, then one for each pair.

use std::sync::Arc;

use super::End;
use crate::diag::{Code, Diagnostic, Errors, Findings, Place, SourceFile, all_of, nearest, quoted};
use crate::document::{Csv, CsvCell, CsvLine};
use crate::rates::CountryNames;

/// More lines are an accident.
const MOST_PAIRS: usize = 200_000;
const FROM: &str = "from";
const TO: &str = "to";
const HEADINGS: [&str; 4] = [FROM, TO, "from_country", "to_country"];
const EXAMPLE: &str = "the first line is `from,to`, a further one \"Szeged, HU\",\"Osh, KG\" with the quotation marks; or columns from, from_country, to, to_country";

/// A line with its cells by heading.
pub struct PairRow<'a> {
    file: &'a Arc<SourceFile>,
    line: CsvLine<'a>,
    headings: Arc<[&'static str]>,
}

/// An end, or what is wrong with it.
pub type EndRead<'t> = Result<End<'t>, Errors>;

/// The lines of a file; none where something is wrong with its form.
pub fn pair_rows<'a>(file: &'a Arc<SourceFile>, findings: &Findings) -> Vec<PairRow<'a>> {
    let Some(csv) = Csv::of(file, findings) else { return Vec::new() };
    let mut lines = csv.lines(findings);
    let fault = |span, message: &str| {
        let place = Place { file: Arc::clone(file), span };
        findings.push(Diagnostic::error(Code::MissingKey, place, message).help(EXAMPLE));
    };
    let Some(first) = lines.next() else {
        fault(0..0, "the file is empty");
        return Vec::new();
    };
    let Some(headings) = headings(file, &first, findings) else { return Vec::new() };
    let mut rows = Vec::new();
    for line in lines {
        if rows.len() == MOST_PAIRS {
            let place = Place { file: Arc::clone(file), span: line.span() };
            let message = format!("the file has more than {MOST_PAIRS} pairs");
            let help = "split it into several files";
            findings.push(Diagnostic::error(Code::TooLarge, place, message).help(help));
            return Vec::new();
        }
        rows.push(PairRow { file, line, headings: Arc::clone(&headings) });
    }
    if rows.is_empty() {
        fault(0..0, "the file has no pair");
    }
    rows
}

fn headings(
    file: &Arc<SourceFile>,
    line: &CsvLine<'_>,
    findings: &Findings,
) -> Option<Arc<[&'static str]>> {
    let place = |cell: &CsvCell<'_>| Place { file: Arc::clone(file), span: cell.span.clone() };
    let mut found: Vec<&'static str> = Vec::new();
    let mut is_right = true;
    for cell in line.cells() {
        let key = HEADINGS.into_iter().find(|heading| *heading == cell.text);
        let finding = match key {
            Some(key) if found.contains(&key) => {
                let message = format!("the column {} stands twice", quoted(key));
                Diagnostic::error(Code::DuplicateKey, place(&cell), message).help("take one out")
            }
            Some(key) => {
                found.push(key);
                continue;
            }
            None => {
                let help = match nearest(cell.text, HEADINGS) {
                    Some(near) => format!("the nearest is `{near}`"),
                    None => format!("its columns are {}", all_of(HEADINGS)),
                };
                let message = format!("a list of pairs has no column {}", quoted(cell.text));
                Diagnostic::error(Code::UnknownKey, place(&cell), message).help(help)
            }
        };
        is_right = false;
        findings.push(finding);
    }
    if !is_right {
        return None;
    }
    let lacking: Vec<&str> = [FROM, TO].into_iter().filter(|key| !found.contains(key)).collect();
    for key in &lacking {
        let place = Place { file: Arc::clone(file), span: line.span() };
        let message = format!("the list lacks the column `{key}`");
        findings.push(Diagnostic::error(Code::MissingKey, place, message).help(EXAMPLE));
    }
    lacking.is_empty().then(|| found.into())
}

impl PairRow<'_> {
    /// The two ends, as far as they can be read.
    ///
    /// # Errors
    ///
    /// The line has more cells than columns.
    pub fn ends(&self, names: &CountryNames) -> Result<[EndRead<'_>; 2], Errors> {
        let place = |span| Place { file: Arc::clone(self.file), span };
        let cells: Vec<CsvCell<'_>> = self.line.cells().collect();
        let beyond = cells.iter().skip(self.headings.len()).find(|cell| !cell.text.is_empty());
        if let Some(cell) = beyond {
            let message = format!("{} stands below no heading", quoted(cell.text));
            let help = "a city with its country stands in quotation marks: \"Szeged, HU\"";
            let place = place(cell.span.clone());
            return Err(Diagnostic::error(Code::UnknownKey, place, message).help(help).into());
        }
        let cell = |key: &str| {
            let at = self.headings.iter().position(|heading| *heading == key)?;
            cells.get(at).filter(|cell| !cell.text.is_empty())
        };
        let end = |key: &str, country: &str| {
            let Some(city) = cell(key) else {
                let message = format!("this line says nothing in the column `{key}`");
                let place = place(self.line.span());
                let finding = Diagnostic::error(Code::MissingKey, place, message);
                return Err(finding.help(EXAMPLE).into());
            };
            let country = cell(country);
            let country = country.map(|cell| (cell.text, Some(place(cell.span.clone()))));
            End::read(city.text, country, Some(place(city.span.clone())), names)
        };
        Ok([end(FROM, "from_country"), end(TO, "to_country")])
    }
}
