//! Places of a table: which tables it is made of.

use std::collections::BTreeSet;

use toml::{Table, Value};

/// The way to a value.
pub type Place = Vec<Step>;

#[derive(Clone, Debug)]
pub enum Step {
    Key(String),
    Item(usize),
}

/// The first table of each kind. Two tables are of one kind where they stand at the same place, be
/// it in other rows, and have the same keys; every table may have a note.
pub fn tables(root: &Table) -> Vec<Place> {
    tables_of_new_kinds(root, &mut BTreeSet::new())
}

/// The same, less kinds that have been there before.
pub fn tables_of_new_kinds(root: &Table, kinds: &mut BTreeSet<String>) -> Vec<Place> {
    let mut found = Vec::new();
    collect(&Value::Table(root.clone()), &mut Vec::new(), kinds, &mut found);
    found
}

fn collect(value: &Value, place: &mut Place, kinds: &mut BTreeSet<String>, found: &mut Vec<Place>) {
    if let Value::Table(table) = value {
        let keys: BTreeSet<&String> = table.keys().filter(|key| *key != "note").collect();
        if kinds.insert(format!("{} {keys:?}", generic(place))) {
            found.push(place.clone());
        }
    }
    for (step, child) in children(value) {
        place.push(step);
        collect(child, place, kinds, found);
        place.pop();
    }
}

fn children(value: &Value) -> Vec<(Step, &Value)> {
    match value {
        Value::Table(table) => {
            table.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (Step::Item(index), item)).collect()
        }
        _ => Vec::new(),
    }
}

/// A place in words: `travel.band[3]`.
pub fn words(place: &[Step]) -> String {
    let words = place.iter().map(|step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Item(index) => format!("[{index}]"),
    });
    words.collect::<String>().trim_start_matches('.').to_owned()
}

/// A place without what tells rows and sources apart.
fn generic(place: &[Step]) -> String {
    match place {
        [Step::Key(source), Step::Key(_)] if source == "source" => "source.KEY".to_owned(),
        _ => place
            .iter()
            .map(|step| match step {
                Step::Key(key) => format!(".{key}"),
                Step::Item(_) => "[]".to_owned(),
            })
            .collect(),
    }
}

/// The table at a place.
pub fn table_at<'t>(root: &'t mut Table, place: &[Step]) -> &'t mut Table {
    let Some((Step::Key(first), rest)) = place.split_first() else { return root };
    let value = rest.iter().fold(&mut root[first], |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Item(index) => &mut value[*index],
    });
    value.as_table_mut().expect("a table")
}
