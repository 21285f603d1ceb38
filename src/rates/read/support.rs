//! Individual support, top-ups, organisational and inclusion support.

use super::context::{Context, whole};
use super::coverage::{Case, Coverage};
use super::lists::all;
use crate::diag::{Code, Diagnostic};
use crate::document::{Fields, Node};
use crate::model::{CountryGroup, Direction, Eur, Figure, Percent, ZeroGrantParticipants};
use crate::rates::table::{FirstPeriod, LongTerm, RatesByDirection, ShortTerm, ShortTopUp, Staff};

const LONG_KEYS: [&str; 6] =
    ["rate", "month", "last_of_february", "travel_day", "top_up", "top_up_part_months"];
const SHORT_KEYS: [&str; 4] = ["first_daily", "later_daily", "travel_day", "top_up"];

pub(super) fn students(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<(LongTerm, ShortTerm)> {
    let what = "the section [students]";
    let section = context.section(root, "students", what, &["long", "short"])?;
    let long = long_term(context, &section);
    let short = short_term(context, &section);
    Some((long?, short?))
}

fn long_term(context: &Context<'_>, students: &Fields<'_, '_, '_>) -> Option<LongTerm> {
    let what = "the section [students.long]";
    let section = context.section(students, "long", what, &LONG_KEYS)?;
    let monthly =
        rates(context, &section, "[[students.long.rate]]", "monthly", "students, long-term");
    let month = context
        .sourced_section(&section, "month", "a month", &["days"])
        .and_then(|table| table.days("days", "days of a month".to_owned()));
    let february = context.rule(&section, "last_of_february", "an end on the last day of February");
    let travel_day = context.rule(&section, "travel_day", "a long-term student's travel day");
    let top_up =
        context.sourced_section(&section, "top_up", "a top-up", &["monthly"]).and_then(|table| {
            table.eur("monthly", "fewer opportunities, long-term, per month".to_owned())
        });
    let part_months =
        context.rule(&section, "top_up_part_months", "fewer opportunities, incomplete month");
    Some(LongTerm {
        monthly: monthly?,
        month: month?,
        february: february?,
        travel_day: travel_day?,
        top_up: top_up?,
        top_up_part_months: part_months?,
    })
}

fn short_term(context: &Context<'_>, students: &Fields<'_, '_, '_>) -> Option<ShortTerm> {
    let what = "the section [students.short]";
    let section = context.section(students, "short", what, &SHORT_KEYS)?;
    let daily = |key, figure: &str| {
        context
            .sourced_section(&section, key, "a daily rate", &["amount"])
            .and_then(|table| table.eur("amount", figure.to_owned()))
    };
    let first_daily = daily("first_daily", "students, short-term, per day of the first period");
    let later_daily = daily("later_daily", "students, short-term, per day after the first period");
    let travel_day = context.rule(&section, "travel_day", "a short-term student's travel day");
    let top_ups = short_top_ups(context, &section);
    Some(ShortTerm {
        first_daily: first_daily?,
        later_daily: later_daily?,
        travel_day: travel_day?,
        top_ups: top_ups?,
    })
}

fn short_top_ups(context: &Context<'_>, section: &Fields<'_, '_, '_>) -> Option<Vec<ShortTopUp>> {
    let rows = context.items(section, "top_up")?;
    if rows.is_empty() {
        let what = "the top-up of short-term students";
        context.lacking(section.own_place(), what, "[[students.short.top_up]]");
        return None;
    }
    let top_ups = all(rows.iter().map(|row| short_top_up(context, row)))?;
    let mut pairs = rows.iter().skip(1).zip(top_ups.iter().zip(top_ups.iter().skip(1)));
    if let Some((row, _)) = pairs.find(|(_, (before, after))| before.from_days >= after.from_days) {
        let message = "the top-ups of short-term students ascend by `from_days`; this one does not";
        let help = "sort them, and give each `from_days` once";
        context.fault(Code::CoverageDoubled, row, message.to_owned(), help);
        return None;
    }
    Some(top_ups)
}

fn short_top_up(context: &Context<'_>, row: &Node<'_>) -> Option<ShortTopUp> {
    let table = context.sourced(row, "a top-up", &["from_days", "amount"])?;
    let from_days = whole(&table.fields, "from_days", 1, 1_000)?;
    let figure = format!("fewer opportunities, short-term, from {from_days} days");
    let from_days_span = table.value_span("from_days");
    Some(ShortTopUp { from_days, from_days_span, amount: table.eur("amount", figure)? })
}

pub(super) fn staff(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<Staff> {
    let keys = ["rate", "later_days", "travel_day"];
    let section = context.section(root, "staff", "the section [staff]", &keys)?;
    let daily = rates(context, &section, "[[staff.rate]]", "daily", "staff");
    let later = context
        .sourced_section(&section, "later_days", "later days", &["percent"])
        .and_then(|table| table.percent("percent", "staff, days after the first period"));
    let travel_day = context.rule(&section, "travel_day", "a staff travel day");
    Some(Staff { daily: daily?, later: later?, travel_day: travel_day? })
}

/// The rates of a section: one for each incoming group, one for outgoing mobility.
fn rates(
    context: &Context<'_>,
    section: &Fields<'_, '_, '_>,
    header: &'static str,
    unit: &'static str,
    who: &'static str,
) -> Option<RatesByDirection> {
    let rows = context.items(section, "rate");
    let mut rates = Coverage::read(context, section.own_place(), header, rows, |row| {
        Some(vec![rate(context, row, unit, who)?])
    });
    let incoming = CountryGroup::ALL.map(|group| rates.take(RateCase { who, group: Some(group) }));
    let outgoing = rates.take(RateCase { who, group: None });
    let [one, two, three] = incoming;
    Some(RatesByDirection { incoming: [one?, two?, three?], outgoing: outgoing? })
}

/// `group` is `None` for outgoing mobility.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RateCase {
    who: &'static str,
    group: Option<CountryGroup>,
}

impl Case for RateCase {
    fn words(self) -> String {
        match self.group {
            Some(group) => format!("{}, incoming, {group}", self.who),
            None => format!("{}, outgoing", self.who),
        }
    }
}

fn rate(
    context: &Context<'_>,
    row: &Node<'_>,
    unit: &'static str,
    who: &'static str,
) -> Option<(RateCase, Figure<Eur>)> {
    let table = context.sourced(row, "a rate", &["direction", "group", unit])?;
    let fields = &table.fields;
    let direction = *fields.required("direction", fields.word::<Direction>("direction")).value()?;
    let group = match direction {
        Direction::Incoming => Some(CountryGroup::new(whole(fields, "group", 1, 3)?)?),
        Direction::Outgoing => {
            if let Some(entry) = fields.entry("group") {
                let message = "an outgoing rate has no country group: it is one for all regions";
                let place = fields.place(&entry.key_span);
                let help = "leave the key out";
                fields.fault(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
                return None;
            }
            None
        }
    };
    let per = if unit == "monthly" { "month" } else { "day" };
    let case = RateCase { who, group };
    Some((case, table.eur(unit, format!("{}, per {per}", case.words()))?))
}

pub(super) fn first_period(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<FirstPeriod> {
    let keys = ["days", "travel_days"];
    let what = "the section [first_period]";
    let table = context.sourced_section(root, "first_period", what, &keys)?;
    let days = table.days("days", "days paid at the first daily rate".to_owned());
    let figure = "travel days and the first period";
    let reading = context.rule(&table.fields, "travel_days", figure);
    Some(FirstPeriod { days: days?, reading: reading? })
}

pub(super) fn organisational_support(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<(Figure<Eur>, Figure<ZeroGrantParticipants>)> {
    let keys = ["per_participant", "zero_grant"];
    let what = "the section [organisational_support]";
    let table = context.sourced_section(root, "organisational_support", what, &keys)?;
    let figure = "organisational support, per participant";
    let amount = table.eur("per_participant", figure.to_owned());
    let figure = "organisational support of zero-grant participants";
    let zero_grant = context.rule(&table.fields, "zero_grant", figure);
    Some((amount?, zero_grant?))
}

pub(super) fn inclusion_support(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<Figure<Percent>> {
    let what = "the section [inclusion_support]";
    let table = context.sourced_section(root, "inclusion_support", what, &["percent"])?;
    table.percent("percent", "inclusion support, share of real costs")
}
