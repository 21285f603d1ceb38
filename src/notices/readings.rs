//! What another reading of a rule, or more travel days, would give.

use std::sync::Arc;

use super::{about, named};
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::{with_reading, with_travel_days};
use crate::model::{Citation, Eur, MobilityFlow, SupportRate, TravelDayReading};
use crate::plan::Loaded;

/// Flows in which activity and travel days together exceed the first period.
pub(super) fn first_period(loaded: &Loaded) -> Option<Diagnostic> {
    let taken = loaded.table.first_period.reading.value;
    let days = loaded.table.first_period.days.value;
    let flows: Vec<&MobilityFlow> = loaded.plan.flows.iter().filter(|flow| touches(flow)).collect();
    let sum = |reading| {
        let amounts = flows.iter().filter_map(|flow| with_reading(flow, reading));
        amounts.map(|line| line.amount).sum::<Eur>()
    };
    let (reading, other) = match taken {
        TravelDayReading::Outside => ("outside", TravelDayReading::Inside),
        TravelDayReading::Inside => ("within", TravelDayReading::Outside),
    };
    if flows.is_empty() {
        return None;
    }
    let (here, there) = (sum(taken), sum(other));
    let difference = there - here;
    let (difference, direction) = match difference < Eur::ZERO {
        true => (Eur::ZERO - difference, "less"),
        false => (difference, "more"),
    };
    let message = format!(
        "travel days are counted {reading} the first {days} days, which pay the full rate; the other reading would give {} EUR instead of {} EUR, {} EUR {direction} ({})",
        there.grouped(),
        here.grouped(),
        difference.grouped(),
        named(loaded, &flows)
    );
    let notice = about(loaded, Severity::Warning, Code::FirstPeriodReading, message, &flows);
    Some(notice.help("ask your National Agency which reading it applies"))
}

fn touches(flow: &MobilityFlow) -> bool {
    let Some(support) = &flow.individual_support else { return false };
    match support.rate {
        SupportRate::Monthly { .. } => false,
        SupportRate::Daily { first_period, .. } => {
            let travel_days = flow.inputs.travel_days;
            travel_days > 0 && flow.duration.funded_days + travel_days > first_period
        }
    }
}

/// The euros of travel days that could be funded and are not planned.
pub(super) fn unplanned_travel_days(loaded: &Loaded) -> Option<Diagnostic> {
    let mut left = Eur::ZERO;
    let mut flows = Vec::new();
    // The limits that are less than confirmed, each once.
    let mut limits: Vec<&Arc<Citation>> = Vec::new();
    for flow in &loaded.plan.flows {
        let planned = flow.inputs.travel_days;
        let limit = &flow.travel_day_limit;
        if planned >= limit.value {
            continue;
        }
        let most = with_travel_days(flow, limit.value);
        let now = with_travel_days(flow, planned);
        if let (Some(most), Some(now)) = (most, now) {
            left += most.amount - now.amount;
            flows.push(flow);
            let weak = !limit.citation.mark().is_empty();
            if weak && !limits.contains(&&limit.citation) {
                limits.push(&limit.citation);
            }
        }
    }
    if flows.is_empty() {
        return None;
    }
    let message = format!(
        "more travel days could be funded than are planned: {} EUR more ({})",
        left.grouped(),
        named(loaded, &flows)
    );
    let notice = about(loaded, Severity::Note, Code::UnplannedTravelDays, message, &flows);
    let limit =
        |limit: &&Arc<Citation>| format!("{}: {}{}", limit.figure, limit.value, limit.mark());
    let notice = Diagnostic { details: limits.iter().map(limit).collect(), ..notice };
    Some(notice.help("raise `travel_days` where participants need days for travel"))
}
