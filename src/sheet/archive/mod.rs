//! Workbooks are archives, and may unpack to any size: this looks before calamine does. The only place that
//! knows zip and quick-xml.

mod excel;
mod open_document;

use std::io::{Cursor, Read};

use zip::ZipArchive;

pub(super) use open_document::Shown;

use super::WorkbookKind;

/// What all parts of a workbook may unpack to, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;
/// What the sheets that are read may hold: cells with something in them, and bytes of text. A text that is
/// kept once and stands in many cells counts in each.
pub(super) const MOST_CELLS: u64 = 2_000_000;
pub(super) const MOST_TEXT: u64 = 32 * 1024 * 1024;

/// Why a file is no workbook that can be read.
pub(super) enum Unreadable {
    /// It is no archive, or a damaged one.
    Damaged,
    /// It unpacks to too much.
    TooLarge,
    /// A cell says that it stands where no sheet reaches.
    OutsideSheet,
}

/// Refuses what would fill the memory or lead the reader astray. Returns what cells of OpenDocument show
/// beside their values.
pub(super) fn check(bytes: &[u8], kind: WorkbookKind) -> Result<Shown, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut shown = Shown::default();
    let mut left = LARGEST;
    let mut text = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Unreadable::Damaged)?;
        let name = part.name().map_err(|_| Unreadable::Damaged)?.to_lowercase();
        text.clear();
        let read = part.take(left + 1).read_to_end(&mut text);
        let read = read.map_err(|_| Unreadable::Damaged)?;
        left = left.checked_sub(read as u64).ok_or(Unreadable::TooLarge)?;
        match kind {
            WorkbookKind::Excel => excel::check(&name, &text)?,
            WorkbookKind::OpenDocument if name == "content.xml" => {
                shown = open_document::check(&text)?;
            }
            WorkbookKind::OpenDocument => {}
        }
    }
    Ok(shown)
}
