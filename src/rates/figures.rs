//! Every figure and rule of a table that a budget can rest on, in the table's order.

use std::sync::Arc;

use super::{DurationRules, RateTable, RatesByDirection, TravelDayLimits, TravelRates};
use crate::model::Citation;

impl RateTable {
    /// What each figure rests on: travel, travel days, individual support, top-ups, organisational
    /// and inclusion support, durations.
    pub fn figures(&self) -> Vec<&Arc<Citation>> {
        let long = &self.long_term;
        let short = &self.short_term;
        let mut figures = travel(&self.travel);
        figures.extend(travel_days(&self.travel_days));
        figures.extend(rates(&long.monthly));
        figures.extend([&long.month.citation, &long.february.citation]);
        figures.extend([&long.travel_day.citation, &long.top_up.citation]);
        figures.push(&long.top_up_part_months.citation);
        figures.extend([&short.first_daily.citation, &short.later_daily.citation]);
        figures.push(&short.travel_day.citation);
        figures.extend(short.top_ups.iter().map(|top_up| &top_up.amount.citation));
        figures.extend(rates(&self.staff.daily));
        figures.extend([&self.staff.later.citation, &self.staff.travel_day.citation]);
        figures.extend([&self.first_period.days.citation, &self.first_period.reading.citation]);
        figures.extend([&self.organisational_support.citation, &self.zero_grant.citation]);
        figures.push(&self.inclusion_support.citation);
        figures.extend(durations(&self.durations));
        figures
    }
}

fn travel(travel: &TravelRates) -> Vec<&Arc<Citation>> {
    let mut figures = Vec::new();
    for band in &travel.bands {
        figures.push(&band.standard.citation);
        figures.extend(band.green.as_ref().map(|green| &green.citation));
    }
    figures.push(&travel.expensive.citation);
    figures
}

fn travel_days(limits: &TravelDayLimits) -> Vec<&Arc<Citation>> {
    [&limits.staff, &limits.long, &limits.short]
        .into_iter()
        .flat_map(|limit| [&limit.standard.citation, &limit.green.citation])
        .collect()
}

fn rates(rates: &RatesByDirection) -> Vec<&Arc<Citation>> {
    rates.incoming.iter().chain([&rates.outgoing]).map(|rate| &rate.citation).collect()
}

fn durations(rules: &DurationRules) -> Vec<&Arc<Citation>> {
    [
        &rules.studies_long,
        &rules.studies_short,
        &rules.traineeships_long,
        &rules.traineeships_short,
        &rules.teaching,
        &rules.teaching_from_enterprise,
        &rules.training,
    ]
    .into_iter()
    .map(|rule| &rule.citation)
    .collect()
}
