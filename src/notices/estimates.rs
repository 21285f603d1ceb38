//! Distances that were estimated: that they were, and where another band is as likely.

use super::{about, named};
use crate::diag::{Code, Diagnostic, Errors, Severity, count};
use crate::engine::flow_budget;
use crate::model::{
    DistanceKm, Estimate, Eur, ExpensiveTravel, MobilityFlow, TravelSupport, grouped,
};
use crate::places::{CALCULATOR, Edge, FORMULA, nearest_edge};
use crate::plan::Loaded;
use crate::rates::{Band, RateTable};

/// More pairs of cities are only counted.
const MOST_PAIRS: usize = 5;

/// A warning for each flow whose distance lies near an edge, and one note about all estimates.
pub(super) fn notices(loaded: &Loaded) -> Vec<Diagnostic> {
    let estimated: Vec<_> = loaded.plan.flows.iter().filter_map(estimate_of).collect();
    let near = |(flow, estimate, km): &(&MobilityFlow, &Estimate, DistanceKm)| {
        let edge = nearest_edge(&loaded.table, *km).filter(|edge| edge.is_uncertain)?;
        Some(near_edge(loaded, flow, estimate, *km, &edge))
    };
    let mut notices: Vec<Diagnostic> = estimated.iter().filter_map(near).collect();
    if estimated.is_empty() {
        return notices;
    }
    let flows: Vec<&MobilityFlow> = estimated.iter().map(|(flow, ..)| *flow).collect();
    let message = format!(
        "{} estimated from cities, not looked up ({})",
        match flows.len() {
            1 => "one distance is".to_owned(),
            number => format!("{number} distances are"),
        },
        named(loaded, &flows)
    );
    let pair = |(_, estimate, km): &(_, &Estimate, DistanceKm)| {
        format!("{} to {}: {} km", estimate.home, estimate.partner, tenth(*km))
    };
    let mut details: Vec<String> = estimated.iter().map(pair).collect();
    // Flows between the same cities have one line.
    details.sort();
    details.dedup();
    if details.len() > MOST_PAIRS {
        let more = details.len() - MOST_PAIRS;
        details.truncate(MOST_PAIRS);
        details.push(format!("and {}", count(more as u64, "more pair")));
    }
    let note = about(loaded, Severity::Note, Code::EstimatedDistances, message, &flows);
    let help = format!(
        "{FORMULA}; before you apply, enter as `distance_km` what the official Distance Calculator says ({CALCULATOR})"
    );
    notices.push(Diagnostic { details, ..note }.help(help));
    notices
}

/// Makes warnings about uncertain estimates errors.
///
/// # Errors
///
/// There are such warnings.
pub fn refuse_uncertain(notices: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Errors> {
    let is_uncertain = |notice: &Diagnostic| notice.code == Code::EstimateNearEdge;
    let (uncertain, others): (Vec<_>, Vec<_>) = notices.into_iter().partition(is_uncertain);
    let refused = uncertain.into_iter().map(|notice| {
        let message = format!("--strict-distance: {}", notice.message);
        Diagnostic { severity: Severity::Error, message, ..notice }
    });
    let list: Vec<Diagnostic> = refused.collect();
    if list.is_empty() { Ok(others) } else { Err(Errors { list, omitted: 0 }) }
}

fn estimate_of(flow: &MobilityFlow) -> Option<(&MobilityFlow, &Estimate, DistanceKm)> {
    let distance = flow.distance.as_ref()?;
    Some((flow, distance.estimate.as_ref()?, distance.km?))
}

fn near_edge(
    loaded: &Loaded,
    flow: &MobilityFlow,
    estimate: &Estimate,
    km: DistanceKm,
    edge: &Edge<'_>,
) -> Diagnostic {
    let mode = flow.inputs.travel;
    let pays = |band: Option<&Band>| match band {
        Some(band) => {
            format!("`{}` pays {} EUR", band.label, band.amount(mode).value.grouped())
        }
        None => format!("below {} km nothing is paid", loaded.table.lowest_edge()),
    };
    let message = format!(
        "the estimated {} km lies {} km from the edge of a distance band at {} km: {} per participant, {} on the other side, {} for the flow ({})",
        tenth(km),
        margin_text(edge),
        grouped(&edge.km.to_string()),
        pays(edge.here),
        pays(edge.beyond),
        at_stake(&loaded.table, flow, edge.beyond),
        named(loaded, &[flow])
    );
    let code = Code::EstimateNearEdge;
    let warning = about(loaded, Severity::Warning, code, message, &[flow]);
    let details = vec![format!("{} to {}", estimate.home, estimate.partner)];
    let help = format!(
        "look it up in the official Distance Calculator ({CALCULATOR}) and enter what it says as `distance_km`"
    );
    Diagnostic { details, ..warning }.help(help)
}

/// What the flow would get in the other band.
fn at_stake(table: &RateTable, flow: &MobilityFlow, other: Option<&Band>) -> String {
    let mut changed = flow.clone();
    let rule = &table.travel.expensive;
    let expensive = flow.inputs.travel_cost.map(|cost| ExpensiveTravel {
        cost,
        covered_below: rule.covered_below,
        paid: rule.paid,
    });
    changed.travel = other.map(|band| TravelSupport {
        unit: band.amount(flow.inputs.travel).value,
        expensive,
        grounds: Vec::new(),
    });
    let total = |flow: &MobilityFlow| flow_budget(flow).amounts.total();
    let difference = total(&changed) - total(flow);
    match difference < Eur::ZERO {
        true => format!("{} EUR less", (Eur::ZERO - difference).grouped()),
        false => format!("{} EUR more", difference.grouped()),
    }
}

/// `4,222.3`
pub(crate) fn tenth(km: DistanceKm) -> String {
    grouped(&km.to_tenth().to_string())
}

/// The margin to a tenth of a kilometre.
pub(crate) fn margin_text(edge: &Edge<'_>) -> String {
    let margin = DistanceKm::new(edge.margin).map(DistanceKm::to_tenth);
    grouped(&margin.unwrap_or(edge.margin).to_string())
}
