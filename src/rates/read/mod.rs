//! A table's text into a [`RateTable`], or everything that is wrong with it.

mod basis;
mod context;
mod countries;
mod coverage;
mod duration;
mod envelopes;
mod lists;
mod project;
mod restriction;
mod sources;
mod support;
mod travel;

pub(crate) use envelopes::EnvelopeRow;
pub use envelopes::read_envelopes;
use std::sync::Arc;

use context::{Context, text, whole};
use countries::Countries;

use crate::diag::{Code, Diagnostic, Errors, Findings, Place};
use crate::document::{self, Fields, Format, Located, Span, Value};
use crate::model::{Date, Status, TableIdentity, Word};
use crate::rates::spans::Spans;
use crate::rates::store::TableFile;
use crate::rates::table::RateTable;

/// The version of the table format that this program reads.
const SCHEMA: u32 = 1;

const ROOT_KEYS: [&str; 25] = [
    "schema",
    "action",
    "call",
    "revision",
    "status",
    "carried_from",
    "checked_on",
    "currency",
    "project",
    "rounding",
    "travel",
    "travel_days",
    "students",
    "staff",
    "first_period",
    "organisational_support",
    "inclusion_support",
    "duration",
    "award",
    "restriction",
    "programme",
    "group",
    "region",
    "eligibility",
    "source",
];

/// Reads and validates a rate table.
///
/// # Errors
///
/// Every fault that was found, with its place; none of the table can then be used.
pub fn read_table(table: &TableFile) -> Result<RateTable, Errors> {
    let findings = Findings::default();
    let read = document::parse(Format::Toml, &table.file, &findings)
        .and_then(|root| self::root(table, &root, &findings));
    match read {
        Some(read) if findings.is_empty() => Ok(read),
        _ => Err(findings.into_errors()),
    }
}

fn root(table: &TableFile, node: &document::Node<'_>, findings: &Findings) -> Option<RateTable> {
    let file = &table.file;
    if let Some(finding) = another_list(table, node) {
        findings.push(finding);
        return None;
    }
    let root = Fields::of(node, "the rate table", &ROOT_KEYS, file, findings)?;
    let header = header(table, &root);
    let mut context = Context { file, findings, sources: None, provisional: provisional(&root) };
    context.sources = sources::sources(&context, &root);

    let rounding = context.rule(&root, "rounding", "rounding");
    let travel = travel::travel(&context, &root);
    let travel_days = travel::travel_days(&context, &root);
    let students = support::students(&context, &root);
    let staff = support::staff(&context, &root);
    let first_period = support::first_period(&context, &root);
    let organisational = support::organisational_support(&context, &root);
    let inclusion_support = support::inclusion_support(&context, &root);
    let durations = duration::durations(&context, &root);
    let award = project::award(&context, &root);
    let countries = countries::countries(&context, &root);
    let standings = countries.as_ref().map(|all| &all.countries);
    let restrictions = restriction::restrictions(&context, &root, standings);
    let eligibility = countries::marks(&context, &root, standings);

    let Header { call, identity, revision, checked_on } = header?;
    let project = project::project(&context, &root, call);
    let (long_term, short_term) = students?;
    let (organisational_support, zero_grant) = organisational?;
    let Countries { programme, countries, regions, spans } = countries?;
    let spans = Spans { revision, checked_on: checked_on.span, countries: spans };
    let table = RateTable {
        call,
        identity,
        checked_on: checked_on.value,
        project: project?,
        rounding: rounding?,
        travel: travel?,
        travel_days: travel_days?,
        long_term,
        short_term,
        staff: staff?,
        first_period: first_period?,
        organisational_support,
        zero_grant,
        inclusion_support: inclusion_support?,
        durations: durations?,
        award: award?,
        restrictions: restrictions?,
        programme,
        countries,
        regions,
        eligibility,
        sources: context.sources?,
        file: Arc::clone(file),
        spans,
    };
    covers_short_stays(&root, &table);
    Some(table)
}

/// Says of a list of countries or envelopes that it is no rate table. All its keys would be unknown,
/// and all those of a rate table missing.
fn another_list(table: &TableFile, node: &document::Node<'_>) -> Option<Diagnostic> {
    let Value::Table(entries) = &node.value else { return None };
    let entry = |key: &str| entries.iter().find(|entry| entry.key == key);
    let is_names = table.is_country_names()
        || entry("country").is_some_and(|entry| matches!(entry.node.value, Value::Table(_)));
    let what = match (entry("envelope"), is_names) {
        (Some(_), _) => "this is a list of envelopes",
        (None, true) => "this is the list of country names",
        (None, false) => return None,
    };
    let place = Place { file: Arc::clone(&table.file), span: 0..0 };
    let message = format!("{what}, not a rate table");
    let help = "name a call, such as 2025, or the file of a rate table, such as 2025.toml";
    Some(Diagnostic::error(Code::UnsupportedTable, place, message).help(help))
}

/// What stands above the sections.
struct Header {
    call: u16,
    identity: TableIdentity,
    /// Where the revision stands.
    revision: Span,
    checked_on: Located<Date>,
}

fn header(table: &TableFile, root: &Fields<'_, '_, '_>) -> Option<Header> {
    let schema = whole(root, "schema", 0, u32::MAX);
    if schema.is_some_and(|schema| schema != SCHEMA) {
        let message = format!("this version reads tables of schema {SCHEMA}");
        unsupported(root, "schema", message, "another version of ka171 reads this table");
    }
    for (key, only) in [("action", "KA171"), ("currency", "EUR")] {
        if text(root, key).is_some_and(|value| value != only) {
            let help = format!("rates of another `{key}` cannot be used here");
            unsupported(root, key, format!("the only `{key}` is `{only}`"), &help);
        }
    }
    let call = whole(root, "call", 2000, 2999).and_then(|call| u16::try_from(call).ok());
    let revision = whole(root, "revision", 1, 9_999);
    let status = *root.required("status", root.word::<Status>("status")).value()?;
    let checked_on = root.required("checked_on", root.date("checked_on"));
    let carried_from = root.whole("carried_from", 2000..=2999);
    if (status == Status::Provisional) == carried_from.is_absent() {
        let message = "a provisional table names the call that it carries over in `carried_from`; a published one does not";
        let help = match status {
            Status::Provisional => "add `carried_from = ...` with that call",
            Status::Published => "take `carried_from` out, or write `status = \"provisional\"`",
        };
        let place = place_of(root, "status");
        root.fault(Diagnostic::error(Code::BasisMissing, place, message).help(help));
    }
    let (call, revision) = (call?, revision?);
    if let Some(named) = table.named_call().filter(|named| *named != call) {
        let place = place_of(root, "call");
        let message =
            format!("the table is of call {call}, its file is named {}", table.file.name());
        let help = format!("write `call = {named}`, or rename the file to {call}.toml");
        root.fault(Diagnostic::error(Code::CallContradictsFileName, place, message).help(help));
    } else if let Some(from) = carried_from.located().filter(|from| from.value >= u32::from(call)) {
        let message = format!("a table of call {call} cannot carry call {} over", from.value);
        let help = "name the earlier call that the figures were taken from";
        let place = root.place(&from.span);
        root.fault(Diagnostic::error(Code::OutOfBounds, place, message).help(help));
    }
    let identity = TableIdentity {
        id: format!("{call}.{revision}"),
        status,
        carried_from: carried_from.value().and_then(|&call| u16::try_from(call).ok()),
        origin: table.origin.clone(),
        sha256: table.sha256.clone(),
    };
    let revision = place_of(root, "revision").span;
    Some(Header { call, identity, revision, checked_on: checked_on.located()?.clone() })
}

/// Whether the table is provisional; what is wrong with its status is said elsewhere.
fn provisional(root: &Fields<'_, '_, '_>) -> Option<bool> {
    match &root.entry("status")?.node.value {
        Value::Text(status) => Status::from_word(status).map(|word| word == Status::Provisional),
        _ => None,
    }
}

fn unsupported(root: &Fields<'_, '_, '_>, key: &str, message: String, help: &str) {
    let place = place_of(root, key);
    root.fault(Diagnostic::error(Code::UnsupportedTable, place, message).help(help));
}

/// The place of a key's value.
fn place_of(root: &Fields<'_, '_, '_>, key: &str) -> Place {
    root.entry(key).map_or(root.own_place(), |entry| root.place(&entry.node.span))
}

/// Every permitted short stay has a top-up.
fn covers_short_stays(root: &Fields<'_, '_, '_>, table: &RateTable) {
    let durations = &table.durations;
    let shortest = durations.studies_short.min_days.min(durations.traineeships_short.min_days);
    let first = table.short_term.top_ups.first().map_or(u32::MAX, |top_up| top_up.from_days);
    if first > shortest {
        let message =
            format!("no top-up for short stays of {shortest} days: the first begins at {first}");
        let help = format!(
            "begin the first [[students.short.top_up]] with `from_days = {shortest}` or less"
        );
        let place = root.own_place();
        root.fault(Diagnostic::error(Code::CoverageMissing, place, message).help(help));
    }
}
