//! Files with their text, and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text that was read, kept to point into.
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file by the path that the user gave and its text.
    pub fn new(path: impl Into<String>, text: String) -> Arc<Self> {
        let after_newline =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        Arc::new(Self { path: path.into(), text, line_starts })
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

    /// Line and column of a byte offset, both from 1; columns count characters.
    ///
    /// Counting takes its time on a long line; [`Self::line_number`] does without.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let line = self.line_number(offset);
        let start = self.line_starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        (line, saturate(before.chars().count() + 1))
    }

    /// The line of a byte offset, from 1.
    pub fn line_number(&self, offset: usize) -> u32 {
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
}
