//! The budget: flows, countries, regions, totals.

use std::collections::BTreeMap;

use super::{
    Amounts, CostItem, Headcount, LineItem, RegionScore, inclusion_support, individual_support,
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

/// The sums of a budget, to which flows are added one by one and which need not keep them.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    by_region: BTreeMap<Region, BTreeMap<CountryCode, Sum>>,
    incoming: Amounts,
    outgoing: Amounts,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    headcount: Headcount,
    amounts: Amounts,
}

/// What a flow adds to the sums.
#[derive(Clone, Copy, Debug)]
pub struct Addend {
    region: Region,
    country: CountryCode,
    direction: Direction,
    participants: u32,
    amounts: Amounts,
}

impl Addend {
    /// What a flow adds.
    pub fn of(computed: &FlowBudget<'_>) -> Self {
        let inputs = &computed.flow.inputs;
        Self {
            region: inputs.region,
            country: inputs.country,
            direction: inputs.direction,
            participants: inputs.participants,
            amounts: computed.amounts,
        }
    }

    /// What it adds without the top-up, and the top-up alone, which is of no further participant.
    #[must_use]
    pub fn without_top_up(self) -> (Self, Self) {
        let amount = self.amounts.get(CostItem::TopUp);
        let (mut rest, mut top_up) = (self.amounts, Amounts::ZERO);
        rest.add(CostItem::TopUp, Eur::ZERO - amount);
        top_up.add(CostItem::TopUp, amount);
        (Self { amounts: rest, ..self }, Self { participants: 0, amounts: top_up, ..self })
    }
}

impl Sums {
    /// Adds so many flows that are alike.
    pub fn add(&mut self, flow: &Addend, times: u64) {
        let amounts = flow.amounts.repeated(times);
        let sum = self.by_region.entry(flow.region).or_default().entry(flow.country).or_default();
        sum.headcount += Headcount::of(flow.direction, flow.participants).repeated(times);
        sum.amounts += amounts;
        match flow.direction {
            Direction::Incoming => self.incoming += amounts,
            Direction::Outgoing => self.outgoing += amounts,
        }
    }

    /// Where flows go to.
    pub fn countries(&self) -> impl Iterator<Item = (Region, CountryCode)> {
        let countries = |(region, countries): (&Region, &BTreeMap<CountryCode, Sum>)| {
            let region = *region;
            countries.keys().map(move |country| (region, *country)).collect::<Vec<_>>()
        };
        self.by_region.iter().flat_map(countries)
    }

    /// The budget of a plan with these sums. `flows` are those that it shows below its countries.
    pub fn budget<'p>(&self, plan: &'p MobilityPlan, flows: Vec<FlowBudget<'p>>) -> Budget<'p> {
        let mut shown: BTreeMap<(Region, CountryCode), Vec<FlowBudget<'p>>> = BTreeMap::new();
        for computed in flows {
            let inputs = &computed.flow.inputs;
            shown.entry((inputs.region, inputs.country)).or_default().push(computed);
        }
        let mut regions = Vec::with_capacity(self.by_region.len());
        let mut all = Sum::default();
        for (&region, countries) in &self.by_region {
            let country = |(&country, sum): (&CountryCode, &Sum)| CountryBudget {
                country,
                headcount: sum.headcount,
                amounts: sum.amounts,
                flows: shown.remove(&(region, country)).unwrap_or_default(),
            };
            let region = region_budget(plan, region, countries.iter().map(country).collect());
            all.headcount += region.headcount;
            all.amounts += region.amounts;
            regions.push(region);
        }
        let totals = Totals {
            headcount: all.headcount,
            incoming: self.incoming,
            outgoing: self.outgoing,
            amounts: all.amounts,
        };
        Budget { plan, regions, totals }
    }
}

/// Computes the budget of a plan.
pub fn budget(plan: &MobilityPlan) -> Budget<'_> {
    let mut sums = Sums::default();
    let flows: Vec<FlowBudget<'_>> = plan.flows.iter().map(flow_budget).collect();
    flows.iter().for_each(|computed| sums.add(&Addend::of(computed), 1));
    sums.budget(plan, flows)
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
