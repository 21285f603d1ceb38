//! Paragraphs.

use unicode_width::UnicodeWidthStr;

/// A paragraph, broken between words where a width is given.
pub(super) fn wrapped(text: &str, width: Option<usize>) -> String {
    let width = width.unwrap_or(usize::MAX);
    let mut lines = String::new();
    let mut taken = 0;
    for word in text.split(' ') {
        let needed = word.width();
        if taken > 0 {
            let fits = taken + 1 + needed <= width;
            lines.push(if fits { ' ' } else { '\n' });
            taken = if fits { taken + 1 } else { 0 };
        }
        lines.push_str(word);
        taken += needed;
    }
    lines.push('\n');
    lines
}
