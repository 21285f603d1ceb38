//! Regions that a what-if leaves out.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Findings, Severity, listed};
use crate::model::{CountryCode, MobilityPlan, Region};

/// Leaves regions out of a plan. Flows that are left out have been checked like the others: a faulty plan has
/// no budget, not even of a part.
pub(in crate::plan) fn drop_regions(
    plan: &mut MobilityPlan,
    dropped: &BTreeSet<Region>,
    findings: &Findings,
) {
    let fault = |code, message: String, help: String| {
        findings.push(Diagnostic::new(Severity::Error, code, message).help(help));
    };
    let planned: BTreeSet<Region> = plan.flows.iter().map(|flow| flow.inputs.region).collect();
    let planned_names: Vec<String> = planned.iter().map(Region::to_string).collect();
    let absent: Vec<&Region> = dropped.difference(&planned).collect();
    for region in &absent {
        let message = format!("--drop-region {}: no flow goes to {region}", region.number());
        let help = format!("the flows go to {}", listed(&planned_names, "and"));
        fault(Code::RegionWithoutFlows, message, help);
    }
    if absent.is_empty() && dropped.len() == planned.len() {
        let message = "--drop-region: without these regions the plan has no flow".to_owned();
        let help = format!("the flows go to {}; keep one of these", listed(&planned_names, "and"));
        fault(Code::NoFlows, message, help);
    }
    plan.flows.retain(|flow| !dropped.contains(&flow.inputs.region));
    plan.envelopes.retain(|region, _| !dropped.contains(region));
    plan.scores.retain(|region, _| !dropped.contains(region));
    plan.region_names.retain(|region, _| !dropped.contains(region));
    let countries: BTreeSet<CountryCode> =
        plan.flows.iter().map(|flow| flow.inputs.country).collect();
    plan.country_names.retain(|country, _| countries.contains(country));
    let mut distances = plan.flows.iter().filter_map(|flow| flow.distance.as_ref());
    if !distances.any(|distance| distance.estimate.is_some()) {
        plan.places = None;
    }
    plan.what_if.drop_regions.clone_from(dropped);
}
