//! What a change of rates does to a plan, in euros, and which figure does how much of it.
//!
//! The plan is computed under the old table, then the figures that changed are taken over one after
//! the other, in the table's order, and the plan is computed again after each. What a step adds or
//! takes away is what its figure causes. The last step is the new table itself, so the parts of a
//! flow add up to its change exactly. In between no limit counts: a flow that both tables allow could
//! break one of a mixture. Where a flow cannot be computed in between all the same, the step counts as
//! nothing for it and the next one that can be computed carries both.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use crate::diag::{Errors, Findings};
use crate::engine::flow_budget;
use crate::model::{CountryCode, Eur, MobilityFlow, Region};
use crate::plan::{Overrides, PlanText, Trial, Tried, trial};
use crate::rates::diff::TableDiff;
use crate::rates::{CountryNames, RateTable};

/// What a change of rates does to one plan.
pub struct Impact {
    /// The plan's file, as the user named it: several plans may have one name.
    pub file: String,
    /// The call that the plan says it is for.
    pub call: Option<u32>,
    /// All flows that can be computed under both tables.
    pub total: Shift,
    /// Their sums by region; a country may be in another region in the new table.
    pub regions: BTreeMap<Region, Shift>,
    /// The flows that can be computed under both tables, in the order of the plan.
    pub flows: Vec<FlowImpact>,
    /// What each step causes, by its place in [`TableDiff::steps`]; steps that cause nothing are
    /// not among them. They add up to the change of the total.
    pub causes: BTreeMap<usize, Eur>,
    /// The flows that can be computed under one of the two tables alone.
    pub apart: Vec<Apart>,
    /// Whether distances were estimated.
    pub has_estimates: bool,
}

/// An amount under both tables.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// Under the old table.
    pub old: Eur,
    /// Under the new table.
    pub new: Eur,
}

/// What a change of rates does to one flow.
pub struct FlowImpact {
    /// Its id.
    pub id: String,
    /// The partner's country.
    pub country: CountryCode,
    /// The country's region in the old table.
    pub old_region: Region,
    /// Its region in the new table.
    pub new_region: Region,
    /// Its amount under both tables.
    pub shift: Shift,
    /// What each step causes; they add up to the change.
    pub causes: BTreeMap<usize, Eur>,
}

/// A flow that can be computed under one table alone.
pub struct Apart {
    /// Its id.
    pub id: String,
    /// Its amount under the table under which it can be computed.
    pub amount: Eur,
    /// Which table that is.
    pub under: Under,
    /// Why it cannot be computed under the other one.
    pub reasons: Errors,
}

/// One of two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The old table.
    Old,
    /// The new table.
    New,
}

impl Shift {
    /// Nothing under either.
    pub const ZERO: Self = Self { old: Eur::ZERO, new: Eur::ZERO };

    /// New less old.
    pub fn change(self) -> Eur {
        self.new - self.old
    }
}

impl Default for Shift {
    fn default() -> Self {
        Self::ZERO
    }
}

impl AddAssign for Shift {
    fn add_assign(&mut self, other: Self) {
        self.old += other.old;
        self.new += other.new;
    }
}

impl Impact {
    /// Whether the plan costs something else, or cannot be computed as before.
    pub fn moves(&self) -> bool {
        !self.total.change().is_zero() || !self.apart.is_empty()
    }
}

/// What the differences between two tables do to a plan.
///
/// # Errors
///
/// What is wrong with the plan: whatever the table says, or under both tables.
pub fn impact(
    text: &PlanText,
    tables: (&RateTable, &RateTable),
    diff: &TableDiff,
    names: &CountryNames,
    overrides: &Overrides,
) -> Result<Impact, Errors> {
    trial(text, names, overrides, |plan| measure(text, plan, tables, diff))?
}

fn measure(
    text: &PlanText,
    plan: &Trial<'_>,
    (old, new): (&RateTable, &RateTable),
    diff: &TableDiff,
) -> Result<Impact, Errors> {
    let (before, after) = (plan.under(old), plan.under(new));
    refuse_faulty(&before, &after)?;
    let causes = causes(plan, (old, new), (&before, &after), diff);
    let mut impact = Impact {
        file: text.file.path().to_owned(),
        call: plan.call(),
        total: Shift::ZERO,
        regions: BTreeMap::new(),
        flows: Vec::new(),
        causes: BTreeMap::new(),
        apart: Vec::new(),
        has_estimates: before.iter().chain(&after).flatten().any(is_estimated),
    };
    for ((id, pair), causes) in plan.ids().iter().zip(before.iter().zip(&after)).zip(causes) {
        let id = id.clone();
        match pair {
            (Ok(old), Ok(new)) => impact.add(id, old, new, causes),
            (Ok(flow), Err(reasons)) => impact.set_apart(id, flow, Under::Old, reasons),
            (Err(reasons), Ok(flow)) => impact.set_apart(id, flow, Under::New, reasons),
            // Refused above.
            (Err(_), Err(_)) => {}
        }
    }
    Ok(impact)
}

impl Impact {
    fn add(
        &mut self,
        id: String,
        old: &MobilityFlow,
        new: &MobilityFlow,
        causes: BTreeMap<usize, Eur>,
    ) {
        let shift = Shift { old: total(old), new: total(new) };
        self.total += shift;
        let before = Shift { new: Eur::ZERO, ..shift };
        let after = Shift { old: Eur::ZERO, ..shift };
        for (flow, part) in [(old, before), (new, after)] {
            *self.regions.entry(flow.inputs.region).or_insert(Shift::ZERO) += part;
        }
        for (step, amount) in &causes {
            *self.causes.entry(*step).or_insert(Eur::ZERO) += *amount;
        }
        self.causes.retain(|_, amount| !amount.is_zero());
        let (old_region, new_region) = (old.inputs.region, new.inputs.region);
        let country = new.inputs.country;
        self.flows.push(FlowImpact { id, country, old_region, new_region, shift, causes });
    }

    fn set_apart(&mut self, id: String, flow: &MobilityFlow, under: Under, reasons: &Errors) {
        self.apart.push(Apart { id, amount: total(flow), under, reasons: reasons.clone() });
    }
}

fn is_estimated(flow: &MobilityFlow) -> bool {
    flow.distance.as_ref().is_some_and(|distance| distance.estimate.is_some())
}

fn total(flow: &MobilityFlow) -> Eur {
    flow_budget(flow).amounts.total()
}

/// A flow that no table can compute is a fault of the plan.
fn refuse_faulty(before: &[Tried], after: &[Tried]) -> Result<(), Errors> {
    let findings = Findings::default();
    let mut seen = BTreeSet::new();
    for pair in before.iter().zip(after) {
        if let (Err(errors), Err(_)) = pair {
            for error in &errors.list {
                // What is wrong with the plan as a whole is wrong with each of its flows.
                if seen.insert((error.code, error.place.as_ref().map(|place| place.span.start))) {
                    findings.push(error.clone());
                }
            }
            (0..errors.omitted).for_each(|_| findings.count_only());
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.into_errors()) }
}

/// What each step causes, by flow.
fn causes(
    plan: &Trial<'_>,
    (old, new): (&RateTable, &RateTable),
    (before, after): (&[Tried], &[Tried]),
    diff: &TableDiff,
) -> Vec<BTreeMap<usize, Eur>> {
    let mut causes = vec![BTreeMap::new(); before.len()];
    let amount = |tried: &Tried| tried.as_ref().ok().map(total);
    let mut amounts: Vec<Option<Eur>> = before.iter().map(amount).collect();
    let mut between = old.clone();
    let last = diff.steps.len().saturating_sub(1);
    for (index, step) in diff.steps.iter().enumerate() {
        step.slot.take(new, &mut between);
        let in_between = match index == last {
            true => Vec::new(),
            false => plan.under(&between.without_limits()),
        };
        let now = if index == last { after } else { &in_between };
        for ((amount, tried), causes) in amounts.iter_mut().zip(now).zip(&mut causes) {
            let (Some(amount), Ok(flow)) = (amount.as_mut(), tried) else { continue };
            let now = total(flow);
            let effect = now - *amount;
            if !effect.is_zero() {
                causes.insert(index, effect);
            }
            *amount = now;
        }
    }
    causes
}
