//! Limits that a table sets, and the table without them.

use super::{DaysLimit, DurationRule, RateTable};

impl RateTable {
    /// The table without the limits that refuse a flow and pay nothing: durations, travel days,
    /// restrictions. What a flow costs is the same under it.
    ///
    /// While figures of two tables are mixed, limits of the one can refuse what the figures of the
    /// other make of a flow that both tables allow.
    #[must_use]
    pub fn without_limits(&self) -> Self {
        let mut table = self.clone();
        let limits = &mut table.travel_days;
        for DaysLimit { standard, green } in
            [&mut limits.staff, &mut limits.long, &mut limits.short]
        {
            standard.value = u32::MAX;
            green.value = u32::MAX;
        }
        let rules = &mut table.durations;
        let rules = [
            &mut rules.studies_long,
            &mut rules.studies_short,
            &mut rules.traineeships_long,
            &mut rules.traineeships_short,
            &mut rules.teaching,
            &mut rules.teaching_from_enterprise,
            &mut rules.training,
        ];
        for DurationRule { min_days, max_days, .. } in rules {
            (*min_days, *max_days) = (0, u32::MAX);
        }
        table.restrictions.clear();
        table
    }
}
