//! Scores of a region without flows.

use super::tally::{Cause, Tallies};
use crate::diag::{Code, Diagnostic, Severity, listed};
use crate::model::Region;
use crate::plan::Loaded;

pub(super) fn unused(loaded: &Loaded, tallies: &Tallies) -> Option<Diagnostic> {
    let is_planned = |region: Region| tallies.get(&Cause::Region(region)).is_some();
    let scores = loaded.plan.scores.iter();
    let unused: Vec<_> = scores.filter(|(region, _)| !is_planned(**region)).collect();
    let (_, first) = unused.first()?;
    let named: Vec<String> = unused.iter().map(|(region, _)| region.to_string()).collect();
    let message = format!("no flow goes to the region of a score: {}", listed(&named, "and"));
    let notice = Diagnostic::new(Severity::Note, Code::UnusedScore, message)
        .help("check the `region` of the score, or plan flows there");
    Some(Diagnostic { place: loaded.place(&first.origin), ..notice })
}
