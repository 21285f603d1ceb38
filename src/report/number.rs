//! Numbers for people.

use rust_decimal::Decimal;

use crate::model::Eur;

/// Hundredths as a decimal number: 7563 is `75.63`.
pub(super) fn hundredths(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = number.unsigned_abs();
    format!("{sign}{}.{:02}", digits / 100, digits % 100)
}

/// A change in EUR with its sign and thousands separators: `+1,128.00`.
pub(super) fn signed(amount: Eur) -> String {
    let sign = if amount > Eur::ZERO { "+" } else { "" };
    format!("{sign}{}", amount.grouped())
}

/// A change of a number with its sign: `+8.00`, `-2`.
pub(super) fn signed_decimal(number: Decimal) -> String {
    let sign = if number > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{number}")
}

/// A change in hundredths of a percent with its sign: `+40.00`.
pub(super) fn signed_percent(number: i128) -> String {
    let sign = if number > 0 { "+" } else { "" };
    format!("{sign}{}", hundredths(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_hundredths() {
        assert_eq!(hundredths(7563), "75.63");
        assert_eq!(hundredths(5), "0.05");
        assert_eq!(hundredths(10_000), "100.00");
        assert_eq!(hundredths(-5), "-0.05");
        assert_eq!(hundredths(-7563), "-75.63");
    }

    #[test]
    fn changes_have_a_sign() {
        assert_eq!(signed(Eur::from_cents(112_800)), "+1,128.00");
        assert_eq!(signed(Eur::from_cents(-112_800)), "-1,128.00");
        assert_eq!(signed(Eur::ZERO), "0.00");
        assert_eq!(signed_decimal(Decimal::from(-2)), "-2");
        assert_eq!(signed_percent(556), "+5.56");
    }
}
