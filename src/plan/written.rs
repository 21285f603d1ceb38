//! What a plan's text says for each key, and where: for those who explain a result.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Overrides, PlanText, what_if};
use crate::diag::{Findings, Place, SourceFile, shortened};
use crate::document::{Entry, Node, Value};

/// Longer values are cut.
const LONGEST_VALUE: usize = 60;

/// The keys of a plan as they are written.
#[derive(Debug, Default)]
pub struct Written {
    /// `call`
    pub call: Option<WrittenKey>,
    /// `project.country`
    pub country: Option<WrittenKey>,
    /// `project.city` of each file, by its place among all files.
    pub cities: BTreeMap<usize, WrittenKey>,
    /// The keys of each flow, by the place of its file among all files and where it begins there.
    pub flows: BTreeMap<(usize, usize), Vec<WrittenKey>>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct WrittenKey {
    /// The key.
    pub key: String,
    /// The value as it is written, cut where it is long: `5`, `"incoming"`.
    pub value: String,
    /// Where the key stands.
    pub place: Place,
    /// Whether the command line sets it.
    pub is_set: bool,
}

/// Reads the texts of plans once more. What cannot be read is left out: whoever asks has a resolved
/// plan, in which there is no such thing. What the command line sets stands in the argument.
pub fn written(texts: &[PlanText], overrides: &Overrides) -> Written {
    let mut all = Written::default();
    for (source, text) in texts.iter().enumerate() {
        let one = written_in(source, text, overrides);
        all.call = all.call.or(one.call);
        all.country = all.country.or(one.country);
        all.cities.extend(one.cities);
        all.flows.extend(one.flows);
    }
    all
}

fn written_in(source: usize, text: &PlanText, overrides: &Overrides) -> Written {
    let findings = Findings::default();
    let file = what_if::attached(&text.file, &overrides.what_if);
    let Some(mut root) = text.tree(&file, None, &findings) else {
        return Written::default();
    };
    what_if::apply(&mut root, &file, overrides, &findings);
    let key = |entry: &Entry<'_>| {
        let place = Place { file: Arc::clone(&file), span: entry.key_span.clone() }.resolved();
        let is_set = !Arc::ptr_eq(&place.file, &file);
        let (key, value) = (entry.key.to_string(), value(&file, &entry.node));
        WrittenKey { key, value, place, is_set }
    };
    let flows = match find(&root, "flow").map(|entry| &entry.node.value) {
        Some(Value::List(flows)) => flows.as_slice(),
        _ => &[],
    };
    let project = find(&root, "project").map(|entry| &entry.node);
    Written {
        call: find(&root, "call").map(key),
        country: project.and_then(|project| find(project, "country")).map(key),
        cities: project
            .and_then(|project| find(project, "city"))
            .map(|city| (source, key(city)))
            .into_iter()
            .collect(),
        flows: flows
            .iter()
            .map(|flow| ((source, flow.span.start), entries(flow).iter().map(key).collect()))
            .collect(),
    }
}

fn entries<'n, 'a>(node: &'n Node<'a>) -> &'n [Entry<'a>] {
    match &node.value {
        Value::Table(entries) => entries,
        _ => &[],
    }
}

fn find<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Entry<'a>> {
    entries(node).iter().find(|entry| entry.key == key)
}

fn value(file: &Arc<SourceFile>, node: &Node<'_>) -> String {
    shortened(file.written(&node.span), LONGEST_VALUE).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(plan: &str) -> Vec<(String, String, (u32, u32))> {
        let text = PlanText::from_bytes("plan", plan.into(), None).unwrap();
        let written = written(&[text], &Overrides::default());
        let of_flows = written.flows.into_values().flatten();
        let keys = written.call.into_iter().chain(written.country).chain(of_flows);
        keys.map(|key| (key.key, key.value, key.place.line_column())).collect()
    }

    #[test]
    fn every_key_knows_its_line() {
        let plan = "call = 2025\nproject.country = \"HU\"\n[[flow]]\nmonths = 5 # x\n  days = 1\n";
        let key = |key: &str, value: &str, place| (key.to_owned(), value.to_owned(), place);
        let expected = [
            key("call", "2025", (1, 1)),
            key("country", "\"HU\"", (2, 9)),
            key("months", "5", (4, 1)),
            key("days", "1", (5, 3)),
        ];
        assert_eq!(keys(plan), expected);
    }

    #[test]
    fn keys_of_json_have_columns() {
        let plan = "{\"call\": 2025, \"project\": {}, \"flow\": [{\"days\": 5}]}";
        assert_eq!(keys(plan).last().unwrap().2.0, 1);
        assert_eq!(keys(plan).first().unwrap().1, "2025");
    }
}
