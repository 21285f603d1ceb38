//! The plan that a result carries, as a tree whose values stand where they stand in the result: what is
//! wrong with one is found there.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Entry, Node, Span, Value};
use crate::model::{AwardCriterion, Word};
use crate::plan::{FLOW_KEYS, PROJECT_KEYS};

const ENVELOPE_KEYS: [&str; 2] = ["kind", "amount"];

/// The inputs of a result with defaults filled in, its envelopes and marks. Keys that no plan knows are
/// left out: a newer program may have written them.
pub(crate) fn plan_in(root: Node<'_>) -> Node<'_> {
    let span = root.span.clone();
    let mut plan = Vec::new();
    let mut lists = Lists::default();
    let (mut origins, mut files) = (Vec::new(), Vec::new());
    for mut entry in entries(root) {
        match entry.key.as_ref() {
            "call" => plan.push(entry),
            "project" => {
                entry.node = with_keys(entry.node, |key| PROJECT_KEYS.contains(&key));
                plan.push(entry);
            }
            "origins" => origins = entries(entry.node),
            "plan" => files = file_names(&entry.node),
            "regions" => items(entry.node).into_iter().for_each(|region| lists.region(region)),
            _ => {}
        }
    }
    let Lists { mut flows, envelopes, scores } = lists;
    // Notices name flows in the order of the plan.
    let places = places(&origins, &files);
    flows.sort_by_key(|flow| id(flow).and_then(|id| places.get(id).copied()));
    for (key, rows) in [("flow", flows), ("envelope", envelopes), ("score", scores)] {
        plan.push(entry(key, span.clone(), Value::List(rows)));
    }
    Node { span, value: Value::Table(plan) }
}

#[derive(Default)]
struct Lists<'a> {
    flows: Vec<Node<'a>>,
    envelopes: Vec<Node<'a>>,
    scores: Vec<Node<'a>>,
}

impl<'a> Lists<'a> {
    fn region(&mut self, region: Node<'a>) {
        let region = entries(region);
        let number = region.iter().find_map(|entry| match (&*entry.key, &entry.node.value) {
            ("region", Value::Number(number)) => Some((entry.node.span.clone(), *number)),
            _ => None,
        });
        let of_region = |node, is_key: fn(&str) -> bool| {
            let mut row = with_keys(node, is_key);
            if let (Value::Table(keys), Some((span, number))) = (&mut row.value, &number) {
                keys.push(entry("region", span.clone(), Value::Number(number)));
            }
            row
        };
        for entry in region {
            match entry.key.as_ref() {
                "envelope" => {
                    self.envelopes.push(of_region(entry.node, |key| ENVELOPE_KEYS.contains(&key)));
                }
                "score" => {
                    let marks =
                        entries(entry.node).into_iter().filter(|entry| entry.key == "marks");
                    self.scores.extend(marks.map(|marks| of_region(marks.node, is_criterion)));
                }
                "countries" => items(entry.node).into_iter().for_each(|node| self.country(node)),
                _ => {}
            }
        }
    }

    fn country(&mut self, country: Node<'a>) {
        let flows = entries(country).into_iter().filter(|entry| entry.key == "flows");
        let flows = flows.flat_map(|entry| items(entry.node)).flat_map(entries);
        let inputs = flows.filter(|entry| entry.key == "inputs");
        self.flows
            .extend(inputs.map(|entry| with_keys(entry.node, |key| FLOW_KEYS.contains(&key))));
    }
}

/// Whether files and lines of its flows tell in which order the plan has them.
pub(super) fn has_order(root: &Node<'_>) -> bool {
    let Value::Table(keys) = &root.value else { return false };
    let part = |key: &str| keys.iter().find(|entry| entry.key == key).map(|entry| &entry.node);
    let Some(Value::Table(origins)) = part("origins").map(|node| &node.value) else { return false };
    let files = part("plan").map(file_names).unwrap_or_default();
    let places = places(origins, &files);
    let distinct: BTreeSet<Origin> = places.values().copied().collect();
    places.len() == origins.len() && distinct.len() == origins.len()
}

/// The place of the file among those of the plan, and the line.
type Origin = (usize, u32);

/// Where each flow begins, by its id.
fn places<'o>(origins: &'o [Entry<'_>], files: &[String]) -> BTreeMap<&'o str, Origin> {
    let place = |origin: &Node<'_>| match (value_of(origin, "file")?, value_of(origin, "line")?) {
        (Value::Text(file), Value::Number(line)) => {
            let at = files.iter().position(|name| name == file)?;
            Some((at, line.parse().ok()?))
        }
        _ => None,
    };
    origins.iter().filter_map(|origin| Some((&*origin.key, place(&origin.node)?))).collect()
}

/// The names of the plan's files.
fn file_names(plan: &Node<'_>) -> Vec<String> {
    let Some(Value::List(files)) = value_of(plan, "files") else { return Vec::new() };
    let name = |file: &Node<'_>| match value_of(file, "name")? {
        Value::Text(name) => Some(name.to_string()),
        _ => None,
    };
    files.iter().filter_map(name).collect()
}

fn id<'n>(flow: &'n Node<'_>) -> Option<&'n str> {
    match value_of(flow, "id")? {
        Value::Text(id) => Some(id),
        _ => None,
    }
}

fn value_of<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Value<'a>> {
    let Value::Table(keys) = &node.value else { return None };
    keys.iter().find(|entry| entry.key == key).map(|entry| &entry.node.value)
}

fn is_criterion(key: &str) -> bool {
    AwardCriterion::from_word(key).is_some()
}

fn entry<'a>(key: &'static str, span: Span, value: Value<'a>) -> Entry<'a> {
    Entry { key: key.into(), key_span: span.clone(), node: Node { span, value } }
}

fn entries(node: Node<'_>) -> Vec<Entry<'_>> {
    match node.value {
        Value::Table(entries) => entries,
        _ => Vec::new(),
    }
}

fn items(node: Node<'_>) -> Vec<Node<'_>> {
    match node.value {
        Value::List(items) => items,
        _ => Vec::new(),
    }
}

fn with_keys<'a>(mut node: Node<'a>, is_key: impl Fn(&str) -> bool) -> Node<'a> {
    if let Value::Table(keys) = &mut node.value {
        keys.retain(|entry| is_key(&entry.key));
    }
    node
}
