//! Which flow of the old budget is which of the new one: by id, then by likeness.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::saved::SavedFlow;

/// Flows in pairs, and those without a partner.
pub(super) struct Pairs<'f> {
    pub both: Vec<(&'f SavedFlow, &'f SavedFlow)>,
    pub added: Vec<&'f SavedFlow>,
    pub removed: Vec<&'f SavedFlow>,
}

/// Keys that name a flow or comment on it, and say nothing about what it is.
const NAMES: [&str; 2] = ["id", "note"];
/// Flows that differ in one of these are not alike.
const KIND: [&str; 4] = ["country", "direction", "activity", "term"];
/// More pairs of one kind than these are not weighed against each other.
const MOST_PAIRS: usize = 250_000;

/// Pairs the flows of two budgets. The order of the flows plays no part.
pub(super) fn pairs<'f>(old: &'f [SavedFlow], new: &'f [SavedFlow]) -> Pairs<'f> {
    let mut left = Left { old: sorted(old), new: sorted(new), both: Vec::new() };
    left.pair_by(|flow| has_own_id(flow).then(|| flow.id.clone()));
    left.pair_by(|flow| Some(content(flow)));
    left.pair_by_likeness();
    let Left { old, new, both } = left;
    Pairs { both, added: new, removed: old }
}

/// The flows by what they say: where they stand decides nothing.
fn sorted(flows: &[SavedFlow]) -> Vec<&SavedFlow> {
    let mut flows: Vec<&SavedFlow> = flows.iter().collect();
    flows.sort_by_cached_key(|flow| (content(flow), flow.id.clone()));
    flows
}

/// What has no partner yet, and the pairs so far.
struct Left<'f> {
    old: Vec<&'f SavedFlow>,
    new: Vec<&'f SavedFlow>,
    both: Vec<(&'f SavedFlow, &'f SavedFlow)>,
}

impl<'f> Left<'f> {
    /// Pairs flows for which `name` gives the same.
    fn pair_by(&mut self, name: impl Fn(&SavedFlow) -> Option<String>) {
        let mut named: BTreeMap<String, Vec<&'f SavedFlow>> = BTreeMap::new();
        let mut nameless = Vec::new();
        for flow in self.new.drain(..) {
            match name(flow) {
                Some(name) => named.entry(name).or_default().push(flow),
                None => nameless.push(flow),
            }
        }
        let both = &mut self.both;
        self.old.retain(|flow| {
            let twin = name(flow).and_then(|name| named.get_mut(&name)?.pop());
            both.extend(twin.map(|twin| (*flow, twin)));
            twin.is_none()
        });
        self.new = named.into_values().flatten().chain(nameless).collect();
    }

    /// Pairs flows of one kind, the most alike first.
    fn pair_by_likeness(&mut self) {
        let mut kinds: BTreeMap<Vec<&'f str>, [Vec<&'f SavedFlow>; 2]> = BTreeMap::new();
        for flow in self.old.drain(..) {
            let [old, _] = kinds.entry(kind(flow)).or_default();
            old.push(flow);
        }
        for flow in self.new.drain(..) {
            let [_, new] = kinds.entry(kind(flow)).or_default();
            new.push(flow);
        }
        for [mut old, mut new] in kinds.into_values() {
            if old.len() * new.len() > MOST_PAIRS {
                self.pair_by_partner(&mut old, &mut new);
            }
            old.sort_by_cached_key(|flow| (content(flow), &flow.id));
            new.sort_by_cached_key(|flow| (content(flow), &flow.id));
            for (one, other) in ranked(&old, &new) {
                let is_free =
                    |side: &[&SavedFlow], flow| side.iter().any(|f| std::ptr::eq(*f, flow));
                if is_free(&old, one) && is_free(&new, other) {
                    old.retain(|flow| !std::ptr::eq(*flow, one));
                    new.retain(|flow| !std::ptr::eq(*flow, other));
                    self.both.push((one, other));
                }
            }
            self.old.extend(old);
            self.new.extend(new);
        }
    }
}

impl<'f> Left<'f> {
    /// Of too many to be weighed against each other: pairs those that alone have their partner and city.
    fn pair_by_partner(&mut self, old: &mut Vec<&'f SavedFlow>, new: &mut Vec<&'f SavedFlow>) {
        let alone = |side: &[&'f SavedFlow]| {
            let mut alone: BTreeMap<[Option<&'f str>; 3], Option<&'f SavedFlow>> = BTreeMap::new();
            for flow in side {
                let key = ["partner", "oid", "city"].map(|key| flow.input(key));
                alone.entry(key).and_modify(|flow| *flow = None).or_insert(Some(flow));
            }
            alone
        };
        let (of_old, of_new) = (alone(old), alone(new));
        let twins = of_old.iter().filter_map(|(key, one)| {
            let named = key.iter().any(Option::is_some);
            Some(((*one)?, (*of_new.get(key)?)?)).filter(|_| named)
        });
        let twins: Vec<(&SavedFlow, &SavedFlow)> = twins.collect();
        let taken: BTreeSet<*const SavedFlow> =
            twins.iter().flat_map(|(one, other)| [*one, *other]).map(std::ptr::from_ref).collect();
        old.retain(|flow| !taken.contains(&std::ptr::from_ref(*flow)));
        new.retain(|flow| !taken.contains(&std::ptr::from_ref(*flow)));
        self.both.extend(twins);
    }
}

/// Candidates, the most alike first; of equals, in the order of their content.
fn ranked<'f>(old: &[&'f SavedFlow], new: &[&'f SavedFlow]) -> Vec<(&'f SavedFlow, &'f SavedFlow)> {
    if old.len() * new.len() > MOST_PAIRS {
        return old.iter().copied().zip(new.iter().copied()).collect();
    }
    let all = old.iter().flat_map(|one| new.iter().map(move |other| (*one, *other)));
    let mut all: Vec<_> = all.collect();
    all.sort_by_cached_key(|(one, other)| Reverse(likeness(one, other)));
    all
}

/// An id such as `flow-3` says where a flow stands in the file, not which one it is.
fn has_own_id(flow: &SavedFlow) -> bool {
    let number = flow.id.strip_prefix("flow-");
    !number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// All that a flow says, but for names.
fn content(flow: &SavedFlow) -> String {
    let said = flow.inputs.iter().filter(|(key, _)| !NAMES.contains(&key.as_str()));
    said.map(|(key, value)| format!("{key}={value}\n")).collect()
}

fn kind(flow: &SavedFlow) -> Vec<&str> {
    KIND.map(|key| flow.input(key).unwrap_or_default()).to_vec()
}

/// How many keys that are no names have the same value.
fn likeness(one: &SavedFlow, other: &SavedFlow) -> usize {
    let said = one.inputs.iter().filter(|(key, _)| !NAMES.contains(&key.as_str()));
    said.filter(|(key, value)| other.input(key) == Some(value)).count()
}
