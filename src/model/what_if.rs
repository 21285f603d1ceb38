//! What a plan is computed with although its file says something else.

use std::collections::BTreeSet;
use std::fmt;

use super::Region;

/// Changes to a plan that its file does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Keys that get another value, in the order in which they were given.
    pub set: Vec<Setting>,
    /// Regions whose flows, envelopes and scores are left out.
    pub drop_regions: BTreeSet<Region>,
}

/// A key of the plan and its value: `flow.osh-students-in.participants=6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    path: String,
    value: String,
}

impl WhatIf {
    /// Whether the plan is computed as its file says.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.drop_regions.is_empty()
    }
}

impl Setting {
    /// A setting from its text; `None` without a `=`. The first one counts.
    pub fn from_text(text: &str) -> Option<Self> {
        let (path, value) = text.split_once('=')?;
        Some(Self { path: path.to_owned(), value: value.to_owned() })
    }

    /// The key with what it belongs to: `flow.osh-students-in.participants`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its value as it was given; nothing where the key is taken out.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The setting as it was given.
    pub fn text(&self) -> String {
        format!("{}={}", self.path, self.value)
    }
}

/// `flow.osh-students-in.participants = 6`, or `without flow.osh-students-in.days`.
impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.path.trim(), self.value.trim()) {
            (path, "") => write!(f, "without {path}"),
            (path, value) => write!(f, "{path} = {value}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_split_at_its_first_equals_sign() {
        let setting = Setting::from_text("flow.a.note = x = y").expect("a setting");
        assert_eq!((setting.path(), setting.value()), ("flow.a.note ", " x = y"));
        assert_eq!(setting.text(), "flow.a.note = x = y");
        assert_eq!(setting.to_string(), "flow.a.note = x = y");
        assert_eq!(Setting::from_text("flow.a.note"), None);
    }

    #[test]
    fn reads_like_a_sentence() {
        let words = |text| Setting::from_text(text).map(|setting| setting.to_string());
        assert_eq!(words("call=2024").as_deref(), Some("call = 2024"));
        assert_eq!(words("flow.a.days=").as_deref(), Some("without flow.a.days"));
    }
}
