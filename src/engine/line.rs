//! One amount of the budget.

use std::sync::Arc;

use super::{CostItem, Formula};
use crate::model::{Citation, Confidence, Eur};

/// What one flow gets for one cost category, how it came about and what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct LineItem<'p> {
    /// The cost category.
    pub item: CostItem,
    /// Participants and the amount that each gets; `None` where the amount is given per flow.
    pub each: Option<Each>,
    /// The amount of the flow.
    pub amount: Eur,
    /// The steps, per participant where there is one.
    pub formula: Formula,
    /// What the amount rests on; never empty.
    pub grounds: &'p [Arc<Citation>],
}

/// An amount per participant and how many get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Each {
    /// Who get it.
    pub participants: u32,
    /// EUR per participant, rounded.
    pub amount: Eur,
}

impl<'p> LineItem<'p> {
    /// A line that pays `participants` the same rounded amount each.
    pub(super) fn each(
        item: CostItem,
        participants: u32,
        formula: Formula,
        grounds: &'p [Arc<Citation>],
    ) -> Self {
        let amount = formula.amount();
        let each = Some(Each { participants, amount });
        Self { item, each, amount: amount * participants, formula, grounds }
    }

    /// A line that pays one amount for the whole flow.
    pub(super) fn whole(item: CostItem, formula: Formula, grounds: &'p [Arc<Citation>]) -> Self {
        Self { item, each: None, amount: formula.amount(), formula, grounds }
    }

    /// The weakest confidence of the figures that the amount rests on.
    pub fn confidence(&self) -> Option<Confidence> {
        self.grounds.iter().filter_map(|citation| citation.confidence()).max()
    }
}
