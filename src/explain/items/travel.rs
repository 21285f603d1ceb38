//! Travel: the unit contribution, or a share of the real cost where travel is expensive.

use std::sync::Arc;

use super::{Nothing, Words};
use crate::engine::{Formula, LineItem};
use crate::explain::Subject;
use crate::explain::words::{exact, heads, kilometres, mode, whole};
use crate::model::{Citation, Distance, Estimate, ExpensiveTravel, MobilityFlow, TravelMode};
use crate::places::{FORMULA, tenth};
use crate::rates::RateTable;

pub(super) fn unit(subject: &Subject<'_>, flow: &MobilityFlow, line: &LineItem<'_>) -> Words {
    let inputs = &flow.inputs;
    let expensive = flow.travel.as_ref().and_then(|travel| travel.expensive);
    let comparison = expensive.map(|rule| {
        format!(
            "No exceptional costs, as the amount is not less than {} of the real cost: {} >= {}",
            rule.covered_below,
            line.formula.amount().grouped(),
            share_of_cost(rule)
        )
    });
    let standard = match has_own_amount(subject, flow) {
        true => "",
        false => "; this band has no green amount, so the standard one is paid",
    };
    Words {
        lead: format!(
            "{}, {}, {}",
            heads(inputs.participants, inputs),
            mode(inputs.travel),
            distance(flow)
        ),
        expression: None,
        steps: comparison.into_iter().collect(),
        rule: format!(
            "one amount for the whole journey of each participant, by the one-way distance and the way of travelling{standard}{}",
            estimated(flow)
        ),
    }
}

pub(super) fn exceptional(flow: &MobilityFlow, line: &LineItem<'_>) -> Words {
    let inputs = &flow.inputs;
    let mut words = Words {
        lead: format!(
            "{}, {}, {}",
            heads(inputs.participants, inputs),
            mode(inputs.travel),
            distance(flow)
        ),
        expression: None,
        steps: Vec::new(),
        rule: String::new(),
    };
    if let Formula::ShareOfCost { cost, paid } = line.formula {
        words.lead += &format!(", real cost {} each", cost.grouped());
        words.expression = Some(format!("{paid} x {}", cost.grouped()));
    }
    if let Some((unit, rule)) =
        flow.travel.as_ref().and_then(|travel| Some((travel.unit, travel.expensive?)))
    {
        words.steps.push(format!(
            "The travel amount is less than {} of the real cost: {} < {}",
            rule.covered_below,
            unit.grouped(),
            share_of_cost(rule)
        ));
        words.rule = format!(
            "where the travel amount is less than {} of the real cost of a participant, {} of the real cost is paid instead of it{}",
            rule.covered_below,
            rule.paid,
            estimated(flow)
        );
    }
    words
}

/// `70 % x 40.01 = 28.007`
fn share_of_cost(rule: ExpensiveTravel) -> String {
    format!(
        "{} x {} = {}",
        rule.covered_below,
        rule.cost.grouped(),
        exact(rule.cost.percent(rule.covered_below))
    )
}

/// `4,222 km one way (band 4000-7999)`
fn distance(flow: &MobilityFlow) -> String {
    let Some(distance) = &flow.distance else { return String::new() };
    let band = distance.band.as_deref().unwrap_or_default();
    match way(distance) {
        Some(way) => format!("{way} one way (band {band})"),
        None => format!("band {band}"),
    }
}

/// `4,222 km`, `an estimated 4,222.5 km`; `None` where the kilometres are not known.
fn way(distance: &Distance) -> Option<String> {
    let km = distance.km?;
    Some(match distance.estimate {
        Some(_) => format!("an estimated {} km", tenth(km)),
        None => kilometres(km),
    })
}

/// How an estimate was made, from which two points.
fn estimated(flow: &MobilityFlow) -> String {
    let estimate = flow.distance.as_ref().and_then(|distance| distance.estimate.as_ref());
    let words = |estimate: &Estimate| {
        format!(
            "; the distance is estimated from {} to {}, {FORMULA}",
            estimate.home, estimate.partner
        )
    };
    estimate.map(words).unwrap_or_default()
}

/// Whether the band has an amount for the way of travelling.
fn has_own_amount(subject: &Subject<'_>, flow: &MobilityFlow) -> bool {
    let label = flow.distance.as_ref().and_then(|distance| distance.band.as_deref());
    let mut bands = subject.loaded.table.travel.bands.iter();
    let band = bands.find(|band| Some(band.label.as_ref()) == label);
    flow.inputs.travel == TravelMode::Standard || band.is_some_and(|band| band.green.is_some())
}

/// How the distance is measured and compared, where the plan gives kilometres.
pub(super) fn of_distance(table: &RateTable, flow: &MobilityFlow) -> Vec<Arc<Citation>> {
    let travel = &table.travel;
    match flow.distance.as_ref().and_then(|distance| distance.km) {
        Some(_) => vec![Arc::clone(&travel.distance.citation), Arc::clone(&travel.edges.citation)],
        None => Vec::new(),
    }
}

/// Why no unit contribution is paid.
pub(super) fn nothing(subject: &Subject<'_>, flow: &MobilityFlow) -> Nothing {
    if flow.inputs.zero_grant {
        return Nothing::because("zero-grant participants get no travel support");
    }
    if flow.travel.is_some() {
        return Nothing::because("exceptional costs are paid instead");
    }
    let table = &subject.loaded.table;
    let way = flow.distance.as_ref().and_then(way);
    let mut figures = vec![Arc::clone(&table.travel.below_lowest.citation)];
    figures.extend(of_distance(table, flow));
    Nothing {
        why: format!(
            "{} one way lies below the lowest band, which begins at {} km; below it there is neither travel support nor exceptional costs{}",
            way.unwrap_or_default(),
            whole(table.lowest_edge()),
            estimated(flow)
        ),
        figures,
    }
}

/// Why a real cost is not paid; `None` where the plan gives none, or where the amount of the band
/// covers enough of it, which is said there.
pub(super) fn no_exceptional_costs(flow: &MobilityFlow) -> Option<Nothing> {
    flow.inputs.travel_cost?;
    if flow.inputs.zero_grant {
        return Some(Nothing::because("zero-grant participants get no exceptional costs"));
    }
    let why = "without travel support the rule on expensive travel does not apply";
    flow.travel.is_none().then(|| Nothing::because(why))
}
