//! Rate tables in the forms in which they are read.

pub mod country;
pub mod diff;
pub mod envelopes;
pub mod list;
pub(super) mod records;
pub mod show;

use std::sync::Arc;

use crate::model::{Basis, Citation, Source, Word};
use crate::rates::RateTable;
use crate::rates::catalogue::Section;

/// Id, status, origin and age of a table in one line.
pub(super) fn heading(table: &RateTable) -> String {
    let rates = &table.identity;
    let carried = match rates.carried_from {
        Some(call) => format!(" (carried over from call {call})"),
        None => String::new(),
    };
    format!(
        "Rates {}, {}{carried}, {}, checked on {}",
        rates.id, rates.status, rates.origin, table.checked_on
    )
}

/// A section's name as a heading.
fn section_title(section: Section) -> &'static str {
    match section {
        Section::Project => "Project, rounding",
        Section::Travel => "Travel",
        Section::TravelDays => "Travel days",
        Section::Students => "Students: individual support and top-ups",
        Section::Staff => "Staff: individual support",
        Section::FirstPeriod => "Days paid at the first daily rate",
        Section::OrganisationalSupport => "Organisational support",
        Section::InclusionSupport => "Inclusion support",
        Section::Durations => "Durations",
        Section::Award => "Award",
        Section::Restrictions => "Restrictions",
        Section::Countries => "Countries",
        Section::Sources => "Sources",
    }
}

/// The mark of a figure, or that it is this project's own choice.
pub(super) fn mark(citation: &Citation) -> &'static str {
    citation.confidence().map_or("own choice", Word::as_str)
}

/// The keys of the sources.
pub(super) fn keys(sources: &[Arc<Source>]) -> String {
    sources.iter().map(|source| source.key.as_str()).collect::<Vec<_>>().join(", ")
}

/// What a reader should know about a figure, if anything.
pub(super) fn remark(citation: &Citation) -> Option<String> {
    let (other, note) = match &citation.basis {
        Basis::Policy(policy) => return Some(policy.clone()),
        Basis::Sourced { other, note, .. } => (other, note),
    };
    let other = other
        .as_ref()
        .map(|other| format!("Not taken: {} ({}).", other.value, keys(&other.sources)));
    match (other, note) {
        (None, None) => None,
        (other, note) => {
            let parts = [other, note.clone()];
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
    }
}
