//! What another reading of a rule, or more travel days, would give.

use std::sync::Arc;

use super::tally::{ByName, Cause, Ids, Mark, Tallies};
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::{with_reading, with_travel_days};
use crate::model::{Eur, MobilityFlow, SupportRate, TravelDayReading};
use crate::plan::Loaded;

/// The causes of one flow.
pub(super) fn mark(loaded: &Loaded, flow: &MobilityFlow, marks: &mut Vec<Mark>) {
    if touches(flow) {
        let taken = loaded.table.first_period.reading.value;
        let pays = |reading| with_reading(flow, reading).map_or(Eur::ZERO, |line| line.amount);
        let amounts = [pays(taken), pays(other(taken))];
        marks.push(Mark { cause: Cause::FirstPeriod, amounts });
    }
    let planned = flow.inputs.travel_days;
    let limit = &flow.travel_day_limit;
    if planned >= limit.value {
        return;
    }
    let most = with_travel_days(flow, limit.value);
    let now = with_travel_days(flow, planned);
    if let (Some(most), Some(now)) = (most, now) {
        let amounts = [most.amount - now.amount, Eur::ZERO];
        marks.push(Mark { cause: Cause::UnplannedTravelDays, amounts });
        if !limit.citation.mark().is_empty() {
            marks.push(Cause::TravelDayLimit(ByName(Arc::clone(&limit.citation))).into());
        }
    }
}

fn other(reading: TravelDayReading) -> TravelDayReading {
    match reading {
        TravelDayReading::Outside => TravelDayReading::Inside,
        TravelDayReading::Inside => TravelDayReading::Outside,
    }
}

/// Flows in which activity and travel days together exceed the first period.
pub(super) fn first_period(
    loaded: &Loaded,
    tallies: &Tallies,
    ids: &Ids<'_>,
) -> Option<Diagnostic> {
    let flows = tallies.get(&Cause::FirstPeriod)?;
    let days = loaded.table.first_period.days.value;
    let reading = match loaded.table.first_period.reading.value {
        TravelDayReading::Outside => "outside",
        TravelDayReading::Inside => "within",
    };
    let [here, there] = flows.amounts;
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
        ids.named(flows)
    );
    let notice = ids.about(Severity::Warning, Code::FirstPeriodReading, message, flows);
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
pub(super) fn unplanned_travel_days(tallies: &Tallies, ids: &Ids<'_>) -> Option<Diagnostic> {
    let flows = tallies.get(&Cause::UnplannedTravelDays)?;
    let [left, _] = flows.amounts;
    let message = format!(
        "more travel days could be funded than are planned: {} EUR more ({})",
        left.grouped(),
        ids.named(flows)
    );
    let notice = ids.about(Severity::Note, Code::UnplannedTravelDays, message, flows);
    // The limits that are less than confirmed, each once.
    let limits = tallies.iter().filter_map(|(cause, _)| match cause {
        Cause::TravelDayLimit(ByName(limit)) => {
            Some(format!("{}: {}{}", limit.figure, limit.value, limit.mark()))
        }
        _ => None,
    });
    let notice = Diagnostic { details: limits.collect(), ..notice };
    Some(notice.help("raise `travel_days` where participants need days for travel"))
}
