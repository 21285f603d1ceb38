//! The length of a stay.

use std::sync::Arc;

use super::Resolver;
use super::flow::Who;
use crate::diag::{Code, Diagnostic, Place, count};
use crate::document::{Given, Located, Span};
use crate::model::{
    Date, Duration, Grounds, StayLength, Term, calendar_days, days_in_equal_months,
    february_rule_applies,
};
use crate::plan::raw::RawFlow;
use crate::rates::DurationRule;

/// A stay with what its length rests on.
pub(super) struct Stay {
    pub length: StayLength,
    pub duration: Duration,
    /// Rules that decided how the length was counted.
    pub grounds: Grounds,
    /// The permitted duration.
    pub permitted: Arc<crate::model::Citation>,
}

pub(super) fn stay(resolver: &Resolver<'_>, flow: &RawFlow<'_>, who: Who) -> Option<Stay> {
    let written = written(resolver, flow, who)?;
    if flow.interruption_days.is_faulty() || flow.unfunded_days.is_faulty() {
        return None;
    }
    let interruption = flow.interruption_days.or(0);
    let unfunded = flow.unfunded_days.or(0);
    let rule = resolver.table.durations.of(who.activity, who.term, who.from_enterprise);
    let activity_days = written.days.saturating_sub(interruption);
    let permitted = is_permitted(resolver, flow, &written, activity_days, rule);
    let funded_days = activity_days.saturating_sub(unfunded);
    if permitted && funded_days == 0 {
        let place = match flow.unfunded_days.located() {
            Some(unfunded) => resolver.place(&unfunded.span),
            None => resolver.place(&written.span),
        };
        let message = format!(
            "{} of {} {} no funded day",
            count(unfunded, "unfunded day"),
            count(activity_days, "activity day"),
            if unfunded == 1 { "leaves" } else { "leave" }
        );
        let help = "at least one day is funded; participants without any grant have `zero_grant`";
        let length = (resolver.place(&written.span), "the length of the stay".to_owned());
        let related = flow.unfunded_days.located().map(|_| length);
        resolver.fault(
            Diagnostic::error(Code::NoFundedDays, place, message).related_if(related).help(help),
        );
    }
    if !permitted || funded_days == 0 {
        return None;
    }
    Some(Stay {
        length: written.length,
        duration: Duration { stay_days: written.days, activity_days, funded_days },
        grounds: written.grounds,
        permitted: Arc::clone(&rule.citation),
    })
}

/// The stay as the plan gives it.
struct Written {
    length: StayLength,
    days: u32,
    /// The value that says how long it is.
    span: Span,
    grounds: Grounds,
}

fn written(resolver: &Resolver<'_>, flow: &RawFlow<'_>, who: Who) -> Option<Written> {
    let counted = first(&[span(&flow.months), span(&flow.days)]);
    let dated = first(&[span(&flow.start), span(&flow.end)]);
    let faulty = flow.months.is_faulty()
        || flow.days.is_faulty()
        || flow.start.is_faulty()
        || flow.end.is_faulty();
    match (counted, dated) {
        (Some(counted), Some(dated)) => {
            let message = "the length of the stay is given twice, as a number and by dates";
            let place = resolver.place(&dated);
            resolver.fault(
                Diagnostic::error(Code::DurationDoubled, place, message)
                    .related(resolver.place(&counted), "the number")
                    .help("keep `months` and `days`, or `start` and `end`"),
            );
            None
        }
        (Some(_), None) if !faulty => by_number(resolver, flow, who),
        (None, Some(_)) if !faulty => by_dates(resolver, flow, who),
        (None, None) if !faulty => {
            let message = "the flow does not say how long the stay is";
            let help = match who.is_long() {
                true => "add `months`, `days` or both, or `start` and `end`",
                false => "add `days`, or `start` and `end`",
            };
            let place = resolver.place(&flow.span);
            resolver.fault(Diagnostic::error(Code::DurationMissing, place, message).help(help));
            None
        }
        _ => None,
    }
}

fn by_number(resolver: &Resolver<'_>, flow: &RawFlow<'_>, who: Who) -> Option<Written> {
    let months = flow.months.value().copied();
    let days = flow.days.value().copied();
    if let Some(given) = flow.months.located().filter(|_| !who.is_long()) {
        let message = "staff and short-term students stay for days, not months";
        let rule = resolver.table.durations.of(who.activity, who.term, who.from_enterprise);
        let help = format!("write `days`, from {} to {}", rule.min_days, rule.max_days);
        let place = resolver.place(&given.span);
        resolver.fault(Diagnostic::error(Code::MonthsNotAllowed, place, message).help(help));
        return None;
    }
    let days_in_month = resolver.table.long_term.month.value;
    let span = first(&[span(&flow.months), span(&flow.days)])?;
    Some(Written {
        length: StayLength::Counted { months, days },
        days: months.unwrap_or(0) * days_in_month + days.unwrap_or(0),
        span,
        grounds: Grounds::new(),
    })
}

fn by_dates(resolver: &Resolver<'_>, flow: &RawFlow<'_>, who: Who) -> Option<Written> {
    let (Some(start), Some(end)) = (flow.start.located(), flow.end.located()) else {
        let lacking = if flow.start.is_absent() { "start" } else { "end" };
        let place = resolver.place(&flow.span);
        let message = format!("{}: a stay by dates needs both", place.lacks("the flow", lacking));
        let help = place.fill_in(lacking, Some("2026-09-01"));
        resolver.fault(Diagnostic::error(Code::MissingKey, place, message).help(help));
        return None;
    };
    let february = &resolver.table.long_term.february;
    let days_in_month = resolver.table.long_term.month.value;
    let mut grounds = Grounds::new();
    let days = if who.is_long() {
        if february_rule_applies(end.value, february.value) {
            grounds.push(Arc::clone(&february.citation));
        }
        days_in_equal_months(start.value, end.value, days_in_month, february.value)
    } else {
        calendar_days(start.value, end.value)
    };
    let Some(days) = days else {
        let message =
            format!("the stay ends on {}, before it begins on {}", end.value, start.value);
        let place = resolver.place(&end.span);
        resolver.fault(
            Diagnostic::error(Code::DatesReversed, place, message)
                .related(resolver.place(&start.span), "the first day")
                .help("`start` is the first day of the stay, `end` the last"),
        );
        return None;
    };
    let length = StayLength::Dates { start: start.value, end: end.value };
    Some(Written { length, days, span: end.span.clone(), grounds })
}

/// Whether the activity days lie within what the table permits.
fn is_permitted(
    resolver: &Resolver<'_>,
    flow: &RawFlow<'_>,
    written: &Written,
    activity_days: u32,
    rule: &DurationRule,
) -> bool {
    let code = if activity_days < rule.min_days {
        Code::DurationTooShort
    } else if activity_days > rule.max_days {
        Code::DurationTooLong
    } else {
        return true;
    };
    let interruption = flow.interruption_days.located().filter(|days| days.value > 0);
    let without = match interruption {
        None => String::new(),
        Some(days) => format!(" without {}", count(days.value, "interruption day")),
    };
    let related =
        interruption.map(|days| (resolver.place(&days.span), "the interruption".to_owned()));
    let verb = if activity_days == 1 { "is" } else { "are" };
    let amount = if code == Code::DurationTooShort { "few" } else { "many" };
    let days = count(activity_days, "activity day");
    let message = format!("{days}{without} {verb} too {amount}");
    let help = format!(
        "{}: {} to {} days{}, travel days not counted",
        rule.citation.figure,
        rule.min_days,
        rule.max_days,
        rule.citation.mark()
    );
    let place: Place = resolver.place(&written.span);
    resolver.fault(Diagnostic::error(code, place, message).related_if(related).help(help));
    false
}

/// Whether both dates lie within the project, which may last as long as the call permits where the
/// plan does not say.
pub(super) fn within_project(resolver: &Resolver<'_>, start: Date, end: Date) -> bool {
    let first = resolver.table.project.start;
    let longest = resolver.table.longest_project();
    let months = resolver.raw.project.months.value().copied().unwrap_or(longest);
    let after = first.first_of_month_after(months);
    start >= first && after.is_none_or(|after| end < after)
}

fn span<T>(given: &Given<T>) -> Option<Span> {
    given.located().map(|Located { span, .. }| span.clone())
}

fn first(spans: &[Option<Span>]) -> Option<Span> {
    spans.iter().flatten().next().cloned()
}

impl Who {
    /// Whether the stay is counted in months of 30 days.
    pub fn is_long(self) -> bool {
        self.is_student() && self.term == Term::Long
    }
}
