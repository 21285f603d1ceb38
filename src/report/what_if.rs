//! The line that keeps a what-if from being mistaken for the plan.

use crate::diag::{printable, shortened};
use crate::model::{Setting, WhatIf};

/// A longer setting is cut; the JSON result has all of it.
const LONGEST_SETTING: usize = 100;

/// `What-if: flow.osh-students-in.participants = 6; without Region 6`; `None` for the plan as its file
/// says it.
pub fn what_if_line(what_if: &WhatIf) -> Option<String> {
    if what_if.is_empty() {
        return None;
    }
    let short = |setting: &Setting| {
        let text = setting.to_string();
        printable(&shortened(&text, LONGEST_SETTING)).into_owned()
    };
    let dropped = what_if.drop_regions.iter().map(|region| format!("without {region}"));
    let all: Vec<String> = what_if.set.iter().map(short).chain(dropped).collect();
    Some(format!("What-if: {}", all.join("; ")))
}
