//! A saved result beside one that was computed again, value by value.

use std::collections::BTreeSet;

use crate::document::{Node, Value};

/// What is left out, by its path: the version and the origin of the table may differ and are told
/// apart, as is the plan.
pub(super) type LeftOut = fn(&str) -> bool;

/// What a result computed from its own inputs cannot say: where its plan stood and what was said about
/// it.
pub(super) fn not_in_inputs(path: &str) -> bool {
    not_in_plan(path) || ["origins", "notices", "envelopes"].contains(&path)
}

/// What may differ where the same plan is computed again.
pub(super) fn not_in_plan(path: &str) -> bool {
    ["engine_version", "rates.origin", "plan"].contains(&path) || is_file_name(path)
}

/// The plan may have come from standard input, or have another name by now; its hash tells.
fn is_file_name(path: &str) -> bool {
    path == "places.own.name"
        || path.starts_with("origins.") && path.ends_with(".file")
        || path.starts_with("notices[") && path.ends_with(".location.file")
}

/// The same, where the envelopes came from a file that is not at hand.
pub(super) fn not_in_plan_nor_envelopes(path: &str) -> bool {
    not_in_plan(path)
        || ["notices", "envelopes"].contains(&path)
        || path.starts_with("regions[") && path.ends_with("].envelope")
}

/// A value that computing again gives otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it stands: `regions[6].countries[KG].flows[osh].amounts.total`.
    pub path: String,
    /// The value in the saved result; `None` where it is absent.
    pub saved: Option<String>,
    /// The value that was computed again.
    pub fresh: String,
}

/// What was compared so far.
#[derive(Default)]
pub(super) struct Compared {
    pub differences: Vec<Difference>,
    pub compared: usize,
}

impl Compared {
    /// Compares all that the fresh result says; a saved one may say more.
    pub fn compare(&mut self, saved: &Node<'_>, fresh: &Node<'_>, left_out: LeftOut) {
        self.node("", Some(saved), fresh, left_out);
        let all: BTreeSet<Difference> = self.differences.drain(..).collect();
        self.differences = all.into_iter().collect();
    }

    fn node(&mut self, path: &str, saved: Option<&Node<'_>>, fresh: &Node<'_>, left_out: LeftOut) {
        if left_out(path) {
            return;
        }
        match (saved.map(|node| &node.value), &fresh.value) {
            (Some(Value::Table(saved)), Value::Table(fresh)) => {
                for entry in fresh {
                    let twin = saved.iter().find(|other| other.key == entry.key);
                    let path = match path {
                        "" => entry.key.to_string(),
                        path => format!("{path}.{}", entry.key),
                    };
                    self.node(&path, twin.map(|entry| &entry.node), &entry.node, left_out);
                }
            }
            (Some(Value::List(saved)), Value::List(fresh)) => {
                if saved.len() != fresh.len() {
                    let (saved, fresh) = (saved.len().to_string(), fresh.len().to_string());
                    self.differ(format!("{path}, how many"), Some(saved), fresh);
                    return;
                }
                for (index, (saved, fresh)) in saved.iter().zip(fresh).enumerate() {
                    let path = format!("{path}[{}]", name(fresh, index));
                    self.node(&path, Some(saved), fresh, left_out);
                }
            }
            (saved, fresh) => {
                self.compared += 1;
                let (saved, fresh) = (saved.map(text), text(fresh));
                if saved.as_ref() != Some(&fresh) {
                    self.differ(path.to_owned(), saved, fresh);
                }
            }
        }
    }

    fn differ(&mut self, path: String, saved: Option<String>, fresh: String) {
        self.differences.push(Difference { path, saved, fresh });
    }
}

/// What an item of a list is called.
fn name(item: &Node<'_>, index: usize) -> String {
    let Value::Table(entries) = &item.value else { return index.to_string() };
    let value = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key == key);
        entry.map(|entry| text(&entry.node.value))
    };
    let named = ["id", "item", "country", "region"].into_iter().find_map(value);
    named.unwrap_or_else(|| index.to_string())
}

/// A value as it is written; numbers by their digits.
fn text(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(text) | Value::Date(text) => (*text).to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(items) => format!("{} items", items.len()),
        Value::Table(entries) => format!("{} keys", entries.len()),
        Value::Faulty => String::new(),
    }
}
