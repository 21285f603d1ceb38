//! Cells of CSV files that a spreadsheet program would run as formulas.

use std::borrow::Cow;

/// Spreadsheets take the wide forms of Asian keyboards for the same.
pub const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What spreadsheet programs put before a text that is no formula.
const GUARD: char = '\'';

/// A text as a cell that no spreadsheet program runs: an apostrophe stands before what would begin a
/// formula, and before an apostrophe that a reader would take for such a one.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match begins_formula(text.trim_start_matches(GUARD)) {
        true => Cow::Owned(format!("{GUARD}{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text that a cell holds: without the apostrophe that keeps it from being a formula.
pub(super) fn unguarded(cell: &str) -> &str {
    let text = cell.strip_prefix(GUARD);
    text.filter(|text| begins_formula(text.trim_start_matches(GUARD))).unwrap_or(cell)
}

fn begins_formula(text: &str) -> bool {
    text.starts_with(BEGINS_FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_an_apostrophe_and_lose_it_again() {
        for (text, cell) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("-33.9, 18.4", "'-33.9, 18.4"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("''+1", "'''+1"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("'", "'"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(cell), text);
        }
        assert_eq!(unguarded("=1"), "=1");
    }
}
