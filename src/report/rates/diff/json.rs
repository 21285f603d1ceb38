//! Differences and their impact for scripts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use crate::diag::FindingRecord;
use crate::error::Error;
use crate::impact::{FlowImpact, Impact, Shift};
use crate::model::{CountryCode, Eur, Word};
use crate::places::NOTICE;
use crate::rates::RateTable;
use crate::rates::catalogue::Entry;
use crate::rates::diff::{Change, Fate, Sides};
use crate::report::json::{self, Number, SourceRecord};
use crate::report::number::hundredths;
use crate::report::rates::records::{BasisRecord, TableRecord, ValueRecord};
use crate::report::shift::{ApartRecord, ShiftRecord};

/// Format `ka171-rates-diff`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(report: &Report<'_>) -> Result<String, Error> {
    let (countries, figures): (Vec<_>, Vec<_>) =
        report.diff.changes().partition(|change| change.entry().is_country());
    let source = |sides| SourceChange::new(sides);
    let record = DiffRecord {
        old: TableRecord::new(report.old),
        new: TableRecord::new(report.new),
        figures: figures.into_iter().map(|change| FigureChange::new(report, change)).collect(),
        countries: countries.into_iter().map(|change| CountryChange::new(report, change)).collect(),
        sources: report.diff.sources.iter().map(source).collect(),
        impact: report.impacts.iter().map(|impact| ImpactRecord::new(report, impact)).collect(),
        notices: report.notices.iter().map(FindingRecord::new).collect(),
    };
    json::record("ka171-rates-diff", &record)
}

#[derive(Serialize)]
struct DiffRecord<'t> {
    old: TableRecord<'t>,
    new: TableRecord<'t>,
    figures: Vec<FigureChange<'t>>,
    countries: Vec<CountryChange<'t>>,
    sources: Vec<SourceChange<'t>>,
    impact: Vec<ImpactRecord<'t>>,
    notices: Vec<FindingRecord<'t>>,
}

#[derive(Serialize)]
struct FigureChange<'t> {
    section: &'static str,
    key: &'t str,
    figure: &'t str,
    change: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
    old: Option<SideRecord<'t>>,
    new: Option<SideRecord<'t>>,
    /// New less old, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    absolute: Option<Number>,
    /// In percent of the old number.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Number>,
}

#[derive(Serialize)]
struct SideRecord<'t> {
    value: ValueRecord,
    #[serde(flatten)]
    basis: BasisRecord<'t>,
}

impl<'t> FigureChange<'t> {
    fn new(report: &Report<'_>, change: &'t Change) -> Self {
        let entry = change.entry();
        let side = |entry: &'t Entry, table: &RateTable| SideRecord {
            value: (&entry.value).into(),
            basis: BasisRecord::new(&entry.citation, table.identity.status),
        };
        let differs = change.fate == Fate::Changed;
        let absolute = change.difference().filter(|_| differs);
        let percent = change.percent_hundredths().filter(|_| differs);
        Self {
            section: entry.section.as_str(),
            key: &entry.key,
            figure: &entry.figure,
            change: change.fate.as_str(),
            unit: entry.unit,
            old: change.sides.in_old().map(|entry| side(entry, report.old)),
            new: change.sides.in_new().map(|entry| side(entry, report.new)),
            absolute: absolute.map(|number| Number(number.to_string())),
            percent: percent.map(|percent| Number(hundredths(percent))),
        }
    }
}

#[derive(Serialize)]
struct CountryChange<'t> {
    country: &'t str,
    name: String,
    change: &'static str,
    /// `null` where the table does not list it.
    old: Option<String>,
    new: Option<String>,
}

impl<'t> CountryChange<'t> {
    fn new(report: &Report<'_>, change: &'t Change) -> Self {
        let country = change.entry().figure.trim_start_matches("country ");
        let code = CountryCode::from_text(country);
        let place = |entry: &Entry| entry.value.to_string();
        Self {
            country,
            name: code.map(|code| report.names.name(code).to_string()).unwrap_or_default(),
            change: change.fate.as_str(),
            old: change.sides.in_old().map(place),
            new: change.sides.in_new().map(place),
        }
    }
}

#[derive(Serialize)]
struct SourceChange<'t> {
    source: &'t str,
    change: &'static str,
    old: Option<SourceRecord<'t>>,
    new: Option<SourceRecord<'t>>,
}

impl<'t> SourceChange<'t> {
    fn new(sides: &'t Sides<std::sync::Arc<crate::model::Source>>) -> Self {
        Self {
            source: &sides.latest().key,
            change: sides.fate().as_str(),
            old: sides.in_old().map(|source| SourceRecord::new(source)),
            new: sides.in_new().map(|source| SourceRecord::new(source)),
        }
    }
}

#[derive(Serialize)]
struct ImpactRecord<'t> {
    plan: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<u32>,
    total: ShiftRecord,
    regions: Vec<RegionRecord<'t>>,
    /// They add up to the change of the total.
    causes: Vec<CauseRecord<'t>>,
    flows: Vec<FlowRecord<'t>>,
    /// Flows that can be computed with one of the tables alone.
    apart: Vec<ApartRecord<'t>>,
    /// Where distances of the plan were estimated, whose the places are.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimates: Option<&'static str>,
}

#[derive(Serialize)]
struct RegionRecord<'t> {
    region: u8,
    name: &'t str,
    #[serde(flatten)]
    shift: ShiftRecord,
}

#[derive(Serialize)]
struct CauseRecord<'t> {
    key: &'t str,
    figure: &'t str,
    amount: Number,
}

#[derive(Serialize)]
struct FlowRecord<'t> {
    id: &'t str,
    country: String,
    #[serde(flatten)]
    shift: ShiftRecord,
    causes: Vec<CauseRecord<'t>>,
}

impl<'t> ImpactRecord<'t> {
    fn new(report: &'t Report<'_>, impact: &'t Impact) -> Self {
        let region = |(region, shift): (&crate::model::Region, &Shift)| RegionRecord {
            region: region.number(),
            name: report.new.regions.get(region).map_or("", |entry| &entry.name),
            shift: (*shift).into(),
        };
        let flow = |flow: &'t FlowImpact| FlowRecord {
            id: &flow.id,
            country: flow.country.to_string(),
            shift: flow.shift.into(),
            causes: causes(report, &flow.causes),
        };
        Self {
            plan: &impact.file,
            call: impact.call,
            total: impact.total.into(),
            regions: impact.regions.iter().map(region).collect(),
            causes: causes(report, &impact.causes),
            flows: impact.flows.iter().map(flow).collect(),
            apart: impact.apart.iter().map(ApartRecord::new).collect(),
            estimates: impact.has_estimates.then_some(NOTICE),
        }
    }
}

fn causes<'t>(report: &'t Report<'_>, causes: &BTreeMap<usize, Eur>) -> Vec<CauseRecord<'t>> {
    let cause = |(step, amount): (&usize, &Eur)| {
        let step = report.diff.steps.get(*step)?;
        Some(CauseRecord { key: &step.slot.key, figure: step.words(), amount: (*amount).into() })
    };
    causes.iter().filter_map(cause).collect()
}
