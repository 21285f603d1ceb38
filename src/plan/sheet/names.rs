//! Which sheets of a workbook are read, and which have nearly their names.

use super::headings::{self, ENVELOPES, FLOW, Heading, PROJECT, SCORES};
use super::rows::ESSENTIAL;
use super::text::SheetText;
use crate::diag::{Code, listed, nearest, quoted};
use crate::sheet::{Row, Sheet};

/// Names without case, blanks and signs.
pub(super) const FLOWS: &str = "flows";
pub(super) const PROJECT_SHEET: &str = "project";
pub(super) const ENVELOPES_SHEET: &str = "envelopes";
pub(super) const SCORES_SHEET: &str = "scores";

const KNOWN: [&str; 4] = [FLOWS, PROJECT_SHEET, ENVELOPES_SHEET, SCORES_SHEET];
/// Rows among which the headings of a sheet stand, if it has any.
const TRIED: usize = 50;

/// Whether a workbook's sheet is looked at: those that a plan is read from, and those that may have been meant
/// so. A workbook with one sheet has its flows there.
pub(in crate::plan) fn is_wanted(name: &str, sheets: usize) -> bool {
    let folded = headings::folded(name);
    sheets == 1
        || KNOWN.iter().any(|known| folded.contains(singular(known)) || seems(&folded, known))
}

fn singular(known: &str) -> &str {
    known.strip_suffix('s').unwrap_or(known)
}

/// The name of a sheet as people write it.
fn proper(known: &str) -> String {
    let mut letters = known.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A sheet that was meant to be read, and would be left alone for its name: envelopes would be missing without
/// a word. Whether one that holds flows is among them.
pub(super) fn refuse_misnamed(sheets: &[Sheet], text: &mut SheetText) -> bool {
    let names: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.name.as_deref()).collect();
    let mut has_flows = false;
    for (index, sheet) in sheets.iter().enumerate() {
        let (Some(name), Some(first)) = (sheet.name.as_deref(), sheet.rows.first()) else {
            continue;
        };
        let folded = headings::folded(name);
        let is_read = |other: &&str| headings::folded(other) == folded;
        if KNOWN.contains(&&*folded) && !names.iter().take(index).any(is_read) {
            continue;
        }
        let may_be = |known: &&str| {
            folded == **known
                || seems(&folded, known)
                || folded.contains(singular(known)) && holds(sheet, known)
        };
        let Some(meant) = KNOWN.into_iter().find(may_be) else { continue };
        let has_it = names.iter().any(|name| headings::folded(name) == meant);
        // A second sheet of flows would be missing as well; `Envelopes 2023` beside `Envelopes` is old.
        if has_it && folded != meant && meant != FLOWS {
            continue;
        }
        has_flows |= meant == FLOWS;
        let proper = proper(meant);
        let message = format!("the sheet {} would be left alone", quoted(name));
        let help = match has_it {
            true => format!(
                "put its rows into `{proper}`; or give it quite another name, such as `Notes`"
            ),
            false => format!("name it `{proper}`; or give it quite another name, such as `Notes`"),
        };
        let span = text.add_row(sheet, first.number);
        text.fault(Code::NoSheet, span, message, help);
    }
    has_flows
}

/// Whether a sheet holds what the one of a known name would.
fn holds(sheet: &Sheet, known: &str) -> bool {
    let has = |row: &Row, keys: &[&str], known: &[Heading]| {
        let is = |key: &str| {
            let found = |text: &str| headings::find(text, known).is_some_and(|h| h.key == key);
            row.cells.iter().any(|cell| found(cell.value.text()))
        };
        keys.iter().all(|key| is(key))
    };
    let begins_with_key = |row: &Row| {
        let mut cells = row.cells.iter();
        let is_key = |text: &str| headings::find(text, &PROJECT).is_some();
        cells.next().is_some_and(|cell| is_key(cell.value.text())) && cells.next().is_some()
    };
    let mut rows = sheet.rows.iter().take(TRIED);
    match known {
        FLOWS => rows.any(|row| has(row, &ESSENTIAL, &FLOW)),
        ENVELOPES_SHEET => rows.any(|row| has(row, &["region", "amount"], &ENVELOPES)),
        SCORES_SHEET => rows.any(|row| has(row, &["region", "design"], &SCORES)),
        // A list of partners has one row that begins so: its headings.
        _ => rows.filter(|row| begins_with_key(row)).count() > 1,
    }
}

/// Whether a folded name of a sheet is a known one in the singular or plural, misspelt, or with a number behind
/// it; of envelopes and scores, with anything behind it.
fn seems(folded: &str, known: &str) -> bool {
    let stem = singular(known);
    let begins = folded.chars().next() == known.chars().next();
    let is_near = || begins && nearest(folded, [known, stem]).is_some();
    match folded.strip_prefix(stem) {
        Some(rest) => {
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            rest.chars().all(char::is_numeric) || [ENVELOPES_SHEET, SCORES_SHEET].contains(&known)
        }
        None => is_near(),
    }
}

/// A workbook without a sheet of flows.
pub(super) fn no_flows(sheets: &[Sheet], text: &mut SheetText) {
    let names: Vec<String> =
        sheets.iter().filter_map(|sheet| sheet.name.as_deref()).map(quoted).collect();
    let message = "the workbook has no sheet `Flows`".to_owned();
    let help = match names.is_empty() {
        true => "it has no sheet at all".to_owned(),
        false => {
            format!("name the sheet with the flows so; its sheets are {}", listed(&names, "and"))
        }
    };
    text.fault(Code::NoSheet, 0..0, message, help);
}
