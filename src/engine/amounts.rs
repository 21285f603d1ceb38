//! Sums by cost category, and heads.

use std::ops::AddAssign;

use crate::model::{Direction, Eur};

/// A cost category of the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostItem {
    /// Subsistence, by the month or by the day.
    IndividualSupport,
    /// For participants with fewer opportunities.
    TopUp,
    /// The unit contribution to travel.
    Travel,
    /// Expensive travel, a share of real costs.
    ExceptionalCosts,
    /// Inclusion support for participants, real costs.
    InclusionSupport,
    /// A flat amount per participant, for the organisations.
    OrganisationalSupport,
}

impl CostItem {
    /// Every category, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::IndividualSupport,
        Self::TopUp,
        Self::Travel,
        Self::ExceptionalCosts,
        Self::InclusionSupport,
        Self::OrganisationalSupport,
    ];

    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Self::IndividualSupport => "individual_support",
            Self::TopUp => "top_up",
            Self::Travel => "travel",
            Self::ExceptionalCosts => "exceptional_costs",
            Self::InclusionSupport => "inclusion_support",
            Self::OrganisationalSupport => "organisational_support",
        }
    }
}

/// Amounts by cost category. The total is their sum, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts([Eur; 6]);

impl Amounts {
    /// Nothing yet.
    pub const ZERO: Self = Self([Eur::ZERO; 6]);

    /// The amount of one category.
    pub fn get(&self, item: CostItem) -> Eur {
        let [individual, top_up, travel, exceptional, inclusion, organisational] = self.0;
        match item {
            CostItem::IndividualSupport => individual,
            CostItem::TopUp => top_up,
            CostItem::Travel => travel,
            CostItem::ExceptionalCosts => exceptional,
            CostItem::InclusionSupport => inclusion,
            CostItem::OrganisationalSupport => organisational,
        }
    }

    /// Adds to one category.
    pub fn add(&mut self, item: CostItem, amount: Eur) {
        let [individual, top_up, travel, exceptional, inclusion, organisational] = &mut self.0;
        *match item {
            CostItem::IndividualSupport => individual,
            CostItem::TopUp => top_up,
            CostItem::Travel => travel,
            CostItem::ExceptionalCosts => exceptional,
            CostItem::InclusionSupport => inclusion,
            CostItem::OrganisationalSupport => organisational,
        } += amount;
    }

    /// So many times these amounts.
    #[must_use]
    pub fn repeated(&self, times: u64) -> Self {
        match times {
            1 => *self,
            _ => Self(self.0.map(|amount| amount.repeated(times))),
        }
    }

    /// The sum of all categories, organisational support included.
    pub fn total(&self) -> Eur {
        self.0.into_iter().sum()
    }
}

impl Default for Amounts {
    fn default() -> Self {
        Self::ZERO
    }
}

impl AddAssign for Amounts {
    fn add_assign(&mut self, other: Self) {
        for (sum, amount) in self.0.iter_mut().zip(other.0) {
            if !amount.is_zero() {
                *sum += amount;
            }
        }
    }
}

/// Participants by direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Incoming participants.
    pub incoming: u64,
    /// Outgoing participants.
    pub outgoing: u64,
}

impl Headcount {
    /// The participants of one flow.
    pub fn of(direction: Direction, participants: u32) -> Self {
        let participants = u64::from(participants);
        match direction {
            Direction::Incoming => Self { incoming: participants, outgoing: 0 },
            Direction::Outgoing => Self { incoming: 0, outgoing: participants },
        }
    }

    /// So many times these participants.
    #[must_use]
    pub fn repeated(self, times: u64) -> Self {
        Self { incoming: self.incoming * times, outgoing: self.outgoing * times }
    }

    /// All participants.
    pub fn total(self) -> u64 {
        self.incoming + self.outgoing
    }
}

impl AddAssign for Headcount {
    fn add_assign(&mut self, other: Self) {
        self.incoming += other.incoming;
        self.outgoing += other.outgoing;
    }
}
