//! Numbers for people.

use crate::model::Eur;

/// An amount with thousands separators: `1,128,272.00`.
pub(super) fn grouped(amount: Eur) -> String {
    let text = amount.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    let mut grouped = String::with_capacity(text.len() + whole.len() / 3 + 1);
    grouped.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + "." + cents
}

/// Hundredths as a decimal number: 7563 is `75.63`.
pub(super) fn hundredths(number: i128) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        let text = |cents| grouped(Eur::from_cents(cents));
        assert_eq!(text(0), "0.00");
        assert_eq!(text(99_999), "999.99");
        assert_eq!(text(100_000), "1,000.00");
        assert_eq!(text(112_827_200), "1,128,272.00");
        assert_eq!(text(-123_456), "-1,234.56");
    }

    #[test]
    fn writes_hundredths() {
        assert_eq!(hundredths(7563), "75.63");
        assert_eq!(hundredths(5), "0.05");
        assert_eq!(hundredths(10_000), "100.00");
    }
}
