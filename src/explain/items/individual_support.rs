//! Individual support: by the month for long-term students, by the day for everyone else.

use super::Words;
use crate::engine::{Formula, LineItem};
use crate::explain::Subject;
use crate::explain::words::{counted, heads, stay, whole};
use crate::model::{
    Direction, Eur, LaterRate, MobilityFlow, ParticipantKind, SupportRate, Term, TravelDayReading,
};

pub(super) fn words(subject: &Subject<'_>, flow: &MobilityFlow, line: &LineItem<'_>) -> Words {
    let inputs = &flow.inputs;
    let lead = format!(
        "{}, {}, {}",
        heads(inputs.participants, inputs),
        stay(flow, inputs.travel_days),
        direction(subject, flow)
    );
    let (expression, steps) = match line.formula {
        Formula::ShareOfMonths { monthly, funded_days, travel_days, days_in_month } => {
            let days = counted(funded_days + travel_days, "day");
            let expression = format!("{} a month x {days} / {days_in_month}", monthly.grouped());
            (Some(expression), paid_days(funded_days, travel_days).into_iter().collect())
        }
        Formula::Days { first, first_days, travel_days, later, later_days } => {
            let at_first = first_days + travel_days;
            let expression = daily(first, at_first, later, later_days);
            (Some(expression), day_steps(flow, first_days, later_days))
        }
        Formula::Unit(_) | Formula::ShareOfCost { .. } => (None, Vec::new()),
    };
    Words { lead, expression, steps, rule: rule(flow) }
}

/// `incoming to Hungary (group 3)`, `outgoing to Kyrgyzstan`
fn direction(subject: &Subject<'_>, flow: &MobilityFlow) -> String {
    let plan = &subject.loaded.plan;
    match flow.inputs.direction {
        Direction::Outgoing => {
            let country = flow.inputs.country;
            let name = plan.country_names.get(&country);
            let name = name.map_or_else(|| country.to_string(), ToString::to_string);
            format!("outgoing to {name}")
        }
        Direction::Incoming => {
            let name = subject.names.name(plan.project.country);
            let group = flow.country_group.filter(|_| flow.inputs.term != Some(Term::Short));
            let group = group.map(|group| format!(" (group {})", group.number()));
            format!("incoming to {name}{}", group.unwrap_or_default())
        }
    }
}

fn daily(first: Eur, first_days: u32, later: LaterRate, later_days: u32) -> String {
    let first_part = format!("{} a day x {}", first.grouped(), counted(first_days, "day"));
    let later_days_text = counted(later_days, "day");
    match later {
        _ if later_days == 0 => first_part,
        LaterRate::Amount(rate) => {
            format!("{first_part} + {} a day x {later_days_text}", rate.grouped())
        }
        LaterRate::Share(share) => {
            format!("{first_part} + {} a day x {share} x {later_days_text}", first.grouped())
        }
    }
}

/// How many days are paid, where travel days are among them.
fn paid_days(funded: u32, travel: u32) -> Option<String> {
    (travel > 0).then(|| {
        format!(
            "Days paid: {} + {} = {}",
            counted(funded, "funded day"),
            counted(travel, "travel day"),
            counted(funded + travel, "day")
        )
    })
}

/// How the days fall into the first period and after it.
fn day_steps(flow: &MobilityFlow, first_days: u32, later_days: u32) -> Vec<String> {
    let Some(SupportRate::Daily { first_period, reading, .. }) =
        flow.individual_support.as_ref().map(|support| support.rate)
    else {
        return Vec::new();
    };
    let travel_days = flow.inputs.travel_days;
    if later_days == 0 {
        return paid_days(first_days, travel_days).into_iter().collect();
    }
    let mut steps = Vec::new();
    if reading == TravelDayReading::Inside && travel_days > 0 {
        let left = first_period.saturating_sub(travel_days);
        steps.push(match travel_days <= first_period {
            true => format!(
                "First {first_period} days, after travel: {} - {} = {}",
                counted(first_period, "day"),
                counted(travel_days, "travel day"),
                counted(left, "day")
            ),
            false => format!("Travel days use up the first {}", counted(first_period, "day")),
        });
    }
    if travel_days > 0 {
        steps.push(format!(
            "Days at the first rate: {} + {} = {}",
            counted(first_days, "funded day"),
            counted(travel_days, "travel day"),
            counted(first_days + travel_days, "day")
        ));
    }
    steps.push(format!(
        "Days after them: {} - {} = {}",
        counted(flow.duration.funded_days, "funded day"),
        whole(first_days),
        counted(later_days, "day")
    ));
    steps
}

fn rule(flow: &MobilityFlow) -> String {
    let Some(support) = &flow.individual_support else { return String::new() };
    let by = match (flow.inputs.direction, flow.inputs.term) {
        (_, Some(Term::Short)) => "the rates are the same for every country and direction",
        (Direction::Incoming, _) => "the rate goes by the group of the receiving country",
        (Direction::Outgoing, _) => "there is one rate for all outgoing mobility",
    };
    match support.rate {
        SupportRate::Monthly { days_in_month, .. } => format!(
            "the monthly rate x (funded days + travel days) / {days_in_month} for each student; {by}"
        ),
        SupportRate::Daily { later, first_period, reading, .. } => {
            let after = match later {
                LaterRate::Amount(_) => "a lower daily rate".to_owned(),
                LaterRate::Share(share) => format!("{share} of it"),
            };
            let travel = match reading {
                TravelDayReading::Outside => "stands outside these days",
                TravelDayReading::Inside => "is one of these days",
            };
            let who = match flow.inputs.activity.participants() {
                ParticipantKind::Students => "student",
                ParticipantKind::Staff => "staff member",
            };
            format!(
                "for each {who} funded days 1 to {first_period} pay the first daily rate, later ones {after}; \
                 a travel day pays the first rate and {travel}; {by}"
            )
        }
    }
}
