//! What changed between two budgets, for people.

mod json;

pub use json::render_json;

use std::collections::BTreeMap;

use super::grid::{Grid, detail, number, text};
use super::number::signed;
use super::options::options_line;
use super::page::{Form, Page};
use super::shift::{self, amounts};
use super::{estimate_lines, file_words, what_if_line};
use crate::compare::{Cause, Comparison, Fate, FlowChange, RegionChange};
use crate::impact::Shift;
use crate::model::{Eur, Options, Region, Status, WhatIf};
use crate::rates::RateTable;

/// Two budgets and what changed between them.
pub struct Report<'r> {
    /// The old budget.
    pub old: Named<'r>,
    /// The new budget.
    pub new: Named<'r>,
    /// What changed.
    pub comparison: &'r Comparison,
}

/// A budget by its file and rates.
pub struct Named<'r> {
    /// The file.
    pub file: &'r str,
    /// The id of the rate table that it was computed with.
    pub rates_id: &'r str,
    /// The table of its call that is at hand.
    pub table: &'r RateTable,
    /// Whether that is the table at hand.
    pub is_at_hand: bool,
    /// In what it differs from its plan.
    pub what_if: Option<&'r WhatIf>,
    /// The flows whose estimated distance lies near a band's edge.
    pub near_edge: &'r [String],
    /// What options took the place of the plan's keys.
    pub options: Option<&'r Options>,
}

/// The changes as a page.
pub fn render(report: &Report<'_>, form: Form) -> String {
    let Report { old, new, comparison } = report;
    let mut page = Page::default();
    page.title(format!("From {} to {}", name(old), name(new)));
    for (side, named) in [("Old", old), ("New", new)] {
        let what_if = named.what_if.and_then(what_if_line);
        let options = named.options.and_then(options_line);
        for line in what_if.into_iter().chain(options) {
            page.line(format!("{side}: {line}"));
        }
        if !named.near_edge.is_empty() {
            page.line(format!(
                "{side}: estimated near the edge of a distance band, which may be wrong: {}",
                named.near_edge.join(", ")
            ));
        }
        if named.table.identity.status == Status::Provisional {
            page.line(format!("{side}: the rates of call {} are provisional", named.table.call));
        }
        if !named.is_at_hand {
            page.line(format!(
                "{side}: computed with another rate table than the one at hand, {}; `ka171 verify` says more",
                named.table.identity.id
            ));
        }
    }
    page.line(shift::total(comparison.total));
    if comparison.flows.is_empty() {
        page.line("There is no flow to compare.");
    } else {
        page.grid(regions(report));
    }
    if !comparison.causes.is_empty() {
        page.grid(causes(comparison));
    }
    let moved = comparison.flows.iter().filter(|flow| flow.fate != Fate::Same);
    let moved: Vec<&FlowChange> = moved.collect();
    if !moved.is_empty() {
        page.heading("Flows that change");
        page.grid(flows(&moved));
    }
    let same = comparison.flows.len() - moved.len();
    if same > 0 {
        page.line(format!("Flows with the same amount: {same}."));
    }
    if !comparison.apart.is_empty() {
        page.heading("Not comparable");
        page.line(
            "These flows can be computed with one of the tables alone; the sums leave them out.",
        );
        let [old, new] = [old, new].map(|named| format!("the table of call {}", named.table.call));
        let apart = comparison.apart.iter().map(|flow| shift::apart(flow, &old, &new));
        apart.for_each(|flow| page.line(flow));
    }
    if comparison.has_estimates {
        estimate_lines("Some amounts rest on").into_iter().for_each(|line| page.line(line));
    }
    page.write(form)
}

fn name(named: &Named<'_>) -> String {
    format!("{} (call {}, rates {})", file_words(named.file), named.table.call, named.rates_id)
}

/// `+`, `-` or `~`; nothing where nothing changed.
fn sign(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "+",
        Fate::Removed => "-",
        Fate::Changed => "~",
        Fate::Same => "",
    }
}

/// What became of a region: one without an old amount is new.
fn fate_of_region(shift: Shift) -> Fate {
    match (shift.old.is_zero(), shift.new.is_zero()) {
        _ if shift.change().is_zero() => Fate::Same,
        (true, _) => Fate::Added,
        (_, true) => Fate::Removed,
        _ => Fate::Changed,
    }
}

fn regions(report: &Report<'_>) -> Grid {
    let mut grid = Grid::new([
        text(""),
        text("Region"),
        number("Old"),
        number("New"),
        number("Change"),
        number("%"),
        detail("Caused by"),
    ]);
    let row = |sign: &str, label: String, shift, causes: String| {
        let [old, new, change, share] = amounts(shift);
        [sign.to_owned(), label, old, new, change, share, causes]
    };
    for (region, RegionChange { shift, causes }) in &report.comparison.regions {
        let name = region_name(report, *region);
        let label = format!("{} {name}", region.number());
        grid.row(row(sign(fate_of_region(*shift)), label, *shift, parts(causes)));
    }
    grid.total(row("", "Total".to_owned(), report.comparison.total, String::new()));
    grid
}

fn region_name<'r>(report: &Report<'r>, region: Region) -> &'r str {
    report.new.table.regions.get(&region).map_or("", |entry| &entry.name)
}

fn causes(comparison: &Comparison) -> Grid {
    let mut grid = Grid::new([text("Caused by"), number("EUR")]);
    for (cause, amount) in &comparison.causes {
        grid.row([cause.words().to_owned(), signed(*amount)]);
    }
    grid.total(["Total".to_owned(), signed(comparison.total.change())]);
    grid
}

fn flows(moved: &[&FlowChange]) -> Grid {
    let mut grid = Grid::new([
        text(""),
        text("Flow"),
        text("Country"),
        number("Old"),
        number("New"),
        number("Change"),
        text("Caused by"),
    ]);
    for flow in moved {
        let [old, new, change, _] = amounts(flow.shift);
        let id = match &flow.old_id {
            Some(old) => format!("{} (was {old})", flow.id),
            None => flow.id.clone(),
        };
        let sign = sign(flow.fate).to_owned();
        grid.row([sign, id, flow.country.to_string(), old, new, change, parts(&flow.causes)]);
    }
    grid
}

/// `+56.00 participants; -20.00 duration`
fn parts(causes: &BTreeMap<Cause, Eur>) -> String {
    let parts =
        causes.iter().map(|(cause, amount)| format!("{} {}", signed(*amount), cause.words()));
    parts.collect::<Vec<_>>().join("; ")
}
