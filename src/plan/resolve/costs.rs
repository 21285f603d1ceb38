//! The rates that a flow's amounts are computed from.

use std::sync::Arc;

use super::Resolver;
use super::duration::Stay;
use super::flow::Kind;
use crate::model::{
    CountryGroup, Direction, Eur, ExpensiveTravel, Figure, Grounds, InclusionSupport,
    IndividualSupport, LaterRate, OrganisationalSupport, SupportRate, Term, TopUp, TopUpRate,
    TravelMode, TravelSupport, ZeroGrantParticipants,
};
use crate::rates::Band;

/// What the plan says that individual support depends on, beside the kind of flow.
pub(super) struct Days<'s> {
    pub stay: &'s Stay,
    pub travel_days: u32,
    pub travel: TravelMode,
}

/// `None` where the applicant's country group is not known.
pub(super) fn individual_support(
    resolver: &Resolver<'_>,
    kind: Kind,
    days: &Days<'_>,
) -> Option<IndividualSupport> {
    let table = resolver.table;
    let (group, group_citation) = resolver.home.group()?;
    let mut grounds = Grounds::new();
    let rate = match (kind.who.is_student(), kind.who.term) {
        (true, Term::Long) => {
            let monthly = table.long_term.monthly.rate(kind.direction, group);
            let month = &table.long_term.month;
            grounds.extend([Arc::clone(&monthly.citation), Arc::clone(&month.citation)]);
            SupportRate::Monthly { monthly: monthly.value, days_in_month: month.value }
        }
        (true, Term::Short) => {
            let (first, later) = (&table.short_term.first_daily, &table.short_term.later_daily);
            daily(resolver, days, first, later, LaterRate::Amount(later.value), &mut grounds)
        }
        (false, _) => {
            let (first, later) =
                (table.staff.daily.rate(kind.direction, group), &table.staff.later);
            daily(resolver, days, first, later, LaterRate::Share(later.value), &mut grounds)
        }
    };
    let by_group = kind.direction == Direction::Incoming && !kind.who.is_short_student();
    if by_group {
        grounds.push(Arc::clone(group_citation));
    }
    grounds.extend(days.stay.grounds.iter().cloned());
    if days.travel_days > 0 {
        let limit = table.travel_days.limit(kind.who.participants(), kind.who.term, days.travel);
        let travel_day = match (kind.who.is_student(), kind.who.term) {
            (true, Term::Long) => &table.long_term.travel_day.citation,
            (true, Term::Short) => &table.short_term.travel_day.citation,
            (false, _) => &table.staff.travel_day.citation,
        };
        grounds.extend([Arc::clone(travel_day), Arc::clone(&limit.citation)]);
    }
    Some(IndividualSupport { rate, grounds })
}

/// A daily rate; the rules of the first period count only where a stay reaches beyond it.
fn daily<T>(
    resolver: &Resolver<'_>,
    days: &Days<'_>,
    first: &Figure<Eur>,
    later: &Figure<T>,
    later_rate: LaterRate,
    grounds: &mut Grounds,
) -> SupportRate {
    let period = &resolver.table.first_period;
    let funded = days.stay.duration.funded_days;
    grounds.push(Arc::clone(&first.citation));
    if funded > period.days.value {
        grounds.extend([Arc::clone(&later.citation), Arc::clone(&period.days.citation)]);
    }
    if days.travel_days > 0 && funded + days.travel_days > period.days.value {
        grounds.push(Arc::clone(&period.reading.citation));
    }
    SupportRate::Daily {
        first: first.value,
        later: later_rate,
        first_period: period.days.value,
        reading: period.reading.value,
    }
}

/// The top-up of `participants` with fewer opportunities; `None` where there are none.
pub(super) fn top_up(
    resolver: &Resolver<'_>,
    kind: Kind,
    stay: &Stay,
    participants: u32,
) -> Option<TopUp> {
    if participants == 0 {
        return None;
    }
    let table = resolver.table;
    match kind.who.term {
        Term::Long => {
            let (monthly, month) = (&table.long_term.top_up, &table.long_term.month);
            let mut grounds = vec![Arc::clone(&monthly.citation)];
            if !stay.duration.funded_days.is_multiple_of(month.value) {
                grounds.push(Arc::clone(&table.long_term.top_up_part_months.citation));
            }
            grounds.extend(stay.grounds.iter().cloned());
            let rate = TopUpRate::Monthly { monthly: monthly.value, days_in_month: month.value };
            Some(TopUp { participants, rate, grounds })
        }
        Term::Short => {
            let amount = table.short_term.top_up(stay.duration.activity_days)?;
            let grounds = vec![Arc::clone(&amount.citation)];
            Some(TopUp { participants, rate: TopUpRate::Once(amount.value), grounds })
        }
    }
}

pub(super) fn travel(
    resolver: &Resolver<'_>,
    band: &Band,
    mode: TravelMode,
    real_cost: Option<Eur>,
) -> TravelSupport {
    let unit = band.amount(mode);
    let rule = &resolver.table.travel.expensive;
    let mut grounds = vec![Arc::clone(&unit.citation)];
    let expensive = real_cost.map(|cost| {
        grounds.push(Arc::clone(&rule.citation));
        ExpensiveTravel { cost, covered_below: rule.covered_below, paid: rule.paid }
    });
    TravelSupport { unit: unit.value, expensive, grounds }
}

pub(super) fn inclusion(resolver: &Resolver<'_>, cost: Eur) -> Option<InclusionSupport> {
    let share = &resolver.table.inclusion_support;
    let grounds = vec![Arc::clone(&share.citation)];
    (!cost.is_zero()).then_some(InclusionSupport { cost, paid: share.value, grounds })
}

pub(super) fn organisational(
    resolver: &Resolver<'_>,
    zero_grant: bool,
) -> Option<OrganisationalSupport> {
    let amount = &resolver.table.organisational_support;
    let counted = &resolver.table.zero_grant;
    let mut grounds = vec![Arc::clone(&amount.citation)];
    if zero_grant {
        if counted.value == ZeroGrantParticipants::NotCounted {
            return None;
        }
        grounds.push(Arc::clone(&counted.citation));
    }
    Some(OrganisationalSupport { per_participant: amount.value, grounds })
}

/// The group of the country that receives; outgoing mobility has none.
pub(super) fn receiving_group(resolver: &Resolver<'_>, kind: Kind) -> Option<CountryGroup> {
    let (group, _) = resolver.home.group()?;
    (kind.direction == Direction::Incoming).then_some(group)
}
