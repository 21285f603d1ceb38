//! The headings of a list in CSV.

use super::csv::Reader;
use crate::diag::{Code, all_of, nearest, quoted};
use crate::document::{CsvCell, CsvLine};

/// What a heading may say. `amount_eur` is another word for `amount`.
const HEADINGS: [&str; 7] = ["region", "amount", "amount_eur", "name", "kind", "country", "call"];
/// What a list cannot do without.
const REQUIRED: [&str; 2] = ["region", "amount"];
pub(super) const EXAMPLE: &str = "begin the file with a line such as `region,amount`; below it stands one for each region, such as `6,40000`";

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The value of a key.
    Key(&'static str),
    /// The region's name, for people.
    Name,
    /// What an unknown heading says.
    Ignored,
    /// Nothing: the column has no heading.
    Unnamed,
}

/// The columns from the first line; `None` where it does not say which are region and amount.
pub(super) fn columns(reader: &Reader<'_>, headings: &CsvLine<'_>) -> Option<Vec<Column>> {
    if !headings.cells().any(|cell| meant(cell.text).is_some()) {
        let message = "the first line does not name the columns";
        reader.fault(Code::MissingKey, headings.span(), message, EXAMPLE);
        return None;
    }
    let mut columns = Vec::new();
    let mut mistyped = Vec::new();
    for cell in headings.cells() {
        let column = match key(cell.text) {
            _ if cell.text.is_empty() => Column::Unnamed,
            Some("name") => Column::Name,
            Some(key) => Column::Key(key),
            None => {
                mistyped.extend(unknown(reader, &cell));
                Column::Ignored
            }
        };
        if let Column::Key(key) = column
            && columns.contains(&column)
        {
            let message = format!("{} is a second column for `{key}`", quoted(cell.text));
            reader.fault(Code::DuplicateKey, cell.span, &message, "keep one of the two");
            return None;
        }
        columns.push(column);
    }
    let lacking: Vec<&str> =
        REQUIRED.into_iter().filter(|key| !columns.contains(&Column::Key(key))).collect();
    for key in lacking.iter().filter(|key| !mistyped.contains(key)) {
        let message = format!("the list has no column `{key}`");
        reader.fault(Code::MissingKey, headings.span(), &message, "name it in the first line");
    }
    lacking.is_empty().then_some(columns)
}

/// The key of a heading.
fn key(heading: &str) -> Option<&'static str> {
    let known = HEADINGS.into_iter().find(|known| *known == heading)?;
    Some(if known == "amount_eur" { "amount" } else { known })
}

/// The key that a heading says, or seems to say.
fn meant(heading: &str) -> Option<&'static str> {
    key(heading).or_else(|| nearest(heading, HEADINGS).and_then(key))
}

/// Reports a heading that is none; gives the key that it seems to say.
fn unknown(reader: &Reader<'_>, cell: &CsvCell<'_>) -> Option<&'static str> {
    if reader.findings.is_full() {
        // Nobody reads it, and the nearest heading takes its time.
        reader.findings.count_only();
        return None;
    }
    let help = match nearest(cell.text, HEADINGS) {
        Some(near) => format!("the nearest is `{near}`"),
        None => format!("its columns are {}", all_of(HEADINGS)),
    };
    let message = format!("a list of envelopes has no column {}", quoted(cell.text));
    reader.fault(Code::UnknownKey, cell.span.clone(), &message, &help);
    meant(cell.text)
}
