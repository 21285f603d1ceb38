//! Scores for scripts: format `ka171-score`, version 1.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::{Diagnostic, FindingRecord};
use crate::engine::{RegionScore, missing_in};
use crate::error::Error;
use crate::model::{Citation, Confidence, Mark, MobilityPlan, Points, Word};
use crate::report::json::head::{FilesRecord, ProjectRecord, RatesRecord};
use crate::report::json::{self, Number, SourceRecord, WhatIfRecord};

/// Writes the scores of a plan.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(
    plan: &MobilityPlan,
    scores: &[RegionScore<'_>],
    notices: &[Diagnostic],
) -> Result<String, Error> {
    let citation = scores.first().map(|score| &score.score.citation);
    let sources = citation.iter().flat_map(|citation| citation.sources());
    let record = ScoresRecord {
        action: "KA171",
        call: plan.call,
        rates: RatesRecord::new(plan),
        plan: FilesRecord::new(plan),
        what_if: WhatIfRecord::new(&plan.what_if),
        project: ProjectRecord::new(plan),
        award: scores.first().map(AwardRecord::new),
        regions: scores.iter().map(|score| region_record(plan, score)).collect(),
        sources: sources.map(|source| (source.key.as_str(), SourceRecord::new(source))).collect(),
        notices: notices.iter().map(FindingRecord::new).collect(),
    };
    json::record("ka171-score", &record)
}

#[derive(Serialize)]
struct ScoresRecord<'s> {
    action: &'static str,
    call: u16,
    rates: RatesRecord<'s>,
    plan: FilesRecord<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfRecord>,
    project: ProjectRecord<'s>,
    award: Option<AwardRecord<'s>>,
    regions: Vec<RegionRecord<'s>>,
    sources: BTreeMap<&'s str, SourceRecord<'s>>,
    notices: Vec<FindingRecord<'s>>,
}

/// What must be reached.
#[derive(Serialize)]
struct AwardRecord<'s> {
    max_points: Number,
    pass_points: Number,
    criteria: Vec<CriterionRecord<'s>>,
    sources: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
}

#[derive(Serialize)]
struct CriterionRecord<'s> {
    key: &'static str,
    name: &'s str,
    per: &'static str,
    max_points: Number,
    pass_points: Number,
}

#[derive(Serialize)]
struct RegionRecord<'s> {
    region: u8,
    name: &'s str,
    marks: BTreeMap<&'static str, MarkRecord>,
    total: Number,
    passes: bool,
    missing: MissingRecord,
}

#[derive(Serialize)]
struct MarkRecord {
    points: Number,
    missing: Number,
}

#[derive(Serialize)]
struct MissingRecord {
    /// The fewest further points with which the region passes.
    points: Number,
    in_total: Number,
}

impl<'s> AwardRecord<'s> {
    fn new(score: &RegionScore<'s>) -> Self {
        let criterion = |mark: &'s Mark| CriterionRecord {
            key: mark.criterion.as_str(),
            name: &mark.name,
            per: if mark.per_region { "region" } else { "project" },
            max_points: number(mark.most),
            pass_points: number(mark.least),
        };
        let citation: &'s Citation = &score.score.citation;
        Self {
            max_points: number(score.most()),
            pass_points: number(score.score.least),
            criteria: score.score.marks.iter().map(criterion).collect(),
            sources: citation.sources().iter().map(|source| source.key.as_str()).collect(),
            confidence: citation.confidence().map(Confidence::as_str),
        }
    }
}

fn region_record<'s>(plan: &'s MobilityPlan, score: &RegionScore<'s>) -> RegionRecord<'s> {
    let mark = |mark: &Mark| {
        let record = MarkRecord { points: number(mark.points), missing: number(missing_in(mark)) };
        (mark.criterion.as_str(), record)
    };
    RegionRecord {
        region: score.region.number(),
        name: plan.region_names.get(&score.region).map_or("", |name| name),
        marks: score.score.marks.iter().map(mark).collect(),
        total: number(score.total),
        passes: score.passes(),
        missing: MissingRecord {
            points: number(score.missing()),
            in_total: number(score.missing_in_total()),
        },
    }
}

fn number(points: Points) -> Number {
    Number(points.to_string())
}
