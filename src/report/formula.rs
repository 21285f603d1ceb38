//! Formulas as text: `800 x 152 / 30`.

use crate::engine::Formula;
use crate::model::LaterRate;

/// The steps of an amount on one line.
pub fn formula_text(formula: &Formula) -> String {
    match *formula {
        Formula::ShareOfMonths { monthly, funded_days, travel_days, days_in_month } => {
            format!("{} x {} / {days_in_month}", monthly.short(), funded_days + travel_days)
        }
        Formula::Days { first, first_days, travel_days, later, later_days } => {
            let full = format!("{} x {}", first.short(), first_days + travel_days);
            match later {
                _ if later_days == 0 => full,
                LaterRate::Amount(rate) => format!("{full} + {} x {later_days}", rate.short()),
                LaterRate::Share(percent) => {
                    format!("{full} + {} x {percent} x {later_days}", first.short())
                }
            }
        }
        Formula::Unit(amount) => amount.short().to_string(),
        Formula::ShareOfCost { cost, paid } => format!("{} x {paid}", cost.short()),
    }
}
