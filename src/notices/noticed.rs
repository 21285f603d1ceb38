//! A flow, and what notices say of it.

use super::tally::{Cause, Mark, Tallies};
use super::{caveats, estimates, figures, readings};
use crate::diag::Place;
use crate::engine::FlowBudget;
use crate::model::{Eur, MobilityFlow};
use crate::plan::Loaded;

/// A flow that notices may be about.
pub struct Noticed<'f> {
    /// The plan and its rate table; its flows need not be there.
    pub loaded: &'f Loaded,
    /// The flow with its amounts.
    pub computed: &'f FlowBudget<'f>,
    /// Its number in the plan, from 0.
    pub number: u64,
    /// Its id.
    pub id: &'f str,
    /// Where it begins.
    pub place: &'f dyn Fn() -> Option<Place>,
}

/// The causes of notices that a flow has, for further flows that say the same.
pub struct Marks {
    slots: Box<[u32]>,
    /// Those of them that are about euros, with these.
    amounts: Box<[(u32, [Eur; 2])]>,
    /// Whether further flows have the same causes. Those near an edge have a warning each.
    pub is_lasting: bool,
}

impl Tallies {
    /// Adds a flow to all causes that it has. Where it stands for so many alike, `times` is their number:
    /// they are one flow with the euros of all.
    pub fn add_flow(&mut self, noticed: &Noticed<'_>, times: u64) -> Marks {
        let mut marks = vec![Mark::from(Cause::Plan)];
        marks.push(Cause::Region(noticed.computed.flow.inputs.region).into());
        figures::mark(noticed.loaded, noticed.computed, &mut marks);
        readings::mark(noticed.loaded, noticed.computed.flow, &mut marks);
        caveats::mark(noticed.computed.flow, &mut marks);
        let is_lasting = estimates::mark(noticed, self, &mut marks);
        let mut slots = Vec::with_capacity(marks.len());
        let mut amounts = Vec::new();
        for mark in marks {
            let slot = self.slot(&mark.cause);
            self.add(slot, noticed.number, noticed.place);
            slots.push(slot);
            if mark.amounts.iter().any(|amount| !amount.is_zero()) {
                self.pay(slot, &mark.amounts, times);
                amounts.push((slot, mark.amounts));
            }
        }
        Marks { slots: slots.into(), amounts: amounts.into(), is_lasting }
    }

    /// Adds a flow to what is known of its scores.
    pub(super) fn add_scored(
        &mut self,
        loaded: &Loaded,
        flow: &MobilityFlow,
        number: u64,
        place: impl Fn() -> Option<Place>,
    ) {
        let region = Mark::from(Cause::Region(flow.inputs.region));
        for mark in std::iter::once(region).chain(figures::award(loaded, flow.inputs.region)) {
            let slot = self.slot(&mark.cause);
            self.add(slot, number, &place);
        }
    }

    /// Adds a flow that says the same as another one, with so many times its euros. The other one came
    /// first.
    pub fn add_same(&mut self, marks: &Marks, number: u64, times: u64) {
        marks.slots.iter().for_each(|slot| self.add(*slot, number, || None));
        marks.amounts.iter().for_each(|(slot, amounts)| self.pay(*slot, amounts, times));
    }

    /// Adds flows that say the same as another one, with so many times its euros in all, where no more of
    /// them need to be kept.
    pub fn add_counted(&mut self, marks: &Marks, flows: u64, times: u64) {
        marks.slots.iter().for_each(|slot| self.count(*slot, flows));
        marks.amounts.iter().for_each(|(slot, amounts)| self.pay(*slot, amounts, times));
    }

    /// Whether of all causes as many flows are kept as may be.
    pub fn are_full(&self, marks: &Marks) -> bool {
        marks.slots.iter().all(|slot| self.is_full(*slot))
    }
}
