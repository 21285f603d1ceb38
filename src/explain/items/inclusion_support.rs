//! Inclusion support for participants: real costs of the whole flow.

use super::Words;
use crate::engine::{Formula, LineItem};

pub(super) fn words(line: &LineItem<'_>) -> Words {
    let (expression, rule) = match line.formula {
        Formula::ShareOfCost { cost, paid } => (
            Some(format!("{paid} x {}", cost.grouped())),
            format!("{paid} of the real costs, given for the whole flow"),
        ),
        _ => (None, String::new()),
    };
    Words { lead: "Real costs of the whole flow".to_owned(), expression, steps: Vec::new(), rule }
}
