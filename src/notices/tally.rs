//! Flows by what notices say of them: how many there are, which come first, and the euros they are about.
//!
//! Flows are added one by one in the order of the plan and need not be kept, so that a plan that is read as
//! a stream has the same notices as any other.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::caveats::Remark;
use crate::diag::{Code, Diagnostic, Place, Severity, listed, shortened};
use crate::model::{Citation, Confidence, CountryCode, Eur, Region};

/// Ids of flows beyond this many are only counted in texts.
const MOST_IDS: usize = 5;
/// Longer ids are cut in texts.
const LONGEST_ID: usize = 40;

/// Why a notice is about a flow.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Cause {
    /// It is in the plan.
    Plan,
    /// It goes to the region.
    Region(Region),
    /// Its budget rests on figures of this confidence.
    Confidence(Confidence),
    /// Its amounts or its checks rest on a figure.
    Figure(ByName),
    /// Its region is compared with a list of envelopes.
    EnvelopeList(ByName),
    /// Its region has a score.
    Award(ByName),
    /// Another reading of the first period would pay otherwise: what is paid, what would be.
    FirstPeriod,
    /// Resolving found something worth saying.
    Remark(Remark),
    /// So it did, about a flow with this country.
    RemarkOnCountry(Remark, CountryCode),
    /// Its distance is estimated.
    Estimated,
    /// Between these places.
    Pair(String),
    /// Its estimated distance is near an edge, as are those of many before it.
    NearEdgeToo,
    /// More travel days could be funded than are planned: the euros more.
    UnplannedTravelDays,
    /// Their limit is less than confirmed.
    TravelDayLimit(ByName),
}

/// A citation by the name of its figure.
#[derive(Clone)]
pub(super) struct ByName(pub Arc<Citation>);

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.figure == other.0.figure
    }
}

impl Eq for ByName {}

impl Hash for ByName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.figure.hash(state);
    }
}

/// A cause of one flow, with the euros that are added up over all flows with this cause.
#[derive(Clone)]
pub(super) struct Mark {
    pub cause: Cause,
    pub amounts: [Eur; 2],
}

impl From<Cause> for Mark {
    fn from(cause: Cause) -> Self {
        Self { cause, amounts: [Eur::ZERO; 2] }
    }
}

/// The flows of one cause.
#[derive(Clone, Default)]
pub(super) struct Tally {
    /// How many they are.
    pub number: u64,
    /// The first of them by their numbers in the plan, from 0.
    pub first: Vec<u64>,
    /// Where the very first one begins.
    pub place: Option<Place>,
    /// Euros, added up.
    pub amounts: [Eur; 2],
}

/// All causes with their flows.
pub struct Tallies {
    /// In the order in which they were met.
    causes: Vec<(Cause, Tally)>,
    index: HashMap<Cause, u32, RandomState>,
    /// How many flows of each cause are kept.
    most: usize,
    /// Warnings about single flows.
    pub(super) single: Vec<Diagnostic>,
}

impl Tallies {
    /// No flow yet. Of each cause the first flows are kept, at most so many.
    pub fn new(most: usize) -> Self {
        let (causes, index, single) = (Vec::new(), HashMap::default(), Vec::new());
        Self { causes, index, most, single }
    }

    /// The place of a cause in the list of them.
    pub(super) fn slot(&mut self, cause: &Cause) -> u32 {
        if let Some(slot) = self.index.get(cause) {
            return *slot;
        }
        // There are far fewer causes than that.
        let slot = u32::try_from(self.causes.len()).unwrap_or(u32::MAX);
        self.causes.push((cause.clone(), Tally::default()));
        self.index.insert(cause.clone(), slot);
        slot
    }

    fn at(&mut self, slot: u32) -> Option<&mut Tally> {
        self.causes.get_mut(slot as usize).map(|(_, tally)| tally)
    }

    /// Adds a flow to a cause.
    pub(super) fn add(&mut self, slot: u32, flow: u64, place: impl FnOnce() -> Option<Place>) {
        let most = self.most;
        let Some(tally) = self.at(slot) else { return };
        tally.number += 1;
        if tally.first.is_empty() {
            tally.place = place();
        }
        if tally.first.len() < most {
            tally.first.push(flow);
        }
    }

    /// Counts flows of a cause of which no more need to be kept.
    pub(super) fn count(&mut self, slot: u32, flows: u64) {
        if let Some(tally) = self.at(slot) {
            tally.number += flows;
        }
    }

    /// Adds so many times these euros to a cause.
    pub(super) fn pay(&mut self, slot: u32, amounts: &[Eur; 2], times: u64) {
        if let Some(tally) = self.at(slot) {
            for (sum, amount) in tally.amounts.iter_mut().zip(amounts) {
                *sum += amount.repeated(times);
            }
        }
    }

    /// Whether as many flows of a cause are kept as may be.
    pub(super) fn is_full(&self, slot: u32) -> bool {
        self.causes.get(slot as usize).is_none_or(|(_, tally)| tally.first.len() >= self.most)
    }

    /// The flows of a cause; `None` where there are none.
    pub(super) fn get(&self, cause: &Cause) -> Option<&Tally> {
        let slot = self.index.get(cause)?;
        self.causes.get(*slot as usize).map(|(_, tally)| tally)
    }

    /// All causes in the order of their first flows.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Cause, &Tally)> {
        self.causes.iter().map(|(cause, tally)| (cause, tally))
    }

    /// The flows of the regions together.
    pub(super) fn of_regions(&self, regions: impl Iterator<Item = Region>) -> Tally {
        let tallies = regions.filter_map(|region| self.get(&Cause::Region(region)));
        let mut all = Tally::default();
        for tally in tallies {
            all.number += tally.number;
            if all.first.first().is_none_or(|first| tally.first.first() < Some(first)) {
                all.place = tally.place.clone();
            }
            all.first.extend(&tally.first);
        }
        all.first.sort_unstable();
        all.first.truncate(self.most);
        all
    }
}

/// The flows of a plan by their ids, for texts.
pub(super) struct Ids<'i> {
    /// All flows of the plan.
    pub number: u64,
    /// The id of the flow with this number.
    pub id: &'i dyn Fn(u64) -> String,
}

impl Ids<'_> {
    /// A notice about flows, at the first of them.
    pub fn about(
        &self,
        severity: Severity,
        code: Code,
        message: String,
        flows: &Tally,
    ) -> Diagnostic {
        let kept = flows.first.len() as u64;
        Diagnostic {
            place: flows.place.clone(),
            flows: flows.first.iter().map(|flow| (self.id)(*flow)).collect(),
            flows_omitted: flows.number - kept.min(flows.number),
            ..Diagnostic::new(severity, code, message)
        }
    }

    /// Flows in words: `all flows`, or the first few ids.
    pub fn named(&self, flows: &Tally) -> String {
        if flows.number == self.number && flows.number > 1 {
            return "all flows".to_owned();
        }
        let ids = flows.first.iter().take(MOST_IDS).map(|flow| (self.id)(*flow));
        let mut names: Vec<String> = ids.map(|id| short(&id)).collect();
        let more = flows.number.saturating_sub(MOST_IDS as u64);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let noun = if flows.number == 1 { "flow" } else { "flows" };
        format!("{noun} {}", listed(&names, "and"))
    }
}

/// One flow in words.
pub(super) fn one(id: &str) -> String {
    format!("flow {}", short(id))
}

fn short(id: &str) -> String {
    shortened(id, LONGEST_ID).into_owned()
}
