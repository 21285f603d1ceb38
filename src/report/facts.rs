//! A flow in its details: what the plan says of it, and how its amounts came about.

use super::footnotes::Footnotes;
use super::formula_text;
use super::rows::{country_label, country_name};
use super::style::Style;
use crate::engine::{Budget, Each, EnvelopeUse, FlowBudget, LineItem};
use crate::model::{Distance, FlowInputs, StayLength};

/// `SMS, incoming, Kyrgyzstan, 4 participants`
pub(super) fn about(budget: &Budget<'_>, computed: &FlowBudget<'_>, style: &Style) -> String {
    let inputs = &computed.flow.inputs;
    let country = match country_name(budget.plan, inputs.country) {
        "" => inputs.country.to_string(),
        _ => country_label(budget.plan, inputs.country, usize::MAX),
    };
    let heads = (style.words.heads)(&style.whole(inputs.participants), inputs.participants.into());
    let zero = if inputs.zero_grant { style.words.zero_grant } else { "" };
    let parts =
        [&inputs.activity.to_string(), &inputs.direction.to_string(), &country, &heads, zero];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// What the plan says of a flow, each with its name.
pub(super) fn facts(computed: &FlowBudget<'_>, style: &Style) -> Vec<(&'static str, String)> {
    let (flow, inputs, words) = (computed.flow, &computed.flow.inputs, style.words);
    let fewer = inputs.fewer_opportunities.filter(|fewer| *fewer > 0);
    let term = inputs.term.map(|term| match inputs.level {
        Some(level) => format!("{term}, {level}"),
        None => term.to_string(),
    });
    let facts = [
        (words.partner, inputs.partner.clone()),
        (words.organisation_id, inputs.oid.clone()),
        (words.city, inputs.city.clone()),
        (words.term, term),
        (words.fewer_opportunities, fewer.map(|fewer| style.whole(fewer))),
        (words.stay, Some(stay(inputs, style))),
        (words.funded_days, Some(style.whole(flow.duration.funded_days))),
        (words.travel_days, Some(style.whole(inputs.travel_days))),
        (words.way_of_travelling, Some(inputs.travel.to_string())),
        (words.distance, flow.distance.as_ref().map(|distance| kilometres(distance, style))),
        (words.country_group, flow.country_group.map(|group| group.number().to_string())),
        (words.note, inputs.note.clone()),
    ];
    facts.into_iter().filter_map(|(name, fact)| Some((name, fact?))).collect()
}

fn stay(inputs: &FlowInputs, style: &Style) -> String {
    match inputs.length {
        StayLength::Dates { start, end } => {
            (style.words.from_to)(&start.to_string(), &end.to_string())
        }
        StayLength::Counted { months, days } => {
            let months = months.map(style.words.months);
            let parts: Vec<String> = months.into_iter().chain(days.map(style.words.days)).collect();
            parts.join(", ")
        }
    }
}

fn kilometres(distance: &Distance, style: &Style) -> String {
    let km = distance.km.map(|km| match distance.estimate.is_some() {
        true => (style.words.estimated)(&style.locale.value(&km.to_tenth().to_string())),
        false => (style.words.kilometres)(&style.whole(km)),
    });
    let band = distance.band.as_ref().map(|band| (style.words.band)(band));
    km.into_iter().chain(band).collect::<Vec<_>>().join(", ")
}

/// `75.63 % of the award envelope of 40,000.00; 9,748.68 left`
pub(super) fn against_envelope(used: &EnvelopeUse<'_>, style: &Style) -> String {
    let (kind, amount) = (used.envelope.kind.to_string(), style.eur(used.envelope.amount));
    let share = used.share_hundredths().map(|share| style.percent(share));
    match used.is_exceeded() {
        true => {
            let over = style.eur(used.total - used.envelope.amount);
            (style.words.more_than_envelope)(&over, &kind, &amount, share)
        }
        false => {
            let remaining = style.eur(used.remaining());
            (style.words.share_of_envelope)(share, &kind, &amount, &remaining)
        }
    }
}

/// An amount of a flow as cells: its category, what each participant gets, how many do, the amount, the
/// calculation, and the numbers of its figures.
pub(super) struct Line {
    pub item: &'static str,
    pub each: String,
    pub participants: String,
    pub amount: String,
    pub calculation: String,
    pub figures: Vec<usize>,
}

impl Line {
    pub fn of(line: &LineItem<'_>, footnotes: &Footnotes<'_>, style: &Style) -> Self {
        let each = |text: &dyn Fn(Each) -> String| line.each.map(text);
        Self {
            item: (style.words.item)(line.item),
            each: each(&|each| style.eur(each.amount)).unwrap_or_default(),
            participants: each(&|each| style.whole(each.participants)).unwrap_or_default(),
            amount: style.eur(line.amount),
            calculation: style.locale.marked(&formula_text(&line.formula)),
            figures: footnotes.of_line(line).into_iter().collect(),
        }
    }
}
