//! Envelopes that are exceeded, or of another call.

use crate::diag::{Code, Diagnostic, Severity, listed};
use crate::engine::Budget;
use crate::model::Region;
use crate::plan::Loaded;

pub(super) fn notices(loaded: &Loaded, budget: &Budget<'_>) -> Vec<Diagnostic> {
    [exceeded(budget), of_another_call(loaded)].into_iter().flatten().collect()
}

fn exceeded(budget: &Budget<'_>) -> Option<Diagnostic> {
    let over = |region: &crate::engine::RegionBudget<'_>| {
        let envelope = region.envelope.filter(|envelope| envelope.is_exceeded())?;
        let excess = crate::model::Eur::ZERO - envelope.remaining();
        Some(format!("{} by {excess} EUR", region.region))
    };
    let regions: Vec<String> = budget.regions.iter().filter_map(over).collect();
    if regions.is_empty() {
        return None;
    }
    let message = format!("the budget exceeds the envelope of {}", listed(&regions, "and"));
    let help = "money never moves between regions: plan fewer or shorter mobilities there";
    Some(Diagnostic::new(Severity::Warning, Code::EnvelopeExceeded, message).help(help))
}

fn of_another_call(loaded: &Loaded) -> Option<Diagnostic> {
    let call = loaded.plan.call;
    let other = |(region, envelope): (&Region, &crate::model::Envelope)| {
        let stated = envelope.call.filter(|stated| *stated != call)?;
        Some(format!("{region} (call {stated})"))
    };
    let regions: Vec<String> = loaded.plan.envelopes.iter().filter_map(other).collect();
    if regions.is_empty() {
        return None;
    }
    let message = format!(
        "national envelopes of another call stand in for call {call}: {}",
        listed(&regions, "and")
    );
    let help = "replace them when the National Agency publishes those of the call";
    Some(Diagnostic::new(Severity::Warning, Code::EnvelopeOfAnotherCall, message).help(help))
}
