//! The documents that a result rests on.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::flows;
use crate::engine::Budget;
use crate::model::{Locator, Source};

/// A source as JSON writes it.
#[derive(Debug, Serialize)]
pub struct SourceRecord<'b> {
    title: &'b str,
    publisher: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offline: Option<&'b str>,
}

impl<'b> SourceRecord<'b> {
    /// The record of a source.
    pub fn new(source: &'b Source) -> Self {
        let (url, offline) = match &source.locator {
            Locator::Url(url) => (Some(url.as_str()), None),
            Locator::Offline(what) => (None, Some(what.as_str())),
        };
        Self { title: &source.title, publisher: &source.publisher, url, offline }
    }
}

/// Every source that a line or the list of envelopes names, by key.
pub(super) fn sources<'b>(budget: &'b Budget<'_>) -> BTreeMap<String, SourceRecord<'b>> {
    let of_list = of_list(budget).into_iter();
    let cited = of_rates(budget).into_iter().map(|(key, source)| (key.to_owned(), source));
    cited.chain(of_list).map(|(key, source)| (key, SourceRecord::new(source))).collect()
}

/// The sources that lines name. Notices name those of the figures that were not taken.
fn of_rates<'b>(budget: &'b Budget<'_>) -> BTreeMap<&'b str, &'b Source> {
    let citations = flows(budget).flat_map(|flow| &flow.lines).flat_map(|line| line.grounds);
    let cited =
        citations.flat_map(|citation| citation.sources().iter().chain(citation.other_sources()));
    cited.map(|source| (source.key.as_str(), source.as_ref())).collect()
}

/// The sources of the list of envelopes. Its keys are its own: where the rate table has another
/// source under the same one, that of the list gets `envelopes.` in front.
pub(super) fn of_list<'b>(budget: &'b Budget<'_>) -> Vec<(String, &'b Source)> {
    let Some(citation) = budget.plan.envelope_list.as_ref().and_then(|list| list.citation.as_ref())
    else {
        return Vec::new();
    };
    let of_rates = of_rates(budget);
    let named = |source: &'b Arc<Source>| {
        let taken =
            of_rates.get(source.key.as_str()).is_some_and(|other| !other.says_the_same(source));
        let key = if taken { format!("envelopes.{}", source.key) } else { source.key.clone() };
        (key, source.as_ref())
    };
    citation.sources().iter().map(named).collect()
}
