//! Numbers for people.

use rust_decimal::Decimal;

use crate::model::Eur;
use crate::rates::catalogue::Quantity;

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

/// A change of a value with its sign: `+1,008.00` of an amount, `-2` of a number of days.
pub(super) fn signed_number(change: Decimal, of: &Quantity) -> String {
    let sign = if change > Decimal::ZERO { "+" } else { "" };
    match (of, Eur::from_decimal(change)) {
        (Quantity::Eur(_), Some(amount)) => signed(amount),
        _ => format!("{sign}{change}"),
    }
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
        assert_eq!(signed_number(Decimal::from(-2), &Quantity::Count(1)), "-2");
        let amount = Quantity::Eur(Eur::ZERO);
        assert_eq!(signed_number(Decimal::from(1008), &amount), "+1,008.00");
        assert_eq!(signed_percent(556), "+5.56");
    }
}
