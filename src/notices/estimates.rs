//! Distances that were estimated: that they were, and where another band is as likely.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Noticed;
use super::tally::{Cause, Ids, Mark, Tallies, Tally, one};
use crate::diag::{Code, Diagnostic, Errors, Findings, Severity, count, quoted};
use crate::distance::Measured;
use crate::engine::{CostItem, flow_budget};
use crate::model::{
    DistanceKm, Estimate, Eur, ExpensiveTravel, MobilityFlow, TravelMode, TravelSupport, grouped,
};
use crate::places::{CALCULATOR, Edge, FORMULA, NOTICE, margin_text, nearest_edge, tenth};
use crate::rates::{Band, RateTable};

/// More pairs of cities are only counted.
const MOST_PAIRS: usize = 5;
/// Further flows or pairs near an edge are only counted.
const MOST_WARNINGS: usize = 50;

/// The causes of one flow, and a warning where its distance lies near an edge. Says whether other flows
/// with the same distance have the same causes: the first of those near an edge have a warning each.
pub(super) fn mark(noticed: &Noticed<'_>, tallies: &mut Tallies, marks: &mut Vec<Mark>) -> bool {
    let flow = noticed.computed.flow;
    let Some((estimate, km)) = estimate_of(flow) else { return true };
    marks.push(Cause::Estimated.into());
    let pair = format!("{} to {}: {} km", estimate.home, estimate.partner, tenth(km));
    marks.push(Cause::Pair(pair).into());
    let table = &noticed.loaded.table;
    let Some(edge) = nearest_edge(table, km).filter(|edge| edge.is_uncertain) else { return true };
    if tallies.single.len() < MOST_WARNINGS {
        tallies.single.push(near_edge(noticed, estimate, km, &edge));
        return false;
    }
    marks.push(Cause::NearEdgeToo.into());
    true
}

/// A warning for each flow whose distance lies near an edge, beyond a number that a person reads one
/// for all others, and one note about all estimates.
pub(super) fn notices(tallies: &Tallies, ids: &Ids<'_>) -> Vec<Diagnostic> {
    let mut notices = tallies.single.clone();
    notices.extend(tallies.get(&Cause::NearEdgeToo).map(|flows| near_edge_too(flows, ids)));
    notices.extend(tallies.get(&Cause::Estimated).map(|flows| estimated(flows, tallies, ids)));
    notices
}

fn estimated(flows: &Tally, tallies: &Tallies, ids: &Ids<'_>) -> Diagnostic {
    let message = format!(
        "{} estimated from cities, not looked up ({})",
        match flows.number {
            1 => "one distance is".to_owned(),
            number => format!("{number} distances are"),
        },
        ids.named(flows)
    );
    // Flows between the same cities have one line.
    let pairs = tallies.iter().filter_map(|(cause, _)| match cause {
        Cause::Pair(pair) => Some(pair.clone()),
        _ => None,
    });
    let mut details: Vec<String> = pairs.collect();
    details.sort();
    if details.len() > MOST_PAIRS {
        let more = details.len() - MOST_PAIRS;
        details.truncate(MOST_PAIRS);
        details.push(format!("and {}", count(more as u64, "more pair")));
    }
    let note = ids.about(Severity::Note, Code::EstimatedDistances, message, flows);
    let help = format!(
        "{FORMULA}; before you apply, enter as `distance_km` what the official Distance Calculator says ({CALCULATOR}). {NOTICE}"
    );
    Diagnostic { details, ..note }.help(help)
}

fn near_edge_too(flows: &Tally, ids: &Ids<'_>) -> Diagnostic {
    let message = format!(
        "{} near the edge of a distance band too ({})",
        count(flows.number, "more flow"),
        ids.named(flows)
    );
    let warning = ids.about(Severity::Warning, Code::EstimateNearEdge, message, flows);
    warning.help("enter their `distance_km`, or look at the flows one by one")
}

/// Makes warnings about uncertain estimates errors.
///
/// # Errors
///
/// There are such warnings.
pub fn refuse_uncertain(notices: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Errors> {
    let is_uncertain = |notice: &Diagnostic| notice.code == Code::EstimateNearEdge;
    let (uncertain, others): (Vec<_>, Vec<_>) = notices.into_iter().partition(is_uncertain);
    if uncertain.is_empty() {
        return Ok(others);
    }
    let findings = Findings::default();
    for notice in uncertain {
        // Errors show no details of their own.
        let details: String = notice.details.iter().map(|detail| format!("; {detail}")).collect();
        let message = format!("--strict-distance: {}{details}", notice.message);
        findings.push(Diagnostic { severity: Severity::Error, message, ..notice });
    }
    Err(findings.into_errors())
}

/// Says of a result that has no room for it that its distances are estimates, and whose the places are.
pub fn about_places() -> Diagnostic {
    let message = format!("these distances are estimated ({FORMULA}), not looked up");
    let note = Diagnostic::new(Severity::Note, Code::EstimatedDistances, message);
    let help = format!("the official Distance Calculator decides: {CALCULATOR}");
    Diagnostic { details: vec![NOTICE.to_owned()], ..note }.help(help)
}

/// Whether a notice is about estimated distances.
pub fn is_about_estimates(notice: &Diagnostic) -> bool {
    matches!(notice.code, Code::EstimateNearEdge | Code::EstimatedDistances)
}

/// A warning for each pair of places that lies near an edge, up to a number that a person reads.
pub fn near_edges(measured: &[Measured<'_>]) -> Vec<Diagnostic> {
    let near = |Measured { pair, calls }: &Measured<'_>| {
        let edges = calls.iter().filter_map(|call| call.edge.as_ref());
        let uncertain = edges.filter(|edge| edge.is_uncertain);
        let edges: BTreeMap<u32, &Edge<'_>> = uncertain.map(|edge| (edge.km, edge)).collect();
        // The amounts of a band are those of one call.
        let label = |band| side(band, calls.len() == 1);
        let details = edges.values().map(|edge| {
            format!(
                "{} km from the edge at {} km: {} or {}",
                margin_text(edge),
                grouped(&edge.km.to_string()),
                label(edge.here),
                label(edge.beyond)
            )
        });
        let details: Vec<String> = details.collect();
        if details.is_empty() {
            return None;
        }
        let message = format!(
            "{} to {}: the estimated {} km may lie in another distance band",
            pair.from,
            pair.to,
            tenth(pair.km)
        );
        let warning = Diagnostic::new(Severity::Warning, Code::EstimateNearEdge, message);
        let help = format!("look it up in the official Distance Calculator ({CALCULATOR})");
        Some(Diagnostic { details, ..warning }.help(help))
    };
    let mut warnings: Vec<Diagnostic> = measured.iter().filter_map(near).collect();
    let more = warnings.len().saturating_sub(MOST_WARNINGS);
    warnings.truncate(MOST_WARNINGS);
    if more > 0 {
        let message = format!("{} near an edge too", count(more as u64, "more pair"));
        let warning = Diagnostic::new(Severity::Warning, Code::EstimateNearEdge, message);
        warnings.push(warning.help("the result marks them"));
    }
    warnings
}

/// A side of an edge, with its amounts where they are wanted.
fn side(band: Option<&Band>, with_amounts: bool) -> String {
    let Some(band) = band else { return "below the lowest band".to_owned() };
    let amounts = match with_amounts {
        true => format!(
            " ({} EUR, green {} EUR)",
            band.standard.value.grouped(),
            band.amount(TravelMode::Green).value.grouped()
        ),
        false => String::new(),
    };
    format!("{}{amounts}", quoted(&band.label))
}

fn estimate_of(flow: &MobilityFlow) -> Option<(&Estimate, DistanceKm)> {
    let distance = flow.distance.as_ref()?;
    Some((distance.estimate.as_ref()?, distance.km?))
}

fn near_edge(
    noticed: &Noticed<'_>,
    estimate: &Estimate,
    km: DistanceKm,
    edge: &Edge<'_>,
) -> Diagnostic {
    let (table, flow) = (&noticed.loaded.table, noticed.computed.flow);
    let pays = |band| paid_in(table, flow, band);
    let message = format!(
        "the estimated {} km lies {} km from the edge of a distance band at {} km: {} for each participant; on the other side {}: {} for the flow ({})",
        tenth(km),
        margin_text(edge),
        grouped(&edge.km.to_string()),
        pays(edge.here),
        pays(edge.beyond),
        at_stake(table, flow, edge.beyond),
        one(noticed.id)
    );
    let warning = Diagnostic::new(Severity::Warning, Code::EstimateNearEdge, message);
    let warning = Diagnostic {
        place: (noticed.place)(),
        details: vec![format!("{} to {}", estimate.home, estimate.partner)],
        ..warning.flow(noticed.id)
    };
    warning.help(format!(
        "look it up in the official Distance Calculator ({CALCULATOR}) and enter what it says as `distance_km`"
    ))
}

/// What a band pays each participant of the flow: its amount, or a share of the real cost instead.
fn paid_in(table: &RateTable, flow: &MobilityFlow, band: Option<&Band>) -> String {
    let Some(band) = band else { return "below it nothing is paid".to_owned() };
    let flow = in_band(table, flow, Some(band));
    let budget = flow_budget(&flow);
    let line = budget.lines.iter().find_map(|line| {
        let instead = match line.item {
            CostItem::Travel => "",
            CostItem::ExceptionalCosts => ", a share of the real cost",
            _ => return None,
        };
        Some((line.each?.amount, instead))
    });
    let (amount, instead) = line.unwrap_or((Eur::ZERO, ""));
    format!("`{}` pays {} EUR{instead}", band.label, amount.grouped())
}

/// The flow as if its distance lay in a band, or below all of them.
fn in_band(table: &RateTable, flow: &MobilityFlow, band: Option<&Band>) -> MobilityFlow {
    let mut changed = flow.clone();
    let rule = &table.travel.expensive;
    let expensive = flow.inputs.travel_cost.map(|cost| ExpensiveTravel {
        cost,
        covered_below: rule.covered_below,
        paid: rule.paid,
    });
    changed.travel = band.map(|band| TravelSupport {
        unit: band.amount(flow.inputs.travel).value,
        expensive,
        grounds: Vec::new(),
    });
    changed
}

/// What the flow would get in the other band.
fn at_stake(table: &RateTable, flow: &MobilityFlow, other: Option<&Band>) -> String {
    let changed = in_band(table, flow, other);
    let total = |flow: &MobilityFlow| flow_budget(flow).amounts.total();
    let difference = total(&changed) - total(flow);
    match difference.cmp(&Eur::ZERO) {
        Ordering::Less => format!("{} EUR less", (Eur::ZERO - difference).grouped()),
        Ordering::Equal => "the same".to_owned(),
        Ordering::Greater => format!("{} EUR more", difference.grouped()),
    }
}
