//! What changed between two budgets, for scripts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Named, Report};
use crate::compare::{Cause, FlowChange};
use crate::diag::FindingRecord;
use crate::error::Error;
use crate::model::{Eur, Word};
use crate::places::NOTICE;
use crate::report::json::{self, Number, OptionsRecord, WhatIfRecord};
use crate::report::shift::{ApartRecord, ShiftRecord};

/// Format `ka171-diff`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(report: &Report<'_>) -> Result<String, Error> {
    let comparison = report.comparison;
    let record = DiffRecord {
        old: (&report.old).into(),
        new: (&report.new).into(),
        total: comparison.total.into(),
        regions: regions(report),
        causes: causes(&comparison.causes),
        flows: comparison.flows.iter().map(FlowRecord::new).collect(),
        apart: comparison.apart.iter().map(ApartRecord::new).collect(),
        estimates: comparison.has_estimates.then_some(NOTICE),
        notices: Vec::new(),
    };
    json::record("ka171-diff", &record)
}

#[derive(Serialize)]
struct DiffRecord<'r> {
    old: NamedRecord<'r>,
    new: NamedRecord<'r>,
    total: ShiftRecord,
    regions: Vec<RegionRecord<'r>>,
    /// They add up to the change of the total.
    causes: Vec<CauseRecord<'r>>,
    flows: Vec<FlowRecord<'r>>,
    /// Flows that can be computed with one of the tables alone.
    apart: Vec<ApartRecord<'r>>,
    /// Where distances of one of the budgets were estimated, whose the places are.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimates: Option<&'static str>,
    notices: Vec<FindingRecord<'r>>,
}

#[derive(Serialize)]
struct NamedRecord<'r> {
    file: &'r str,
    call: u16,
    rates: &'r str,
    rates_at_hand: bool,
    status: &'static str,
    /// Flows whose estimated distance lies near a band's edge.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    near_edge: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<OptionsRecord<'r>>,
}

#[derive(Serialize)]
struct RegionRecord<'r> {
    region: u8,
    name: &'r str,
    #[serde(flatten)]
    shift: ShiftRecord,
    causes: Vec<CauseRecord<'r>>,
}

#[derive(Serialize)]
struct CauseRecord<'r> {
    cause: &'static str,
    /// Of a rate or rule, which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<&'r str>,
    amount: Number,
}

#[derive(Serialize)]
struct FlowRecord<'r> {
    id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_id: Option<&'r str>,
    country: String,
    fate: &'static str,
    #[serde(flatten)]
    shift: ShiftRecord,
    causes: Vec<CauseRecord<'r>>,
}

impl<'r> From<&Named<'r>> for NamedRecord<'r> {
    fn from(named: &Named<'r>) -> Self {
        let what_if = named.what_if.and_then(WhatIfRecord::new);
        Self {
            file: named.file,
            call: named.table.call,
            rates: named.rates_id,
            rates_at_hand: named.is_at_hand,
            status: named.table.identity.status.as_str(),
            near_edge: named.near_edge,
            what_if,
            options: named.options.and_then(OptionsRecord::new),
        }
    }
}

impl<'r> FlowRecord<'r> {
    fn new(flow: &'r FlowChange) -> Self {
        Self {
            id: &flow.id,
            old_id: flow.old_id.as_deref(),
            country: flow.country.to_string(),
            fate: flow.fate.as_str(),
            shift: flow.shift.into(),
            causes: causes(&flow.causes),
        }
    }
}

fn regions<'r>(report: &Report<'r>) -> Vec<RegionRecord<'r>> {
    let comparison = report.comparison;
    let mut records = Vec::with_capacity(comparison.regions.len());
    for (region, change) in &comparison.regions {
        records.push(RegionRecord {
            region: region.number(),
            name: super::region_name(report, *region),
            shift: change.shift.into(),
            causes: causes(&change.causes),
        });
    }
    records
}

fn causes(causes: &BTreeMap<Cause, Eur>) -> Vec<CauseRecord<'_>> {
    let mut records = Vec::with_capacity(causes.len());
    for (cause, amount) in causes {
        let (kind, figure) = (cause.kind.as_str(), cause.figure.as_deref());
        records.push(CauseRecord { cause: kind, figure, amount: (*amount).into() });
    }
    records
}
