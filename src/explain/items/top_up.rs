//! The top-up for students with fewer opportunities.

use super::{Nothing, Words};
use crate::engine::{Formula, LineItem};
use crate::explain::words::{counted, heads, stay, whole};
use crate::model::{MobilityFlow, ParticipantKind};

pub(super) fn words(flow: &MobilityFlow, line: &LineItem<'_>) -> Words {
    let inputs = &flow.inputs;
    let who = line.each.map_or(0, |each| each.participants);
    let who = format!(
        "{} of {} with fewer opportunities",
        whole(who),
        heads(inputs.participants, inputs)
    );
    match line.formula {
        Formula::ShareOfMonths { monthly, funded_days, days_in_month, .. } => {
            let days = counted(funded_days, "day");
            Words {
                lead: format!("{who}, {}", stay(flow, 0)),
                expression: Some(format!(
                    "{} a month x {days} / {days_in_month}",
                    monthly.grouped()
                )),
                steps: Vec::new(),
                rule: format!(
                    "the monthly amount x funded days / {days_in_month} for each of them, beside individual support; travel days do not count"
                ),
            }
        }
        Formula::Days { .. } | Formula::Unit(_) | Formula::ShareOfCost { .. } => Words {
            lead: format!("{who}, {}", counted(flow.duration.activity_days, "activity day")),
            expression: None,
            steps: Vec::new(),
            rule: "one amount for the whole mobility by its activity days, for each of them, beside individual support".to_owned(),
        },
    }
}

/// Why there is none; `None` for staff, who never get it.
pub(super) fn nothing(flow: &MobilityFlow) -> Option<Nothing> {
    let inputs = &flow.inputs;
    if inputs.activity.participants() == ParticipantKind::Staff {
        return None;
    }
    Some(Nothing::because(match inputs.fewer_opportunities {
        None | Some(0) => "the plan has no student with fewer opportunities in this flow",
        // A rate table has a top-up for every permitted stay.
        Some(_) => "zero-grant participants get no top-up",
    }))
}
