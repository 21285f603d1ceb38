//! Figures that the budget rests on and that are less than confirmed.

use std::sync::Arc;

use super::tally::{ByName, Cause, Ids, Mark, Tallies, Tally};
use crate::diag::{Code, Diagnostic, Severity, count, listed};
use crate::engine::FlowBudget;
use crate::model::{Basis, Citation, Confidence, Region};
use crate::plan::Loaded;

/// The causes of one flow.
pub(super) fn mark(loaded: &Loaded, computed: &FlowBudget<'_>, marks: &mut Vec<Mark>) {
    let flow = computed.flow;
    let region = flow.inputs.region;
    let before = marks.len();
    let lines = computed.lines.iter().flat_map(|line| line.grounds);
    for citation in lines.chain(&flow.grounds) {
        let is_weak = citation.confidence().is_some_and(|mark| mark != Confidence::Confirmed);
        let cause = Cause::Figure(ByName(Arc::clone(citation)));
        // A figure counts once for each flow.
        let is_new = marks.iter().skip(before).all(|mark| mark.cause != cause);
        if is_weak && is_new {
            marks.push(cause.into());
        }
    }
    marks.extend(of_envelope(loaded, region));
    marks.extend(award(loaded, region));
    for confidence in [Confidence::Single, Confidence::Contradicted, Confidence::Inferred] {
        let of_flow = marks.iter().skip(before).filter_map(|mark| citation_of(&mark.cause));
        if of_flow.into_iter().any(|citation| citation.confidence() == Some(confidence)) {
            marks.push(Cause::Confidence(confidence).into());
        }
    }
}

/// The figure that a cause is about, where it is about one that a budget rests on.
fn citation_of(cause: &Cause) -> Option<&Arc<Citation>> {
    match cause {
        Cause::Figure(ByName(citation))
        | Cause::EnvelopeList(ByName(citation))
        | Cause::Award(ByName(citation)) => Some(citation),
        _ => None,
    }
}

/// The list of envelopes, where it has one of the region.
fn of_envelope(loaded: &Loaded, region: Region) -> Option<Mark> {
    let citation = loaded.plan.envelope_list.as_ref()?.citation.as_ref()?;
    let is_compared = loaded.plan.envelopes.contains_key(&region);
    is_compared.then(|| Cause::EnvelopeList(ByName(Arc::clone(citation))).into())
}

/// The thresholds of the award, where the region has a score.
pub(super) fn award(loaded: &Loaded, region: Region) -> Option<Mark> {
    let scores = &loaded.plan.scores;
    let citation = &scores.values().next()?.citation;
    scores.contains_key(&region).then(|| Cause::Award(ByName(Arc::clone(citation))).into())
}

/// A figure with the flows that use it.
type Used<'t> = (&'t Arc<Citation>, Tally);

/// The notice about all figures of one confidence that the budget uses, if there are any.
pub(super) fn notice(
    loaded: &Loaded,
    tallies: &Tallies,
    ids: &Ids<'_>,
    confidence: Confidence,
) -> Option<Diagnostic> {
    let of_kind = |rank: u8| {
        let used = tallies.iter().filter_map(move |(cause, flows)| {
            let (citation, rank_of_cause) = match cause {
                Cause::Figure(ByName(citation)) => (citation, 0),
                Cause::EnvelopeList(ByName(citation)) => (citation, 1),
                Cause::Award(ByName(citation)) => (citation, 2),
                _ => return None,
            };
            Some((citation, flows.clone())).filter(|_| rank_of_cause == rank)
        });
        used.filter(|(citation, _)| citation.confidence() == Some(confidence))
    };
    let used: Vec<Used<'_>> = (0..3).flat_map(of_kind).collect();
    let flows = tallies.get(&Cause::Confidence(confidence))?;
    of_figures(loaded, "budget", &used, flows, ids, confidence)
}

/// The notice about the thresholds that scores are compared with, if they have this confidence.
pub(super) fn of_scores(
    loaded: &Loaded,
    tallies: &Tallies,
    ids: &Ids<'_>,
    confidence: Confidence,
) -> Option<Diagnostic> {
    let citation = &loaded.plan.scores.values().next()?.citation;
    if citation.confidence() != Some(confidence) {
        return None;
    }
    let cause = Cause::Award(ByName(Arc::clone(citation)));
    let flows = tallies.get(&cause).cloned().unwrap_or_default();
    of_figures(loaded, "score", &[(citation, flows.clone())], &flows, ids, confidence)
}

/// `result` is what uses the figures, `flows` are all that do.
fn of_figures(
    loaded: &Loaded,
    result: &str,
    used: &[Used<'_>],
    flows: &Tally,
    ids: &Ids<'_>,
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
    let details = used.iter().map(|(citation, flows)| detail(ids, citation, flows)).collect();
    Some(Diagnostic { details, ..ids.about(severity, code, message, flows) })
}

/// `organisational support, per participant: 500 EUR (all flows). NEO-KG states it for call 2026.`
fn detail(ids: &Ids<'_>, citation: &Citation, flows: &Tally) -> String {
    let mut text = format!("{}: {}", citation.figure, citation.value);
    if flows.number > 0 {
        text.push_str(&format!(" ({})", ids.named(flows)));
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
