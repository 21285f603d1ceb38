//! Whether a saved result still holds.

use serde::Serialize;

use super::grid::{Grid, text};
use super::json::{self, OptionsRecord, WhatIfRecord};
use super::options::options_line;
use super::page::{Form, Page};
use super::{estimate_lines, file_words, what_if_line};
use crate::diag::{FindingRecord, count, shortened};
use crate::error::Error;
use crate::model::Word;
use crate::places::NOTICE;
use crate::verify::{ComputedFrom, Difference, FileState, Reason, Verification};

/// Longer values are cut on a page; JSON has all of them.
const LONGEST_VALUE: usize = 80;

/// The answer as a page.
pub fn render(verification: &Verification, form: Form) -> String {
    let result = &verification.result;
    let mut page = Page::default();
    let holds = if verification.holds() { "holds" } else { "does not hold" };
    page.title(format!("{} {holds}", file_words(result.file.name())));
    page.line(format!("Total: {} EUR, call {}", result.total.grouped(), result.call));
    what_if_line(&result.what_if).into_iter().for_each(|line| page.line(line));
    options_line(&result.options).into_iter().for_each(|line| page.line(line));
    page.item(table(verification));
    page.item(match verification.has_same_engine() {
        true => format!("Version: {}, the same", result.engine_version),
        false => {
            format!("Version: {}; this is {}", result.engine_version, env!("CARGO_PKG_VERSION"))
        }
    });
    for (name, state) in &verification.plans {
        page.item(format!("Plan {}: {}", file_words(name), plan_words(*state)));
    }
    if let Some((name, state)) = &verification.envelopes {
        page.item(format!("Envelopes {name}: {}", envelopes_words(*state)));
    }
    if rests_on_estimates(verification) {
        estimate_lines("It rests on").into_iter().for_each(|line| page.line(line));
    }
    let differing = verification.differences.len();
    page.item(match differing {
        _ if verification.faults.is_some() => cannot_be_computed(verification),
        0 => format!("Computed again: {} values, all the same", verification.compared),
        _ => format!("Computed again: {} values, {differing} differ", verification.compared),
    });
    if verification.absent > 0 {
        let absent = count(verification.absent as u64, "value");
        page.item(format!("Not in the result, which another version wrote: {absent}"));
    }
    if let Some(unchecked) = unchecked(verification) {
        page.item(unchecked.to_owned());
    }
    differences(verification, &mut page);
    page.write(form)
}

/// From what it cannot be computed, and what that may be due to.
fn cannot_be_computed(verification: &Verification) -> String {
    let from = match &verification.faults {
        Some((ComputedFrom::Plan, _)) => "from the plan",
        _ if verification.has_same_table() => "from its inputs",
        _ => "from its inputs with the table at hand",
    };
    format!("Computed again: it cannot be, {from}, for the errors named below")
}

/// What only the plan can tell.
fn unchecked(verification: &Verification) -> Option<&'static str> {
    if verification.has_plan() {
        return None;
    }
    Some(match verification.has_notices {
        true => {
            "Not checked without the plan: whether inputs, applicant and what-if are those of the plan, where its flows stand, and notices about what the result does not hold, such as envelopes of other regions"
        }
        false => {
            "Not checked without the plan: whether inputs, applicant and what-if are those of the plan, where its flows stand, and notices"
        }
    })
}

/// The values that differ, those of one reason together.
fn differences(verification: &Verification, page: &mut Page) {
    for reason in Reason::ALL {
        let of_reason = verification.differences.iter().filter(|this| this.reason == *reason);
        let mut of_reason = of_reason.peekable();
        if of_reason.peek().is_none() {
            continue;
        }
        page.heading(format!("What differs: {}", reason_words(*reason)));
        let mut grid = Grid::new([text("Value"), text("Saved"), text("Computed again")]);
        for Difference { path, saved, fresh, .. } in of_reason {
            let value = |value: &Option<String>| match value {
                Some(value) => shortened(value, LONGEST_VALUE).into_owned(),
                None => "(absent)".to_owned(),
            };
            grid.row([path.clone(), value(saved), value(fresh)]);
        }
        page.grid(grid);
    }
}

fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Rates => "the rate table at hand is not the one that it was computed with",
        Reason::Envelopes => {
            "the list of envelopes at hand is not the one that it was computed with"
        }
        Reason::Places => "the places at hand are not those that its distances were estimated with",
        Reason::Version => "another version of ka171 wrote it",
        Reason::Result => "the result was changed after it was written",
        Reason::Plan => "the plan says otherwise than the inputs in the result",
    }
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

fn plan_words(state: FileState) -> &'static str {
    match state {
        FileState::Same => "the same",
        FileState::SameText => "the same but for its line ends",
        FileState::Changed => "another text than when the result was written",
        FileState::NotChecked => "not given, so not checked",
        FileState::Unknown => "the result was not computed from it",
    }
}

fn envelopes_words(state: FileState) -> &'static str {
    match state {
        FileState::Same | FileState::SameText => "the same",
        FileState::Changed => "another list than when the result was written",
        FileState::NotChecked => "not given, so not checked; --envelope names it",
        FileState::Unknown => "the result was not compared with it",
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
        #[serde(skip_serializing_if = "Option::is_none")]
        options: Option<OptionsRecord<'v>>,
        /// Whether the plan itself was computed again.
        with_plan: bool,
        same_rates: bool,
        same_engine_version: bool,
        plans: Vec<File<'v>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        envelopes: Option<File<'v>>,
        compared: usize,
        /// Values that a result of another version does not have.
        absent: usize,
        with_notices: bool,
        differences: Vec<Differing<'v>>,
        /// Why it cannot be computed again.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        diagnostics: Vec<FindingRecord<'v>>,
        /// Where distances were estimated, whose the places are.
        #[serde(skip_serializing_if = "Option::is_none")]
        estimates: Option<&'static str>,
    }
    #[derive(Serialize)]
    struct File<'v> {
        name: &'v str,
        state: &'static str,
    }
    #[derive(Serialize)]
    struct Differing<'v> {
        path: &'v str,
        /// `null` where it is absent.
        saved: Option<&'v str>,
        computed: Option<&'v str>,
        reason: &'static str,
    }
    fn file((name, state): &(String, FileState)) -> File<'_> {
        File { name, state: state.as_str() }
    }
    let faults = verification.faults.iter().flat_map(|(_, faults)| &faults.list);
    let answer = Answer {
        result: verification.result.file.name(),
        holds: verification.holds(),
        what_if: WhatIfRecord::new(&verification.result.what_if),
        options: OptionsRecord::new(&verification.result.options),
        with_plan: verification.has_plan(),
        same_rates: verification.has_same_table(),
        same_engine_version: verification.has_same_engine(),
        plans: verification.plans.iter().map(file).collect(),
        envelopes: verification.envelopes.as_ref().map(file),
        compared: verification.compared,
        absent: verification.absent,
        with_notices: verification.has_notices,
        differences: verification
            .differences
            .iter()
            .map(|this| Differing {
                path: &this.path,
                saved: this.saved.as_deref(),
                computed: this.fresh.as_deref(),
                reason: this.reason.as_str(),
            })
            .collect(),
        diagnostics: faults.map(FindingRecord::new).collect(),
        estimates: rests_on_estimates(verification).then_some(NOTICE),
    };
    json::record("ka171-verify", &answer)
}
