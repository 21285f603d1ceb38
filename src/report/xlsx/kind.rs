//! What kind of flow one is: cells and formulas go by it.

use crate::model::{Date, FlowInputs, ParticipantKind, StayLength, Term};

pub(super) fn is_student(flow: &FlowInputs) -> bool {
    flow.activity.participants() == ParticipantKind::Students
}

/// Whether the stay is short-term, of students.
pub(super) fn is_short(flow: &FlowInputs) -> bool {
    flow.term == Some(Term::Short)
}

/// Whether the rate is monthly.
pub(super) fn is_long(flow: &FlowInputs) -> bool {
    is_student(flow) && !is_short(flow)
}

/// The dates of a stay that is given by them; `None` where they lie before March 1900, about which
/// spreadsheets disagree.
pub(super) fn dates(flow: &FlowInputs) -> Option<(Date, Date)> {
    match flow.length {
        StayLength::Dates { start, end } if start.parts() >= (1900, 3, 1) => Some((start, end)),
        _ => None,
    }
}
