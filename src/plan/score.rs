//! One score as a plan writes it.

use std::sync::Arc;

use crate::diag::{Findings, SourceFile};
use crate::document::{Fields, Given, Located, Node, Span};
use crate::model::{AwardCriterion, Points, Region, Word};

const KEYS: [&str; 4] = ["region", "design", "relevance", "impact"];

/// A score: typed, with the place of every value, not yet compared with a rate table.
pub(super) struct ScoreRow {
    pub span: Span,
    pub region: Given<Region>,
    /// A mark for each criterion that there is in any call.
    pub marks: Vec<(AwardCriterion, Given<Points>)>,
}

impl ScoreRow {
    /// Reads a score; `None` where it is none at all.
    pub fn read(node: &Node<'_>, file: &Arc<SourceFile>, findings: &Findings) -> Option<Self> {
        let fields = Fields::of(node, "a score", &KEYS, file, findings)?;
        let mark = |criterion: &AwardCriterion| (*criterion, fields.points(criterion.as_str()));
        Some(Self {
            span: node.span.clone(),
            region: fields.required("region", region(&fields)),
            marks: AwardCriterion::ALL.iter().map(mark).collect(),
        })
    }
}

fn region(fields: &Fields<'_, '_, '_>) -> Given<Region> {
    match fields.whole("region", 1..=u32::from(Region::LAST_FUNDABLE)) {
        Given::Absent => Given::Absent,
        Given::Faulty => Given::Faulty,
        Given::Value(Located { value, span }) => match Region::new(value) {
            Some(value) => Given::Value(Located { value, span }),
            None => Given::Faulty,
        },
    }
}
