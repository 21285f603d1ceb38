//! Individual support, top-ups, organisational and inclusion support.

use super::slot::slot;
use super::{Entry, Quantity, Section, Slot};
use crate::rates::{RateTable, ShortTopUp};

const PER_MONTH: &str = "EUR per month";
const PER_DAY: &str = "EUR per day";
const PER_MOBILITY: &str = "EUR per mobility";
const PER_PARTICIPANT: &str = "EUR per participant";

pub(super) fn slots(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = long_term();
    slots.extend(short_term());
    slots.extend(short_top_ups(one, other));
    slots.extend(staff());
    slots.extend([
        slot!(FirstPeriod, "first_period.days", "days", first_period.days),
        slot!(FirstPeriod, "first_period.travel_days", "", first_period.reading),
        slot!(
            OrganisationalSupport,
            "organisational_support.per_participant",
            PER_PARTICIPANT,
            organisational_support
        ),
        slot!(OrganisationalSupport, "organisational_support.zero_grant", "", zero_grant),
        slot!(InclusionSupport, "inclusion_support.percent", "%", inclusion_support),
    ]);
    slots
}

fn long_term() -> Vec<Slot> {
    let rate = |case| format!("students.long.rate.{case}");
    vec![
        slot!(Students, rate("incoming.group-1"), PER_MONTH, long_term.monthly.incoming[0]),
        slot!(Students, rate("incoming.group-2"), PER_MONTH, long_term.monthly.incoming[1]),
        slot!(Students, rate("incoming.group-3"), PER_MONTH, long_term.monthly.incoming[2]),
        slot!(Students, rate("outgoing"), PER_MONTH, long_term.monthly.outgoing),
        slot!(Students, "students.long.month.days", "days", long_term.month),
        slot!(Students, "students.long.last_of_february", "", long_term.february),
        slot!(Students, "students.long.travel_day", "", long_term.travel_day),
        slot!(Students, "students.long.top_up", PER_MONTH, long_term.top_up),
        slot!(Students, "students.long.top_up_part_months", "", long_term.top_up_part_months),
    ]
}

fn short_term() -> Vec<Slot> {
    vec![
        slot!(Students, "students.short.first_daily", PER_DAY, short_term.first_daily),
        slot!(Students, "students.short.later_daily", PER_DAY, short_term.later_daily),
        slot!(Students, "students.short.travel_day", "", short_term.travel_day),
    ]
}

/// From how many days each top-up is paid, by itself where that differs; then each amount.
fn short_top_ups(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut days: Vec<u32> = begin(one).into_iter().chain(begin(other)).collect();
    days.sort_unstable();
    days.dedup();
    let edges = (begin(one) != begin(other)).then(top_up_edges);
    edges.into_iter().chain(days.into_iter().map(top_up_amount)).collect()
}

fn begin(table: &RateTable) -> Vec<u32> {
    table.short_term.top_ups.iter().map(|top_up| top_up.from_days).collect()
}

/// Each new top-up at first pays what was paid from its first day on.
fn top_up_edges() -> Slot {
    let key = "students.short.top_up";
    let read = move |table: &RateTable| {
        let Some(first) = table.short_term.top_ups.first() else { return Vec::new() };
        let days = begin(table).iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let figure = "fewer opportunities, short-term, top-ups from".to_owned();
        let citation = &first.amount.citation;
        vec![Entry::new(Section::Students, key, "days", figure, Quantity::Word(days), citation)]
    };
    let take = |from: &RateTable, into: &mut RateTable| {
        let old = &into.short_term.top_ups;
        let paid_at = |days: u32| {
            let reached = old.iter().rev().find(|top_up| top_up.from_days <= days);
            reached.or(old.first())
        };
        let top_ups = from.short_term.top_ups.iter().map(|new| match paid_at(new.from_days) {
            Some(old) => ShortTopUp { amount: old.amount.clone(), ..new.clone() },
            None => new.clone(),
        });
        into.short_term.top_ups = top_ups.collect();
    };
    Slot::new(Section::Students, key, read, take)
}

fn top_up_amount(from_days: u32) -> Slot {
    let read = move |table: &RateTable| {
        let top_ups = table.short_term.top_ups.iter();
        top_ups.filter(|top_up| top_up.from_days == from_days).map(top_up_entry).collect()
    };
    let take = move |from: &RateTable, into: &mut RateTable| {
        let is_meant = |top_up: &&ShortTopUp| top_up.from_days == from_days;
        let from = from.short_term.top_ups.iter().find(is_meant);
        let mut into = into.short_term.top_ups.iter_mut();
        if let Some((from, into)) = from.zip(into.find(|top_up| top_up.from_days == from_days)) {
            into.clone_from(from);
        }
    };
    Slot::new(Section::Students, top_up_key(from_days), read, take)
}

fn top_up_key(from_days: u32) -> String {
    format!("students.short.top_up.from-{from_days}-days")
}

fn top_up_entry(top_up: &ShortTopUp) -> Entry {
    Entry::of(Section::Students, &top_up_key(top_up.from_days), PER_MOBILITY, &top_up.amount)
}

fn staff() -> Vec<Slot> {
    vec![
        slot!(Staff, "staff.rate.incoming.group-1", PER_DAY, staff.daily.incoming[0]),
        slot!(Staff, "staff.rate.incoming.group-2", PER_DAY, staff.daily.incoming[1]),
        slot!(Staff, "staff.rate.incoming.group-3", PER_DAY, staff.daily.incoming[2]),
        slot!(Staff, "staff.rate.outgoing", PER_DAY, staff.daily.outgoing),
        slot!(Staff, "staff.later_days", "% of the daily rate", staff.later),
        slot!(Staff, "staff.travel_day", "", staff.travel_day),
    ]
}
