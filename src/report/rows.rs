//! The rows of a table, whatever they stand for.

use std::collections::BTreeMap;

use super::By;
use crate::diag::{printable, shortened};
use crate::engine::{
    Amounts, Budget, CostItem, CountryBudget, EnvelopeUse, FlowBudget, Headcount, RegionBudget,
    RegionScore,
};
use crate::model::{Activity, CountryCode, Direction, MobilityPlan, Region};

/// Where room is short, longer names are cut.
pub(super) const LONGEST_LABEL: usize = 40;

/// A row: what it stands for, heads, amounts.
pub(super) struct Row<'b> {
    pub subject: Subject<'b>,
    pub headcount: Headcount,
    pub amounts: Amounts,
    /// The flows that it is the sum of.
    pub flows: Vec<&'b FlowBudget<'b>>,
}

/// What a row stands for.
#[derive(Clone, Copy)]
pub(super) enum Subject<'b> {
    Region(&'b RegionBudget<'b>),
    Country(Region, &'b CountryBudget<'b>),
    Flow(Region, &'b FlowBudget<'b>),
    Activity(Activity, Direction),
}

impl<'b> Row<'b> {
    /// Whether an amount of this item in it rests on an estimated distance.
    pub fn rests_on_estimate(&self, item: CostItem) -> bool {
        let pays = |computed: &&FlowBudget<'_>| computed.lines.iter().any(|line| line.item == item);
        self.flows.iter().any(|computed| is_estimated(computed) && pays(computed))
    }

    /// What is compared with the row's total, where it is a region that has one.
    pub fn envelope(&self) -> Option<EnvelopeUse<'b>> {
        match self.subject {
            Subject::Region(region) => region.envelope,
            _ => None,
        }
    }

    /// The score of the row, where it is a region that has one.
    pub fn score(&self) -> Option<RegionScore<'b>> {
        match self.subject {
            Subject::Region(region) => region.score,
            _ => None,
        }
    }

    /// What the row is called, a text for each kind of name; longer ones than `longest` are cut.
    pub fn labels(&self, plan: &MobilityPlan, longest: usize) -> Vec<String> {
        match self.subject {
            Subject::Region(region) => vec![region_label(plan, region.region, longest)],
            Subject::Country(region, country) => {
                vec![region.number().to_string(), country_label(plan, country.country, longest)]
            }
            Subject::Flow(region, computed) => {
                let inputs = &computed.flow.inputs;
                vec![
                    region.number().to_string(),
                    inputs.country.to_string(),
                    printable(&shortened(&inputs.id, longest)).into_owned(),
                    format!("{} {}", inputs.activity, inputs.direction),
                ]
            }
            Subject::Activity(activity, direction) => vec![format!("{activity} {direction}")],
        }
    }
}

/// The rows of a budget, in the order of its result.
pub(super) fn rows<'b>(budget: &'b Budget<'b>, by: By) -> Vec<Row<'b>> {
    let regions = budget.regions.iter();
    let countries = || budget.regions.iter().flat_map(|r| r.countries.iter().map(move |c| (r, c)));
    match by {
        By::Region => regions.map(region_row).collect(),
        By::Country => countries().map(|(region, country)| country_row(region, country)).collect(),
        By::Flow => countries()
            .flat_map(|(region, country)| country.flows.iter().map(|flow| flow_row(region, flow)))
            .collect(),
        By::Activity => activity_rows(countries().flat_map(|(_, country)| &country.flows)),
    }
}

/// Whether the flow's distance is estimated.
pub(super) fn is_estimated(computed: &FlowBudget<'_>) -> bool {
    let distance = computed.flow.distance.as_ref();
    distance.is_some_and(|distance| distance.estimate.is_some())
}

/// `6 Central Asia`
pub(super) fn region_label(plan: &MobilityPlan, region: Region, longest: usize) -> String {
    format!("{} {}", region.number(), printable(&shortened(region_name(plan, region), longest)))
}

/// `KG Kyrgyzstan`
pub(super) fn country_label(plan: &MobilityPlan, country: CountryCode, longest: usize) -> String {
    format!("{country} {}", printable(&shortened(country_name(plan, country), longest)))
}

/// The region's name, as the rate table says it.
pub(super) fn region_name(plan: &MobilityPlan, region: Region) -> &str {
    plan.region_names.get(&region).map_or("", |name| name)
}

/// The country's name.
pub(super) fn country_name(plan: &MobilityPlan, country: CountryCode) -> &str {
    plan.country_names.get(&country).map_or("", |name| name)
}

fn region_row<'b>(region: &'b RegionBudget<'b>) -> Row<'b> {
    Row {
        subject: Subject::Region(region),
        headcount: region.headcount,
        amounts: region.amounts,
        flows: region.countries.iter().flat_map(|country| &country.flows).collect(),
    }
}

fn country_row<'b>(region: &RegionBudget<'_>, country: &'b CountryBudget<'b>) -> Row<'b> {
    Row {
        subject: Subject::Country(region.region, country),
        headcount: country.headcount,
        amounts: country.amounts,
        flows: country.flows.iter().collect(),
    }
}

fn flow_row<'b>(region: &RegionBudget<'_>, computed: &'b FlowBudget<'b>) -> Row<'b> {
    let inputs = &computed.flow.inputs;
    Row {
        subject: Subject::Flow(region.region, computed),
        headcount: Headcount::of(inputs.direction, inputs.participants),
        amounts: computed.amounts,
        flows: vec![computed],
    }
}

fn activity_rows<'b>(flows: impl Iterator<Item = &'b FlowBudget<'b>>) -> Vec<Row<'b>> {
    let mut rows: BTreeMap<(Activity, Direction), Row<'b>> = BTreeMap::new();
    for computed in flows {
        let inputs = &computed.flow.inputs;
        let (activity, direction) = (inputs.activity, inputs.direction);
        let row = rows.entry((activity, direction)).or_insert_with(|| Row {
            subject: Subject::Activity(activity, direction),
            headcount: Headcount::default(),
            amounts: Amounts::ZERO,
            flows: Vec::new(),
        });
        row.headcount += Headcount::of(direction, inputs.participants);
        row.amounts += computed.amounts;
        row.flows.push(computed);
    }
    rows.into_values().collect()
}
