//! The flows that a budget shows for all others: in each country the first one to rest on a figure, and the
//! first one whose amount of a cost category rests on an estimate.

use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::{CostItem, FlowBudget};
use crate::model::{Citation, CountryCode, MobilityFlow};

/// Flows that stand for others.
#[derive(Default)]
pub(super) struct Shown {
    figures: HashSet<(CountryCode, *const Citation)>,
    estimates: HashSet<(CountryCode, CostItem)>,
    pub flows: Vec<MobilityFlow>,
}

impl Shown {
    /// Keeps a flow, where it is the first one of something.
    pub fn offer(&mut self, computed: &FlowBudget<'_>) {
        let flow = computed.flow;
        let country = flow.inputs.country;
        let grounds = computed.lines.iter().flat_map(|line| line.grounds).chain(&flow.grounds);
        let mut is_first = false;
        for citation in grounds {
            // The table, which lives as long as this, holds each figure once.
            is_first |= self.figures.insert((country, Arc::as_ptr(citation)));
        }
        let distance = flow.distance.as_ref();
        if distance.is_some_and(|distance| distance.estimate.is_some()) {
            for line in &computed.lines {
                is_first |= self.estimates.insert((country, line.item));
            }
        }
        if is_first {
            self.flows.push(flow.clone());
        }
    }
}
