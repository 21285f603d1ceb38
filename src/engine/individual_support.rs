//! Individual support: by the month for long-term students, by the day for everyone else.

use super::{CostItem, Formula, LineItem};
use crate::model::{IndividualSupport, MobilityFlow, SupportRate, TravelDayReading};

pub(super) fn line(flow: &MobilityFlow) -> Option<LineItem<'_>> {
    let support = flow.individual_support.as_ref()?;
    Some(pay(flow, support, support.rate, flow.inputs.travel_days))
}

/// The same line with another reading of the first period; `None` where the rate is monthly.
pub fn with_reading(flow: &MobilityFlow, reading: TravelDayReading) -> Option<LineItem<'_>> {
    let support = flow.individual_support.as_ref()?;
    let SupportRate::Daily { first, later, first_period, .. } = support.rate else { return None };
    let rate = SupportRate::Daily { first, later, first_period, reading };
    Some(pay(flow, support, rate, flow.inputs.travel_days))
}

/// The same line with another number of travel days; `None` for zero-grant flows.
pub fn with_travel_days(flow: &MobilityFlow, travel_days: u32) -> Option<LineItem<'_>> {
    let support = flow.individual_support.as_ref()?;
    Some(pay(flow, support, support.rate, travel_days))
}

fn pay<'p>(
    flow: &MobilityFlow,
    support: &'p IndividualSupport,
    rate: SupportRate,
    travel_days: u32,
) -> LineItem<'p> {
    let formula = formula(rate, flow.duration.funded_days, travel_days);
    let participants = flow.inputs.participants;
    LineItem::each(CostItem::IndividualSupport, participants, formula, &support.grounds)
}

fn formula(rate: SupportRate, funded_days: u32, travel_days: u32) -> Formula {
    match rate {
        SupportRate::Monthly { monthly, days_in_month } => {
            Formula::ShareOfMonths { monthly, funded_days, travel_days, days_in_month }
        }
        SupportRate::Daily { first, later, first_period, reading } => {
            let room = match reading {
                TravelDayReading::Outside => first_period,
                TravelDayReading::Inside => first_period.saturating_sub(travel_days),
            };
            let first_days = funded_days.min(room);
            let later_days = funded_days - first_days;
            Formula::Days { first, first_days, travel_days, later, later_days }
        }
    }
}
