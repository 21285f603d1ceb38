//! Numbers and people in sentences.

use crate::diag::{count, listed};
use crate::engine::LineItem;
use crate::model::{
    Activity, DistanceKm, Eur, FlowInputs, MobilityFlow, ParticipantKind, StayLength, TravelMode,
    Unrounded, grouped,
};

/// So many decimals are shown of an amount that has more.
const DECIMALS: u32 = 4;

/// A whole number with thousands separators.
pub(super) fn whole(number: u32) -> String {
    grouped(&number.to_string())
}

/// An amount with all its decimals, at least two; three dots where there are more than can be shown.
pub(super) fn exact(amount: Unrounded) -> String {
    let (cut, is_all) = amount.cut(DECIMALS);
    if !is_all {
        return format!("{}...", grouped(&cut.to_string()));
    }
    let mut number = cut.normalize();
    if number.scale() < 2 {
        number.rescale(2);
    }
    grouped(&number.to_string())
}

/// Whether rounding changed the amount of a line.
pub(super) fn is_rounded(line: &LineItem<'_>) -> bool {
    let (cut, is_all) = line.formula.unrounded().cut(DECIMALS);
    !is_all || cut != line.formula.amount().as_decimal()
}

/// `1 student`, `2 staff members`, `1,000 students`.
pub(super) fn heads(number: u32, inputs: &FlowInputs) -> String {
    let noun = match inputs.activity.participants() {
        ParticipantKind::Students => "student",
        ParticipantKind::Staff => "staff member",
    };
    counted(number, noun)
}

/// `1 day`, `1,000 days`.
pub(super) fn counted(number: u32, noun: &str) -> String {
    let text = count(number, noun);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{}{rest}", whole(number))
}

/// The stay as the plan gives it, with the funded days where they do not follow at once; then the
/// travel days, where there are any.
pub(super) fn stay(flow: &MobilityFlow, travel_days: u32) -> String {
    let duration = &flow.duration;
    let follows = matches!(flow.inputs.length, StayLength::Counted { .. });
    let funded = match follows && duration.funded_days == duration.stay_days {
        true => String::new(),
        false => format!(" ({})", counted(duration.funded_days, "funded day")),
    };
    let mut parts = match flow.inputs.length {
        StayLength::Counted { months, days } => {
            let months = months.filter(|months| *months > 0);
            let days = days.filter(|days| *days > 0 || months.is_none());
            let parts = [
                months.map(|months| counted(months, "month")),
                days.map(|days| counted(days, "day")),
            ];
            parts.into_iter().flatten().collect()
        }
        StayLength::Dates { start, end } => vec![format!("{start} to {end}")],
    };
    if let Some(last) = parts.last_mut() {
        last.push_str(&funded);
    }
    if travel_days > 0 {
        parts.push(counted(travel_days, "travel day"));
    }
    listed(&parts, "and")
}

/// ` each, x 4 = 16,213.32 EUR`, or for costs of the whole flow ` EUR`.
pub(super) fn for_all(line: &LineItem<'_>) -> String {
    match line.each {
        Some(each) => {
            format!(" each, x {} = {} EUR", whole(each.participants), line.amount.grouped())
        }
        None => " EUR".to_owned(),
    }
}

/// `EXPRESSION = 4,053.3333..., rounded half up to 4,053.33 each, x 4 = 16,213.32 EUR`
pub(super) fn worked_out(expression: &str, line: &LineItem<'_>) -> String {
    let rounding = match is_rounded(line) {
        true => format!(", rounded half up to {}", line.formula.amount().grouped()),
        false => String::new(),
    };
    let value = exact(line.formula.unrounded());
    format!("{expression} = {value}{rounding}{}", for_all(line))
}

/// `4,222 km`
pub(super) fn kilometres(km: DistanceKm) -> String {
    format!("{} km", grouped(&km.to_string()))
}

/// `green travel`
pub(super) fn mode(mode: TravelMode) -> String {
    format!("{mode} travel")
}

/// The activity in words.
pub(super) fn activity(inputs: &FlowInputs) -> &'static str {
    match inputs.activity {
        Activity::Sms => "student mobility for studies",
        Activity::Smt => "student mobility for traineeships",
        Activity::Sta if inputs.from_enterprise == Some(true) => {
            "staff mobility for teaching, invited from an enterprise"
        }
        Activity::Sta => "staff mobility for teaching",
        Activity::Stt => "staff mobility for training",
    }
}

/// `80 EUR more`, `80 EUR less`, `no difference`
pub(super) fn difference(other: Eur, taken: Eur) -> String {
    match other.cmp(&taken) {
        std::cmp::Ordering::Greater => format!("{} EUR more", (other - taken).grouped()),
        std::cmp::Ordering::Less => format!("{} EUR less", (taken - other).grouped()),
        std::cmp::Ordering::Equal => "no difference".to_owned(),
    }
}
