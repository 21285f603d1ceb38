//! How the days of a flow were counted.

use super::Subject;
use super::words::{counted, whole};
use crate::model::{Date, MobilityFlow, StayLength, Term, february_rule_applies};

/// The keys that days are counted from.
pub(super) const KEYS: [&str; 7] =
    ["term", "months", "days", "start", "end", "interruption_days", "unfunded_days"];

/// One sentence for each step from the plan to the funded days.
pub(super) fn sentences(subject: &Subject<'_>, flow: &MobilityFlow) -> Vec<String> {
    let duration = &flow.duration;
    let inputs = &flow.inputs;
    let mut sentences = vec![format!("Stay: {}", stay(subject, flow))];
    if inputs.interruption_days > 0 {
        sentences.push(format!(
            "Activity: {} - {} = {}",
            counted(duration.stay_days, "day"),
            counted(inputs.interruption_days, "interruption day"),
            counted(duration.activity_days, "activity day")
        ));
    }
    if inputs.unfunded_days > 0 {
        sentences.push(format!(
            "Funded: {} - {} = {}",
            counted(duration.activity_days, "activity day"),
            counted(inputs.unfunded_days, "unfunded day"),
            counted(duration.funded_days, "funded day")
        ));
    }
    sentences
}

fn stay(subject: &Subject<'_>, flow: &MobilityFlow) -> String {
    let days_in_month = subject.loaded.table.long_term.month.value;
    let all = counted(flow.duration.stay_days, "day");
    match flow.inputs.length {
        StayLength::Counted { months: Some(months), days } if months > 0 => {
            let months = counted(months, "month");
            let days = days.filter(|days| *days > 0).map(|days| counted(days, "day"));
            let days = days.map(|days| format!(" + {days}")).unwrap_or_default();
            format!("{months} x {days_in_month} days{days} = {all}")
        }
        StayLength::Counted { .. } => all,
        StayLength::Dates { start, end } if flow.inputs.term == Some(Term::Long) => {
            by_months(subject, days_in_month, start, end) + " = " + &all
        }
        StayLength::Dates { start, end } => {
            format!("{start} to {end}, by the calendar, first and last day included: {all}")
        }
    }
}

/// Days in months of equal length, as a sum of years, months and days.
fn by_months(subject: &Subject<'_>, days_in_month: u32, start: Date, end: Date) -> String {
    let (first_year, first_month, first_day) = start.parts();
    let (last_year, last_month, last_day) = end.parts();
    let first_counts = u32::from(first_day).min(days_in_month);
    let mut remarks = Vec::new();
    if first_counts < u32::from(first_day) {
        remarks.push(format!("{start} counts as day {days_in_month}"));
    }
    let february = subject.loaded.table.long_term.february.value;
    let ends_february = february_rule_applies(end, february);
    let last_counts = match ends_february {
        true => days_in_month,
        false => u32::from(last_day).min(days_in_month),
    };
    if last_counts != u32::from(last_day) {
        let why = if ends_february { ", the last of February," } else { "" };
        remarks.push(format!("{end}{why} counts as day {days_in_month}"));
    }
    let remarks: String = remarks.iter().map(|remark| format!("{remark}; ")).collect();
    let days_in_year = whole(days_in_month * 12);
    format!(
        "{start} to {end}, by months of {days_in_month} days, first and last day included; \
         {remarks}({last_year} - {first_year}) x {days_in_year} + ({last_month} - {first_month}) x \
         {days_in_month} + ({last_counts} - {first_counts}) + 1"
    )
}
