//! Small helpers for the wording of findings.

use std::borrow::Cow;

/// Longer texts are cut in messages.
const LONGEST_QUOTE: usize = 60;

/// A text of the user in backquotes: cut where it is long, control characters made visible.
pub fn quoted(text: &str) -> String {
    format!("`{}`", printable(&shortened(text, LONGEST_QUOTE)))
}

/// The text, cut where it is long.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}...", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// The text without characters that a terminal would act upon.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(acts) {
        Cow::Owned(text.chars().map(|c| if acts(c) { '\u{fffd}' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a terminal would act upon the character: controls, and marks of the reading direction.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The known word nearest to a mistyped one, if any is near.
pub fn nearest<'w>(typed: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if typed.chars().count() > LONGEST_QUOTE {
        return None;
    }
    let typed = typed.to_lowercase();
    let distance = |word: &str| strsim::damerau_levenshtein(&typed, &word.to_lowercase());
    let (far, word) =
        known.into_iter().map(|word| (distance(word), word)).min_by_key(|near| near.0)?;
    let length = word.chars().count().max(typed.chars().count());
    (far * 5 <= length * 2).then_some(word)
}

/// `a, b or c`, each in backquotes.
pub fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    listed(&in_backquotes(words), "or")
}

/// `a, b and c`, each in backquotes.
pub fn all_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    listed(&in_backquotes(words), "and")
}

fn in_backquotes<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    words.into_iter().map(|word| format!("`{word}`")).collect()
}

/// `a, b and c`.
pub fn listed(words: &[String], joint: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} {joint} {last}", rest.join(", ")),
    }
}

/// `1 participant`, `4 participants`.
pub fn count(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_word_if_it_is_near() {
        let keys = ["participants", "partner", "travel", "travel_days", "months"];
        assert_eq!(nearest("participant", keys), Some("participants"));
        assert_eq!(nearest("TravelDays", keys), Some("travel_days"));
        assert_eq!(nearest("month", keys), Some("months"));
        assert_eq!(nearest("budget", keys), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn quotes_are_short_and_harmless() {
        assert_eq!(quoted("a\u{1b}[31mb"), "`a\u{fffd}[31mb`");
        assert_eq!(quoted(&"x".repeat(100)), format!("`{}...`", "x".repeat(60)));
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(count(1_u32, "day"), "1 day");
        assert_eq!(count(0_u32, "day"), "0 days");
    }
}
