//! Amounts of money.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

use rust_decimal::Decimal;

use super::{Percent, grouped};

/// An amount in euros with exactly two decimals.
///
/// It comes from cents or from a decimal with at most two places, never from a float. Amounts add
/// up and are multiplied by counts exactly; whatever has a fraction becomes an [`Unrounded`] amount,
/// which is rounded in one place. There is no product of two amounts and no division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Eur(Decimal);

impl Eur {
    /// 0.00
    pub const ZERO: Self = Self(Decimal::from_parts(0, 0, 0, false, 2));
    /// The largest amount that a plan or a rate table may state, in whole euros.
    pub const LARGEST_INPUT: u64 = 1_000_000_000;
    /// The largest sum of a list of envelopes, which has twelve of them, in whole euros.
    pub const LARGEST_TOTAL: u64 = 12 * Self::LARGEST_INPUT;

    /// An amount from whole cents.
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// An amount from a decimal number; `None` where it has more than two decimals.
    pub fn from_decimal(number: Decimal) -> Option<Self> {
        let mut cents = number.normalize();
        if cents.scale() > 2 {
            return None;
        }
        cents.rescale(2);
        (cents.scale() == 2).then_some(Self(cents))
    }

    /// The amount as a number.
    pub fn as_decimal(self) -> Decimal {
        self.0
    }

    /// Whether the amount is 0.00.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The amount x `times`, not yet rounded.
    pub fn times(self, times: u32) -> Unrounded {
        Unrounded { numerator: self.0 * Decimal::from(times), denominator: 1 }
    }

    /// The sum of so many of these amounts.
    #[must_use]
    pub fn repeated(self, times: u64) -> Self {
        Self(self.0 * Decimal::from(times))
    }

    /// `percent` of the amount, not yet rounded.
    pub fn percent(self, percent: Percent) -> Unrounded {
        Unrounded { numerator: self.0 * percent.as_decimal(), denominator: 1 }
    }

    /// The amount for people, with thousands separators: `1,128,272.00`.
    pub fn grouped(self) -> String {
        grouped(&self.to_string())
    }

    /// The amount as a whole number where it has no cents, as formulas write it: `800`, `103.6`.
    pub fn short(self) -> Decimal {
        self.0.normalize()
    }
}

impl Default for Eur {
    fn default() -> Self {
        Self::ZERO
    }
}

// `Decimal`'s operators panic past 7.9e28. Inputs are bounded (amounts 1e9, days 2,080, participants
// 1e5, flows of a plan 4e9), which keeps every sum below 1e26.
impl Add for Eur {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Eur {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Eur {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<u32> for Eur {
    type Output = Self;
    fn mul(self, count: u32) -> Self {
        Self(self.0 * Decimal::from(count))
    }
}

impl Sum for Eur {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// Writes the amount with two decimals and no separators: `16213.32`.
impl fmt::Display for Eur {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// An exact amount, perhaps with fractions of a cent: a numerator over a whole number.
///
/// Not negative: it is made from rates and counts.
#[derive(Clone, Copy, Debug)]
pub struct Unrounded {
    numerator: Decimal,
    denominator: u32,
}

impl Unrounded {
    /// This amount over `parts`, at least 1: one day of a month of 30.
    pub fn over(self, parts: u32) -> Self {
        Self { denominator: self.denominator * parts.max(1), ..self }
    }

    /// `percent` of this amount.
    pub fn percent(self, percent: Percent) -> Self {
        Self { numerator: self.numerator * percent.as_decimal(), ..self }
    }

    /// The sum of two amounts.
    pub fn plus(self, other: Self) -> Self {
        let this = self.numerator * Decimal::from(other.denominator);
        let that = other.numerator * Decimal::from(self.denominator);
        Self { numerator: this + that, denominator: self.denominator * other.denominator }
    }

    /// The amount cut after `places` decimals (at most 6), and whether that is all of it.
    pub fn cut(self, places: u32) -> (Decimal, bool) {
        let unit = 10_i128.pow(self.numerator.scale()) * i128::from(self.denominator);
        let shifted = self.numerator.mantissa() * 10_i128.pow(places);
        (Decimal::from_i128_with_scale(shifted / unit, places), shifted % unit == 0)
    }

    /// The one rounding of the program: half up to the cent.
    ///
    /// Works on whole numbers, since a third of a cent has no decimal form.
    pub fn rounded(self) -> Eur {
        let unit = 10_i128.pow(self.numerator.scale()) * i128::from(self.denominator);
        let cents = (self.numerator.mantissa() * 200 + unit) / (unit * 2);
        Eur(Decimal::from_i128_with_scale(cents, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str) -> Eur {
        Eur::from_decimal(Decimal::from_str_exact(text).unwrap()).unwrap()
    }

    #[test]
    fn takes_at_most_two_decimals() {
        assert_eq!(eur("1697.1400").to_string(), "1697.14");
        assert_eq!(eur("28").to_string(), "28.00");
        assert!(Eur::from_decimal(Decimal::from_str_exact("0.005").unwrap()).is_none());
    }

    #[test]
    fn groups_thousands() {
        let text = |cents| Eur::from_cents(cents).grouped();
        assert_eq!(text(0), "0.00");
        assert_eq!(text(99_999), "999.99");
        assert_eq!(text(100_000), "1,000.00");
        assert_eq!(text(112_827_200), "1,128,272.00");
        assert_eq!(text(-123_456), "-1,234.56");
    }

    #[test]
    fn rounds_half_up_to_the_cent() {
        let cent = |numerator: &str, denominator| {
            Unrounded { numerator: Decimal::from_str_exact(numerator).unwrap(), denominator }
                .rounded()
                .to_string()
        };
        assert_eq!(cent("0.005", 1), "0.01");
        assert_eq!(cent("0.0049999", 1), "0.00");
        assert_eq!(cent("0.025", 1), "0.03"); // banker's rounding would give 0.02
        assert_eq!(cent("0.15", 30), "0.01"); // exactly half a cent
        assert_eq!(cent("0.44", 30), "0.01");
        assert_eq!(cent("121600", 30), "4053.33");
    }

    #[test]
    fn is_cut_after_some_decimals() {
        let cut = |amount: Unrounded| {
            let (cut, is_all) = amount.cut(4);
            (cut.to_string(), is_all)
        };
        assert_eq!(cut(eur("800").times(152).over(30)), ("4053.3333".to_owned(), false));
        assert_eq!(cut(eur("800").times(3).over(30)), ("80.0000".to_owned(), true));
        let share = eur("40.01").percent(Percent::new(70).unwrap());
        assert_eq!(cut(share), ("28.0070".to_owned(), true));
    }

    #[test]
    fn a_sum_of_fractions_is_exact() {
        let third = eur("1").times(1).over(3);
        assert_eq!(third.plus(third).plus(third).rounded(), eur("1"));
    }
}
