//! A country: its place in each call, and what holds for it in one.

use serde::Serialize;

use super::records::{BasisRecord, TableRecord, ValueRecord};
use super::{keys, mark};
use crate::error::Error;
use crate::model::{Citation, CountryCode, Word};
use crate::rates::catalogue::{Entry, entries};
use crate::rates::{RateTable, Restriction, RestrictionRule, Standing};
use crate::report::grid::{Grid, number, text};
use crate::report::json;
use crate::report::page::{Form, Page};

/// A country to look up.
pub struct Lookup<'t> {
    /// Its code.
    pub code: CountryCode,
    /// Its name.
    pub name: &'t str,
    /// The table that was asked for.
    pub table: &'t RateTable,
    /// All tables at hand that can be read, by call; that one among them.
    pub tables: &'t [RateTable],
    /// Files of tables that have errors: nothing is known of these calls.
    pub faulty: Vec<String>,
}

/// The look-up as a page.
pub fn render(lookup: &Lookup<'_>, form: Form) -> String {
    let table = lookup.table;
    let mut page = Page::default();
    page.title(format!("{} {}, call {}", lookup.code, lookup.name, table.call));
    page.line(match place(table, lookup.code) {
        Some(place) => format!(
            "{} ({}; {})",
            place.words,
            mark(place.citation),
            keys(place.citation.sources())
        ),
        None => "not listed".to_owned(),
    });
    let restrictions = restrictions(table, lookup.code);
    if !restrictions.is_empty() {
        page.heading("Restrictions");
        for (restriction, kind) in restrictions {
            page.item(restriction_text(restriction, kind));
        }
    }
    let rates = received(table, lookup.code);
    if !rates.is_empty() {
        page.heading(format!("Individual support of incoming participants, call {}", table.call));
        let mut grid = Grid::new([text("Figure"), number("Value"), text("Unit"), text("Mark")]);
        for entry in rates {
            let mark = mark(&entry.citation).to_owned();
            grid.row([entry.figure, entry.value.to_string(), entry.unit.to_owned(), mark]);
        }
        page.grid(grid);
    }
    page.heading("In every call");
    page.grid(calls(lookup));
    if !lookup.faulty.is_empty() {
        page.line(format!("Not shown, as they have errors: {}.", lookup.faulty.join(", ")));
    }
    page.write(form)
}

/// A country's place in a table.
struct Place<'t> {
    words: String,
    citation: &'t Citation,
}

fn place(table: &RateTable, code: CountryCode) -> Option<Place<'_>> {
    let standing = table.countries.get(&code)?;
    let (words, citation) = match standing {
        Standing::Programme { group, .. } => (standing.to_string(), &group.citation),
        Standing::Third(region) => {
            let entry = table.regions.get(region)?;
            let fundable = if entry.fundable { "" } else { ", not fundable" };
            // A mark of its own says more than the list's.
            let own = table.eligibility.get(&code).unwrap_or(&entry.citation);
            (format!("{region} {}{fundable}", entry.name), own)
        }
    };
    Some(Place { words, citation })
}

/// Whether a restriction holds for a country or may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Surely,
    Perhaps,
}

fn restrictions(table: &RateTable, code: CountryCode) -> Vec<(&Restriction, Holds)> {
    let Some(Standing::Third(region)) = table.countries.get(&code) else { return Vec::new() };
    let holds = |restriction: &Restriction| match &restriction.rule {
        _ if !restriction.regions.contains(region) => None,
        RestrictionRule::OutgoingLevels { countries, doubtful, .. } => {
            let surely = countries.contains(&code).then_some(Holds::Surely);
            surely.or_else(|| doubtful.contains(&code).then_some(Holds::Perhaps))
        }
        _ => Some(Holds::Surely),
    };
    table.restrictions.iter().filter_map(|this| holds(this).map(|holds| (this, holds))).collect()
}

fn restriction_text(restriction: &Restriction, holds: Holds) -> String {
    let citation = &restriction.citation;
    let doubt = match holds {
        Holds::Surely => "",
        Holds::Perhaps => "doubtful for this country, ask the National Agency: ",
    };
    let unverified = match &restriction.rule {
        RestrictionRule::OutgoingLevels { unverified, .. } => format!("; {unverified}"),
        _ => String::new(),
    };
    let sources = keys(citation.sources());
    format!("{doubt}{} ({}; {sources}){unverified}", restriction.explanation, mark(citation))
}

/// The rates that a country's group receives.
fn received(table: &RateTable, code: CountryCode) -> Vec<Entry> {
    let Some(Standing::Programme { group, .. }) = table.countries.get(&code) else {
        return Vec::new();
    };
    let of_group = format!(".rate.incoming.group-{}", group.value.number());
    entries(table).into_iter().filter(|entry| entry.key.ends_with(&of_group)).collect()
}

fn calls(lookup: &Lookup<'_>) -> Grid {
    let mut grid =
        Grid::new([text("Call"), text("Rates"), text("Place"), text("Mark"), text("Sources")]);
    for table in lookup.tables {
        let (call, id) = (table.call.to_string(), table.identity.id.clone());
        match place(table, lookup.code) {
            Some(Place { words, citation }) => {
                let mark = mark(citation).to_owned();
                grid.row([call, id, words, mark, keys(citation.sources())]);
            }
            None => grid.row([call, id, "not listed".into(), String::new(), String::new()]),
        }
    }
    grid
}

/// Format `ka171-rates-country`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(lookup: &Lookup<'_>) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Country<'t> {
        country: String,
        name: &'t str,
        call: u16,
        calls: Vec<CallRecord<'t>>,
        /// Files of tables that have errors.
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        faulty: &'t [String],
    }
    let country = Country {
        country: lookup.code.to_string(),
        name: lookup.name,
        call: lookup.table.call,
        calls: lookup.tables.iter().map(|table| CallRecord::new(table, lookup.code)).collect(),
        faulty: &lookup.faulty,
    };
    json::record("ka171-rates-country", &country)
}

/// A country in one call.
#[derive(Serialize)]
struct CallRecord<'t> {
    rates: TableRecord<'t>,
    /// `null` where the table does not list the country.
    place: Option<PlaceRecord<'t>>,
    restrictions: Vec<RestrictionRecord<'t>>,
    individual_support: Vec<RateRecord>,
}

#[derive(Serialize)]
struct PlaceRecord<'t> {
    standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_group: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region_name: Option<&'t str>,
    fundable: bool,
    #[serde(flatten)]
    basis: BasisRecord<'t>,
}

#[derive(Serialize)]
struct RestrictionRecord<'t> {
    explanation: &'t str,
    doubtful: bool,
    #[serde(flatten)]
    basis: BasisRecord<'t>,
}

#[derive(Serialize)]
struct RateRecord {
    key: String,
    value: ValueRecord,
    unit: &'static str,
}

impl<'t> CallRecord<'t> {
    fn new(table: &'t RateTable, code: CountryCode) -> Self {
        let restriction = |(this, holds): (&'t Restriction, Holds)| RestrictionRecord {
            explanation: &this.explanation,
            doubtful: holds == Holds::Perhaps,
            basis: BasisRecord::new(&this.citation, table.identity.status),
        };
        let rate = |entry: Entry| RateRecord {
            value: (&entry.value).into(),
            unit: entry.unit,
            key: entry.key,
        };
        Self {
            rates: TableRecord::new(table),
            place: place_record(table, code),
            restrictions: restrictions(table, code).into_iter().map(restriction).collect(),
            individual_support: received(table, code).into_iter().map(rate).collect(),
        }
    }
}

fn place_record(table: &RateTable, code: CountryCode) -> Option<PlaceRecord<'_>> {
    let basis = BasisRecord::new(place(table, code)?.citation, table.identity.status);
    let standing = table.countries.get(&code)?;
    Some(match standing {
        Standing::Programme { membership, group } => PlaceRecord {
            standing: membership.as_str(),
            country_group: Some(group.value.number()),
            region: None,
            region_name: None,
            fundable: true,
            basis,
        },
        Standing::Third(region) => {
            let entry = table.regions.get(region)?;
            PlaceRecord {
                standing: "third-country",
                country_group: None,
                region: Some(region.number()),
                region_name: Some(&entry.name),
                fundable: entry.fundable,
                basis,
            }
        }
    })
}
