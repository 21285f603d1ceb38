//! Regions that a what-if leaves out.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Findings, Severity, listed};
use crate::model::{MobilityFlow, Region};

/// The flows that go to other regions. Those that are left out have been checked like the others: a
/// faulty plan has no budget, not even of a part.
pub(super) fn without_regions(
    flows: Vec<MobilityFlow>,
    dropped: &BTreeSet<Region>,
    findings: &Findings,
) -> Option<Vec<MobilityFlow>> {
    if dropped.is_empty() {
        return Some(flows);
    }
    let fault = |code, message: String, help: String| {
        findings.push(Diagnostic::new(Severity::Error, code, message).help(help));
    };
    let planned: BTreeSet<Region> = flows.iter().map(|flow| flow.inputs.region).collect();
    let planned_names: Vec<String> = planned.iter().map(Region::to_string).collect();
    let absent: Vec<&Region> = dropped.difference(&planned).collect();
    for region in &absent {
        let message = format!("--drop-region {}: no flow goes to {region}", region.number());
        let help = format!("the flows go to {}", listed(&planned_names, "and"));
        fault(Code::RegionWithoutFlows, message, help);
    }
    if !absent.is_empty() {
        return None;
    }
    let left: Vec<MobilityFlow> =
        flows.into_iter().filter(|flow| !dropped.contains(&flow.inputs.region)).collect();
    if left.is_empty() {
        let message = "--drop-region: without these regions the plan has no flow".to_owned();
        let help = format!("the flows go to {}; keep one of these", listed(&planned_names, "and"));
        fault(Code::NoFlows, message, help);
        return None;
    }
    Some(left)
}
