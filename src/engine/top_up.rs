//! The top-up for students with fewer opportunities.

use super::{CostItem, Formula, LineItem};
use crate::model::{MobilityFlow, TopUpRate};

pub(super) fn line(flow: &MobilityFlow) -> Option<LineItem<'_>> {
    let top_up = flow.top_up.as_ref()?;
    let formula = match top_up.rate {
        TopUpRate::Monthly { monthly, days_in_month } => Formula::ShareOfMonths {
            monthly,
            funded_days: flow.duration.funded_days,
            travel_days: 0,
            days_in_month,
        },
        TopUpRate::Once(amount) => Formula::Unit(amount),
    };
    Some(LineItem::each(CostItem::TopUp, top_up.participants, formula, &top_up.grounds))
}
