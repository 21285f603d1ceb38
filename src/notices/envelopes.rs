//! Envelopes that are exceeded, of another call, or of a region without flows.

use super::tally::{Ids, Tallies};
use crate::diag::{Code, Diagnostic, Severity, count, listed};
use crate::engine::{Budget, EnvelopeUse, RegionBudget};
use crate::model::{Envelope, EnvelopeKind, Eur, Region};
use crate::plan::Loaded;

pub(super) fn notices(
    loaded: &Loaded,
    budget: &Budget<'_>,
    tallies: &Tallies,
    ids: &Ids<'_>,
) -> Vec<Diagnostic> {
    let found = [
        exceeded(loaded, budget, tallies, ids),
        of_another_call(loaded),
        unused(loaded, budget),
        replaced(loaded),
    ];
    found.into_iter().flatten().collect()
}

fn exceeded(
    loaded: &Loaded,
    budget: &Budget<'_>,
    tallies: &Tallies,
    ids: &Ids<'_>,
) -> Option<Diagnostic> {
    let over =
        |region: &&RegionBudget<'_>| region.envelope.as_ref().is_some_and(EnvelopeUse::is_exceeded);
    let regions: Vec<&RegionBudget<'_>> = budget.regions.iter().filter(over).collect();
    let first = regions.first()?.envelope?;
    let by = |region: &&RegionBudget<'_>| {
        let excess = Eur::ZERO - region.envelope?.remaining();
        Some(format!("{} by {} EUR", region.region, excess.grouped()))
    };
    let named: Vec<String> = regions.iter().filter_map(by).collect();
    let message = format!("the budget exceeds the envelope of {}", listed(&named, "and"));
    let flows = tallies.of_regions(regions.iter().map(|region| region.region));
    let notice = ids
        .about(Severity::Warning, Code::EnvelopeExceeded, message, &flows)
        .help("money never moves between regions: plan fewer or shorter mobilities there");
    Some(Diagnostic { place: loaded.place(&first.envelope.origin), ..notice })
}

fn of_another_call(loaded: &Loaded) -> Option<Diagnostic> {
    let call = loaded.plan.call;
    let is_other = |envelope: &Envelope| envelope.call.is_some_and(|stated| stated != call);
    let others: Vec<_> =
        loaded.plan.envelopes.iter().filter(|(_, envelope)| is_other(envelope)).collect();
    let (_, first) = others.first()?;
    let stated = |(region, envelope): &(&Region, &Envelope)| {
        Some(format!("{region} (call {})", envelope.call?))
    };
    let message = match &loaded.plan.envelope_list {
        Some(list) => format!("the national envelopes {list} stand in for call {call}"),
        None => {
            let named: Vec<String> = others.iter().filter_map(stated).collect();
            let named = listed(&named, "and");
            format!("national envelopes of another call stand in for call {call}: {named}")
        }
    };
    let notice = Diagnostic::new(Severity::Warning, Code::EnvelopeOfAnotherCall, message)
        .help("replace them when the National Agency publishes those of the call");
    Some(Diagnostic { place: loaded.place(&first.origin), ..notice })
}

fn replaced(loaded: &Loaded) -> Option<Diagnostic> {
    let list = loaded.plan.envelope_list.as_ref()?;
    let first = loaded.replaced_envelopes.first()?;
    let number = count(loaded.replaced_envelopes.len() as u64, "envelope");
    let message = format!("{} takes the place of {number} that the plan states", list.name);
    let notice = Diagnostic::new(Severity::Note, Code::EnvelopesReplaced, message)
        .help("leave --envelope out to compare with those of the plan");
    Some(Diagnostic { place: Some(first.clone()), ..notice })
}

/// National envelopes come as a list of all regions; an award is of a region that is planned.
fn unused(loaded: &Loaded, budget: &Budget<'_>) -> Option<Diagnostic> {
    let is_planned = |region: &Region| budget.regions.iter().any(|used| used.region == *region);
    let awards = loaded.plan.envelopes.iter();
    let unused: Vec<_> = awards
        .filter(|(region, envelope)| envelope.kind == EnvelopeKind::Award && !is_planned(region))
        .collect();
    let (_, first) = unused.first()?;
    let named: Vec<String> = unused.iter().map(|(region, _)| region.to_string()).collect();
    let message = format!("no flow goes to the region of an award: {}", listed(&named, "and"));
    let notice = Diagnostic::new(Severity::Note, Code::UnusedEnvelope, message)
        .help("check the `region` of the envelope; it was compared with nothing");
    Some(Diagnostic { place: loaded.place(&first.origin), ..notice })
}
