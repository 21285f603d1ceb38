//! The rows of a table, whatever they stand for.

use std::collections::BTreeMap;

use super::By;
use crate::diag::{printable, shortened};
use crate::engine::{
    Amounts, Budget, CountryBudget, EnvelopeUse, FlowBudget, Headcount, RegionBudget, RegionScore,
};
use crate::model::{Activity, CountryCode, Direction, MobilityPlan, Region};

/// Longer names are cut.
const LONGEST_LABEL: usize = 40;

/// A row: labels, heads, amounts.
pub(super) struct Row<'b> {
    pub labels: Vec<String>,
    pub headcount: Headcount,
    pub amounts: Amounts,
    pub envelope: Option<EnvelopeUse<'b>>,
    pub score: Option<RegionScore<'b>>,
    /// Whether a distance in it is estimated.
    pub is_estimated: bool,
}

/// The headings of the labels.
pub(super) fn headings(by: By) -> &'static [&'static str] {
    match by {
        By::Region => &["Region"],
        By::Country => &["Region", "Country"],
        By::Flow => &["Region", "Country", "Flow", "Activity"],
        By::Activity => &["Activity"],
    }
}

/// The rows of a budget, in the order of its result.
pub(super) fn rows<'b>(budget: &'b Budget<'_>, by: By) -> Vec<Row<'b>> {
    let plan = budget.plan;
    let regions = budget.regions.iter();
    let countries = || budget.regions.iter().flat_map(|r| r.countries.iter().map(move |c| (r, c)));
    match by {
        By::Region => regions.map(|region| region_row(plan, region)).collect(),
        By::Country => {
            countries().map(|(region, country)| country_row(plan, region, country)).collect()
        }
        By::Flow => countries()
            .flat_map(|(region, country)| country.flows.iter().map(|flow| flow_row(region, flow)))
            .collect(),
        By::Activity => activity_rows(countries().flat_map(|(_, country)| &country.flows)),
    }
}

fn is_estimated(computed: &FlowBudget<'_>) -> bool {
    let distance = computed.flow.distance.as_ref();
    distance.is_some_and(|distance| distance.estimate.is_some())
}

fn region_label(plan: &MobilityPlan, region: Region) -> String {
    let name = plan.region_names.get(&region).map_or("", |name| name);
    format!("{} {}", region.number(), printable(&shortened(name, LONGEST_LABEL)))
}

fn country_label(plan: &MobilityPlan, country: CountryCode) -> String {
    let name = plan.country_names.get(&country).map_or("", |name| name);
    format!("{country} {}", printable(&shortened(name, LONGEST_LABEL)))
}

fn region_row<'b>(plan: &MobilityPlan, region: &RegionBudget<'b>) -> Row<'b> {
    Row {
        labels: vec![region_label(plan, region.region)],
        headcount: region.headcount,
        amounts: region.amounts,
        envelope: region.envelope,
        score: region.score,
        is_estimated: region.countries.iter().flat_map(|country| &country.flows).any(is_estimated),
    }
}

fn country_row<'b>(
    plan: &MobilityPlan,
    region: &RegionBudget<'_>,
    country: &CountryBudget<'_>,
) -> Row<'b> {
    Row {
        labels: vec![region.region.number().to_string(), country_label(plan, country.country)],
        headcount: country.headcount,
        amounts: country.amounts,
        envelope: None,
        score: None,
        is_estimated: country.flows.iter().any(is_estimated),
    }
}

fn flow_row<'b>(region: &RegionBudget<'_>, computed: &FlowBudget<'_>) -> Row<'b> {
    let inputs = &computed.flow.inputs;
    Row {
        labels: vec![
            region.region.number().to_string(),
            inputs.country.to_string(),
            printable(&shortened(&inputs.id, LONGEST_LABEL)).into_owned(),
            format!("{} {}", inputs.activity, inputs.direction),
        ],
        headcount: Headcount::of(inputs.direction, inputs.participants),
        amounts: computed.amounts,
        envelope: None,
        score: None,
        is_estimated: is_estimated(computed),
    }
}

fn activity_rows<'f, 'b>(flows: impl Iterator<Item = &'f FlowBudget<'f>>) -> Vec<Row<'b>> {
    let mut sums: BTreeMap<(Activity, Direction), (Headcount, Amounts, bool)> = BTreeMap::new();
    for computed in flows {
        let inputs = &computed.flow.inputs;
        let (headcount, amounts, estimated) = sums
            .entry((inputs.activity, inputs.direction))
            .or_insert((Headcount::default(), Amounts::ZERO, false));
        *headcount += Headcount::of(inputs.direction, inputs.participants);
        *amounts += computed.amounts;
        *estimated |= is_estimated(computed);
    }
    sums.into_iter()
        .map(|((activity, direction), (headcount, amounts, is_estimated))| Row {
            labels: vec![format!("{activity} {direction}")],
            headcount,
            amounts,
            envelope: None,
            score: None,
            is_estimated,
        })
        .collect()
}
