//! The places that a text may mean.

use crate::model::Spot;

/// At least one place, the most likely first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spots {
    first: Spot,
    others: Vec<Spot>,
}

impl Spots {
    /// One place and no other.
    pub fn one(first: Spot) -> Self {
        Self { first, others: Vec::new() }
    }

    /// All of these; `None` where there is none.
    pub fn all(spots: impl IntoIterator<Item = Spot>) -> Option<Self> {
        let mut spots = spots.into_iter();
        Some(Self { first: spots.next()?, others: spots.collect() })
    }

    /// The most likely one.
    pub fn first(&self) -> &Spot {
        &self.first
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Spot> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}
