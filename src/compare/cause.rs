//! What can change a budget.

use crate::model::words;

words! {
    /// What can change a budget, in the order in which the effects are measured.
    pub enum Kind: "cause" {
        /// Computing the old result again gives another amount: the rate table at hand is another one, or
        /// the result was changed.
        OldRates = "old-result-computed-again",
        /// The applicant's country.
        Applicant = "applicant",
        /// The flow was, or is, in another region.
        Region = "region",
        /// Whether it gets a grant.
        ZeroGrant = "zero-grant",
        /// Direction, activity, term or enterprise, and with them all that depends on it.
        Mobility = "kind-of-mobility",
        /// How many take part.
        Participants = "participants",
        /// How long they stay.
        Duration = "duration",
        /// Travel days.
        TravelDays = "travel-days",
        /// The distance or its band.
        Distance = "distance",
        /// Standard or green.
        Travel = "travel-mode",
        /// How many have fewer opportunities.
        TopUps = "top-ups",
        /// Real costs.
        RealCosts = "real-costs",
        /// What else the plan says; today that pays nothing.
        Other = "other",
        /// A rate or rule, or a country's group or region.
        Rate = "rate-or-rule",
        /// Computing the new result again gives another amount.
        NewRates = "new-result-computed-again",
        /// Both results rest on one rate table, which is not at hand: what that table adds to the other
        /// causes, which are measured with the one at hand.
        CommonRates = "common-rates-not-at-hand",
        /// The old budget does not have the flow.
        AddedFlow = "added-flow",
        /// The new budget does not have the flow.
        RemovedFlow = "removed-flow",
    }
}

/// A cause: its kind, and of a rate which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Its kind.
    pub kind: Kind,
    /// The place of a rate among the differences of the tables.
    step: usize,
    /// Of a rate, which one.
    pub figure: Option<String>,
}

impl Cause {
    /// A cause that is no rate.
    pub fn of(kind: Kind) -> Self {
        Self { kind, step: 0, figure: None }
    }

    /// A rate or rule by its place among the differences of the tables.
    pub fn rate(step: usize, figure: &str) -> Self {
        Self { kind: Kind::Rate, step, figure: Some(figure.to_owned()) }
    }

    /// The cause in words.
    pub fn words(&self) -> &str {
        match self.kind {
            Kind::OldRates => "the old result, computed again",
            Kind::Applicant => "applicant's country",
            Kind::Region => "moved between regions",
            Kind::ZeroGrant => "zero grant",
            Kind::Mobility => "kind of mobility",
            Kind::Participants => "participants",
            Kind::Duration => "duration",
            Kind::TravelDays => "travel days",
            Kind::Distance => "distance",
            Kind::Travel => "travel mode",
            Kind::TopUps => "top-ups",
            Kind::RealCosts => "real costs",
            Kind::Other => "what else the plan says",
            Kind::Rate => self.figure.as_deref().unwrap_or("rates"),
            Kind::NewRates => "the new result, computed again",
            Kind::CommonRates => "their rate table, which is not at hand",
            Kind::AddedFlow => "added flows",
            Kind::RemovedFlow => "removed flows",
        }
    }
}
