//! How an amount came about, as data: what is computed is what is explained.

use crate::model::{Eur, LaterRate, Percent, Unrounded};

/// The steps of one amount: per participant, or for the whole flow where costs are given so.
#[derive(Clone, Copy, Debug)]
pub enum Formula {
    /// Monthly amount x (funded days + travel days) / days of a month.
    ShareOfMonths {
        /// EUR per month.
        monthly: Eur,
        /// Funded days.
        funded_days: u32,
        /// Travel days paid like them.
        travel_days: u32,
        /// Days of a month.
        days_in_month: u32,
    },
    /// First rate x (days of the first period + travel days) + later rate x days after it.
    Days {
        /// EUR per day of the first period.
        first: Eur,
        /// Funded days within the first period.
        first_days: u32,
        /// Travel days, paid at the first rate.
        travel_days: u32,
        /// What a day after the first period pays.
        later: LaterRate,
        /// Funded days after the first period.
        later_days: u32,
    },
    /// One amount.
    Unit(Eur),
    /// A share of a real cost.
    ShareOfCost {
        /// The real cost.
        cost: Eur,
        /// The share that is paid.
        paid: Percent,
    },
}

impl Formula {
    /// The amount, rounded once.
    pub fn amount(self) -> Eur {
        self.unrounded().rounded()
    }

    /// The amount before it is rounded.
    pub fn unrounded(self) -> Unrounded {
        match self {
            Self::ShareOfMonths { monthly, funded_days, travel_days, days_in_month } => {
                monthly.times(funded_days + travel_days).over(days_in_month)
            }
            Self::Days { first, first_days, travel_days, later, later_days } => {
                let full = first.times(first_days + travel_days);
                full.plus(later_part(first, later, later_days))
            }
            Self::Unit(amount) => amount.times(1),
            Self::ShareOfCost { cost, paid } => cost.percent(paid),
        }
    }
}

fn later_part(first: Eur, later: LaterRate, days: u32) -> Unrounded {
    match later {
        LaterRate::Amount(daily) => daily.times(days),
        LaterRate::Share(percent) => first.times(days).percent(percent),
    }
}
