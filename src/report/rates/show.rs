//! Every figure of a table with its unit, mark and sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::records::{self, BasisRecord, TableRecord, ValueRecord};
use super::{keys, mark, remark};
use crate::error::Error;
use crate::model::{Source, Word};
use crate::rates::RateTable;
use crate::rates::catalogue::{Entry, Section, entries};
use crate::report::grid::{Grid, number, text};
use crate::report::json::{self, SourceRecord};
use crate::report::page::{Form, Page};

/// A table, or one section of it.
pub fn render(table: &RateTable, section: Option<Section>, form: Form) -> String {
    let mut page = Page::default();
    page.title(format!("KA171 rates, call {}", table.call));
    page.line(super::heading(table));
    let entries = entries(table);
    for &shown in Section::ALL {
        if section.is_some_and(|only| only != shown) {
            continue;
        }
        page.heading(super::section_title(shown));
        if shown == Section::Sources {
            page.grid(sources(table));
            continue;
        }
        let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.section == shown).collect();
        page.grid(figures(&entries));
        remarks(&mut page, &entries);
    }
    page.write(form)
}

fn figures(entries: &[&Entry]) -> Grid {
    let mut grid = Grid::new([
        text("Figure"),
        number("Value"),
        text("Unit or rule"),
        text("Mark"),
        text("Sources"),
    ]);
    for entry in entries {
        let value = entry.value.to_string();
        // Only numbers stand to the right.
        let (value, unit) = match entry.value.is_number() {
            true => (value, entry.unit.to_owned()),
            false if entry.unit.is_empty() => (String::new(), value),
            false => (String::new(), format!("{value} {}", entry.unit)),
        };
        let citation = &entry.citation;
        let sources = keys(citation.sources());
        grid.row([entry.figure.clone(), value, unit, mark(citation).to_owned(), sources]);
    }
    grid
}

/// What a reader should know: once for figures of one row of the table.
fn remarks(page: &mut Page, entries: &[&Entry]) {
    let mut said = BTreeSet::new();
    for entry in entries {
        let Some(remark) = remark(&entry.citation) else { continue };
        if said.insert((entry.citation.basis_span.start, remark.clone())) {
            page.item(format!("{}: {remark}", entry.figure));
        }
    }
}

fn sources(table: &RateTable) -> Grid {
    let mut grid = Grid::new([text("Source"), text("Publisher"), text("Title"), text("Where")]);
    for source in table.sources.values() {
        let publisher = match source.official {
            true => format!("{} (official)", source.publisher),
            false => source.publisher.clone(),
        };
        let place = source.locator.to_string();
        grid.row([source.key.clone(), publisher, source.title.clone(), place]);
    }
    grid
}

/// Format `ka171-rates-show`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(table: &RateTable, section: Option<Section>) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Show<'t> {
        rates: TableRecord<'t>,
        figures: Vec<FigureRecord<'t>>,
        sources: BTreeMap<&'t str, SourceRecord<'t>>,
    }
    #[derive(Serialize)]
    struct FigureRecord<'t> {
        section: &'static str,
        key: &'t str,
        figure: &'t str,
        value: ValueRecord,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit: &'static str,
        #[serde(flatten)]
        basis: BasisRecord<'t>,
    }
    let entries = entries(table);
    let is_shown = |entry: &&Entry| section.is_none_or(|only| only == entry.section);
    // Of a section alone those that it cites; of the section of sources, and of all, every one.
    let all = section.is_none_or(|section| section == Section::Sources);
    let cites = |entry: &Entry, key: &str| {
        let citation = &entry.citation;
        let cited = citation.sources().iter().chain(citation.other_sources());
        cited.into_iter().any(|source| source.key == key)
    };
    let is_cited =
        |source: &Source| entries.iter().filter(is_shown).any(|entry| cites(entry, &source.key));
    let figures = entries.iter().filter(is_shown).map(|entry| FigureRecord {
        section: entry.section.as_str(),
        key: &entry.key,
        figure: &entry.figure,
        value: (&entry.value).into(),
        unit: entry.unit,
        basis: BasisRecord::new(&entry.citation, table.identity.status),
    });
    let show = Show {
        rates: TableRecord::new(table),
        figures: figures.collect(),
        sources: records::sources(table, |source| all || is_cited(source)),
    };
    json::record("ka171-rates-show", &show)
}
