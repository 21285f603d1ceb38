//! What a change of rates does to a plan, for people.

use std::collections::BTreeMap;

use super::Report;
use crate::diag::printable;
use crate::impact::Impact;
use crate::model::Eur;
use crate::report::grid::{Grid, number, text};
use crate::report::number::signed;
use crate::report::page::Page;
use crate::report::shift::{self, amounts};

pub(super) fn add(page: &mut Page, report: &Report<'_>, impact: &Impact) {
    page.heading(format!("Impact on {}", impact.file));
    page.line(shift::total(impact.total));
    let tables = [report.old.call, report.new.call].map(u32::from);
    if let Some(call) = impact.call.filter(|call| !tables.contains(call)) {
        page.line(format!("The plan is for call {call}; here it is computed with other tables."));
    }
    if !impact.flows.is_empty() {
        page.grid(regions(report, impact));
    }
    if !impact.causes.is_empty() {
        page.grid(causes(report, impact));
    }
    if !impact.apart.is_empty() {
        let mut apart = Page::default();
        let old = format!("the old table, {}", report.old.identity.id);
        let new = format!("the new table, {}", report.new.identity.id);
        impact.apart.iter().for_each(|flow| apart.item(shift::apart(flow, &old, &new)));
        page.heading(format!("Not comparable in {}", impact.file));
        page.line(
            "These flows can be computed with one of the tables alone; the sums leave them out.",
        );
        page.append(apart);
    }
    let moved = impact.flows.iter().any(|flow| !flow.causes.is_empty());
    if moved {
        let mut details = Page::default();
        details.grid(flows(report, impact));
        page.folded(format!("Flows of {} that change", impact.file), details);
    }
}

fn regions(report: &Report<'_>, impact: &Impact) -> Grid {
    let columns = [text("Region"), number("Old"), number("New"), number("Change"), number("%")];
    let mut grid = Grid::new(columns);
    let row = |label: String, shift| {
        let [old, new, change, share] = amounts(shift);
        [label, old, new, change, share]
    };
    for (region, shift) in &impact.regions {
        let name = report.new.regions.get(region).map_or("", |entry| &entry.name);
        grid.row(row(format!("{} {name}", region.number()), *shift));
    }
    grid.total(row("Total".to_owned(), impact.total));
    grid
}

fn causes(report: &Report<'_>, impact: &Impact) -> Grid {
    let mut grid = Grid::new([text("Caused by"), text("Old"), text("New"), number("EUR")]);
    for (step, amount) in &impact.causes {
        let Some(step) = report.diff.steps.get(*step) else { continue };
        let [old, new] = step.sides();
        grid.row([step.words().to_owned(), old, new, signed(*amount)]);
    }
    let total = signed(impact.total.change());
    grid.total(["Total".to_owned(), String::new(), String::new(), total]);
    grid
}

fn flows(report: &Report<'_>, impact: &Impact) -> Grid {
    let mut grid = Grid::new([
        text("Flow"),
        text("Country"),
        number("Old"),
        number("New"),
        number("Change"),
        text("Caused by"),
    ]);
    for flow in impact.flows.iter().filter(|flow| !flow.causes.is_empty()) {
        let [old, new, change, _] = amounts(flow.shift);
        let id = printable(&flow.id).into_owned();
        grid.row([id, flow.country.to_string(), old, new, change, parts(report, &flow.causes)]);
    }
    grid
}

/// `+56.00 travel, 100-499 km, green; ...`
fn parts(report: &Report<'_>, causes: &BTreeMap<usize, Eur>) -> String {
    let part = |(step, amount): (&usize, &Eur)| {
        let words = report.diff.steps.get(*step)?.words();
        Some(format!("{} {words}", signed(*amount)))
    };
    causes.iter().filter_map(part).collect::<Vec<_>>().join("; ")
}
