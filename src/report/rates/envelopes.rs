//! Published lists of envelopes: which there are, and one with its regions.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{mark, remark};
use crate::error::Error;
use crate::model::{Confidence, Region, Word};
use crate::rates::{EnvelopeList, ListedEnvelope};
use crate::report::grid::{Grid, detail, number, text};
use crate::report::json::{self, Number, SourceRecord};
use crate::report::page::{Form, Page};

/// Names of regions, as far as they are known.
pub type RegionNames = BTreeMap<Region, Arc<str>>;

/// A list with the names of its regions and of its country.
pub struct NamedList {
    /// The list.
    pub list: EnvelopeList,
    /// Its country's name, where the list says the country.
    pub country_name: Option<Arc<str>>,
    /// From the rate table of its call; none where there is no such table.
    pub region_names: RegionNames,
}

/// All lists, one row each.
pub fn render_all(lists: &[NamedList], width: Option<usize>) -> String {
    if lists.is_empty() {
        return "There are no lists of envelopes.\n".to_owned();
    }
    let mut grid = Grid::new([
        text("Envelopes"),
        text("Country"),
        number("Call"),
        text("Kind"),
        number("Regions"),
        number("Total"),
        detail("Mark"),
        detail("Checked on"),
        detail("Origin"),
    ]);
    for NamedList { list, country_name, .. } in lists {
        let identity = &list.identity;
        let or_nothing = |text: Option<String>| text.unwrap_or_default();
        grid.row([
            identity.name.to_string(),
            or_nothing(country_name.as_ref().map(|name| name.to_string())),
            or_nothing(identity.call.map(|call| call.to_string())),
            identity.kind.to_string(),
            list.envelopes.len().to_string(),
            list.total.grouped(),
            or_nothing(identity.citation.as_ref().map(|citation| mark(citation).to_owned())),
            or_nothing(list.checked_on.map(|date| date.to_string())),
            identity.origin.clone(),
        ]);
    }
    format!("{}\nAmounts in EUR.\n", grid.text(width))
}

/// One list with its regions and sources.
pub fn render_one(named: &NamedList, width: Option<usize>) -> String {
    let NamedList { list, country_name, region_names } = named;
    let identity = &list.identity;
    let country = country_name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let call = identity.call.map(|call| format!(", call {call}")).unwrap_or_default();
    let checked = list.checked_on.map(|date| format!(", checked on {date}")).unwrap_or_default();
    let mut page = Page::default();
    page.title(format!("Envelopes {}{country}{call}", identity.name));
    page.line(format!("{}, {}{checked}", identity.kind, identity.origin));
    let mut grid = Grid::new([text("Region"), number("Envelope")]);
    for (region, envelope) in &list.envelopes {
        let name = region_names.get(region).map(|name| format!(" {name}")).unwrap_or_default();
        grid.row([format!("{}{name}", region.number()), envelope.amount.grouped()]);
    }
    grid.total(["Total".to_owned(), list.total.grouped()]);
    page.grid(grid);
    page.line("Amounts in EUR.");
    if let Some(citation) = &identity.citation {
        page.heading(format!("Sources ({})", mark(citation)));
        for source in citation.sources().iter().chain(citation.other_sources()) {
            let (key, locator) = (&source.key, &source.locator);
            page.item(format!("{key}: {}, {}, {locator}", source.publisher, source.title));
        }
        remark(citation).into_iter().for_each(|remark| page.item(remark));
    }
    page.write(Form::Text(width))
}

/// Format `ka171-rates-envelopes`, version 1: every list with its regions.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(lists: &[NamedList]) -> Result<String, Error> {
    let lists = ListsRecord { currency: "EUR", lists: lists.iter().map(list_record).collect() };
    json::record("ka171-rates-envelopes", &lists)
}

#[derive(Serialize)]
struct ListsRecord<'l> {
    currency: &'static str,
    lists: Vec<ListRecord<'l>>,
}

#[derive(Serialize)]
struct ListRecord<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<u16>,
    kind: &'static str,
    total: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_on: Option<String>,
    origin: &'l str,
    sha256: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    sources: BTreeMap<&'l str, SourceRecord<'l>>,
    envelopes: Vec<EnvelopeRecord<'l>>,
}

#[derive(Serialize)]
struct EnvelopeRecord<'l> {
    region: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'l str>,
    amount: Number,
}

fn list_record(named: &NamedList) -> ListRecord<'_> {
    let NamedList { list, region_names, .. } = named;
    let identity = &list.identity;
    let confidence = identity.citation.as_ref().and_then(|citation| citation.confidence());
    let sources = identity.citation.iter().flat_map(|citation| citation.sources());
    let envelope = |(region, envelope): (&Region, &ListedEnvelope)| EnvelopeRecord {
        region: region.number(),
        name: region_names.get(region).map(AsRef::as_ref),
        amount: envelope.amount.into(),
    };
    ListRecord {
        id: identity.name.id().map(|id| id.to_string()),
        file: identity.name.file(),
        country: identity.country.map(|country| country.to_string()),
        call: identity.call,
        kind: identity.kind.as_str(),
        total: list.total.into(),
        checked_on: list.checked_on.map(|date| date.to_string()),
        origin: &identity.origin,
        sha256: &identity.sha256,
        confidence: confidence.map(Confidence::as_str),
        sources: sources.map(|source| (source.key.as_str(), SourceRecord::new(source))).collect(),
        envelopes: list.envelopes.iter().map(envelope).collect(),
    }
}
