//! Numbers as spreadsheets show them: decimal commas, thousands separators.

/// What separates decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// It can be read in two ways: with decimals, and as thousands.
    Ambiguous { decimal: String, thousands: String },
    /// It is none.
    None,
}

/// A number with a decimal point and no thousands separators.
pub(super) fn number(text: &str, mark: Option<DecimalMark>) -> Result<String, NumberFault> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text),
    };
    let plain = without_blanks(digits).ok_or(NumberFault::None)?;
    let points = plain.matches('.').count();
    let commas = plain.matches(',').count();
    if !plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Err(NumberFault::None);
    }
    let value = match (points, commas) {
        (0, 0) => plain,
        (1, 0) => one_separator(&plain, '.', mark.map(|mark| mark == DecimalMark::Point))?,
        (0, 1) => one_separator(&plain, ',', mark.map(|mark| mark == DecimalMark::Comma))?,
        (_, 0) => thousands(&plain, '.', mark == Some(DecimalMark::Point))?,
        (0, _) => thousands(&plain, ',', mark == Some(DecimalMark::Comma))?,
        _ => both(&plain, mark)?,
    };
    let is_number = value.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && value.bytes().last().is_some_and(|byte| byte.is_ascii_digit());
    if is_number { Ok(format!("{sign}{value}")) } else { Err(NumberFault::None) }
}

/// Blanks and apostrophes between groups of three digits are taken out.
fn without_blanks(text: &str) -> Option<String> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    if !text.contains(is_blank) {
        return Some(text.to_owned());
    }
    let (whole, decimals) = match text.find(['.', ',']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let groups: Vec<&str> = whole.split(is_blank).collect();
    is_grouped(&groups).then(|| groups.concat() + decimals)
}

/// One to three digits, then always three.
fn is_grouped(groups: &[&str]) -> bool {
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    match groups {
        [first, rest @ ..] => {
            (1..=3).contains(&first.len())
                && is_digits(first)
                && rest.iter().all(|group| group.len() == 3 && is_digits(group))
        }
        [] => false,
    }
}

/// `is_mark`: whether the separator is the decimal mark, where that is known.
fn one_separator(
    text: &str,
    separator: char,
    is_mark: Option<bool>,
) -> Result<String, NumberFault> {
    let groups: Vec<&str> = text.split(separator).collect();
    let (decimal, thousands) = (groups.join("."), groups.concat());
    // 0.500 and 1234.567 have no thousands.
    let may_be_thousands = is_grouped(&groups) && !text.starts_with('0');
    match (is_mark, may_be_thousands) {
        (Some(true), _) | (None, false) => Ok(decimal),
        (Some(false), true) => Ok(thousands),
        (Some(false), false) => Err(NumberFault::None),
        (None, true) => Err(NumberFault::Ambiguous { decimal, thousands }),
    }
}

fn thousands(text: &str, separator: char, is_mark: bool) -> Result<String, NumberFault> {
    let groups: Vec<&str> = text.split(separator).collect();
    match is_grouped(&groups) && !is_mark {
        true => Ok(groups.concat()),
        false => Err(NumberFault::None),
    }
}

/// The last separator is the decimal mark, the other one separates thousands.
fn both(text: &str, mark: Option<DecimalMark>) -> Result<String, NumberFault> {
    let last = text.rfind(['.', ',']).ok_or(NumberFault::None)?;
    let (whole, rest) = text.split_at(last);
    let found = if rest.starts_with('.') { DecimalMark::Point } else { DecimalMark::Comma };
    let other = if found == DecimalMark::Point { ',' } else { '.' };
    let groups: Vec<&str> = whole.split(other).collect();
    let fits = mark.is_none_or(|mark| mark == found);
    match fits && is_grouped(&groups) {
        true => Ok(format!("{}.{}", groups.concat(), rest.get(1..).unwrap_or_default())),
        false => Err(NumberFault::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        number(text, None).ok()
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        for (text, expected) in [
            ("5", "5"),
            ("4222.5", "4222.5"),
            ("4222,5", "4222.5"),
            ("1697,14", "1697.14"),
            ("1.697,14", "1697.14"),
            ("1,697.14", "1697.14"),
            ("1.234.567", "1234567"),
            ("1,234,567.8", "1234567.8"),
            ("1 697,14", "1697.14"),
            ("1\u{a0}697", "1697"),
            ("1'697.50", "1697.50"),
            ("0.500", "0.500"),
            ("1234.567", "1234.567"),
            ("-5", "-5"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn thousands_and_decimals_may_look_alike() {
        let two = |decimal: &str, thousands: &str| {
            let (decimal, thousands) = (decimal.to_owned(), thousands.to_owned());
            Err(NumberFault::Ambiguous { decimal, thousands })
        };
        assert_eq!(number("1.000", None), two("1.000", "1000"));
        assert_eq!(number("1,000", None), two("1.000", "1000"));
        assert_eq!(number("12,345", None), two("12.345", "12345"));
        let (point, comma) = (Some(DecimalMark::Point), Some(DecimalMark::Comma));
        assert_eq!(number("1.000", point).as_deref(), Ok("1.000"));
        assert_eq!(number("1.000", comma).as_deref(), Ok("1000"));
        assert_eq!(number("1,000", comma).as_deref(), Ok("1.000"));
        assert_eq!(number("1,000", point).as_deref(), Ok("1000"));
        assert_eq!(number("1,5", point), Err(NumberFault::None));
        assert_eq!(number("1,234.5", comma), Err(NumberFault::None));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "", "five", "5 months", "1.2.3", "1,,5", ".5", "5.", "12 34", "1 2345", "1e3",
            "1,23,4.5", "٣",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        /// What is read has the digits of the text in their order.
        #[test]
        fn no_digit_is_lost(text in "[0-9., ']{0,12}") {
            if let Some(value) = read(&text) {
                let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
                assert_eq!(digits(&value), digits(&text));
                assert!(crate::model::decimal_from_text(&value).is_some(), "{value}");
            }
        }
    }
}
