//! What resolving found worth saying about flows, gathered by cause.

use std::collections::BTreeMap;

use super::tally::{Cause, Ids, Mark, Tallies, Tally};
use crate::diag::{Code, Diagnostic, Severity, listed};
use crate::model::{Basis, Caveat, Citation, MobilityFlow};
use crate::plan::Loaded;

/// The causes of one flow.
pub(super) fn mark(flow: &MobilityFlow, marks: &mut Vec<Mark>) {
    for caveat in &flow.caveats {
        let remark = Remark::of(caveat);
        if matches!(remark, Remark::DoubtfulRestriction(_)) {
            marks.push(Cause::RemarkOnCountry(remark.clone(), flow.inputs.country).into());
        }
        marks.push(Cause::Remark(remark).into());
    }
}

pub(super) fn notices(loaded: &Loaded, tallies: &Tallies, ids: &Ids<'_>) -> Vec<Diagnostic> {
    let remarks = tallies.iter().filter_map(|(cause, flows)| match cause {
        Cause::Remark(remark) => Some((remark, flows)),
        _ => None,
    });
    let remarks: BTreeMap<&Remark, &Tally> = remarks.collect();
    let notice = |(remark, flows): (&Remark, &Tally)| {
        let countries = || countries(loaded, remark, tallies);
        remark.notice(loaded, flows, ids, countries)
    };
    remarks.into_iter().map(notice).collect()
}

/// Caveats with the same words are one cause.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Remark {
    CheckWithNationalAgency(String),
    DoubtfulRestriction(String),
    BelowLowestBand(String),
    OutsideProject,
    NearBandEdge(String),
    NoHigherGreenAmount,
    PaysNothing,
}

impl Remark {
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

    fn notice(
        &self,
        loaded: &Loaded,
        flows: &Tally,
        ids: &Ids<'_>,
        countries: impl Fn() -> String,
    ) -> Diagnostic {
        let named = ids.named(flows);
        let warning = |code, message, help: String| {
            ids.about(Severity::Warning, code, message, flows).help(help)
        };
        let note = |code, message, help: String| {
            ids.about(Severity::Note, code, message, flows).help(help)
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
                    countries()
                ),
                format!(
                    "{why}. Check with your National Agency, then set `restriction_checked` to true"
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
                why.clone(),
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
                "leave these out, or `zero_grant`".to_owned(),
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

/// The countries of the flows that a remark is about, in the order of the plan.
fn countries(loaded: &Loaded, remark: &Remark, tallies: &Tallies) -> String {
    let names = tallies.iter().filter_map(|(cause, _)| match cause {
        Cause::RemarkOnCountry(about, country) if about == remark => {
            loaded.plan.country_names.get(country)
        }
        _ => None,
    });
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
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
