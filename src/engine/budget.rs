//! The budget: flows, countries, regions, totals.

use std::collections::BTreeMap;

use super::{
    Amounts, Headcount, LineItem, RegionScore, inclusion_support, individual_support,
    organisational_support, score, top_up, travel,
};
use crate::model::{CountryCode, Direction, Envelope, Eur, MobilityFlow, MobilityPlan, Region};

/// What a plan costs, by region, country and flow.
#[derive(Clone, Debug)]
pub struct Budget<'p> {
    /// The plan that it was computed from.
    pub plan: &'p MobilityPlan,
    /// Regions with at least one flow, by number.
    pub regions: Vec<RegionBudget<'p>>,
    /// Everything together.
    pub totals: Totals,
}

/// What a region's flows cost.
#[derive(Clone, Debug)]
pub struct RegionBudget<'p> {
    /// The region.
    pub region: Region,
    /// Its participants.
    pub headcount: Headcount,
    /// Its amounts.
    pub amounts: Amounts,
    /// What its total is compared with, where the plan says.
    pub envelope: Option<EnvelopeUse<'p>>,
    /// Its score, where the plan says it.
    pub score: Option<RegionScore<'p>>,
    /// Its countries, by code.
    pub countries: Vec<CountryBudget<'p>>,
}

/// What a country's flows cost.
#[derive(Clone, Debug)]
pub struct CountryBudget<'p> {
    /// The third country.
    pub country: CountryCode,
    /// Its participants.
    pub headcount: Headcount,
    /// Its amounts.
    pub amounts: Amounts,
    /// Its flows, in the order of the plan.
    pub flows: Vec<FlowBudget<'p>>,
}

/// What a flow costs.
#[derive(Clone, Debug)]
pub struct FlowBudget<'p> {
    /// The flow.
    pub flow: &'p MobilityFlow,
    /// Its amounts.
    pub amounts: Amounts,
    /// One line for each cost category that pays something, in the order of [`super::CostItem`].
    pub lines: Vec<LineItem<'p>>,
}

/// Sums over all regions.
#[derive(Clone, Copy, Debug)]
pub struct Totals {
    /// All participants.
    pub headcount: Headcount,
    /// What incoming mobility costs.
    pub incoming: Amounts,
    /// What outgoing mobility costs.
    pub outgoing: Amounts,
    /// What everything costs.
    pub amounts: Amounts,
}

/// A region's total against its envelope.
#[derive(Clone, Copy, Debug)]
pub struct EnvelopeUse<'p> {
    /// The envelope.
    pub envelope: &'p Envelope,
    /// The region's total, organisational support included.
    pub total: Eur,
}

impl EnvelopeUse<'_> {
    /// The envelope less the total; negative where the total exceeds it.
    pub fn remaining(&self) -> Eur {
        self.envelope.amount - self.total
    }

    /// Whether the total exceeds the envelope.
    pub fn is_exceeded(&self) -> bool {
        self.total > self.envelope.amount
    }

    /// Hundredths of a percent of the envelope, half up; `None` for an envelope of zero.
    pub fn share_hundredths(&self) -> Option<i128> {
        let envelope = self.envelope.amount.as_decimal().mantissa();
        let total = self.total.as_decimal().mantissa();
        (envelope > 0).then(|| (total * 20_000 + envelope) / (envelope * 2))
    }
}

impl<'p> Budget<'p> {
    /// All flows, by region and country.
    pub fn flows(&self) -> impl Iterator<Item = &FlowBudget<'p>> {
        self.regions.iter().flat_map(|region| &region.countries).flat_map(|country| &country.flows)
    }
}

/// Computes the budget of a plan.
pub fn budget(plan: &MobilityPlan) -> Budget<'_> {
    let mut by_region: BTreeMap<Region, BTreeMap<CountryCode, CountryBudget<'_>>> = BTreeMap::new();
    let mut totals = Totals {
        headcount: Headcount::default(),
        incoming: Amounts::ZERO,
        outgoing: Amounts::ZERO,
        amounts: Amounts::ZERO,
    };
    for flow in &plan.flows {
        let computed = flow_budget(flow);
        match flow.inputs.direction {
            Direction::Incoming => totals.incoming += computed.amounts,
            Direction::Outgoing => totals.outgoing += computed.amounts,
        }
        let countries = by_region.entry(flow.inputs.region).or_default();
        let country = flow.inputs.country;
        let place = countries.entry(country).or_insert_with(|| CountryBudget::empty(country));
        place.headcount += Headcount::of(flow.inputs.direction, flow.inputs.participants);
        place.amounts += computed.amounts;
        place.flows.push(computed);
    }
    let regions: Vec<_> = by_region
        .into_iter()
        .map(|(region, countries)| region_budget(plan, region, countries.into_values().collect()))
        .collect();
    for region in &regions {
        totals.headcount += region.headcount;
        totals.amounts += region.amounts;
    }
    Budget { plan, regions, totals }
}

impl CountryBudget<'_> {
    fn empty(country: CountryCode) -> Self {
        let headcount = Headcount::default();
        Self { country, headcount, amounts: Amounts::ZERO, flows: Vec::new() }
    }
}

fn region_budget<'p>(
    plan: &'p MobilityPlan,
    region: Region,
    countries: Vec<CountryBudget<'p>>,
) -> RegionBudget<'p> {
    let mut headcount = Headcount::default();
    let mut amounts = Amounts::ZERO;
    for country in &countries {
        headcount += country.headcount;
        amounts += country.amounts;
    }
    let envelope = plan.envelopes.get(&region);
    let envelope = envelope.map(|envelope| EnvelopeUse { envelope, total: amounts.total() });
    let score = score::score(plan, region);
    RegionBudget { region, headcount, amounts, envelope, score, countries }
}

/// Computes one flow.
pub fn flow_budget(flow: &MobilityFlow) -> FlowBudget<'_> {
    let mut lines = Vec::with_capacity(4);
    let mut amounts = Amounts::ZERO;
    let categories = [
        individual_support::line,
        top_up::line,
        travel::line,
        inclusion_support::line,
        organisational_support::line,
    ];
    for line in categories.iter().filter_map(|category| category(flow)) {
        amounts.add(line.item, line.amount);
        lines.push(line);
    }
    FlowBudget { flow, amounts, lines }
}
