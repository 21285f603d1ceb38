//! Distances.

use std::fmt;

use rust_decimal::Decimal;

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
