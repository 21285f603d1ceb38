//! The list of envelopes that regions are compared with.

use serde::Serialize;

use super::amounts::Text;
use super::sources::of_list;
use crate::engine::Budget;
use crate::model::{Confidence, Word};

/// Written where a list takes the place of the plan's envelopes.
#[derive(Serialize)]
pub(super) struct EnvelopesRecord<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'b str>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<u16>,
    origin: &'b str,
    sha256: &'b str,
    sources: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
}

pub(super) fn envelopes_record<'b>(budget: &'b Budget<'_>) -> Option<EnvelopesRecord<'b>> {
    let list = budget.plan.envelope_list.as_ref()?;
    let confidence = list.citation.as_ref().and_then(|citation| citation.confidence());
    Some(EnvelopesRecord {
        id: list.name.id().map(|id| id.to_string()),
        file: list.name.file(),
        kind: list.kind.as_str(),
        country: list.country.map(|country| Text(country.to_string())),
        call: list.call,
        origin: &list.origin,
        sha256: &list.sha256,
        sources: of_list(budget).into_iter().map(|(key, _)| key).collect(),
        confidence: confidence.map(Confidence::as_str),
    })
}
