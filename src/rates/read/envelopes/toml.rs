//! A list in TOML: whose it is, what it rests on, and its envelopes.

use super::row::{EnvelopeOwner, EnvelopeRow};
use super::{Ground, LONGEST_LIST, Written, too_long};
use crate::diag::{Code, Diagnostic, Findings};
use crate::document::{self, Entry, Fields, Format, Given, Node, Value};
use crate::model::Eur;
use crate::rates::envelopes::{EnvelopeFile, Role};
use crate::rates::read::context::Context;
use crate::rates::read::{place_of, sources};

/// The version of the list's format that this program reads.
const SCHEMA: u32 = 1;

const KEYS: [&str; 13] = [
    "schema",
    "country",
    "call",
    "kind",
    "total",
    "checked_on",
    "cite",
    "confidence",
    "note",
    "other",
    "other_cite",
    "source",
    "envelope",
];
/// The keys that say what the amounts rest on.
const BASIS_KEYS: [&str; 6] = ["cite", "confidence", "note", "other", "other_cite", "source"];

/// What a list says; `None` where it is no list at all.
pub(super) fn written(list: &EnvelopeFile, findings: &Findings) -> Option<Written> {
    let file = list.file();
    let root = document::parse(Format::Toml, file, findings)?;
    let fields = Fields::of(&root, "a list of envelopes", &KEYS, file, findings)?;
    let is_published = list.role == Role::Published;
    check_schema(&fields, is_published);
    let mut owner = EnvelopeOwner::read(&fields);
    let mut total = fields.money_up_to("total", Eur::LARGEST_TOTAL);
    let mut checked_on = fields.date("checked_on");
    if is_published {
        owner.kind = fields.required("kind", owner.kind);
        owner.country = fields.required("country", owner.country);
        owner.call = fields.required("call", owner.call);
        total = fields.required("total", total);
        checked_on = fields.required("checked_on", checked_on);
    }
    let ground = ground(&fields, list, is_published, findings);
    let nodes = rows(&fields, findings)?;
    let rows: Vec<EnvelopeRow> =
        nodes.iter().filter_map(|node| EnvelopeRow::read(node, file, findings)).collect();
    let has_lost_rows = rows.len() < nodes.len() || has_misplaced_rows(&fields);
    Some(Written { rows, has_lost_rows, owner, total, checked_on, ground })
}

fn rows<'t, 'a>(fields: &Fields<'t, 'a, '_>, findings: &Findings) -> Option<&'t [Node<'a>]> {
    let nodes = fields.list("envelope");
    if nodes.len() > LONGEST_LIST {
        findings.push(too_long(fields.own_place()));
        return None;
    }
    Some(nodes)
}

/// Whether envelopes stand below another key, or in no list.
fn has_misplaced_rows(fields: &Fields<'_, '_, '_>) -> bool {
    let is_list = |entry: &Entry<'_>| matches!(entry.node.value, Value::List(_));
    fields.is_mistyped("envelope") || fields.entry("envelope").is_some_and(|entry| !is_list(entry))
}

fn check_schema(fields: &Fields<'_, '_, '_>, is_required: bool) {
    let mut schema: Given<u32> = fields.whole("schema", 0..=u32::MAX);
    if is_required {
        schema = fields.required("schema", schema);
    }
    if let Some(schema) = schema.located().filter(|schema| schema.value != SCHEMA) {
        let message = format!("this version reads lists of envelopes of schema {SCHEMA}");
        let help = "another version of ka171 reads this list";
        let place = fields.place(&schema.span);
        fields.fault(Diagnostic::error(Code::UnsupportedTable, place, message).help(help));
    }
}

/// What the amounts rest on. A list of the user may leave it out, but says it whole or not at all.
fn ground(
    fields: &Fields<'_, '_, '_>,
    list: &EnvelopeFile,
    is_required: bool,
    findings: &Findings,
) -> Option<Ground> {
    if !is_required && BASIS_KEYS.iter().all(|key| fields.entry(key).is_none()) {
        return None;
    }
    let mut context =
        Context { file: list.file(), findings, provisional: Some(false), sources: None };
    context.sources = sources::sources(&context, fields);
    let basis = context.basis(fields)?;
    let span = place_of(fields, "confidence").span;
    Some(Ground { basis, span, sources: context.sources? })
}
