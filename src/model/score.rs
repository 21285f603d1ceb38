//! Scores: what the assessment of an application gives each region.

use std::fmt;
use std::ops::Add;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Citation, Origin, Percent, words};

words! {
    /// An award criterion of the Programme Guide.
    pub enum AwardCriterion: "award criterion" {
        /// Quality of the project design and of the cooperation arrangements.
        Design = "design",
        /// Relevance of the strategy.
        Relevance = "relevance",
        /// Impact and dissemination.
        Impact = "impact",
    }
}

/// Points of an assessment, 0 to [`Self::MOST`] for one criterion, with at most two decimals:
/// assessors give half points, and a mean of two assessors has quarters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(u32);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// More than any criterion gives.
    pub const MOST: u32 = 1_000;

    /// Whole points.
    pub fn whole(points: u32) -> Self {
        Self(points.saturating_mul(100))
    }

    /// Points from a number; `None` where it has more than two decimals, is negative or beyond all
    /// bounds.
    pub fn from_decimal(number: Decimal) -> Option<Self> {
        let mut hundredths = number.normalize();
        if hundredths.scale() > 2 {
            return None;
        }
        hundredths.rescale(2);
        u32::try_from(hundredths.mantissa()).ok().filter(|_| hundredths.scale() == 2).map(Self)
    }

    /// A share of whole points, exactly: 50 % of 25 is 12.5.
    pub fn share(most: u32, share: Percent) -> Self {
        Self(most.saturating_mul(u32::from(share.number())))
    }

    /// The points as a number.
    pub fn as_decimal(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2).normalize()
    }

    /// What is missing to reach so many points; nothing where they are reached.
    pub fn missing_to(self, least: Self) -> Self {
        Self(least.0.saturating_sub(self.0))
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

/// Without decimals that say nothing: `60`, `12.5`, `27.25`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_decimal().to_string())
    }
}

/// The marks of a region, with what it must reach.
#[derive(Clone, Debug)]
pub struct Score {
    /// A mark for each award criterion of the call, in the order of the rate table.
    pub marks: Vec<Mark>,
    /// What the marks must reach together.
    pub least: Points,
    /// What the thresholds rest on.
    pub citation: Arc<Citation>,
    /// Where the plan says it.
    pub origin: Origin,
}

/// What one award criterion gives.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The criterion.
    pub criterion: AwardCriterion,
    /// Its name.
    pub name: Arc<str>,
    /// The points given.
    pub points: Points,
    /// The most points that it gives.
    pub most: Points,
    /// The points that it must reach.
    pub least: Points,
    /// Whether it is judged for each region, or once for the project.
    pub per_region: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Option<String> {
        let number = Decimal::from_str_exact(text).expect("a number");
        Points::from_decimal(number).map(|points| points.to_string())
    }

    #[test]
    fn points_have_at_most_two_decimals() {
        assert_eq!(points("27.50").as_deref(), Some("27.5"));
        assert_eq!(points("27.25").as_deref(), Some("27.25"));
        assert_eq!(points("60").as_deref(), Some("60"));
        assert_eq!(points("0").as_deref(), Some("0"));
        assert_eq!(points("27.125"), None);
        assert_eq!(points("-1"), None);
    }

    #[test]
    fn half_of_an_odd_number_is_exact() {
        let half = Points::share(25, Percent::new(50).expect("a percentage"));
        assert_eq!(half.to_string(), "12.5");
        assert_eq!(Points::whole(12).missing_to(half).to_string(), "0.5");
        assert_eq!(Points::whole(13).missing_to(half), Points::ZERO);
    }
}
