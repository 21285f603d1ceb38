//! Scores of a region without flows.

use crate::diag::{Code, Diagnostic, Severity, listed};
use crate::plan::Loaded;

pub(super) fn unused(loaded: &Loaded) -> Option<Diagnostic> {
    let plan = &loaded.plan;
    let is_planned = |region| plan.flows.iter().any(|flow| flow.inputs.region == region);
    let unused: Vec<_> = plan.scores.iter().filter(|(region, _)| !is_planned(**region)).collect();
    let (_, first) = unused.first()?;
    let named: Vec<String> = unused.iter().map(|(region, _)| region.to_string()).collect();
    let message = format!("no flow goes to the region of a score: {}", listed(&named, "and"));
    let notice = Diagnostic::new(Severity::Note, Code::UnusedScore, message)
        .help("check the `region` of the score, or plan flows there");
    Some(Diagnostic { place: loaded.place(&first.origin), ..notice })
}
