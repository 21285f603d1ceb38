//! Files with their text, and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::CellPlace;

/// A text that was read, kept to point into.
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
    /// A text from elsewhere that was put into the file's tree.
    stand_in: Option<Arc<SourceFile>>,
    /// Of a sheet: the cell that each part of the text comes from, by where it begins.
    cells: Arc<[(usize, CellPlace)]>,
}

impl SourceFile {
    /// A file by the path that the user gave and its text.
    pub fn new(path: impl Into<String>, text: String) -> Arc<Self> {
        let after_newline =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        let cells = Arc::default();
        Arc::new(Self { path: path.into(), text, line_starts, stand_in: None, cells })
    }

    /// A sheet as the texts of its cells, one behind the other.
    pub fn of_cells(
        path: impl Into<String>,
        text: String,
        cells: Vec<(usize, CellPlace)>,
    ) -> Arc<Self> {
        let (line_starts, cells) = (vec![0], cells.into());
        Arc::new(Self { path: path.into(), text, line_starts, stand_in: None, cells })
    }

    /// The cell at a byte offset, where the file is a sheet.
    pub fn cell(&self, offset: usize) -> Option<&CellPlace> {
        let behind = self.cells.partition_point(|(start, _)| *start <= offset);
        self.cells.get(behind.saturating_sub(1)).map(|(_, cell)| cell)
    }

    /// The same file by another name.
    pub fn called(&self, path: &str) -> Arc<Self> {
        Arc::new(Self {
            path: path.to_owned(),
            text: self.text.clone(),
            line_starts: self.line_starts.clone(),
            stand_in: self.stand_in.clone(),
            cells: Arc::clone(&self.cells),
        })
    }

    /// The same file with another text that stands in for parts of it, such as arguments of the
    /// command line. Places there have offsets behind the end of the file's own text, from
    /// [`Self::own_end`] on; [`Place::resolved`] says where they really are.
    pub fn with(&self, stand_in: Arc<Self>) -> Arc<Self> {
        Arc::new(Self {
            path: self.path.clone(),
            text: self.text.clone(),
            line_starts: self.line_starts.clone(),
            stand_in: Some(stand_in),
            cells: Arc::clone(&self.cells),
        })
    }

    /// The text that stands in for parts of this one.
    pub fn stand_in(&self) -> Option<&Arc<Self>> {
        self.stand_in.as_ref()
    }

    /// The first offset that is no place in the file's own text.
    pub fn own_end(&self) -> usize {
        self.text.len() + 1
    }

    /// What stands at a place, in the text itself or in the one that stands in for parts of it.
    pub fn written(&self, span: &Range<usize>) -> &str {
        let (start, text) = match self.stand_in_at(span.start) {
            Some((start, file)) => (start, &file.text),
            None => (0, &self.text),
        };
        text.get(span.start - start..span.end.saturating_sub(start)).unwrap_or("")
    }

    fn stand_in_at(&self, offset: usize) -> Option<(usize, &Arc<Self>)> {
        let file = self.stand_in.as_ref().filter(|_| offset >= self.own_end())?;
        Some((self.own_end(), file))
    }

    /// The path as the user gave it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The file's name without folders: results hold no path of a machine.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both from 1; columns count characters. In a sheet, row and
    /// column.
    ///
    /// Counting takes its time on a long line; [`Self::line_number`] does without.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        if let Some(cell) = self.cell(offset) {
            return (cell.row, cell.column.max(1));
        }
        let line = self.line_number(offset);
        let start = self.line_starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        (line, saturate(before.chars().count() + 1))
    }

    /// The line of a byte offset, or the row in a sheet, from 1.
    pub fn line_number(&self, offset: usize) -> u32 {
        if let Some(cell) = self.cell(offset) {
            return cell.row;
        }
        saturate(self.line_starts.partition_point(|&start| start <= offset).max(1))
    }

    /// The line (from 1) without its end.
    pub fn line(&self, number: u32) -> &str {
        let index = number as usize;
        let after = self.text.len();
        let start = self.line_starts.get(index.saturating_sub(1)).copied().unwrap_or(after);
        let end = self.line_starts.get(index).copied().unwrap_or(after);
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({})", self.path)
    }
}

/// A stretch of a file's text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Byte offsets in its text.
    pub span: Range<usize>,
}

impl Place {
    /// Line and column of the beginning, both from 1.
    pub fn line_column(&self) -> (u32, u32) {
        self.file.line_column(self.span.start)
    }

    /// The cell, where the file is a sheet.
    pub fn cell(&self) -> Option<&CellPlace> {
        self.file.cell(self.span.start)
    }

    /// The place in the text in which it was written: another one where that stands in for a part
    /// of the file.
    #[must_use]
    pub fn resolved(self) -> Self {
        let Some((start, file)) = self.file.stand_in_at(self.span.start) else { return self };
        let span = self.span.start - start..self.span.end.saturating_sub(start);
        Self { file: Arc::clone(file), span }
    }
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_start_at_one_and_count_characters() {
        let file = SourceFile::new("plans/a.toml", "a = 1\r\nname = \"Őőű\" # x\n".to_owned());
        assert_eq!(file.name(), "a.toml");
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(7), (2, 1));
        assert_eq!(file.line_column(21), (2, 12));
        assert_eq!(file.line_number(21), 2);
        assert_eq!(file.line_column(10_000), (3, 1));
        assert_eq!(file.line(1), "a = 1");
        assert_eq!(file.line(2), "name = \"Őőű\" # x");
        assert_eq!(file.line(9), "");
    }

    #[test]
    fn places_in_a_text_that_stands_in_are_found_again() {
        let file = SourceFile::new("a.toml", "call = 1\n".to_owned());
        let file = file.with(SourceFile::new("--set", "call=2\nx=3".to_owned()));
        assert_eq!(file.own_end(), 10);
        let place = |span: Range<usize>| {
            let written = file.written(&span).to_owned();
            let place = Place { file: Arc::clone(&file), span }.resolved();
            (written, place.file.path().to_owned(), place.line_column())
        };
        assert_eq!(place(7..8), ("1".to_owned(), "a.toml".to_owned(), (1, 8)));
        assert_eq!(place(9..9), (String::new(), "a.toml".to_owned(), (2, 1)));
        assert_eq!(place(10..14), ("call".to_owned(), "--set".to_owned(), (1, 1)));
        assert_eq!(place(19..20), ("3".to_owned(), "--set".to_owned(), (2, 3)));
    }
}
