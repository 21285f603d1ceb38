//! What a budget says about itself: warnings and notes, one per cause, with the flows it concerns.

mod caveats;
mod envelopes;
mod estimates;
mod figures;
mod noticed;
mod readings;
mod scores;
mod tally;

pub use estimates::{about_places, is_about_estimates, near_edges, refuse_uncertain};
pub use noticed::{Marks, Noticed};
pub use tally::Tallies;

use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::Budget;
use crate::model::{Confidence, Status};
use crate::plan::Loaded;
use tally::{Cause, Ids};

/// All notices of a budget, warnings first.
pub fn notices(loaded: &Loaded, budget: &Budget<'_>) -> Vec<Diagnostic> {
    let mut computed: Vec<_> = budget.flows().collect();
    // Flows stand one behind the other in the plan: this is their order there.
    computed.sort_by_key(|computed| std::ptr::from_ref(computed.flow));
    let mut tallies = Tallies::new(usize::MAX);
    for (number, computed) in (0..).zip(computed) {
        let place = || loaded.place(&computed.flow.origin);
        let id = &computed.flow.inputs.id;
        let noticed = Noticed { loaded, computed, number, id, place: &place };
        tallies.add_flow(&noticed, 1);
    }
    of_tallies(loaded, budget, &tallies, &|number| id_of(loaded, number))
}

fn id_of(loaded: &Loaded, number: u64) -> String {
    let number = usize::try_from(number).ok();
    let flow = number.and_then(|number| loaded.plan.flows.get(number));
    flow.map(|flow| flow.inputs.id.clone()).unwrap_or_default()
}

/// All notices of a budget whose flows have been added up, warnings first. `id` gives the id of a flow by
/// its number in the plan, from 0.
pub fn of_tallies(
    loaded: &Loaded,
    budget: &Budget<'_>,
    tallies: &Tallies,
    id: &dyn Fn(u64) -> String,
) -> Vec<Diagnostic> {
    let number = tallies.get(&Cause::Plan).map_or(0, |all| all.number);
    let ids = Ids { number, id };
    let mut notices = Vec::new();
    notices.extend(provisional(loaded));
    notices.extend(figures::notice(loaded, tallies, &ids, Confidence::Contradicted));
    notices.extend(figures::notice(loaded, tallies, &ids, Confidence::Inferred));
    notices.extend(readings::first_period(loaded, tallies, &ids));
    notices.extend(caveats::notices(loaded, tallies, &ids));
    notices.extend(envelopes::notices(loaded, budget, tallies, &ids));
    notices.extend(scores::unused(loaded, tallies));
    notices.extend(estimates::notices(tallies, &ids));
    notices.extend(readings::unplanned_travel_days(tallies, &ids));
    notices.extend(figures::notice(loaded, tallies, &ids, Confidence::Single));
    notices.sort_by_key(|notice| notice.severity);
    notices
}

/// The notices of a plan's scores alone, warnings first.
pub fn score_notices(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut tallies = Tallies::new(usize::MAX);
    for (number, flow) in (0..).zip(&loaded.plan.flows) {
        tallies.add_scored(loaded, flow, number, || loaded.place(&flow.origin));
    }
    let id = |number| id_of(loaded, number);
    let ids = Ids { number: loaded.plan.flows.len() as u64, id: &id };
    let mut notices = Vec::new();
    notices.extend(provisional(loaded));
    notices.extend(figures::of_scores(loaded, &tallies, &ids, Confidence::Contradicted));
    notices.extend(figures::of_scores(loaded, &tallies, &ids, Confidence::Inferred));
    notices.extend(scores::unused(loaded, &tallies));
    notices.extend(figures::of_scores(loaded, &tallies, &ids, Confidence::Single));
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
