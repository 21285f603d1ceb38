//! Percentages.

use std::fmt;

use rust_decimal::Decimal;

/// A whole percentage from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// A percentage; `None` above 100.
    pub fn new(percent: u32) -> Option<Self> {
        u8::try_from(percent).ok().filter(|&percent| percent <= 100).map(Self)
    }

    /// The percentage as a number: 70.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The percentage as a share: 70 % is 0.70.
    pub fn as_decimal(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2)
    }
}

/// Writes `70 %`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}
