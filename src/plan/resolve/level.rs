//! Levels of study, short mobilities, and restrictions of regions and levels.

use std::sync::Arc;

use super::Resolver;
use super::flow::Kind;
use crate::diag::{Code, Diagnostic, one_of};
use crate::model::{Basis, Caveat, CountryCode, Direction, Level, Region, Term, Word};
use crate::plan::raw::RawFlow;
use crate::rates::{Restriction, RestrictionRule};

/// A short mobility is blended or doctoral, and some flows must say their level.
pub(super) fn check_level(resolver: &Resolver<'_>, flow: &RawFlow<'_>, kind: Kind) -> bool {
    if !kind.who.is_student() || flow.level.is_faulty() || flow.blended.is_faulty() {
        return !flow.level.is_faulty() && !flow.blended.is_faulty();
    }
    let level = flow.level.located();
    let short_and_not_blended = kind.who.term == Term::Short && !flow.blended.or(false);
    match level {
        None if short_and_not_blended => {
            let message =
                "a short student mobility is blended or doctoral, and the flow says neither";
            let place = resolver.place(&flow.span);
            let [blended, doctoral] = [("blended", "true"), ("level", "\"doctoral\"")]
                .map(|(key, value)| place.enter(key, value));
            let help = format!("{blended}, or {doctoral}");
            resolver.fault(Diagnostic::error(Code::LevelMissing, place, message).help(help));
            false
        }
        None if kind.direction == Direction::Outgoing => {
            let message = "an outgoing student flow needs the `level` of study";
            let levels = one_of(Level::ALL.iter().map(|level| level.as_str()));
            let help =
                format!("add `level`: {levels}; a recent graduate has the level just completed");
            let place = resolver.place(&flow.span);
            resolver.fault(Diagnostic::error(Code::LevelMissing, place, message).help(help));
            false
        }
        Some(level) if short_and_not_blended && level.value != Level::Doctoral => {
            let message = format!("a short mobility of {} students must be blended", level.value);
            let place = resolver.place(&level.span);
            let help = format!(
                "{} where a virtual part is planned; only doctoral mobility may do without",
                place.enter("blended", "true")
            );
            let code = Code::ShortNeitherBlendedNorDoctoral;
            resolver.fault(Diagnostic::error(code, place, message).help(help));
            false
        }
        _ => true,
    }
}

/// Checks the restrictions of the table; what should be checked by the office becomes a caveat.
pub(super) fn check_restrictions(
    resolver: &Resolver<'_>,
    flow: &RawFlow<'_>,
    kind: Kind,
    (country, region): (CountryCode, Region),
    caveats: &mut Vec<Caveat>,
) -> bool {
    let concerns = |restriction: &&Restriction| restriction.regions.contains(&region);
    let mut allowed = true;
    for restriction in resolver.table.restrictions.iter().filter(concerns) {
        match &restriction.rule {
            RestrictionRule::IncomingStudentsOnly => {
                if kind.direction == Direction::Outgoing || !kind.who.is_student() {
                    refuse_region(resolver, flow, restriction, region);
                    allowed = false;
                }
            }
            RestrictionRule::CheckWithNationalAgency => {
                let why = Arc::clone(&restriction.explanation);
                caveats.push(Caveat::CheckWithNationalAgency(why));
            }
            RestrictionRule::OutgoingLevels { levels, countries, doubtful, unverified } => {
                let restricted = flow.level.located().filter(|level| levels.contains(&level.value));
                let Some(level) = restricted.filter(|_| kind.direction == Direction::Outgoing)
                else {
                    continue;
                };
                if flow.restriction_checked.may_be_true() {
                    continue;
                }
                if countries.contains(&country) {
                    let name = resolver.names.name(country);
                    let message = format!(
                        "outgoing {} students may not go to {country} ({name})",
                        level.value
                    );
                    let place = resolver.place(&level.span);
                    let help = format!(
                        "{}{}; {unverified}. If your National Agency allows it, {}",
                        restriction.explanation,
                        restriction.citation.mark(),
                        place.enter("restriction_checked", "true")
                    );
                    resolver.fault(
                        Diagnostic::error(Code::OutgoingLevelRestricted, place, message)
                            .related_if(flow.country.located().map(|country| {
                                (resolver.place(&country.span), "the country".to_owned())
                            }))
                            .help(help),
                    );
                    allowed = false;
                } else if doubtful.contains(&country) {
                    let why = format!("{}; {unverified}", restriction.explanation);
                    caveats.push(Caveat::DoubtfulRestriction(why.into()));
                }
            }
        }
    }
    allowed
}

fn refuse_region(
    resolver: &Resolver<'_>,
    flow: &RawFlow<'_>,
    restriction: &Restriction,
    region: Region,
) {
    let place = match flow.direction.located().filter(|d| d.value == Direction::Outgoing) {
        Some(direction) => resolver.place(&direction.span),
        None => flow
            .activity
            .located()
            .map_or_else(|| resolver.place(&flow.span), |activity| resolver.place(&activity.span)),
    };
    let message = format!("this flow cannot be funded: {}", restriction.explanation);
    let confidence = restriction.citation.confidence();
    let note = match &restriction.citation.basis {
        Basis::Sourced { note: Some(note), .. } => format!(" ({note})"),
        _ => String::new(),
    };
    let help = match confidence {
        Some(confidence) => format!("restriction of {region}, {confidence}{note}"),
        None => format!("restriction of {region}"),
    };
    resolver.fault(Diagnostic::error(Code::RegionRestricted, place, message).help(help));
}
