//! A plan as it is written: typed and bounded, with the place of every value, not yet understood.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, quoted};
use crate::document::{Fields, Given, Located, Node, Span, Value};
use crate::model::{Activity, Date, Direction, DistanceKm, Eur, Level, Region, Term, TravelMode};
use crate::plan::score::ScoreRow;
use crate::rates::EnvelopeRow;

/// Participants of a flow.
pub(crate) const MOST_PARTICIPANTS: u32 = 100_000;
const MOST_DAYS: u32 = 1_000;
const MOST_MONTHS: u32 = 36;
/// More than fit into the largest file, unless they are empty.
const MOST_FLOWS: usize = 200_000;
const FORMAT_VERSION: u32 = 1;
const ACTION: &str = "KA171";

const PLAN_KEYS: [&str; 7] =
    ["format_version", "action", "call", "project", "flow", "envelope", "score"];
pub(crate) const PROJECT_KEYS: [&str; 4] = ["applicant", "country", "city", "months"];
/// Every key of a flow, in the order of the manual.
pub(crate) const FLOW_KEYS: [&str; 30] = [
    "id",
    "partner",
    "oid",
    "note",
    "country",
    "region",
    "city",
    "home_city",
    "direction",
    "activity",
    "term",
    "level",
    "blended",
    "participants",
    "fewer_opportunities",
    "months",
    "days",
    "start",
    "end",
    "interruption_days",
    "unfunded_days",
    "travel",
    "travel_days",
    "distance_km",
    "band",
    "travel_cost",
    "inclusion_support",
    "zero_grant",
    "from_enterprise",
    "restriction_checked",
];

pub(super) struct RawPlan<'t> {
    pub file: Arc<SourceFile>,
    pub own_place: Place,
    pub call: Given<u32>,
    pub project: RawProject<'t>,
    pub flows: Vec<RawFlow<'t>>,
    pub envelopes: Vec<EnvelopeRow>,
    pub scores: Vec<ScoreRow>,
}

#[derive(Default)]
pub(super) struct RawProject<'t> {
    pub applicant: Given<&'t str>,
    pub country: Given<&'t str>,
    pub city: Given<&'t str>,
    pub months: Given<u32>,
}

pub(super) struct RawFlow<'t> {
    pub span: Span,
    pub id: Given<&'t str>,
    pub partner: Given<&'t str>,
    pub oid: Given<&'t str>,
    pub note: Given<&'t str>,
    pub country: Given<&'t str>,
    pub region: Given<Region>,
    pub city: Given<&'t str>,
    pub home_city: Given<&'t str>,
    pub direction: Given<Direction>,
    pub activity: Given<Activity>,
    pub term: Given<Term>,
    pub level: Given<Level>,
    pub blended: Given<bool>,
    pub participants: Given<u32>,
    pub fewer_opportunities: Given<u32>,
    pub months: Given<u32>,
    pub days: Given<u32>,
    pub start: Given<Date>,
    pub end: Given<Date>,
    pub interruption_days: Given<u32>,
    pub unfunded_days: Given<u32>,
    pub travel: Given<TravelMode>,
    pub travel_days: Given<u32>,
    pub distance_km: Given<Decimal>,
    pub band: Given<&'t str>,
    pub travel_cost: Given<Eur>,
    pub inclusion_support: Given<Eur>,
    pub zero_grant: Given<bool>,
    pub from_enterprise: Given<bool>,
    pub restriction_checked: Given<bool>,
}

impl<'t> RawPlan<'t> {
    /// Reads what the tree says; `None` where it is no plan at all.
    pub fn read(root: &'t Node<'_>, file: &Arc<SourceFile>, findings: &Findings) -> Option<Self> {
        refuse_result(root, file, findings)?;
        let fields = Fields::of(root, "the plan", &PLAN_KEYS, file, findings)?;
        check_format(&fields);
        let project = match fields.entry("project") {
            Some(entry) => project(&entry.node, file, findings),
            None if fields.is_mistyped("project") => unreadable_project(),
            None => RawProject::default(),
        };
        let nodes = fields.list("flow");
        if nodes.len() > MOST_FLOWS {
            let message = format!("the plan has more than {MOST_FLOWS} flows");
            let help = "write participants who share everything as one flow";
            let place = fields.own_place();
            fields.fault(Diagnostic::error(Code::TooLarge, place, message).help(help));
            return None;
        }
        let flows = nodes.iter().filter_map(|node| flow(node, file, findings)).collect();
        let empty = fields.entry("flow").is_none_or(|entry| is_empty_list(&entry.node));
        if empty && !fields.is_mistyped("flow") {
            fields.fault(no_flows(fields.own_place()));
        }
        let envelopes = fields.list("envelope").iter();
        let scores = fields.list("score").iter();
        Some(Self {
            file: Arc::clone(file),
            own_place: fields.own_place(),
            call: fields.whole("call", 0..=9_999),
            project,
            flows,
            envelopes: envelopes
                .filter_map(|node| EnvelopeRow::read(node, file, findings))
                .collect(),
            scores: scores.filter_map(|node| ScoreRow::read(node, file, findings)).collect(),
        })
    }

    /// A place in the plan's file.
    pub fn place(&self, span: &Span) -> Place {
        Place { file: Arc::clone(&self.file), span: span.clone() }
    }
}

/// A result that this program wrote is no plan: that is all that is wrong with it.
fn refuse_result(root: &Node<'_>, file: &Arc<SourceFile>, findings: &Findings) -> Option<()> {
    let Value::Table(entries) = &root.value else { return Some(()) };
    let format = entries.iter().find(|entry| entry.key == "format").map(|entry| &entry.node);
    match format.map(|node| (&node.value, &node.span)) {
        Some((Value::Text(format), span)) if format.starts_with("ka171-") => {
            let message = format!("this is a result, {}, and no plan", quoted(format));
            let help = "name the plan that it was computed from; `ka171 verify` and `ka171 diff` read results";
            let place = Place { file: Arc::clone(file), span: span.clone() };
            findings.push(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help));
            None
        }
        _ => Some(()),
    }
}

/// There is nothing to compute.
pub(super) fn no_flows(place: Place) -> Diagnostic {
    let help = match place.cell() {
        Some(_) => "write a flow in the row below the headings",
        None => "add a mobility flow to the list `flow`; in TOML it begins with a line `[[flow]]`",
    };
    Diagnostic::error(Code::NoFlows, place, "the plan has no flow").help(help)
}

fn is_empty_list(node: &Node<'_>) -> bool {
    matches!(&node.value, Value::List(items) if items.is_empty())
}

fn check_format(fields: &Fields<'_, '_, '_>) {
    let version = fields.whole("format_version", 0..=u32::MAX);
    if let Some(version) = version.located().filter(|version| version.value != FORMAT_VERSION) {
        let message = format!("this program does not know format version {}", version.value);
        let help = format!("it reads version {FORMAT_VERSION}; a newer ka171 may read this plan");
        let place = fields.place(&version.span);
        fields.fault(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help));
    }
    let action = fields.text("action");
    if let Some(action) = action.located().filter(|action| action.value != ACTION) {
        let message = format!("the only action is {ACTION}");
        let help = format!("write `action = \"{ACTION}\"`, or leave it out");
        let place = fields.place(&action.span);
        fields.fault(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help));
    }
}

fn project<'t>(node: &'t Node<'_>, file: &Arc<SourceFile>, findings: &Findings) -> RawProject<'t> {
    let Some(fields) = Fields::of(node, "the project", &PROJECT_KEYS, file, findings) else {
        return unreadable_project();
    };
    RawProject {
        applicant: not_empty(&fields, "applicant"),
        country: fields.text("country"),
        city: fields.text("city"),
        months: fields.whole("months", 0..=1_200),
    }
}

/// Its country may well be there.
fn unreadable_project<'t>() -> RawProject<'t> {
    RawProject { country: Given::Faulty, ..RawProject::default() }
}

fn flow<'t>(
    node: &'t Node<'_>,
    file: &Arc<SourceFile>,
    findings: &Findings,
) -> Option<RawFlow<'t>> {
    let fields = Fields::of(node, "a flow", &FLOW_KEYS, file, findings)?;
    Some(RawFlow {
        span: node.span.clone(),
        id: fields.text("id"),
        partner: fields.text("partner"),
        oid: fields.text("oid"),
        note: fields.text("note"),
        country: fields.required("country", fields.text("country")),
        region: region(&fields),
        city: fields.text("city"),
        home_city: fields.text("home_city"),
        direction: fields.required("direction", fields.word("direction")),
        activity: fields.required("activity", fields.word("activity")),
        term: fields.word("term"),
        level: fields.word("level"),
        blended: fields.boolean("blended"),
        participants: fields
            .required("participants", fields.whole("participants", 1..=MOST_PARTICIPANTS)),
        fewer_opportunities: fields.whole("fewer_opportunities", 0..=MOST_PARTICIPANTS),
        months: fields.whole("months", 0..=MOST_MONTHS),
        days: fields.whole("days", 0..=MOST_DAYS),
        start: fields.date("start"),
        end: fields.date("end"),
        interruption_days: fields.whole("interruption_days", 0..=MOST_DAYS),
        unfunded_days: fields.whole("unfunded_days", 0..=MOST_DAYS),
        travel: fields.word("travel"),
        travel_days: fields.whole("travel_days", 0..=MOST_DAYS),
        distance_km: fields.decimal("distance_km", 0..=DistanceKm::LONGEST.into()),
        band: fields.text("band"),
        travel_cost: fields.money("travel_cost"),
        inclusion_support: fields.money("inclusion_support"),
        zero_grant: fields.boolean("zero_grant"),
        from_enterprise: fields.boolean("from_enterprise"),
        restriction_checked: fields.boolean("restriction_checked"),
    })
}

/// A text with at least one letter.
fn not_empty<'t>(fields: &Fields<'t, '_, '_>, key: &str) -> Given<&'t str> {
    let text = fields.text(key);
    fields.read_text(text, |fields, text, span| {
        if text.trim().is_empty() {
            let message = format!("`{key}` is empty");
            let place = fields.place(span);
            let finding = Diagnostic::error(Code::TextLength, place, message);
            fields.fault(finding.help("write the text, or leave the key out"));
            return None;
        }
        Some(text)
    })
}

fn region(fields: &Fields<'_, '_, '_>) -> Given<Region> {
    match fields.whole("region", 1..=u32::from(Region::LAST)) {
        Given::Absent => Given::Absent,
        Given::Faulty => Given::Faulty,
        Given::Value(Located { value, span }) => match Region::new(value) {
            Some(value) => Given::Value(Located { value, span }),
            None => Given::Faulty,
        },
    }
}
