//! A schema, and files as it sees them.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value as Json, json};
use toml::{Table, Value};

use crate::places::{Place, Step};

pub struct Schema {
    pub json: Json,
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    /// A committed schema, read as one of a draft. `format` is asserted, as editors do.
    pub fn of(text: &str, draft: Draft) -> Self {
        let mut json: Json = serde_json::from_str(text).expect("JSON");
        // Editors that do not know the draft that it names take their own.
        json.as_object_mut().expect("an object").remove("$schema");
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(draft);
        compiler.enable_format_assertions();
        let name = "http://localhost/schema.json";
        compiler.add_resource(name, json.clone()).expect("a schema");
        let index = compiler.compile(name, &mut schemas).expect("a valid schema");
        Self { json, schemas, index }
    }

    /// A committed schema in the draft that it is written in, and in draft 7, as editors have it.
    pub fn in_both_drafts(text: &str) -> [Self; 2] {
        [Self::of(text, Draft::V2020_12), Self::of(text, Draft::V7)]
    }

    /// Why a file is not valid under it.
    pub fn refusal(&self, table: &Json) -> Option<String> {
        self.schemas.validate(table, self.index).err().map(|error| error.to_string())
    }

    /// Whether a file is valid under it.
    pub fn takes(&self, table: &Json) -> bool {
        self.schemas.validate(table, self.index).is_ok()
    }

    /// What it says about a place of a file.
    pub fn at(&self, place: &Place) -> &Json {
        place.iter().fold(&self.json, |schema, step| match step {
            Step::Key(key) if schema["properties"].get(key).is_some() => {
                self.resolved(&schema["properties"][key])
            }
            Step::Key(_) => self.resolved(&schema["additionalProperties"]),
            Step::Item(_) => self.resolved(&schema["items"]),
        })
    }

    /// A schema itself, or what its `$ref` names.
    pub fn resolved<'s>(&'s self, schema: &'s Json) -> &'s Json {
        let Some(name) = schema.get("$ref") else { return schema };
        let pointer = name.as_str().expect("a text").trim_start_matches('#');
        self.json.pointer(pointer).expect("a schema of its own")
    }
}

/// A table as JSON, as editors convert it: a date becomes a text.
pub fn json_of(table: &Table) -> Json {
    table.iter().map(|(key, value)| (key.clone(), json_of_value(value))).collect()
}

fn json_of_value(value: &Value) -> Json {
    match value {
        Value::String(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Boolean(value) => json!(value),
        Value::Datetime(date) => json!(date.to_string()),
        Value::Array(items) => items.iter().map(json_of_value).collect(),
        Value::Table(table) => json_of(table),
    }
}
