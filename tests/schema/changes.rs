//! Tables with one change each.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use toml::{Table, Value};

use crate::places::{Place, Step, table_at, tables_of_new_kinds, words};
use crate::schema::Schema;

pub struct Change {
    pub what: String,
    pub table: Table,
}

/// Changes of tables.
pub struct Changes<'s> {
    schema: &'s Schema,
    /// The kinds of tables that were changed.
    kinds: BTreeSet<String>,
    /// What the schema says about the keys that were given other values: once is enough for all
    /// that it says the same about, such as `cite`.
    tried: BTreeSet<*const Json>,
}

impl<'s> Changes<'s> {
    pub fn new(schema: &'s Schema) -> Self {
        Self { schema, kinds: BTreeSet::new(), tried: BTreeSet::new() }
    }

    /// The table with each key of each kind of table misspelt, taken away, and given other values;
    /// and with each key that is not there. A kind that was in an earlier table is left out.
    pub fn of<'r>(&'r mut self, root: &'r Table) -> impl Iterator<Item = Change> + use<'r, 's> {
        let places = tables_of_new_kinds(root, &mut self.kinds);
        places.into_iter().flat_map(|place| self.in_table(root, &place))
    }

    fn in_table(&mut self, root: &Table, place: &Place) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut change = |what: String, make: &dyn Fn(&mut Table)| {
            let mut table = root.clone();
            make(table_at(&mut table, place));
            changes.push(Change { what: format!("{}: {what}", words(place)), table });
        };
        let table = table_at(&mut root.clone(), place).clone();
        for (key, old) in &table {
            change(format!("without `{key}`"), &|table| drop(table.remove(key)));
            change(format!("`{key}` misspelt"), &|table| {
                let value = table.remove(key).expect("a value");
                table.insert(format!("{key}x"), value);
            });
            for new in self.others(old, &[place.as_slice(), &[Step::Key(key.clone())]].concat()) {
                change(format!("{key} = {}", shown(&new)), &|table| {
                    table.insert(key.clone(), new.clone());
                });
            }
        }
        for (key, of_key) in self.schema.at(place)["properties"].as_object().into_iter().flatten() {
            let of_key = self.schema.resolved(of_key);
            let added = (!table.contains_key(key)).then(|| sample(of_key, self.schema));
            if let Some(new) = added.flatten() {
                change(format!("added {key} = {}", shown(&new)), &|table| {
                    table.insert(key.clone(), new.clone());
                });
            }
        }
        changes
    }

    /// Other values for a key.
    fn others(&mut self, old: &Value, place: &Place) -> Vec<Value> {
        let of_key = self.schema.at(place);
        // What a row is for decides on its other keys: these are tried in every kind of row.
        let words = of_key["enum"].as_array().into_iter().flatten().map(text);
        let flags = [true.into(), false.into()].into_iter().filter(|_| old.is_bool());
        let mut others: Vec<Value> = words.chain(flags).collect();
        if let Value::Array(_) = old {
            let words = self.schema.resolved(&of_key["items"])["enum"].as_array();
            let words = words.into_iter().flatten().map(text);
            others.extend(words.map(|word| Value::Array(vec![word])));
        }
        if self.tried.insert(of_key) {
            others.extend(poor(old, of_key));
        }
        others
    }
}

/// Values of other types, and poor ones of the same type.
///
/// No dates: in JSON a date is a text, so no schema can tell them apart.
fn poor(old: &Value, of_key: &Json) -> Vec<Value> {
    let mut values: Vec<Value> = vec!["no such word".into(), 0.into(), true.into()];
    values.push(Value::Table(Table::new()));
    values.push(Value::Array(Vec::new()));
    values.push(Value::Array(vec!["no such word".into()]));
    match old {
        Value::String(_) | Value::Datetime(_) => {
            let texts = ["", "  ", "2025-11-31", "15.01.2025", "https://"];
            values.extend(texts.map(Value::from));
            values.push("x".repeat(10_001).into());
        }
        Value::Array(items) => {
            let others: [Value; 4] = [true.into(), 0.into(), 1_000_000_001.into(), "".into()];
            values.extend(others.map(|item| Value::Array(vec![item])));
            let twice = items.iter().chain(items.first()).cloned().collect();
            values.push(Value::Array(twice));
        }
        _ => {
            values.extend([Value::Float(5.5), Value::Integer(-1), Value::Integer(1_000_000_001)]);
            for bound in ["minimum", "maximum"].map(|bound| of_key[bound].as_i64()) {
                let near = bound.map(|bound| [bound - 1, bound, bound + 1]);
                values.extend(near.into_iter().flatten().map(Value::Integer));
            }
        }
    }
    values
}

fn text(word: &Json) -> Value {
    Value::from(word.as_str().expect("a word"))
}

/// A value that the key's own schema takes; none for a table.
fn sample(of_key: &Json, schema: &Schema) -> Option<Value> {
    if let Some(words) = of_key["enum"].as_array() {
        return Some(text(&words[0]));
    }
    match of_key["type"].as_str()? {
        "integer" | "number" => of_key["minimum"].as_i64().map(Value::Integer),
        "boolean" => Some(Value::Boolean(true)),
        "string" if of_key["pattern"] == "^[A-Z]{2}$" => Some("KG".into()),
        "string" => Some("https://example.org".into()),
        "array" => Some(Value::Array(vec![sample(schema.resolved(&of_key["items"]), schema)?])),
        _ => None,
    }
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(40).collect()
}
