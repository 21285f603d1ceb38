//! Organisational support: a flat amount per participant, zero-grant participants included.

use super::{CostItem, Formula, LineItem};
use crate::model::MobilityFlow;

pub(super) fn line(flow: &MobilityFlow) -> Option<LineItem<'_>> {
    let support = flow.organisational_support.as_ref()?;
    let formula = Formula::Unit(support.per_participant);
    let participants = flow.inputs.participants;
    Some(LineItem::each(CostItem::OrganisationalSupport, participants, formula, &support.grounds))
}
