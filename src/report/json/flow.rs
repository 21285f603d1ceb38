//! A flow: what went in, how long it is, what it gets and why.

use serde::Serialize;

use super::amounts::{AmountsRecord, Number, Text};
use super::places::EndsRecord;
use crate::engine::{FlowBudget, LineItem};
use crate::model::{Confidence, Distance, FlowInputs, StayLength, Word};
use crate::report::formula_text;

#[derive(Serialize)]
pub(super) struct FlowRecord<'b> {
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
    /// Of an estimate, between which two places.
    #[serde(flatten)]
    ends: Option<EndsRecord<'b>>,
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

pub(super) fn flow_record<'b>(computed: &'b FlowBudget<'_>) -> FlowRecord<'b> {
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
        ends: distance.estimate.as_ref().map(EndsRecord::new),
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
