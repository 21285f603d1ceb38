//! A saved result beside one that was computed again, value by value.

use std::collections::HashMap;

use super::pass::Pass;
use crate::document::{Entry, Node, Value};
use crate::model::decimal_from_text;
use crate::plan::FLOW_KEYS;

/// Keys that a result need not have: where the saved one has one and the other does not, that is a
/// difference. Other keys are those of a newer program.
const OPTIONAL: [&str; 25] = [
    "id",
    "file",
    "country",
    "call",
    "participants",
    "confidence",
    "help",
    "details",
    "flow",
    "flows",
    "what_if",
    "places",
    "own",
    "options",
    "envelopes",
    "envelope",
    "score",
    "applicant",
    "city",
    "months",
    "country_group",
    "distance",
    "km",
    "band",
    "per_participant",
];

/// A value that computing again gives otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Differing {
    /// Where it stands: `regions[6].countries[KG].flows[osh].amounts.total`.
    pub path: String,
    /// The value in the saved result; `None` where it is absent.
    pub saved: Option<String>,
    /// The value that was computed again; `None` where it is absent.
    pub fresh: Option<String>,
}

/// What was compared.
pub(super) struct Compared {
    pub differences: Vec<Differing>,
    pub compared: usize,
    pub absent: usize,
}

/// Compares all that the fresh result says; a saved one may say more.
pub(super) fn compare(saved: &Node<'_>, fresh: &Node<'_>, pass: Pass) -> Compared {
    let mut comparing =
        Comparing { pass, so_far: Compared { differences: Vec::new(), compared: 0, absent: 0 } };
    comparing.node("", Some(saved), fresh);
    comparing.so_far
}

struct Comparing {
    pass: Pass,
    so_far: Compared,
}

impl Comparing {
    fn node(&mut self, path: &str, saved: Option<&Node<'_>>, fresh: &Node<'_>) {
        if self.pass.leaves_out(path) {
            return;
        }
        match (saved.map(|node| &node.value), &fresh.value) {
            (Some(Value::Table(saved)), Value::Table(fresh)) => self.table(path, saved, fresh),
            (Some(Value::List(saved)), Value::List(fresh)) => self.list(path, saved, fresh),
            // The format may have grown; the seven amounts have always been there.
            (None, _) if !self.pass.is_same_engine && !path.contains("amounts") => {
                self.so_far.absent += 1;
            }
            (saved, fresh) => {
                self.so_far.compared += 1;
                if !saved.is_some_and(|saved| is_same(saved, fresh)) {
                    self.differ(path.to_owned(), saved.map(text), Some(text(fresh)));
                }
            }
        }
    }

    fn table(&mut self, path: &str, saved: &[Entry<'_>], fresh: &[Entry<'_>]) {
        let path_of = |entry: &Entry<'_>| match path {
            "" => entry.key.to_string(),
            path => format!("{path}.{}", entry.key),
        };
        let (of_saved, of_fresh) = (by_key(saved), by_key(fresh));
        for entry in fresh {
            self.node(&path_of(entry), of_saved.get(&*entry.key).copied(), &entry.node);
        }
        for entry in saved {
            let is_known = is_known(path, &entry.key) || self.pass.lists_all(path);
            let is_absent = !of_fresh.contains_key(&*entry.key);
            let path = path_of(entry);
            if is_known && is_absent && !self.pass.leaves_out(&path) {
                self.so_far.compared += 1;
                self.differ(path, Some(text(&entry.node.value)), None);
            }
        }
    }

    fn list(&mut self, path: &str, saved: &[Node<'_>], fresh: &[Node<'_>]) {
        let is_notices = path == "notices";
        let counts = |node: &&Node<'_>| {
            !is_notices || !code(node).is_some_and(|code| self.pass.leaves_out_notice(code))
        };
        let saved: Vec<&Node<'_>> = saved.iter().filter(counts).collect();
        let fresh: Vec<&Node<'_>> = fresh.iter().filter(counts).collect();
        if saved.len() != fresh.len() {
            let (saved, fresh) = (saved.len().to_string(), fresh.len().to_string());
            self.differ(format!("{path}, how many"), Some(saved), Some(fresh));
            return;
        }
        for (index, (saved, fresh)) in saved.into_iter().zip(fresh).enumerate() {
            self.node(&format!("{path}[{}]", name(fresh, index)), Some(saved), fresh);
        }
    }

    fn differ(&mut self, path: String, saved: Option<String>, fresh: Option<String>) {
        self.so_far.differences.push(Differing { path, saved, fresh });
    }
}

/// Whether this version knows a key that a result need not have.
fn is_known(path: &str, key: &str) -> bool {
    OPTIONAL.contains(&key) || path.ends_with(".inputs") && FLOW_KEYS.contains(&key)
}

/// Whether two values are the same; numbers, whatever zeros end them.
fn is_same(saved: &Value<'_>, fresh: &Value<'_>) -> bool {
    match (saved, fresh) {
        (Value::Number(saved), Value::Number(fresh)) => {
            let number = |text| decimal_from_text(text);
            saved == fresh || number(saved).is_some_and(|saved| number(fresh) == Some(saved))
        }
        _ => saved.kind() == fresh.kind() && text(saved) == text(fresh),
    }
}

fn by_key<'e, 'a>(entries: &'e [Entry<'a>]) -> HashMap<&'e str, &'e Node<'a>> {
    entries.iter().map(|entry| (&*entry.key, &entry.node)).collect()
}

/// The code of a notice.
fn code<'n>(notice: &'n Node<'_>) -> Option<&'n str> {
    let Value::Table(entries) = &notice.value else { return None };
    match &entries.iter().find(|entry| entry.key == "code")?.node.value {
        Value::Text(code) => Some(code),
        _ => None,
    }
}

/// What an item of a list is called.
fn name(item: &Node<'_>, index: usize) -> String {
    let Value::Table(entries) = &item.value else { return index.to_string() };
    let value = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key == key);
        entry.map(|entry| text(&entry.node.value))
    };
    let named = ["id", "item", "country", "region", "code"].into_iter().find_map(value);
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
