//! Which sheets of a workbook are read, and which have nearly their names.

use super::headings;
use super::text::SheetText;
use crate::diag::{Code, listed, nearest, quoted};
use crate::sheet::Sheet;

/// Names without case, blanks and signs.
pub(super) const FLOWS: &str = "flows";
pub(super) const PROJECT_SHEET: &str = "project";
pub(super) const ENVELOPES_SHEET: &str = "envelopes";
pub(super) const SCORES_SHEET: &str = "scores";

/// Whether a workbook's sheet is read; a workbook with one sheet has its flows there.
pub(in crate::plan) fn is_wanted(name: &str, sheets: usize) -> bool {
    sheets == 1
        || [FLOWS, PROJECT_SHEET, ENVELOPES_SHEET, SCORES_SHEET].contains(&&*headings::folded(name))
}

/// The name of a sheet as people write it.
fn proper(known: &str) -> String {
    let mut letters = known.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A sheet that was meant to be read, and would be left alone for its name: envelopes would be missing without
/// a word.
pub(super) fn refuse_misnamed(sheets: &[Sheet], text: &mut SheetText) {
    let names: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.name.as_deref()).collect();
    let known = [FLOWS, PROJECT_SHEET, ENVELOPES_SHEET, SCORES_SHEET];
    for (index, name) in names.iter().enumerate() {
        let folded = headings::folded(name);
        let is_read = |other: &&str| headings::folded(other) == folded;
        if known.contains(&&*folded) && !names.iter().take(index).any(is_read) {
            continue;
        }
        let meant = known.into_iter().find(|known| folded == *known || seems(&folded, known));
        let Some(meant) = meant else { continue };
        let has_it = names.iter().any(|name| headings::folded(name) == meant);
        // A second sheet of flows would be missing as well; `Envelopes 2023` beside `Envelopes` is old.
        if has_it && folded != meant && meant != FLOWS {
            continue;
        }
        let proper = proper(meant);
        let message = format!("the sheet {} would be left alone", quoted(name));
        let help = match has_it {
            true => format!(
                "put its rows into `{proper}`; or give it quite another name, such as `Notes`"
            ),
            false => format!("name it `{proper}`; or give it quite another name, such as `Notes`"),
        };
        text.fault(Code::NoSheet, 0..0, message, help);
    }
}

/// Whether a folded name of a sheet is a known one in the singular or plural, misspelt, or with a number behind
/// it; of envelopes and scores, with anything behind it.
fn seems(folded: &str, known: &str) -> bool {
    let stem = known.strip_suffix('s').unwrap_or(known);
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
