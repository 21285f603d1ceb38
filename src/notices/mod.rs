//! What a budget says about itself: warnings and notes, one per cause, with the flows it concerns.

mod caveats;
mod envelopes;
mod estimates;
mod figures;
mod readings;
mod scores;

pub use estimates::{about_places, is_about_estimates, near_edges, refuse_uncertain};

use crate::diag::{Code, Diagnostic, Severity, listed, shortened};
use crate::engine::Budget;
use crate::model::{Confidence, MobilityFlow, Status};
use crate::plan::Loaded;

/// Ids of flows beyond this many are only counted in texts.
const MOST_IDS: usize = 5;
/// Longer ids are cut in texts.
const LONGEST_ID: usize = 40;

/// All notices of a budget, warnings first.
pub fn notices(loaded: &Loaded, budget: &Budget<'_>) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    notices.extend(provisional(loaded));
    notices.extend(figures::notice(loaded, budget, Confidence::Contradicted));
    notices.extend(figures::notice(loaded, budget, Confidence::Inferred));
    notices.extend(readings::first_period(loaded));
    notices.extend(caveats::notices(loaded));
    notices.extend(envelopes::notices(loaded, budget));
    notices.extend(scores::unused(loaded));
    notices.extend(estimates::notices(loaded));
    notices.extend(readings::unplanned_travel_days(loaded));
    notices.extend(figures::notice(loaded, budget, Confidence::Single));
    notices.sort_by_key(|notice| notice.severity);
    notices
}

/// The notices of a plan's scores alone, warnings first.
pub fn score_notices(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    notices.extend(provisional(loaded));
    notices.extend(figures::of_scores(loaded, Confidence::Contradicted));
    notices.extend(figures::of_scores(loaded, Confidence::Inferred));
    notices.extend(scores::unused(loaded));
    notices.extend(figures::of_scores(loaded, Confidence::Single));
    notices
}

fn provisional(loaded: &Loaded) -> Option<Diagnostic> {
    let rates = &loaded.plan.rates;
    if rates.status != Status::Provisional {
        return None;
    }
    let from = rates.carried_from.map(|call| format!(" from call {call}")).unwrap_or_default();
    let message = format!(
        "the rates of call {} are provisional: most are carried over{from}",
        loaded.plan.call
    );
    let notice = Diagnostic::new(Severity::Warning, Code::ProvisionalRates, message)
        .help("compare the result with the Programme Guide of the call before you rely on it");
    Some(Diagnostic { place: loaded.call_place.clone(), ..notice })
}

/// A notice about flows of a plan, at the first of them.
fn about(
    loaded: &Loaded,
    severity: Severity,
    code: Code,
    message: String,
    flows: &[&MobilityFlow],
) -> Diagnostic {
    Diagnostic {
        place: flows.first().and_then(|flow| loaded.place(&flow.origin)),
        flows: flows.iter().map(|flow| flow.inputs.id.clone()).collect(),
        ..Diagnostic::new(severity, code, message)
    }
}

/// The flows of a plan in words: `all flows`, or the first few ids.
fn named(loaded: &Loaded, flows: &[&MobilityFlow]) -> String {
    if flows.len() == loaded.plan.flows.len() && flows.len() > 1 {
        return "all flows".to_owned();
    }
    let short = |flow: &&MobilityFlow| shortened(&flow.inputs.id, LONGEST_ID).into_owned();
    let mut names: Vec<String> = flows.iter().take(MOST_IDS).map(short).collect();
    if flows.len() > MOST_IDS {
        names.push(format!("{} more", flows.len() - MOST_IDS));
    }
    let noun = if flows.len() == 1 { "flow" } else { "flows" };
    format!("{noun} {}", listed(&names, "and"))
}
