//! Inclusion support for participants: real costs of the whole flow.

use super::{CostItem, Formula, LineItem};
use crate::model::MobilityFlow;

pub(super) fn line(flow: &MobilityFlow) -> Option<LineItem<'_>> {
    let support = flow.inclusion_support.as_ref()?;
    let formula = Formula::ShareOfCost { cost: support.cost, paid: support.paid };
    Some(LineItem::whole(CostItem::InclusionSupport, formula, &support.grounds))
}
