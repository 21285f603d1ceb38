//! The cells of a row that its amounts depend on.

use std::ops::Range;

use memchr::memchr;

/// Keys whose texts change no amount.
const TEXTS: [&str; 3] = ["partner", "oid", "note"];

/// A row with more bytes wants a closer look: a text may be too long.
const LONGEST: usize = 4096;

/// Which columns of a sheet change no amount.
pub(super) struct Columns {
    delimiter: u8,
    /// Those whose cells may hold any text, from the left, each with whether it is the user's own.
    free: Vec<(usize, bool)>,
}

impl Columns {
    /// The columns of a sheet by their numbers from 1 and their keys.
    pub fn new(delimiter: u8, keys: impl Iterator<Item = (u32, Option<&'static str>)>) -> Self {
        let free = keys.filter(|(_, key)| key.is_none_or(|key| TEXTS.contains(&key)));
        let free = free.map(|(number, key)| (number.saturating_sub(1) as usize, key.is_none()));
        Self { delimiter, free: free.collect() }
    }

    /// The text of a row without the cells that change no amount, put into `cells` where it is not one
    /// stretch of the row; `None` where a cell wants a closer look. There are no quotes in the row.
    pub fn cells<'t>(&self, row: &'t str, cells: &'t mut String) -> Option<&'t str> {
        if row.len() > LONGEST {
            return None;
        }
        let mut rest: Range<usize> = 0..row.len();
        let mut column = 0;
        cells.clear();
        for (number, is_own) in &self.free {
            // A row may end before this column.
            let Some(start) = self.skip(row, rest.start, number - column) else { break };
            let end = self.skip(row, start, 1).map_or(row.len(), |next| next - 1);
            // What looks like an error of a spreadsheet is no text.
            if !is_own && row.get(start..end)?.trim_start().starts_with('#') {
                return None;
            }
            cells.push_str(row.get(rest.start..start)?);
            rest.start = end;
            column = *number;
        }
        if cells.is_empty() {
            return row.get(rest);
        }
        cells.push_str(row.get(rest)?);
        Some(cells)
    }

    /// Where a cell begins that stands so many cells behind the one that begins at `start`.
    fn skip(&self, row: &str, start: usize, cells: usize) -> Option<usize> {
        (0..cells).try_fold(start, |at, _| {
            let rest = row.as_bytes().get(at..)?;
            Some(at + memchr(self.delimiter, rest)? + 1)
        })
    }
}
