//! What resolving found worth saying about flows, gathered by cause.

use std::collections::BTreeMap;

use super::{about, named};
use crate::diag::{Code, Diagnostic, Severity, listed};
use crate::model::{Basis, Caveat, Citation, MobilityFlow};
use crate::plan::Loaded;

pub(super) fn notices(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut causes: BTreeMap<Cause, Vec<&MobilityFlow>> = BTreeMap::new();
    for flow in &loaded.plan.flows {
        for caveat in &flow.caveats {
            causes.entry(Cause::of(caveat)).or_default().push(flow);
        }
    }
    causes.into_iter().map(|(cause, flows)| cause.notice(loaded, &flows)).collect()
}

/// Caveats with the same words are one cause.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    CheckWithNationalAgency(String),
    DoubtfulRestriction(String),
    BelowLowestBand(String),
    OutsideProject,
    NearBandEdge(String),
    NoHigherGreenAmount,
    PaysNothing,
}

impl Cause {
    fn of(caveat: &Caveat) -> Self {
        match caveat {
            Caveat::CheckWithNationalAgency(why) => Self::CheckWithNationalAgency(why.to_string()),
            Caveat::DoubtfulRestriction(why) => Self::DoubtfulRestriction(why.to_string()),
            Caveat::BelowLowestBand(rule) => Self::BelowLowestBand(ground(rule)),
            Caveat::OutsideProject => Self::OutsideProject,
            Caveat::NearBandEdge(rule) => Self::NearBandEdge(ground(rule)),
            Caveat::NoHigherGreenAmount => Self::NoHigherGreenAmount,
            Caveat::PaysNothing => Self::PaysNothing,
        }
    }

    fn notice(self, loaded: &Loaded, flows: &[&MobilityFlow]) -> Diagnostic {
        let named = named(loaded, flows);
        let warning = |code, message, help: String| {
            about(loaded, Severity::Warning, code, message, flows).help(help)
        };
        let note = |code, message, help: String| {
            about(loaded, Severity::Note, code, message, flows).help(help)
        };
        match self {
            Self::CheckWithNationalAgency(why) => warning(
                Code::CheckWithNationalAgency,
                format!("{why} ({named})"),
                "check with your National Agency".to_owned(),
            ),
            Self::DoubtfulRestriction(why) => warning(
                Code::DoubtfulRestriction,
                format!(
                    "it is doubtful whether these students may go to {} ({named})",
                    countries(loaded, flows)
                ),
                format!(
                    "{why}. Check with your National Agency, then add `restriction_checked = true`"
                ),
            ),
            Self::BelowLowestBand(why) => warning(
                Code::BelowLowestBand,
                format!(
                    "below {} km there is neither travel support nor exceptional costs ({named})",
                    loaded.table.lowest_edge()
                ),
                format!("{why} Kilometres have no thousands separator: 4.222 is four."),
            ),
            Self::OutsideProject => warning(
                Code::OutsideProject,
                format!(
                    "the dates do not lie within the project, which {} ({named})",
                    project(loaded)
                ),
                "check `start`, `end` and the project's `months`".to_owned(),
            ),
            Self::NearBandEdge(why) => note(
                Code::NearBandEdge,
                format!("a fraction of a kilometre decides the distance band ({named})"),
                why,
            ),
            Self::NoHigherGreenAmount => note(
                Code::NoHigherGreenAmount,
                format!("green travel pays the standard amount in this distance band ({named})"),
                "green travel still allows more travel days".to_owned(),
            ),
            Self::PaysNothing => note(
                Code::ZeroGrantPaysNothing,
                format!(
                    "a zero-grant flow gets nothing for travel days, travel costs or fewer opportunities ({named})"
                ),
                "leave these keys out, or `zero_grant`".to_owned(),
            ),
        }
    }
}

/// A rule's ground in words, with its mark.
fn ground(rule: &Citation) -> String {
    match &rule.basis {
        Basis::Policy(why) => why.clone(),
        Basis::Sourced { confidence, note, .. } => {
            let note = note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            format!("this rule is {confidence}{note}")
        }
    }
}

fn countries(loaded: &Loaded, flows: &[&MobilityFlow]) -> String {
    let mut names: Vec<String> = Vec::new();
    for flow in flows {
        if let Some(name) = loaded.plan.country_names.get(&flow.inputs.country)
            && !names.iter().any(|known| *known == **name)
        {
            names.push(name.to_string());
        }
    }
    listed(&names, "and")
}

fn project(loaded: &Loaded) -> String {
    let start = loaded.table.project.start;
    match loaded.plan.project.months {
        Some(months) => format!("begins on {start} and lasts {months} months"),
        None => {
            let longest = loaded.table.longest_project();
            format!("begins on {start} and lasts at most {longest} months")
        }
    }
}
