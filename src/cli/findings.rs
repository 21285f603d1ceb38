//! Findings as a document for scripts: what `check` and `rates check` write alike.

use serde::Serialize;

use crate::diag::{Diagnostic, FindingRecord};
use crate::model::WhatIf;
use crate::report::json::WhatIfRecord;

/// Findings, and what they are about.
#[derive(Serialize)]
pub(super) struct FindingsRecord<'d> {
    /// Of `rates check`: the files that were looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tables: Vec<TableRecord<'d>>,
    /// Of `check`: in what the plan differs from its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfRecord>,
    diagnostics: Vec<FindingRecord<'d>>,
    /// Errors beyond the first hundred of a file.
    omitted: usize,
}

/// A file of rates or names.
#[derive(Serialize)]
pub(super) struct TableRecord<'d> {
    pub file: &'d str,
    /// What the file holds: `rates`, `names`, `envelopes`.
    pub kind: &'static str,
    /// Call and revision of rates, country and call of envelopes that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Whether nothing about it is an error.
    pub valid: bool,
}

impl<'d> FindingsRecord<'d> {
    pub fn new(findings: &'d [Diagnostic], omitted: usize) -> Self {
        Self {
            tables: Vec::new(),
            what_if: None,
            diagnostics: findings.iter().map(FindingRecord::new).collect(),
            omitted,
        }
    }

    /// Of files in several folders: each is named as the user named it.
    pub fn of_files(
        tables: Vec<TableRecord<'d>>,
        findings: &'d [Diagnostic],
        omitted: usize,
    ) -> Self {
        let diagnostics = findings.iter().map(FindingRecord::with_paths).collect();
        Self { tables, what_if: None, diagnostics, omitted }
    }

    pub fn of_what_if(self, what_if: &WhatIf) -> Self {
        Self { what_if: WhatIfRecord::new(what_if), ..self }
    }
}
