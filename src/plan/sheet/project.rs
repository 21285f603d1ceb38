//! The sheet `Project`: a key in each row, and its value behind it.

use std::sync::Arc;

use super::headings::{self, Heading};
use super::rows::{Reader, is_comment};
use super::text::SheetText;
use super::{DecimalMark, SheetEntry};
use crate::diag::{Code, quoted};
use crate::sheet::{Cell, Sheet};

/// The keys of a sheet with a key in each row and its value beside it.
pub(super) fn project_of(
    sheet: &Sheet,
    known: &'static [Heading],
    mark: Option<DecimalMark>,
    text: &mut SheetText,
) -> Vec<SheetEntry> {
    let mut entries: Vec<SheetEntry> = Vec::new();
    // Values stand in the first column behind the keys; what stands behind it is a remark.
    let rows = || sheet.rows.iter().filter(|row| !is_comment(row));
    let is_key = |cell: &Cell| headings::find(cell.value.text(), known).is_some();
    let with_key = rows().filter(|row| row.cells.first().is_some_and(is_key));
    let column = with_key.filter_map(|row| row.cells.get(1)).map(|cell| cell.column).min();
    for row in rows() {
        let mut cells = row.cells.iter();
        let Some(name) = cells.next() else { continue };
        let value = cells.next().filter(|cell| Some(cell.column) == column);
        let spelt: Arc<str> = name.value.text().into();
        let Some(heading) = headings::find(&spelt, known) else {
            let is_title = value.is_none()
                || ["key", "field", "setting"].contains(&&*headings::folded(&spelt));
            if !is_title && !headings::is_own(&spelt) {
                let span = text.add(sheet, (row.number, name.column), None, &spelt);
                let message = format!("{} is no key of a project", quoted(&spelt));
                text.fault(Code::UnknownKey, span, message, headings::advice(&spelt, known));
            }
            continue;
        };
        let Some(cell) = value else { continue };
        let mut reader = Reader::new(sheet, &[], mark, text, Vec::new());
        for entry in reader.entries(row, cell, heading, &spelt) {
            reader.add(&mut entries, entry);
        }
    }
    entries
}
