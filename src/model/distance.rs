//! Distances.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

/// A one-way distance in kilometres, 0 to 20,040 (half the Earth's girth), exact as stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DistanceKm(Decimal);

impl DistanceKm {
    /// The longest way between two places on Earth.
    pub const LONGEST: u32 = 20_040;

    /// A distance; `None` outside 0 to 20,040.
    pub fn new(km: Decimal) -> Option<Self> {
        (Decimal::ZERO..=Decimal::from(Self::LONGEST)).contains(&km).then_some(Self(km))
    }

    /// A distance in whole metres. Beyond the longest it is the longest.
    pub fn from_metres(metres: u32) -> Self {
        let metres = metres.min(Self::LONGEST * 1_000);
        Self(Decimal::new(i64::from(metres), 3).normalize())
    }

    /// The kilometres as people read an estimate: to a tenth, and never rounded to the other side of
    /// a whole kilometre, where a band may begin.
    pub fn to_tenth(self) -> Decimal {
        let rounded = self.0.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        let mut tenth = match rounded.floor() == self.0.floor() {
            true => rounded,
            false => self.0.trunc_with_scale(1),
        };
        tenth.rescale(1);
        tenth
    }

    /// The kilometres as a number, as stated.
    pub fn as_decimal(self) -> Decimal {
        self.0
    }

    /// Whether it reaches a band's edge. Compared unrounded: 99.99 does not reach 100.
    pub fn reaches(self, edge_km: u32) -> bool {
        self.0 >= Decimal::from(edge_km)
    }
}

impl fmt::Display for DistanceKm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_stay_on_their_side_of_a_kilometre() {
        let tenth = |metres| DistanceKm::from_metres(metres).to_tenth().to_string();
        assert_eq!(tenth(1_365_280), "1365.3");
        assert_eq!(tenth(499_949), "499.9");
        assert_eq!(tenth(499_999), "499.9");
        assert_eq!(tenth(500_000), "500.0");
        assert_eq!(tenth(500_049), "500.0");
        assert_eq!(tenth(0), "0.0");
    }

    #[test]
    fn metres_have_no_empty_decimals() {
        assert_eq!(DistanceKm::from_metres(4_222_100).to_string(), "4222.1");
        assert_eq!(DistanceKm::from_metres(u32::MAX).to_string(), "20040");
    }
}
