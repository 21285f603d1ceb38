//! One mobility flow.

use std::sync::Arc;

use super::{Resolver, costs, country, distance, duration, level};
use crate::diag::{Code, Diagnostic, Place, count};
use crate::document::{Given, Span};
use crate::model::{
    Activity, Caveat, CountryCode, Direction, DistanceKm, Eur, Figure, FlowInputs, Grounds,
    InclusionSupport, IndividualSupport, MobilityFlow, OrganisationalSupport, ParticipantKind,
    Region, StayLength, Term, TopUp, TravelMode, TravelSupport,
};
use crate::plan::raw::RawFlow;
use distance::Reach;
use duration::Stay;

/// Who takes part, and for how long in principle.
#[derive(Clone, Copy)]
pub(super) struct Who {
    pub activity: Activity,
    pub term: Term,
    pub from_enterprise: bool,
}

/// What kind of flow it is.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub direction: Direction,
    pub who: Who,
}

impl Who {
    pub fn participants(self) -> ParticipantKind {
        self.activity.participants()
    }

    pub fn is_student(self) -> bool {
        self.participants() == ParticipantKind::Students
    }

    pub fn is_short_student(self) -> bool {
        self.is_student() && self.term == Term::Short
    }
}

impl Kind {
    fn has_from_enterprise(self) -> bool {
        self.direction == Direction::Incoming && self.who.activity == Activity::Sta
    }
}

/// Resolves a flow; `None` where something was found.
pub(super) fn flow(resolver: &Resolver<'_>, raw: &RawFlow<'_>, id: String) -> Option<MobilityFlow> {
    let partner = country::partner(resolver, raw);
    let heads = heads(resolver, raw);
    let of_country = partner.map(|(country, _)| country);
    let reach = distance::reach(resolver, raw, raw.zero_grant.may_be_true(), of_country);
    let who = who(raw)?;
    let mut applies = check_student_keys(resolver, raw, who);
    let stay = duration::stay(resolver, raw, who);
    let travel_day_limit = travel_day_limit(resolver, raw, who);
    let kind = Kind { direction: *raw.direction.value()?, who };
    applies &= check_enterprise(resolver, raw, kind);
    let leveled = level::check_level(resolver, raw, kind);
    let mut caveats = Vec::new();
    let allowed = partner.is_some_and(|partner| {
        level::check_restrictions(resolver, raw, kind, partner, &mut caveats)
    });
    if !(applies && leveled && allowed) {
        return None;
    }
    let ((country, region), heads, stay) = (partner?, heads?, stay?);
    let (travel_day_limit, reach) = (travel_day_limit?, reach.ok()?);

    let inputs = inputs(resolver, raw, id, kind, (country, region), heads, &stay);
    add_caveats(resolver, &inputs, reach.as_ref(), &stay, &mut caveats);
    let costs = costs(resolver, kind, &inputs, reach.as_ref(), &stay)?;
    Some(MobilityFlow {
        origin: resolver.origin(&raw.span),
        country_group: costs::receiving_group(resolver, kind),
        duration: stay.duration,
        distance: reach.map(|reach| reach.distance),
        travel_day_limit: travel_day_limit.clone(),
        individual_support: costs.individual_support,
        top_up: costs.top_up,
        travel: costs.travel,
        inclusion_support: costs.inclusion_support,
        organisational_support: costs.organisational_support,
        grounds: grounds(resolver, country, region, &stay),
        caveats,
        inputs,
    })
}

fn who(raw: &RawFlow<'_>) -> Option<Who> {
    if raw.term.is_faulty() || raw.from_enterprise.is_faulty() {
        return None;
    }
    let from_enterprise = raw.from_enterprise.or(false);
    Some(Who { activity: *raw.activity.value()?, term: raw.term.or(Term::Long), from_enterprise })
}

#[derive(Clone, Copy)]
struct Heads {
    participants: u32,
    fewer_opportunities: u32,
}

fn heads(resolver: &Resolver<'_>, raw: &RawFlow<'_>) -> Option<Heads> {
    if raw.fewer_opportunities.is_faulty() {
        return None;
    }
    let participants = raw.participants.located()?;
    // On staff any number is a fault, which `check_student_keys` reports.
    let staff = raw.activity.value().map(|activity| activity.participants())
        == Some(ParticipantKind::Staff);
    let fewer = raw.fewer_opportunities.located().filter(|_| !staff);
    if let Some(fewer) = fewer.filter(|fewer| fewer.value > participants.value) {
        let message = format!(
            "{} with fewer opportunities, of {} in all",
            count(fewer.value, "participant"),
            participants.value
        );
        let place = resolver.place(&fewer.span);
        resolver.fault(
            Diagnostic::error(Code::FewerOpportunitiesAboveParticipants, place, message)
                .related(resolver.place(&participants.span), "all participants")
                .help("`fewer_opportunities` counts those of the participants who get the top-up"),
        );
        return None;
    }
    let fewer_opportunities = raw.fewer_opportunities.or(0);
    Some(Heads { participants: participants.value, fewer_opportunities })
}

/// Refuses keys that only students have, or only short stays. `false` and 0 say nothing and are
/// accepted.
fn check_student_keys(resolver: &Resolver<'_>, raw: &RawFlow<'_>, who: Who) -> bool {
    let mut fit = true;
    let mut refuse = |place: Place, code, message: &str, help: &str| {
        resolver.fault(Diagnostic::error(code, place, message).help(help));
        fit = false;
    };
    let blended = set(&raw.blended);
    if who.is_student() {
        if let Some(span) = blended.filter(|_| who.term == Term::Long) {
            let message = "only a short student mobility is blended";
            let place = resolver.place(&span);
            let help = format!("{}, or leave `blended` out", place.enter("term", "\"short\""));
            refuse(place, Code::BlendedOnLongStay, message, &help);
        }
        return fit;
    }
    if let Some(fewer) = raw.fewer_opportunities.located().filter(|fewer| fewer.value > 0) {
        let message = "the top-up for fewer opportunities is for students";
        let help = "costs of staff with special needs are inclusion support: `inclusion_support`";
        refuse(resolver.place(&fewer.span), Code::FewerOpportunitiesOnStaff, message, help);
    }
    let term = raw.term.located().map(|term| term.span.clone());
    let level = raw.level.located().map(|level| level.span.clone());
    for (key, span) in [("term", term), ("level", level), ("blended", blended)] {
        if let Some(span) = span {
            let message = format!("`{key}` is for students, not for staff");
            let place = resolver.place(&span);
            let help = place.clear();
            refuse(place, Code::KeyDoesNotApply, &message, help);
        }
    }
    fit
}

fn check_enterprise(resolver: &Resolver<'_>, raw: &RawFlow<'_>, kind: Kind) -> bool {
    let Some(span) = set(&raw.from_enterprise).filter(|_| !kind.has_from_enterprise()) else {
        return true;
    };
    let message = "staff of an enterprise are invited: incoming, for teaching";
    let help = "`from_enterprise` goes with the direction `incoming` and the activity `STA`";
    let place = resolver.place(&span);
    resolver.fault(Diagnostic::error(Code::FromEnterpriseNotAllowed, place, message).help(help));
    false
}

/// Where a flag is set.
fn set(flag: &Given<bool>) -> Option<Span> {
    flag.located().filter(|flag| flag.value).map(|flag| flag.span.clone())
}

/// The most travel days that are funded; `None` where the flow plans more.
fn travel_day_limit<'r>(
    resolver: &Resolver<'r>,
    raw: &RawFlow<'_>,
    who: Who,
) -> Option<&'r Figure<u32>> {
    if raw.travel.is_faulty() || raw.travel_days.is_faulty() {
        return None;
    }
    let mode = raw.travel.or(TravelMode::Standard);
    let limits = &resolver.table.travel_days;
    let limit = limits.limit(who.participants(), who.term, mode);
    let Some(given) = raw.travel_days.located().filter(|given| given.value > limit.value) else {
        return Some(limit);
    };
    let call = resolver.table.call;
    let message = format!(
        "call {call} funds at most {} of {mode} travel{}",
        count(limit.value, "travel day"),
        limit.citation.mark()
    );
    let green = limits.limit(who.participants(), who.term, TravelMode::Green);
    let help = if mode == TravelMode::Standard && green.value >= given.value {
        let mark = green.citation.mark();
        format!("with `travel = \"green\"` up to {} are funded{mark}", green.value)
    } else {
        format!("plan at most {}; the rest of the journey is not funded", limit.value)
    };
    let place = resolver.place(&given.span);
    resolver.fault(Diagnostic::error(Code::TooManyTravelDays, place, message).help(help));
    None
}

fn inputs(
    resolver: &Resolver<'_>,
    raw: &RawFlow<'_>,
    id: String,
    kind: Kind,
    (country, region): (CountryCode, Region),
    heads: Heads,
    stay: &Stay,
) -> FlowInputs {
    let text = |given: &Given<&str>| given.value().map(|text| (*text).to_owned());
    let student = kind.who.is_student();
    let distance_km = raw.distance_km.value().copied().and_then(DistanceKm::new);
    FlowInputs {
        id,
        partner: text(&raw.partner),
        oid: text(&raw.oid),
        note: text(&raw.note),
        country,
        region,
        city: text(&raw.city),
        home_city: text(&raw.home_city).or_else(|| resolver.home.city.clone()),
        direction: kind.direction,
        activity: kind.who.activity,
        term: student.then_some(kind.who.term),
        level: raw.level.value().copied(),
        blended: kind.who.is_short_student().then(|| raw.blended.or(false)),
        participants: heads.participants,
        fewer_opportunities: student.then_some(heads.fewer_opportunities),
        length: stay.length,
        interruption_days: raw.interruption_days.or(0),
        unfunded_days: raw.unfunded_days.or(0),
        travel: raw.travel.or(TravelMode::Standard),
        travel_days: raw.travel_days.or(0),
        distance_km,
        band: text(&raw.band),
        travel_cost: raw.travel_cost.value().copied(),
        inclusion_support: raw.inclusion_support.value().copied(),
        zero_grant: raw.zero_grant.or(false),
        from_enterprise: kind.has_from_enterprise().then_some(kind.who.from_enterprise),
        restriction_checked: raw.restriction_checked.or(false),
    }
}

/// The rates of each cost category that pays something.
struct Costs {
    individual_support: Option<IndividualSupport>,
    top_up: Option<TopUp>,
    travel: Option<TravelSupport>,
    inclusion_support: Option<InclusionSupport>,
    organisational_support: Option<OrganisationalSupport>,
}

/// `None` where the applicant's country group is not known.
fn costs(
    resolver: &Resolver<'_>,
    kind: Kind,
    inputs: &FlowInputs,
    reach: Option<&Reach<'_>>,
    stay: &Stay,
) -> Option<Costs> {
    let days = costs::Days { stay, travel_days: inputs.travel_days, travel: inputs.travel };
    let individual_support = costs::individual_support(resolver, kind, &days)?;
    let paid = !inputs.zero_grant;
    let fewer_opportunities = inputs.fewer_opportunities.unwrap_or(0);
    let top_up = costs::top_up(resolver, kind, stay, fewer_opportunities);
    let band = reach.and_then(|reach| reach.band);
    let travel = |band| costs::travel(resolver, band, inputs.travel, inputs.travel_cost);
    let inclusion = inputs.inclusion_support;
    Some(Costs {
        individual_support: paid.then_some(individual_support),
        top_up: top_up.filter(|_| paid),
        travel: band.filter(|_| paid).map(travel),
        inclusion_support: inclusion.and_then(|cost| costs::inclusion(resolver, cost)),
        organisational_support: costs::organisational(resolver, inputs.zero_grant),
    })
}

fn add_caveats(
    resolver: &Resolver<'_>,
    inputs: &FlowInputs,
    reach: Option<&Reach<'_>>,
    stay: &Stay,
    caveats: &mut Vec<Caveat>,
) {
    if let Some(reach) = reach.filter(|_| !inputs.zero_grant) {
        distance::caveats(resolver, reach, inputs.travel, caveats);
    }
    if let StayLength::Dates { start, end } = stay.length
        && !duration::within_project(resolver, start, end)
    {
        caveats.push(Caveat::OutsideProject);
    }
    let costs = inputs.travel_cost.is_some_and(|cost| cost > Eur::ZERO);
    let heads = inputs.fewer_opportunities.is_some_and(|heads| heads > 0);
    if inputs.zero_grant && (costs || heads || inputs.travel_days > 0) {
        caveats.push(Caveat::PaysNothing);
    }
}

/// What the flow rests on beyond its amounts.
fn grounds(resolver: &Resolver<'_>, country: CountryCode, region: Region, stay: &Stay) -> Grounds {
    let table = resolver.table;
    let region = table.regions.get(&region).map(|entry| Arc::clone(&entry.citation));
    let mark = table.eligibility.get(&country).cloned();
    [region, mark, Some(Arc::clone(&stay.permitted))].into_iter().flatten().collect()
}
