//! Decimal numbers read from their text.

use rust_decimal::Decimal;

/// Reads `[-]digits[.digits]`, exactly.
///
/// `None` for anything else: exponents, `inf`, a leading or trailing point, more digits than a
/// [`Decimal`] keeps exactly.
pub fn decimal_from_text(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let number = Decimal::from_str_exact(text).ok()?;
    // There is no negative zero.
    Some(if number.is_zero() { number.abs() } else { number })
}

/// The text of a decimal number with thousands separators: `1,128,272.00`.
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    let mut grouped = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_decimals_only() {
        for text in ["0", "-1", "4222", "1697.14", "0.30000000000000004", "007.50"] {
            assert_eq!(decimal_from_text(text), Some(text.parse().unwrap()), "{text}");
        }
        let refused = ["", "-", ".5", "5.", "1e3", "inf", "nan", "1_000", "+1", "1,5", "0x10"];
        for text in refused {
            assert_eq!(decimal_from_text(text), None, "{text}");
        }
    }

    #[test]
    fn groups_thousands() {
        assert_eq!(grouped("152"), "152");
        assert_eq!(grouped("4222"), "4,222");
        assert_eq!(grouped("-20040.5"), "-20,040.5");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(decimal_from_text("-0.0").map(|zero| zero.to_string()), Some("0.0".to_owned()));
    }

    #[test]
    fn refuses_what_it_cannot_keep_exactly() {
        assert_eq!(decimal_from_text("0.33333333333333333333333333333333"), None);
        assert_eq!(decimal_from_text(&"9".repeat(40)), None);
    }
}
