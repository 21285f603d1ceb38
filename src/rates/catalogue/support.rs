//! Individual support, top-ups, organisational and inclusion support.

use super::slot::slot;
use super::{Entry, Section, Slot};
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

/// Each top-up by itself, where both tables begin them with the same days; else all at once.
fn short_top_ups(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let begin = |table: &RateTable| {
        table.short_term.top_ups.iter().map(|top_up| top_up.from_days).collect::<Vec<_>>()
    };
    if begin(one) != begin(other) {
        let read = |table: &RateTable| table.short_term.top_ups.iter().map(top_up_entry).collect();
        let take = |from: &RateTable, into: &mut RateTable| {
            into.short_term.top_ups.clone_from(&from.short_term.top_ups);
        };
        return vec![Slot::new(Section::Students, "students.short.top_up", read, take)];
    }
    let slot = |(index, top_up): (usize, &ShortTopUp)| {
        let read = move |table: &RateTable| {
            table.short_term.top_ups.get(index).map(top_up_entry).into_iter().collect()
        };
        let take = move |from: &RateTable, into: &mut RateTable| {
            let from = from.short_term.top_ups.get(index);
            if let Some((from, into)) = from.zip(into.short_term.top_ups.get_mut(index)) {
                into.clone_from(from);
            }
        };
        Slot::new(Section::Students, top_up_key(top_up), read, take)
    };
    one.short_term.top_ups.iter().enumerate().map(slot).collect()
}

fn top_up_key(top_up: &ShortTopUp) -> String {
    format!("students.short.top_up.from-{}-days", top_up.from_days)
}

fn top_up_entry(top_up: &ShortTopUp) -> Entry {
    Entry::of(Section::Students, &top_up_key(top_up), PER_MOBILITY, &top_up.amount)
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
