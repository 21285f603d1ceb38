//! Figures that the budget rests on and that are less than confirmed.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{about, named};
use crate::diag::{Code, Diagnostic, Severity, count, listed};
use crate::engine::Budget;
use crate::model::{Basis, Citation, Confidence, MobilityFlow};
use crate::plan::Loaded;

/// The notice about all figures of one confidence that the budget uses, if there are any.
pub(super) fn notice(
    loaded: &Loaded,
    budget: &Budget<'_>,
    confidence: Confidence,
) -> Option<Diagnostic> {
    of_figures(loaded, "budget", &used(loaded, budget, confidence), confidence)
}

/// The notice about the thresholds that scores are compared with, if they have this confidence.
pub(super) fn of_scores(loaded: &Loaded, confidence: Confidence) -> Option<Diagnostic> {
    let used: Used<'_> = of_award(loaded, confidence).into_iter().collect();
    of_figures(loaded, "score", &used, confidence)
}

/// `result` is what uses the figures.
fn of_figures(
    loaded: &Loaded,
    result: &str,
    used: &Used<'_>,
    confidence: Confidence,
) -> Option<Diagnostic> {
    let call = loaded.plan.call;
    let number = count(used.len() as u64, "figure");
    let (verb, rests) = if used.len() == 1 { ("is", "rests") } else { ("are", "rest") };
    let (severity, code, message) = match confidence {
        Confidence::Confirmed => return None,
        Confidence::Single => (
            Severity::Note,
            Code::SingleSourceFigures,
            format!("{number} that this {result} uses {rests} on one source alone"),
        ),
        Confidence::Contradicted => (
            Severity::Warning,
            Code::ContradictedFigures,
            format!("{number} that this {result} uses {verb} contradicted by another source"),
        ),
        Confidence::Inferred => (
            Severity::Warning,
            Code::InferredFigures,
            format!(
                "{number} that this {result} uses {verb} inferred, not stated for KA171 in call {call}"
            ),
        ),
    };
    if used.is_empty() {
        return None;
    }
    // In the order of the plan, each flow once.
    let concerned: HashSet<&str> =
        used.iter().flat_map(|(_, flows)| flows).map(|flow| flow.inputs.id.as_str()).collect();
    let flows = loaded.plan.flows.iter();
    let flows: Vec<_> = flows.filter(|flow| concerned.contains(flow.inputs.id.as_str())).collect();
    let details = used.iter().map(|(citation, flows)| detail(loaded, citation, flows)).collect();
    Some(Diagnostic { details, ..about(loaded, severity, code, message, &flows) })
}

type Used<'p> = Vec<(&'p Arc<Citation>, Vec<&'p MobilityFlow>)>;

/// The figures of one confidence, in the order of their first use, with the flows that use them.
fn used<'p>(loaded: &'p Loaded, budget: &Budget<'p>, confidence: Confidence) -> Used<'p> {
    let mut used: Used<'p> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let countries = budget.regions.iter().flat_map(|region| &region.countries);
    for computed in countries.flat_map(|country| &country.flows) {
        let flow = computed.flow;
        let lines = computed.lines.iter().flat_map(|line| line.grounds);
        for citation in lines.chain(&flow.grounds) {
            if citation.confidence() != Some(confidence) {
                continue;
            }
            let at = *index.entry(&citation.figure).or_insert_with(|| {
                used.push((citation, Vec::new()));
                used.len() - 1
            });
            if let Some((_, flows)) = used.get_mut(at)
                && flows.last().is_none_or(|last| !std::ptr::eq(*last, flow))
            {
                flows.push(flow);
            }
        }
    }
    used.extend(of_envelopes(loaded, confidence));
    // A budget shows the scores of the regions that flows go to.
    used.extend(of_award(loaded, confidence).filter(|(_, flows)| !flows.is_empty()));
    used
}

/// The list of envelopes, with the flows whose regions are compared with it.
fn of_envelopes(
    loaded: &Loaded,
    confidence: Confidence,
) -> Option<(&Arc<Citation>, Vec<&MobilityFlow>)> {
    let citation = loaded.plan.envelope_list.as_ref()?.citation.as_ref()?;
    let is_compared =
        |flow: &&MobilityFlow| loaded.plan.envelopes.contains_key(&flow.inputs.region);
    let flows: Vec<&MobilityFlow> = loaded.plan.flows.iter().filter(is_compared).collect();
    let is_used = citation.confidence() == Some(confidence) && !flows.is_empty();
    is_used.then_some((citation, flows))
}

/// The thresholds of the award, with the flows whose regions have a score.
fn of_award(
    loaded: &Loaded,
    confidence: Confidence,
) -> Option<(&Arc<Citation>, Vec<&MobilityFlow>)> {
    let scores = &loaded.plan.scores;
    let citation = &scores.values().next()?.citation;
    let has_score = |flow: &&MobilityFlow| scores.contains_key(&flow.inputs.region);
    let flows = loaded.plan.flows.iter().filter(has_score).collect();
    (citation.confidence() == Some(confidence)).then_some((citation, flows))
}

/// `organisational support, per participant: 500 EUR (all flows). NEO-KG states it for call 2026.`
fn detail(loaded: &Loaded, citation: &Citation, flows: &[&MobilityFlow]) -> String {
    let mut text = format!("{}: {}", citation.figure, citation.value);
    if !flows.is_empty() {
        text.push_str(&format!(" ({})", named(loaded, flows)));
    }
    if let Basis::Sourced { other, note, .. } = &citation.basis {
        if let Some(other) = other {
            let sources: Vec<String> =
                other.sources.iter().map(|source| source.key.clone()).collect();
            text.push_str(&format!("; not taken: {}", other.value));
            if !sources.is_empty() {
                text.push_str(&format!(" ({})", listed(&sources, "and")));
            }
        }
        if let Some(note) = note {
            text.push_str(&format!(". {note}"));
        }
    }
    text
}
