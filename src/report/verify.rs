//! Whether a saved result still holds.

use serde::Serialize;

use super::grid::{Grid, text};
use super::json::{self, WhatIfRecord};
use super::page::{Form, Page};
use super::{estimate_lines, what_if_line};
use crate::error::Error;
use crate::model::Word;
use crate::places::NOTICE;
use crate::verify::{Difference, PlanState, Verification};

/// The answer as a page.
pub fn render(verification: &Verification, form: Form) -> String {
    let result = &verification.result;
    let mut page = Page::default();
    let holds = if verification.holds() { "holds" } else { "does not hold" };
    page.title(format!("{} {holds}", result.file.name()));
    page.line(format!("Total: {} EUR, call {}", result.total.grouped(), result.call));
    what_if_line(&result.what_if).into_iter().for_each(|line| page.line(line));
    page.item(table(verification));
    page.item(match verification.has_same_engine() {
        true => format!("Version: {}, the same", result.engine_version),
        false => {
            format!("Version: {}; this is {}", result.engine_version, env!("CARGO_PKG_VERSION"))
        }
    });
    for (name, state) in &verification.plans {
        page.item(format!("Plan {name}: {}", plan_words(*state)));
    }
    if rests_on_estimates(verification) {
        estimate_lines("It rests on").into_iter().for_each(|line| page.line(line));
    }
    let differing = verification.differences.len();
    page.item(match differing {
        0 => format!("Computed again: {} values, all the same", verification.compared),
        _ => format!("Computed again: {} values, {differing} differ", verification.compared),
    });
    if !verification.has_plan() {
        page.item("Not checked without the plan: notices, origins, scores, the list of envelopes");
    }
    if differing > 0 {
        page.heading(format!("What differs: {}", verification.reason()));
        let mut grid = Grid::new([text("Value"), text("Saved"), text("Computed again")]);
        for Difference { path, saved, fresh } in &verification.differences {
            let saved = saved.clone().unwrap_or_else(|| "(absent)".to_owned());
            grid.row([path.clone(), saved, fresh.clone()]);
        }
        page.grid(grid);
    }
    page.write(form)
}

fn table(verification: &Verification) -> String {
    let (table, result) = (&verification.table, &verification.result);
    match verification.has_same_table() {
        true => format!("Rates: {}, {}, the same table", table.id, table.status),
        false => format!(
            "Rates: {} with the hash {}; the table at hand is {} with the hash {}",
            result.rates_id, result.rates_sha256, table.id, table.sha256
        ),
    }
}

fn rests_on_estimates(verification: &Verification) -> bool {
    verification.result.flows.iter().any(|flow| flow.estimated_km.is_some())
}

fn plan_words(state: PlanState) -> &'static str {
    match state {
        PlanState::Same => "the same",
        PlanState::Changed => "another text than when the result was written",
        PlanState::NotChecked => "not given, so not checked",
        PlanState::Unknown => "the result was not computed from it",
    }
}

/// Format `ka171-verify`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(verification: &Verification) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Answer<'v> {
        result: &'v str,
        holds: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        what_if: Option<WhatIfRecord>,
        /// Whether the plan itself was computed again.
        with_plan: bool,
        same_rates: bool,
        same_engine_version: bool,
        plans: Vec<Plan<'v>>,
        compared: usize,
        differences: Vec<Differing<'v>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
        /// Where distances were estimated, whose the places are.
        #[serde(skip_serializing_if = "Option::is_none")]
        estimates: Option<&'static str>,
    }
    #[derive(Serialize)]
    struct Plan<'v> {
        name: &'v str,
        state: &'static str,
    }
    #[derive(Serialize)]
    struct Differing<'v> {
        path: &'v str,
        /// `null` where it is absent.
        saved: Option<&'v str>,
        computed: &'v str,
    }
    let plans = verification.plans.iter();
    let differing = !verification.differences.is_empty();
    let answer = Answer {
        result: verification.result.file.name(),
        holds: verification.holds(),
        what_if: WhatIfRecord::new(&verification.result.what_if),
        with_plan: verification.has_plan(),
        same_rates: verification.has_same_table(),
        same_engine_version: verification.has_same_engine(),
        plans: plans.map(|(name, state)| Plan { name, state: state.as_str() }).collect(),
        compared: verification.compared,
        differences: verification
            .differences
            .iter()
            .map(|this| Differing {
                path: &this.path,
                saved: this.saved.as_deref(),
                computed: &this.fresh,
            })
            .collect(),
        reason: differing.then(|| verification.reason()),
        estimates: rests_on_estimates(verification).then_some(NOTICE),
    };
    json::record("ka171-verify", &answer)
}
