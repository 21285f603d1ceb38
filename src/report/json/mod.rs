//! The result for scripts: format `ka171-budget`, version 1.
//!
//! Amounts are numbers with exactly two decimals, written from the exact value. The same input gives
//! the same bytes.

mod amounts;
mod envelopes;
mod flow;
pub(super) mod head;
mod options;
mod places;
mod sources;
mod what_if;

pub(crate) use amounts::Number;
pub(crate) use places::{PlacesRecord, SpotRecord};
pub(crate) use sources::SourceRecord;
pub(crate) use what_if::WhatIfRecord;

use std::collections::BTreeMap;

use serde::Serialize;

use amounts::{AmountsRecord, Text};
use envelopes::{EnvelopesRecord, envelopes_record};
use flow::{FlowRecord, flow_record};
use head::{FilesRecord, ProjectRecord, RatesRecord};
pub(crate) use options::OptionsRecord;
use sources::sources;

use super::By;
use super::number::hundredths;
use crate::diag::{Diagnostic, FindingRecord};
use crate::engine::{Budget, CountryBudget, EnvelopeUse, FlowBudget, RegionBudget, RegionScore};
use crate::error::Error;
use crate::model::Word;

/// Writes a budget. `by` region or country leaves the deeper lists empty.
///
/// # Errors
///
/// Those of [`record`].
pub fn render(
    budget: &Budget<'_>,
    notices: &[Diagnostic],
    by: Option<By>,
) -> Result<String, Error> {
    record("ka171-budget", &BudgetRecord::new(budget, notices, by))
}

/// A record of a format's version 1 as an indented document, with the header that all outputs for scripts share.
///
/// # Errors
///
/// What serde_json says; with records that have texts as keys, nothing is known.
pub fn record(format: &'static str, body: &impl Serialize) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Headed<'b, B> {
        format: &'static str,
        format_version: u32,
        engine_version: &'static str,
        #[serde(flatten)]
        body: &'b B,
    }
    let engine_version = env!("CARGO_PKG_VERSION");
    let headed = Headed { format, format_version: 1, engine_version, body };
    let text = serde_json::to_string_pretty(&headed).map_err(|error| Error::Write(error.into()))?;
    Ok(in_ascii(&text) + "\n")
}

/// Windows PowerShell's `>` reads what a program writes in an old code page: only ASCII comes through. In
/// JSON other characters stand in texts alone, where they can be written by number.
fn in_ascii(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    let mut units = [0; 2];
    for c in text.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            let units = c.encode_utf16(&mut units).iter();
            ascii.extend(units.map(|unit| format!("\\u{unit:04x}")));
        }
    }
    ascii
}

#[derive(Serialize)]
struct BudgetRecord<'b> {
    action: &'static str,
    call: u16,
    currency: &'static str,
    rates: RatesRecord<'b>,
    plan: FilesRecord<'b>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<PlacesRecord<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<OptionsRecord<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    envelopes: Option<EnvelopesRecord<'b>>,
    project: ProjectRecord<'b>,
    regions: Vec<RegionRecord<'b>>,
    totals: TotalsRecord,
    sources: BTreeMap<String, SourceRecord<'b>>,
    origins: BTreeMap<&'b str, OriginRecord<'b>>,
    notices: Vec<FindingRecord<'b>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<ScoreRecord>,
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
struct ScoreRecord {
    marks: BTreeMap<&'static str, Number>,
    total: Number,
    passes: bool,
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
struct TotalsRecord {
    participants: u64,
    incoming_participants: u64,
    outgoing_participants: u64,
    incoming: AmountsRecord,
    outgoing: AmountsRecord,
    amounts: AmountsRecord,
}

#[derive(Serialize)]
struct OriginRecord<'b> {
    file: &'b str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'b str>,
}

impl<'b> BudgetRecord<'b> {
    fn new(budget: &'b Budget<'_>, notices: &'b [Diagnostic], by: Option<By>) -> Self {
        let plan = budget.plan;
        let totals = &budget.totals;
        let with_flows = !matches!(by, Some(By::Region | By::Country));
        Self {
            action: "KA171",
            call: plan.call,
            currency: "EUR",
            rates: RatesRecord::new(plan),
            plan: FilesRecord::new(plan),
            places: plan.places.as_ref().map(PlacesRecord::new),
            what_if: WhatIfRecord::new(&plan.what_if),
            options: OptionsRecord::new(&plan.options),
            envelopes: envelopes_record(budget),
            project: ProjectRecord::new(plan),
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
        score: region.score.as_ref().map(score_record),
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

fn score_record(score: &RegionScore<'_>) -> ScoreRecord {
    let marks = score.score.marks.iter();
    ScoreRecord {
        marks: marks
            .map(|mark| (mark.criterion.as_str(), Number(mark.points.to_string())))
            .collect(),
        total: Number(score.total.to_string()),
        passes: score.passes(),
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

fn flows<'b>(budget: &'b Budget<'_>) -> impl Iterator<Item = &'b FlowBudget<'b>> {
    budget.regions.iter().flat_map(|region| &region.countries).flat_map(|country| &country.flows)
}

fn origins<'b>(budget: &'b Budget<'_>) -> BTreeMap<&'b str, OriginRecord<'b>> {
    let origin = |flow: &'b FlowBudget<'b>| {
        let origin = &flow.flow.origin;
        let (file, line, sheet) = (&*origin.file, origin.line, origin.sheet.as_deref());
        (flow.flow.inputs.id.as_str(), OriginRecord { file, line, sheet })
    };
    flows(budget).map(origin).collect()
}
