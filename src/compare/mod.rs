//! What changed between two budgets, in euros, and which change causes how much of it.
//!
//! Flows are paired, then each pair is led from the old to the new one in steps: the applicant, the
//! kind of mobility, participants, duration, travel days, distance, way of travelling, top-ups, real
//! costs, and at last the rates, figure by figure in the table's order. What a step adds or takes away
//! is what it causes, so the parts of a flow add up to its change exactly. In between no limit counts.
//! Where a flow cannot be computed in between all the same, the next step that can be carries both.

mod cause;
mod pairs;
mod steps;

pub use cause::{Cause, Kind};

use std::collections::BTreeMap;

use crate::error::Refusal;
use crate::impact::{Apart, Impact, Shift};
use crate::model::{CountryCode, Eur, Region};
use crate::rates::diff::TableDiff;
use crate::rates::{CountryNames, RateTable};
use crate::saved::{SavedFlow, SavedResult};
use pairs::pairs;

/// What changed.
pub struct Comparison {
    /// All flows that are compared.
    pub total: Shift,
    /// Their sums by region.
    pub regions: BTreeMap<Region, RegionChange>,
    /// The flows that change or stay, by id; those of the old budget alone last.
    pub flows: Vec<FlowChange>,
    /// What each cause adds or takes away; they add up to the change of the total.
    pub causes: BTreeMap<Cause, Eur>,
    /// Flows that can be computed with one of the tables alone.
    pub apart: Vec<Apart>,
    /// Whether distances of one of the budgets were estimated.
    pub has_estimates: bool,
}

/// What became of a region.
#[derive(Default)]
pub struct RegionChange {
    /// Its amounts.
    pub shift: Shift,
    /// What causes the change; they add up to it.
    pub causes: BTreeMap<Cause, Eur>,
}

/// What became of a flow.
pub struct FlowChange {
    /// Its id in the new budget, or in the old one where that alone has it.
    pub id: String,
    /// Its id in the old budget, where that is another one.
    pub old_id: Option<String>,
    /// The partner's country.
    pub country: CountryCode,
    /// What became of it.
    pub fate: Fate,
    /// Its amounts.
    pub shift: Shift,
    /// What causes the change, in the order of the steps; they add up to it.
    pub causes: BTreeMap<Cause, Eur>,
}

crate::model::words! {
    /// What became of a flow.
    pub enum Fate: "kind of change" {
        /// The new budget alone has it.
        Added = "added",
        /// The old budget alone has it.
        Removed = "removed",
        /// Its amount is another one.
        Changed = "changed",
        /// Its amount is the same.
        Same = "same",
    }
}

/// A budget with the table that it is computed with.
pub struct Side<'s> {
    /// The budget.
    pub result: &'s SavedResult,
    /// The table of its call that is at hand; perhaps not the one that it was computed with.
    pub table: &'s RateTable,
}

/// Compares two budgets.
///
/// # Errors
///
/// The inputs of a budget are no plan.
pub fn compare(
    old: &Side<'_>,
    new: &Side<'_>,
    names: &CountryNames,
) -> Result<Comparison, Refusal> {
    let pairs = pairs(&old.result.flows, &new.result.flows);
    let causes = steps::causes(old, new, &pairs.both, names)?;
    let mut comparison = Comparison::empty();
    for ((before, after), causes) in pairs.both.iter().zip(causes) {
        comparison.add(Some(before), Some(after), causes);
    }
    for after in pairs.added {
        comparison.add(None, Some(after), [(Cause::of(Kind::AddedFlow), after.total)].into());
    }
    for before in pairs.removed {
        let taken = Eur::ZERO - before.total;
        comparison.add(Some(before), None, [(Cause::of(Kind::RemovedFlow), taken)].into());
    }
    let mut flows = old.result.flows.iter().chain(&new.result.flows);
    comparison.has_estimates = flows.any(|flow| flow.estimated_km.is_some());
    comparison.sort();
    Ok(comparison)
}

impl RegionChange {
    fn book(&mut self, cause: &Cause, amount: Eur) {
        *self.causes.entry(cause.clone()).or_insert(Eur::ZERO) += amount;
    }
}

impl Comparison {
    fn empty() -> Self {
        Self {
            total: Shift::ZERO,
            regions: BTreeMap::new(),
            flows: Vec::new(),
            causes: BTreeMap::new(),
            apart: Vec::new(),
            has_estimates: false,
        }
    }

    /// One plan under two tables.
    pub fn of_impact(impact: Impact, diff: &TableDiff) -> Self {
        let (apart, has_estimates) = (impact.apart, impact.has_estimates);
        let mut comparison = Self { apart, has_estimates, ..Self::empty() };
        let causes = |causes: &BTreeMap<usize, Eur>| {
            let named = causes.iter().filter_map(|(step, amount)| {
                let words = diff.steps.get(*step)?.words();
                Some((Cause::rate(*step, words), *amount))
            });
            named.collect::<BTreeMap<_, _>>()
        };
        comparison.total = impact.total;
        comparison.causes = causes(&impact.causes);
        for flow in impact.flows {
            let causes = causes(&flow.causes);
            comparison.add_to_regions(
                [Some(flow.old_region), Some(flow.new_region)],
                flow.shift,
                &causes,
            );
            comparison.flows.push(FlowChange {
                old_id: None,
                country: flow.country,
                fate: if causes.is_empty() { Fate::Same } else { Fate::Changed },
                shift: flow.shift,
                causes,
                id: flow.id,
            });
        }
        comparison.sort();
        comparison
    }

    fn add(
        &mut self,
        before: Option<&SavedFlow>,
        after: Option<&SavedFlow>,
        causes: BTreeMap<Cause, Eur>,
    ) {
        let Some(shown) = after.or(before) else { return };
        let amount = |flow: Option<&SavedFlow>| flow.map_or(Eur::ZERO, |flow| flow.total);
        let shift = Shift { old: amount(before), new: amount(after) };
        let regions = [before, after].map(|flow| flow.map(|flow| flow.region));
        self.add_to_regions(regions, shift, &causes);
        self.total += shift;
        for (cause, amount) in &causes {
            *self.causes.entry(cause.clone()).or_insert(Eur::ZERO) += *amount;
        }
        let fate = match (before, after) {
            (None, _) => Fate::Added,
            (_, None) => Fate::Removed,
            _ if shift.change().is_zero() && causes.is_empty() => Fate::Same,
            _ => Fate::Changed,
        };
        let old_id = before.filter(|before| before.id != shown.id).map(|before| before.id.clone());
        let (id, country) = (shown.id.clone(), shown.country);
        self.flows.push(FlowChange { id, old_id, country, fate, shift, causes });
    }

    /// Books a flow where it was and where it is. Where these are two regions, the old one loses the
    /// old amount, the new one gets it and then what changes.
    fn add_to_regions(
        &mut self,
        [before, after]: [Option<Region>; 2],
        shift: Shift,
        causes: &BTreeMap<Cause, Eur>,
    ) {
        let moved = Cause::of(Kind::Region);
        let is_moved = before.is_some() && after.is_some() && before != after;
        if let Some(region) = before {
            let entry = self.regions.entry(region).or_default();
            entry.shift.old += shift.old;
            if is_moved {
                entry.book(&moved, Eur::ZERO - shift.old);
            }
        }
        if let Some(region) = after {
            let entry = self.regions.entry(region).or_default();
            entry.shift.new += shift.new;
            if is_moved {
                entry.book(&moved, shift.old);
            }
        }
        if let Some(region) = after.or(before) {
            let entry = self.regions.entry(region).or_default();
            causes.iter().for_each(|(cause, amount)| entry.book(cause, *amount));
        }
    }

    /// The order of a file's lines plays no part.
    fn sort(&mut self) {
        self.causes.retain(|_, amount| !amount.is_zero());
        for region in self.regions.values_mut() {
            region.causes.retain(|_, amount| !amount.is_zero());
        }
        self.flows.sort_by(|one, other| {
            let key = |flow: &FlowChange| (flow.fate == Fate::Removed, flow.id.clone());
            key(one).cmp(&key(other))
        });
    }
}
