//! Travel: the unit contribution, or a share of the real cost where travel is expensive.

use super::{CostItem, Formula, LineItem};
use crate::model::{Eur, ExpensiveTravel, MobilityFlow};

pub(super) fn line(flow: &MobilityFlow) -> Option<LineItem<'_>> {
    let travel = flow.travel.as_ref()?;
    let (item, formula) = match travel.expensive {
        Some(rule) if is_expensive(travel.unit, rule) => {
            (CostItem::ExceptionalCosts, Formula::ShareOfCost { cost: rule.cost, paid: rule.paid })
        }
        _ => (CostItem::Travel, Formula::Unit(travel.unit)),
    };
    Some(LineItem::each(item, flow.inputs.participants, formula, &travel.grounds))
}

/// Whether the unit contribution covers less than the rule's share of the real cost. Exact: a
/// contribution of just that share is not less.
fn is_expensive(unit: Eur, rule: ExpensiveTravel) -> bool {
    unit.as_decimal() < rule.cost.as_decimal() * rule.covered_below.as_decimal()
}
