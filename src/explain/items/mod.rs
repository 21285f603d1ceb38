//! The amounts of a flow, one file for each cost category with a rule of its own.

mod inclusion_support;
mod individual_support;

mod top_up;
mod travel;

use std::sync::Arc;

use super::inputs::Keys;
use super::words::{for_all, heads, is_rounded, worked_out};
use super::{Derivation, Subject};
use crate::engine::{CostItem, FlowBudget, LineItem};
use crate::model::{Citation, Direction, MobilityFlow};
use crate::rates::RateTable;

/// What a cost category says about an amount.
struct Words {
    /// What stands before the arithmetic.
    lead: String,
    /// The arithmetic up to the rounding; `None` where the table's amount is paid as it is.
    expression: Option<String>,
    steps: Vec<String>,
    rule: String,
}

/// Why nothing is paid.
struct Nothing {
    why: String,
    figures: Vec<Arc<Citation>>,
}

impl Nothing {
    fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), figures: Vec::new() }
    }
}

/// Every amount of a flow, also those that one would expect and that are zero.
pub(super) fn derivations<'s>(
    subject: &Subject<'s>,
    computed: &'s FlowBudget<'s>,
    keys: &Keys<'_>,
) -> Vec<Derivation<'s>> {
    let derivation = |item: CostItem| {
        let line = computed.lines.iter().find(|line| line.item == item);
        match line {
            Some(line) => Some(paid(subject, computed.flow, line, keys)),
            None => nothing(subject, computed, item, keys),
        }
    };
    CostItem::ALL.into_iter().filter_map(derivation).collect()
}

fn paid<'s>(
    subject: &Subject<'s>,
    flow: &'s MobilityFlow,
    line: &LineItem<'s>,
    keys: &Keys<'_>,
) -> Derivation<'s> {
    let words = match line.item {
        CostItem::IndividualSupport => individual_support::words(subject, flow, line),
        CostItem::TopUp => top_up::words(flow, line),
        CostItem::Travel => travel::unit(subject, flow, line),
        CostItem::ExceptionalCosts => travel::exceptional(flow, line),
        CostItem::InclusionSupport => inclusion_support::words(line),
        CostItem::OrganisationalSupport => organisational_support(flow),
    };
    let arithmetic = match &words.expression {
        Some(expression) => worked_out(expression, line),
        None => format!("{}{}", line.formula.amount().grouped(), for_all(line)),
    };
    Derivation {
        item: line.item,
        line: Some(*line),
        sentence: format!("{}: {arithmetic}", words.lead),
        steps: words.steps,
        rule: Some(words.rule),
        figures: figures_of_line(&subject.loaded.table, flow, line),
        inputs: keys.inputs(&keys_of(flow, line.item)),
    }
}

/// The figures and rules of the rate table that a computed amount rests on, most telling first.
pub fn figures_of_line(
    table: &RateTable,
    flow: &MobilityFlow,
    line: &LineItem<'_>,
) -> Vec<Arc<Citation>> {
    let mut figures = line.grounds.to_vec();
    if matches!(line.item, CostItem::Travel | CostItem::ExceptionalCosts) {
        figures.extend(travel::of_distance(table, flow));
    }
    if is_rounded(line) {
        figures.push(Arc::clone(&table.rounding.citation));
    }
    figures
}

fn nothing<'s>(
    subject: &Subject<'s>,
    computed: &FlowBudget<'_>,
    item: CostItem,
    keys: &Keys<'_>,
) -> Option<Derivation<'s>> {
    let flow = computed.flow;
    let nothing = match item {
        CostItem::IndividualSupport => {
            Nothing::because("zero-grant participants get no individual support")
        }
        CostItem::TopUp => top_up::nothing(flow)?,
        CostItem::Travel => travel::nothing(subject, flow),
        CostItem::ExceptionalCosts => travel::no_exceptional_costs(flow)?,
        CostItem::InclusionSupport => return None,
        CostItem::OrganisationalSupport => Nothing {
            why: "zero-grant participants do not count".to_owned(),
            figures: vec![Arc::clone(&subject.loaded.table.zero_grant.citation)],
        },
    };
    Some(Derivation {
        item,
        line: None,
        sentence: format!("Nothing: {}", nothing.why),
        steps: Vec::new(),
        rule: None,
        figures: nothing.figures,
        inputs: keys.inputs(&why_nothing(flow, item)),
    })
}

fn organisational_support(flow: &MobilityFlow) -> Words {
    let also = if flow.inputs.zero_grant { ", also for those without a grant" } else { "" };
    Words {
        lead: heads(flow.inputs.participants, &flow.inputs),
        expression: None,
        steps: Vec::new(),
        rule: format!("one amount for each participant{also}; it goes to the organisations"),
    }
}

/// The plan's keys that the length of a stay depends on.
const STAY: [&str; 7] =
    ["months", "days", "start", "end", "interruption_days", "unfunded_days", "term"];

/// The plan's keys that an amount depends on.
fn keys_of(flow: &MobilityFlow, item: CostItem) -> Vec<&'static str> {
    match item {
        CostItem::IndividualSupport => {
            let mut keys = vec!["participants"];
            keys.extend(STAY);
            keys.extend(["travel_days", "activity", "from_enterprise", "direction"]);
            keys.push(match flow.inputs.direction {
                Direction::Incoming => super::inputs::HOME,
                Direction::Outgoing => "country",
            });
            keys
        }
        CostItem::TopUp => {
            let mut keys = vec!["fewer_opportunities"];
            keys.extend(STAY);
            keys
        }
        CostItem::Travel => {
            let mut keys = vec!["participants"];
            keys.extend(distance_keys(flow));
            keys.extend(["travel", "travel_cost"]);
            keys
        }
        CostItem::ExceptionalCosts => {
            let mut keys = vec!["participants", "travel_cost"];
            keys.extend(distance_keys(flow));
            keys.push("travel");
            keys
        }
        CostItem::InclusionSupport => vec!["inclusion_support"],
        CostItem::OrganisationalSupport => vec!["participants", "zero_grant"],
    }
}

/// The plan's keys that the distance depends on.
fn distance_keys(flow: &MobilityFlow) -> &'static [&'static str] {
    let distance = flow.distance.as_ref();
    match distance.is_some_and(|distance| distance.estimate.is_some()) {
        true => &["city", "country", "home_city", super::inputs::HOME_CITY, super::inputs::HOME],
        false => &["distance_km", "band"],
    }
}

fn why_nothing(flow: &MobilityFlow, item: CostItem) -> Vec<&'static str> {
    if flow.inputs.zero_grant {
        return match item {
            CostItem::TopUp => vec!["zero_grant", "fewer_opportunities"],
            CostItem::ExceptionalCosts => vec!["zero_grant", "travel_cost"],
            _ => vec!["zero_grant"],
        };
    }
    match item {
        CostItem::TopUp => vec!["fewer_opportunities"],
        CostItem::Travel | CostItem::ExceptionalCosts => {
            let mut keys = distance_keys(flow).to_vec();
            keys.push("travel_cost");
            keys
        }
        _ => Vec::new(),
    }
}
