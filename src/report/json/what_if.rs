//! In what a plan differs from its file.

use serde::Serialize;

use crate::model::{Region, Setting, WhatIf};

/// Written where something differs.
#[derive(Debug, Serialize)]
pub struct WhatIfRecord {
    /// The settings as they were given.
    set: Vec<String>,
    drop_regions: Vec<u8>,
}

impl WhatIfRecord {
    /// The record; `None` for the plan as its file says it.
    pub fn new(what_if: &WhatIf) -> Option<Self> {
        (!what_if.is_empty()).then(|| Self {
            set: what_if.set.iter().map(Setting::text).collect(),
            drop_regions: what_if.drop_regions.iter().copied().map(Region::number).collect(),
        })
    }
}
