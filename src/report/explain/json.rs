//! Explanations for scripts: format `ka171-explain`, version 1.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::sources;
use crate::diag::{CellPlace, Diagnostic, FindingRecord};
use crate::error::Error;
use crate::explain::{
    Alternative, Derivation, Explanation, FlowExplanation, Input, InputOrigin, RegionExplanation,
    Sum, Sums,
};
use crate::model::{Basis, Citation, Eur, Status, Word};
use crate::report::json::{self, Number, PlacesRecord, SourceRecord, WhatIfRecord};
use crate::report::rates::records::{BasisRecord, TableRecord};

/// An explanation with the notices about what it explains.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(explanation: &Explanation<'_>, notices: &[Diagnostic]) -> Result<String, Error> {
    json::record("ka171-explain", &ExplanationRecord::new(explanation, notices))
}

#[derive(Serialize)]
struct ExplanationRecord<'e> {
    action: &'static str,
    call: u16,
    currency: &'static str,
    rates: TableRecord<'e>,
    plan: PlanRecord<'e>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<PlacesRecord<'e>>,
    project: ProjectRecord<'e>,
    inputs: Vec<InputRecord<'e>>,
    regions: Vec<RegionRecord<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<SumsRecord<'e>>,
    sources: BTreeMap<&'e str, SourceRecord<'e>>,
    notices: Vec<FindingRecord<'e>>,
}

#[derive(Serialize)]
struct PlanRecord<'e> {
    files: Vec<FileRecord<'e>>,
}

#[derive(Serialize)]
struct FileRecord<'e> {
    name: &'e str,
    sha256: &'e str,
}

#[derive(Serialize)]
struct ProjectRecord<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<&'e str>,
    country: String,
}

#[derive(Serialize)]
struct RegionRecord<'e> {
    region: u8,
    name: &'e str,
    flows: Vec<FlowRecord<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sums: Option<SumsRecord<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    envelope: Option<&'e str>,
}

#[derive(Serialize)]
struct FlowRecord<'e> {
    id: &'e str,
    about: &'e str,
    country: String,
    origin: OriginRecord<'e>,
    days: &'e [String],
    inputs: Vec<InputRecord<'e>>,
    lines: Vec<LineRecord<'e>>,
    sum: SumRecord<'e>,
    figures: Vec<FigureRecord<'e>>,
    alternatives: Vec<AlternativeRecord<'e>>,
}

#[derive(Serialize)]
struct OriginRecord<'e> {
    file: &'e str,
    line: u32,
}

#[derive(Serialize)]
struct LineRecord<'e> {
    item: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    participants: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_participant: Option<Number>,
    amount: Number,
    sentence: &'e str,
    steps: &'e [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    figures: Vec<FigureRecord<'e>>,
    inputs: Vec<InputRecord<'e>>,
}

#[derive(Serialize)]
struct FigureRecord<'e> {
    figure: &'e str,
    value: &'e str,
    /// Of a provisional table: carried over from another call.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    carried: bool,
    #[serde(flatten)]
    basis: BasisRecord<'e>,
}

/// A key of the plan; `from` says who says so, and file and line where the plan does.
#[derive(Serialize)]
struct InputRecord<'e> {
    key: &'e str,
    value: &'e str,
    from: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// Of a sheet: `G17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

#[derive(Serialize)]
struct SumsRecord<'e> {
    lines: Vec<ItemSumRecord<'e>>,
    /// By country in a region that has several, by direction in a plan.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartRecord<'e>>,
    total: SumRecord<'e>,
}

#[derive(Serialize)]
struct ItemSumRecord<'e> {
    item: &'static str,
    #[serde(flatten)]
    sum: SumRecord<'e>,
}

#[derive(Serialize)]
struct PartRecord<'e> {
    name: &'e str,
    #[serde(flatten)]
    sum: SumRecord<'e>,
}

#[derive(Serialize)]
struct SumRecord<'e> {
    amount: Number,
    sentence: &'e str,
}

#[derive(Serialize)]
struct AlternativeRecord<'e> {
    kind: &'static str,
    /// The flow's total then.
    total: Number,
    difference: Number,
    sentence: &'e str,
    figures: Vec<FigureRecord<'e>>,
}

impl<'e> ExplanationRecord<'e> {
    fn new(explanation: &'e Explanation<'_>, notices: &'e [Diagnostic]) -> Self {
        let subject = &explanation.subject;
        let plan = &subject.loaded.plan;
        let files = plan.files.iter();
        let files = files.map(|file| FileRecord { name: &file.name, sha256: &file.sha256 });
        let sources = sources(explanation).into_iter();
        Self {
            action: "KA171",
            call: plan.call,
            currency: "EUR",
            rates: TableRecord::new(&subject.loaded.table),
            plan: PlanRecord { files: files.collect() },
            what_if: WhatIfRecord::new(&plan.what_if),
            places: plan.places.as_ref().map(PlacesRecord::new),
            project: ProjectRecord {
                applicant: plan.project.applicant.as_deref(),
                country: plan.project.country.to_string(),
            },
            inputs: inputs(&explanation.inputs),
            regions: explanation.regions.iter().map(region_record).collect(),
            totals: explanation.total.as_ref().map(sums_record),
            sources: sources.map(|(key, source)| (key, SourceRecord::new(source))).collect(),
            notices: notices.iter().map(FindingRecord::new).collect(),
        }
    }
}

fn region_record<'e>(region: &'e RegionExplanation<'_>) -> RegionRecord<'e> {
    RegionRecord {
        region: region.computed.region.number(),
        name: region.name,
        flows: region.flows.iter().map(flow_record).collect(),
        sums: region.sums.as_ref().map(sums_record),
        envelope: region.envelope.as_deref(),
    }
}

fn flow_record<'e>(flow: &'e FlowExplanation<'_>) -> FlowRecord<'e> {
    let resolved = flow.computed.flow;
    let taken = flow.sum.amount;
    FlowRecord {
        id: &resolved.inputs.id,
        about: &flow.about,
        country: resolved.inputs.country.to_string(),
        origin: OriginRecord { file: &resolved.origin.file, line: resolved.origin.line },
        days: &flow.days,
        inputs: inputs(&flow.inputs),
        lines: flow.amounts.iter().map(line_record).collect(),
        sum: sum_record(&flow.sum),
        figures: figures(&flow.figures),
        alternatives: flow.alternatives.iter().map(|other| alternative(other, taken)).collect(),
    }
}

fn line_record<'e>(amount: &'e Derivation<'_>) -> LineRecord<'e> {
    let each = amount.line.and_then(|line| line.each);
    LineRecord {
        item: amount.item.key(),
        participants: each.map(|each| each.participants),
        per_participant: each.map(|each| each.amount.into()),
        amount: amount.amount().into(),
        sentence: &amount.sentence,
        steps: &amount.steps,
        rule: amount.rule.as_deref(),
        confidence: amount.line.and_then(|line| line.confidence()).map(Word::as_str),
        figures: figures(&amount.figures),
        inputs: inputs(&amount.inputs),
    }
}

fn alternative(other: &Alternative, taken: Eur) -> AlternativeRecord<'_> {
    AlternativeRecord {
        kind: other.kind.as_str(),
        total: other.total.into(),
        difference: (other.total - taken).into(),
        sentence: &other.sentence,
        figures: figures(&other.figures),
    }
}

fn figures(citations: &[Arc<Citation>]) -> Vec<FigureRecord<'_>> {
    citations.iter().map(|citation| figure(citation)).collect()
}

fn figure(citation: &Citation) -> FigureRecord<'_> {
    FigureRecord {
        figure: &citation.figure,
        value: &citation.value,
        carried: matches!(citation.basis, Basis::Sourced { carried: true, .. }),
        // `carried` is said above, whatever the table.
        basis: BasisRecord::new(citation, Status::Published),
    }
}

fn inputs(inputs: &[Input]) -> Vec<InputRecord<'_>> {
    inputs.iter().map(input_record).collect()
}

fn input_record(input: &Input) -> InputRecord<'_> {
    let (from, place) = match &input.origin {
        InputOrigin::Plan(place) => ("plan", Some(place)),
        InputOrigin::CommandLine => ("command-line", None),
        InputOrigin::Default => ("default", None),
    };
    InputRecord {
        key: &input.key,
        value: &input.value,
        from,
        file: place.map(|place| place.file.name()),
        line: place.map(|place| place.file.line_number(place.span.start)),
        cell: place.and_then(|place| place.cell()).map(CellPlace::name),
    }
}

fn sums_record(sums: &Sums) -> SumsRecord<'_> {
    let lines = sums.items.iter();
    let lines = lines.map(|(item, sum)| ItemSumRecord { item: item.key(), sum: sum_record(sum) });
    let parts = sums.parts.iter();
    let parts = parts.map(|(name, sum)| PartRecord { name, sum: sum_record(sum) });
    SumsRecord { lines: lines.collect(), parts: parts.collect(), total: sum_record(&sums.total) }
}

fn sum_record(sum: &Sum) -> SumRecord<'_> {
    SumRecord { amount: sum.amount.into(), sentence: &sum.sentence }
}
