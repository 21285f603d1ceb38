//! What a rate table and a list of envelopes have in common: sources, what rests on them, a date.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, Severity, SourceFile};
use crate::model::{Citation, Date, Source};
use crate::rates::catalogue::bases;
use crate::rates::{EnvelopeList, RateTable};

/// A file that cites.
pub(super) struct Cited<'c> {
    file: &'c Arc<SourceFile>,
    /// What it is, in a word.
    pub what: &'static str,
    /// Whether a changed one has a revision of its own.
    pub has_revision: bool,
    pub sources: &'c BTreeMap<String, Arc<Source>>,
    pub bases: Vec<Arc<Citation>>,
    /// The day of its last check, and where it stands.
    pub checked_on: Option<(Date, Range<usize>)>,
}

impl<'c> Cited<'c> {
    pub fn table(table: &'c RateTable) -> Self {
        Self {
            file: &table.file,
            what: "table",
            has_revision: true,
            sources: &table.sources,
            bases: bases(table),
            checked_on: Some((table.checked_on, table.spans.checked_on.clone())),
        }
    }

    pub fn list(list: &'c EnvelopeList) -> Self {
        let place = list.checked_on_place.as_ref();
        Self {
            file: &list.file,
            what: "list",
            has_revision: false,
            sources: &list.sources,
            bases: list.identity.citation.iter().map(Arc::clone).collect(),
            checked_on: list.checked_on.zip(place.map(|place| place.span.clone())),
        }
    }

    pub fn fault(&self, code: Code, span: &Range<usize>, message: String) -> Diagnostic {
        let place = Place { file: Arc::clone(self.file), span: span.clone() };
        Diagnostic::error(code, place, message)
    }

    pub fn doubt(&self, code: Code, span: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self.fault(code, span, message) }
    }
}
