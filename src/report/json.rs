//! The result for scripts: format `ka171-budget`, version 1.
//!
//! Amounts are numbers with exactly two decimals, written from the exact value. The same input gives
//! the same bytes.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::number::hundredths;
use super::{By, formula_text};
use crate::diag::{Diagnostic, FindingRecord};
use crate::engine::{
    Amounts, Budget, CostItem, CountryBudget, EnvelopeUse, FlowBudget, LineItem, RegionBudget,
};
use crate::error::Error;
use crate::model::{Confidence, Distance, Eur, FlowInputs, Locator, StayLength, Word};

/// Writes a budget. `by` region or country leaves the deeper lists empty.
///
/// # Errors
///
/// Those of [`document`].
pub fn render(
    budget: &Budget<'_>,
    notices: &[Diagnostic],
    by: Option<By>,
) -> Result<String, Error> {
    document(&BudgetRecord::new(budget, notices, by))
}

/// A record as an indented document.
///
/// # Errors
///
/// What serde_json says; with records that have texts as keys, nothing is known.
pub fn document(record: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(record).map_err(|error| Error::Write(error.into()))?;
    Ok(text + "\n")
}

#[derive(Serialize)]
struct BudgetRecord<'b> {
    format: &'static str,
    format_version: u32,
    engine_version: &'static str,
    action: &'static str,
    call: u16,
    currency: &'static str,
    rates: Rates<'b>,
    plan: Plan<'b>,
    project: Project<'b>,
    regions: Vec<RegionRecord<'b>>,
    totals: TotalsRecord,
    sources: BTreeMap<&'b str, SourceRecord<'b>>,
    origins: BTreeMap<&'b str, OriginRecord<'b>>,
    notices: Vec<FindingRecord<'b>>,
}

#[derive(Serialize)]
struct Rates<'b> {
    id: &'b str,
    status: &'static str,
    origin: &'b str,
    sha256: &'b str,
}

#[derive(Serialize)]
struct Plan<'b> {
    files: Vec<PlanFile<'b>>,
}

#[derive(Serialize)]
struct PlanFile<'b> {
    name: &'b str,
    sha256: &'b str,
}

#[derive(Serialize)]
struct Project<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<&'b str>,
    country: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
}

#[derive(Serialize)]
struct RegionRecord<'b> {
    region: u8,
    name: &'b str,
    participants: u64,
    incoming_participants: u64,
    outgoing_participants: u64,
    amounts: AmountsRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    envelope: Option<EnvelopeRecord>,
    countries: Vec<CountryRecord<'b>>,
}

#[derive(Serialize)]
struct EnvelopeRecord {
    kind: &'static str,
    amount: Number,
    share_percent: Option<Number>,
    remaining: Number,
}

#[derive(Serialize)]
struct CountryRecord<'b> {
    country: Text,
    name: &'b str,
    participants: u64,
    amounts: AmountsRecord,
    flows: Vec<FlowRecord<'b>>,
}

#[derive(Serialize)]
struct FlowRecord<'b> {
    id: &'b str,
    inputs: InputsRecord<'b>,
    stay_days: u32,
    activity_days: u32,
    funded_days: u32,
    travel_days: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_group: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<DistanceRecord<'b>>,
    amounts: AmountsRecord,
    lines: Vec<LineRecord<'b>>,
}

#[derive(Serialize)]
struct DistanceRecord<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    km: Option<Number>,
    basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<&'b str>,
}

#[derive(Serialize)]
struct LineRecord<'b> {
    item: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    participants: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_participant: Option<Number>,
    amount: Number,
    formula: String,
    sources: Vec<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
}

/// The plan's keys of a flow, with defaults filled in.
#[derive(Serialize)]
struct InputsRecord<'b> {
    id: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    partner: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oid: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'b str>,
    country: Text,
    region: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_city: Option<&'b str>,
    direction: &'static str,
    activity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blended: Option<bool>,
    participants: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fewer_opportunities: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Text>,
    interruption_days: u32,
    unfunded_days: u32,
    travel: &'static str,
    travel_days: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_km: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    travel_cost: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inclusion_support: Option<Number>,
    zero_grant: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_enterprise: Option<bool>,
    restriction_checked: bool,
}

#[derive(Serialize)]
struct TotalsRecord {
    participants: u64,
    incoming_participants: u64,
    outgoing_participants: u64,
    incoming: AmountsRecord,
    outgoing: AmountsRecord,
    amounts: AmountsRecord,
}

#[derive(Serialize)]
struct SourceRecord<'b> {
    title: &'b str,
    publisher: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offline: Option<&'b str>,
}

#[derive(Serialize)]
struct OriginRecord<'b> {
    file: &'b str,
    line: u32,
}

/// The seven amounts that every level has.
#[derive(Serialize)]
struct AmountsRecord {
    individual_support: Number,
    top_up: Number,
    travel: Number,
    exceptional_costs: Number,
    inclusion_support: Number,
    organisational_support: Number,
    total: Number,
}

/// A number in its exact text, which a float would not keep.
struct Number(String);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl From<Eur> for Number {
    fn from(amount: Eur) -> Self {
        Self(amount.to_string())
    }
}

/// A value by its text.
struct Text(String);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'b> BudgetRecord<'b> {
    fn new(budget: &'b Budget<'_>, notices: &'b [Diagnostic], by: Option<By>) -> Self {
        let plan = budget.plan;
        let totals = &budget.totals;
        let with_flows = !matches!(by, Some(By::Region | By::Country));
        let file = |file: &'b crate::model::FileIdentity| PlanFile {
            name: &file.name,
            sha256: &file.sha256,
        };
        Self {
            format: "ka171-budget",
            format_version: 1,
            engine_version: env!("CARGO_PKG_VERSION"),
            action: "KA171",
            call: plan.call,
            currency: "EUR",
            rates: Rates {
                id: &plan.rates.id,
                status: plan.rates.status.as_str(),
                origin: &plan.rates.origin,
                sha256: &plan.rates.sha256,
            },
            plan: Plan { files: plan.files.iter().map(file).collect() },
            project: Project {
                applicant: plan.project.applicant.as_deref(),
                country: Text(plan.project.country.to_string()),
                city: plan.project.city.as_deref(),
                months: plan.project.months,
            },
            regions: budget
                .regions
                .iter()
                .map(|region| region_record(budget, region, by))
                .collect(),
            totals: TotalsRecord {
                participants: totals.headcount.total(),
                incoming_participants: totals.headcount.incoming,
                outgoing_participants: totals.headcount.outgoing,
                incoming: (&totals.incoming).into(),
                outgoing: (&totals.outgoing).into(),
                amounts: (&totals.amounts).into(),
            },
            sources: sources(budget),
            origins: if with_flows { origins(budget) } else { BTreeMap::new() },
            notices: notices.iter().map(FindingRecord::new).collect(),
        }
    }
}

fn region_record<'b>(
    budget: &'b Budget<'_>,
    region: &'b RegionBudget<'_>,
    by: Option<By>,
) -> RegionRecord<'b> {
    let countries = match by {
        Some(By::Region) => Vec::new(),
        _ => region.countries.iter().map(|country| country_record(budget, country, by)).collect(),
    };
    RegionRecord {
        region: region.region.number(),
        name: budget.plan.region_names.get(&region.region).map_or("", |name| name),
        participants: region.headcount.total(),
        incoming_participants: region.headcount.incoming,
        outgoing_participants: region.headcount.outgoing,
        amounts: (&region.amounts).into(),
        envelope: region.envelope.as_ref().map(envelope_record),
        countries,
    }
}

fn envelope_record(used: &EnvelopeUse<'_>) -> EnvelopeRecord {
    EnvelopeRecord {
        kind: used.envelope.kind.as_str(),
        amount: used.envelope.amount.into(),
        share_percent: used.share_hundredths().map(|share| Number(hundredths(share))),
        remaining: used.remaining().into(),
    }
}

fn country_record<'b>(
    budget: &'b Budget<'_>,
    country: &'b CountryBudget<'_>,
    by: Option<By>,
) -> CountryRecord<'b> {
    let flows = match by {
        Some(By::Country) => Vec::new(),
        _ => country.flows.iter().map(flow_record).collect(),
    };
    CountryRecord {
        country: Text(country.country.to_string()),
        name: budget.plan.country_names.get(&country.country).map_or("", |name| name),
        participants: country.headcount.total(),
        amounts: (&country.amounts).into(),
        flows,
    }
}

fn flow_record<'b>(computed: &'b FlowBudget<'_>) -> FlowRecord<'b> {
    let flow = computed.flow;
    FlowRecord {
        id: &flow.inputs.id,
        inputs: inputs_record(&flow.inputs),
        stay_days: flow.duration.stay_days,
        activity_days: flow.duration.activity_days,
        funded_days: flow.duration.funded_days,
        travel_days: flow.inputs.travel_days,
        country_group: flow.country_group.map(|group| group.number()),
        distance: flow.distance.as_ref().map(distance_record),
        amounts: (&computed.amounts).into(),
        lines: computed.lines.iter().map(line_record).collect(),
    }
}

fn distance_record(distance: &Distance) -> DistanceRecord<'_> {
    DistanceRecord {
        km: distance.km.map(|km| Number(km.to_string())),
        basis: distance.basis.as_str(),
        band: distance.band.as_deref(),
    }
}

fn line_record<'b>(line: &LineItem<'b>) -> LineRecord<'b> {
    let mut sources: Vec<&'b str> = Vec::new();
    for source in line.grounds.iter().flat_map(|citation| citation.sources()) {
        if !sources.contains(&source.key.as_str()) {
            sources.push(&source.key);
        }
    }
    LineRecord {
        item: line.item.key(),
        participants: line.each.map(|each| each.participants),
        per_participant: line.each.map(|each| each.amount.into()),
        amount: line.amount.into(),
        formula: formula_text(&line.formula),
        sources,
        confidence: line.confidence().map(Confidence::as_str),
    }
}

fn inputs_record(inputs: &FlowInputs) -> InputsRecord<'_> {
    let (mut months, mut days, mut start, mut end) = (None, None, None, None);
    match inputs.length {
        StayLength::Counted { months: m, days: d } => (months, days) = (m, d),
        StayLength::Dates { start: first, end: last } => {
            (start, end) = (Some(Text(first.to_string())), Some(Text(last.to_string())));
        }
    }
    InputsRecord {
        id: &inputs.id,
        partner: inputs.partner.as_deref(),
        oid: inputs.oid.as_deref(),
        note: inputs.note.as_deref(),
        country: Text(inputs.country.to_string()),
        region: inputs.region.number(),
        city: inputs.city.as_deref(),
        home_city: inputs.home_city.as_deref(),
        direction: inputs.direction.as_str(),
        activity: inputs.activity.as_str(),
        term: inputs.term.map(Word::as_str),
        level: inputs.level.map(Word::as_str),
        blended: inputs.blended,
        participants: inputs.participants,
        fewer_opportunities: inputs.fewer_opportunities,
        months,
        days,
        start,
        end,
        interruption_days: inputs.interruption_days,
        unfunded_days: inputs.unfunded_days,
        travel: inputs.travel.as_str(),
        travel_days: inputs.travel_days,
        distance_km: inputs.distance_km.map(|km| Number(km.to_string())),
        band: inputs.band.as_deref(),
        travel_cost: inputs.travel_cost.map(Number::from),
        inclusion_support: inputs.inclusion_support.map(Number::from),
        zero_grant: inputs.zero_grant,
        from_enterprise: inputs.from_enterprise,
        restriction_checked: inputs.restriction_checked,
    }
}

fn flows<'b>(budget: &'b Budget<'_>) -> impl Iterator<Item = &'b FlowBudget<'b>> {
    budget.regions.iter().flat_map(|region| &region.countries).flat_map(|country| &country.flows)
}

fn sources<'b>(budget: &'b Budget<'_>) -> BTreeMap<&'b str, SourceRecord<'b>> {
    let citations = flows(budget).flat_map(|flow| &flow.lines).flat_map(|line| line.grounds);
    let mut sources = BTreeMap::new();
    for source in citations.flat_map(|citation| citation.sources()) {
        sources.entry(source.key.as_str()).or_insert_with(|| {
            let (url, offline) = match &source.locator {
                Locator::Url(url) => (Some(url.as_str()), None),
                Locator::Offline(what) => (None, Some(what.as_str())),
            };
            SourceRecord { title: &source.title, publisher: &source.publisher, url, offline }
        });
    }
    sources
}

fn origins<'b>(budget: &'b Budget<'_>) -> BTreeMap<&'b str, OriginRecord<'b>> {
    let origin = |flow: &'b FlowBudget<'b>| {
        let origin = &flow.flow.origin;
        (flow.flow.inputs.id.as_str(), OriginRecord { file: &origin.file, line: origin.line })
    };
    flows(budget).map(origin).collect()
}

impl From<&Amounts> for AmountsRecord {
    fn from(amounts: &Amounts) -> Self {
        Self {
            individual_support: amounts.get(CostItem::IndividualSupport).into(),
            top_up: amounts.get(CostItem::TopUp).into(),
            travel: amounts.get(CostItem::Travel).into(),
            exceptional_costs: amounts.get(CostItem::ExceptionalCosts).into(),
            inclusion_support: amounts.get(CostItem::InclusionSupport).into(),
            organisational_support: amounts.get(CostItem::OrganisationalSupport).into(),
            total: amounts.total().into(),
        }
    }
}
