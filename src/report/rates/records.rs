//! What the outputs about rate tables share, for scripts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Basis, Citation, Source, Status, Word};
use crate::rates::RateTable;
use crate::rates::catalogue::Quantity;
use crate::report::json::{Number, SourceRecord};

/// A table by its id.
#[derive(Serialize)]
pub(in crate::report) struct TableRecord<'t> {
    call: u16,
    id: &'t str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    carried_from: Option<u16>,
    checked_on: String,
    origin: &'t str,
    sha256: &'t str,
}

impl<'t> TableRecord<'t> {
    pub fn new(table: &'t RateTable) -> Self {
        let rates = &table.identity;
        Self {
            call: table.call,
            id: &rates.id,
            status: rates.status.as_str(),
            carried_from: rates.carried_from,
            checked_on: table.checked_on.to_string(),
            origin: &rates.origin,
            sha256: &rates.sha256,
        }
    }
}

/// A value: a number where it is one, else a text, or a list of country codes.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ValueRecord {
    Number(Number),
    Text(String),
    Codes(Vec<String>),
}

impl From<&Quantity> for ValueRecord {
    fn from(value: &Quantity) -> Self {
        match value {
            Quantity::Eur(amount) => Self::Number((*amount).into()),
            Quantity::Percent(_) | Quantity::Count(_) => Self::Number(Number(value.to_string())),
            Quantity::Word(word) => Self::Text(word.clone()),
            Quantity::Countries(codes) => {
                Self::Codes(codes.iter().map(ToString::to_string).collect())
            }
        }
    }
}

/// What a figure rests on.
#[derive(Serialize)]
pub(in crate::report) struct BasisRecord<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    /// `false` where a document of this very call states a figure of a provisional table.
    #[serde(skip_serializing_if = "Option::is_none")]
    carried: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'t str>,
    /// The figure that was not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<OtherRecord<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'t str>,
    /// The reason of this project's own choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'t str>,
}

#[derive(Serialize)]
struct OtherRecord<'t> {
    value: &'t str,
    sources: Vec<&'t str>,
}

impl<'t> BasisRecord<'t> {
    /// `status` is that of the table: in a published one nothing is carried over.
    pub fn new(citation: &'t Citation, status: Status) -> Self {
        let (other, note, policy) = match &citation.basis {
            Basis::Policy(policy) => (None, None, Some(policy.as_str())),
            Basis::Sourced { other, note, .. } => (other.as_ref(), note.as_deref(), None),
        };
        let carried = match &citation.basis {
            Basis::Sourced { carried, .. } if status == Status::Provisional => Some(*carried),
            _ => None,
        };
        let other =
            other.map(|other| OtherRecord { value: &other.value, sources: keys(&other.sources) });
        let confidence = citation.confidence().map(Word::as_str);
        Self { confidence, carried, sources: keys(citation.sources()), other, note, policy }
    }
}

fn keys(sources: &[std::sync::Arc<Source>]) -> Vec<&str> {
    sources.iter().map(|source| source.key.as_str()).collect()
}

/// The sources of a table by key, as far as they are wanted.
pub(super) fn sources(
    table: &RateTable,
    is_wanted: impl Fn(&Source) -> bool,
) -> BTreeMap<&str, SourceRecord<'_>> {
    let wanted = table.sources.values().filter(|source| is_wanted(source));
    wanted.map(|source| (source.key.as_str(), SourceRecord::new(source))).collect()
}
