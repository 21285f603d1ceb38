//! How much room texts and numbers take, as far as it can be told without a font.

use unicode_width::UnicodeWidthStr;

use crate::model::Eur;

/// The height of a line, in points.
const LINE: u16 = 15;
/// A row is not higher than so many lines: spreadsheets end at 409 points.
const MOST_LINES: u16 = 27;
/// What an amount has beside its digits: the sign of the euro, a blank, and some air.
const AROUND_AMOUNT: u16 = 4;

/// The height of a row, in points, of texts in columns of these widths in digits.
pub(super) fn height<'t>(cells: impl IntoIterator<Item = (&'t str, u16)>) -> u16 {
    // Letters are narrower than digits: a tenth is a careful guess.
    let letters = |width: u16| (usize::from(width) * 11 / 10).max(1);
    let lines = cells.into_iter().map(|(text, width)| lines(text, letters(width)));
    let lines = u16::try_from(lines.max().unwrap_or(1)).unwrap_or(MOST_LINES);
    lines.clamp(1, MOST_LINES) * LINE
}

/// How many lines a text takes that is broken between words.
fn lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| lines_of_paragraph(line, width)).sum()
}

fn lines_of_paragraph(text: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace().map(UnicodeWidthStr::width) {
        let beside = if used == 0 { word } else { used + 1 + word };
        if beside <= width {
            used = beside;
            continue;
        }
        // A word that is too long for any line is broken anywhere.
        lines += usize::from(used > 0) + word.saturating_sub(1) / width;
        used = word - word.saturating_sub(1) / width * width;
    }
    lines
}

/// The width for the longest of some texts, in digits.
pub(super) fn width<'t>(texts: impl IntoIterator<Item = &'t str>, least: u16, most: u16) -> u16 {
    let longest = texts.into_iter().map(UnicodeWidthStr::width).max().unwrap_or(0);
    u16::try_from(longest).unwrap_or(most).saturating_add(2).clamp(least, most)
}

/// The width for amounts up to this one, in digits.
pub(super) fn amount_width(largest: Eur) -> u16 {
    let digits = u16::try_from(largest.grouped().len()).unwrap_or(u16::MAX);
    digits.saturating_add(AROUND_AMOUNT).clamp(12, 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_words() {
        assert_eq!(lines("", 10), 0);
        assert_eq!(lines("one two", 10), 1);
        assert_eq!(lines("one two three", 10), 2);
        assert_eq!(lines("one\ntwo three four", 10), 3);
        assert_eq!(lines("abcdefghijklmnopqrst", 10), 2);
        assert_eq!(lines("one abcdefghijklmnopqrst two", 10), 4);
    }

    #[test]
    fn rows_have_one_line_at_least_and_end_somewhere() {
        assert_eq!(height([("", 10), ("one", 10)]), 15);
        assert_eq!(height([("one two three", 10), ("one", 10)]), 30);
        assert_eq!(height([("word ".repeat(1000).as_str(), 4)]), 405);
    }

    #[test]
    fn columns_are_as_wide_as_their_amounts() {
        assert_eq!(amount_width(Eur::ZERO), 12);
        assert_eq!(amount_width(Eur::from_cents(12_345_678_900)), 18);
        assert_eq!(width(["a", "sixteen letters!"], 8, 30), 18);
        assert_eq!(width(["a"], 8, 30), 8);
    }
}
