//! What a reader should know first, in sentences.

use super::columns::points;
use super::rows::{LONGEST_LABEL, region_label};
use super::style::Style;
use crate::diag::{Diagnostic, Severity};
use crate::engine::{Budget, EnvelopeUse, RegionBudget, RegionScore};

/// A sentence, and whether it says that something is wrong.
pub(super) struct Sentence {
    pub text: String,
    pub is_bad: bool,
}

impl Sentence {
    fn good(text: String) -> Self {
        Self { text, is_bad: false }
    }

    fn bad(text: String) -> Self {
        Self { text, is_bad: true }
    }
}

/// Who takes part, what is over its envelope, what fails, how many notices there are.
pub(super) fn verdict(budget: &Budget<'_>, notices: &[Diagnostic], style: &Style) -> Vec<Sentence> {
    let totals = &budget.totals;
    let mut sentences = vec![Sentence::good((style.words.heads_in_regions)(
        &style.whole(totals.headcount.total()),
        totals.headcount.total(),
        &style.whole(totals.headcount.incoming),
        &style.whole(totals.headcount.outgoing),
        budget.regions.len(),
    ))];
    sentences.extend(envelopes(budget, style));
    sentences.extend(scores(budget, style));
    let number = |severity| notices.iter().filter(|notice| notice.severity == severity).count();
    if !notices.is_empty() {
        let (warnings, notes) = (number(Severity::Warning), number(Severity::Note));
        sentences.push(Sentence::good((style.words.findings)(warnings, notes)));
    }
    sentences
}

fn envelopes(budget: &Budget<'_>, style: &Style) -> Vec<Sentence> {
    let with: Vec<(&RegionBudget<'_>, EnvelopeUse<'_>)> =
        budget.regions.iter().filter_map(|region| Some((region, region.envelope?))).collect();
    let over = with.iter().filter(|(_, used)| used.is_exceeded());
    let sentence = |(region, used): &(&RegionBudget<'_>, EnvelopeUse<'_>)| {
        let over = style.eur(used.total - used.envelope.amount);
        let (kind, amount) = (used.envelope.kind.to_string(), style.eur(used.envelope.amount));
        Sentence::bad((style.words.over_envelope)(&label(budget, region), &over, &kind, &amount))
    };
    let sentences: Vec<Sentence> = over.map(sentence).collect();
    match sentences.is_empty() && !with.is_empty() {
        true => vec![Sentence::good((style.words.within_envelopes)(with.len()))],
        false => sentences,
    }
}

fn scores(budget: &Budget<'_>, style: &Style) -> Vec<Sentence> {
    let with: Vec<(&RegionBudget<'_>, RegionScore<'_>)> =
        budget.regions.iter().filter_map(|region| Some((region, region.score?))).collect();
    let failing = with.iter().filter(|(_, score)| !score.passes());
    let sentence = |(region, score): &(&RegionBudget<'_>, RegionScore<'_>)| {
        Sentence::bad((style.words.failing_score)(&label(budget, region), &points(score, style)))
    };
    let sentences: Vec<Sentence> = failing.map(sentence).collect();
    match sentences.is_empty() && !with.is_empty() {
        true => vec![Sentence::good((style.words.passing_scores)(with.len()))],
        false => sentences,
    }
}

fn label(budget: &Budget<'_>, region: &RegionBudget<'_>) -> String {
    region_label(budget.plan, region.region, LONGEST_LABEL)
}
