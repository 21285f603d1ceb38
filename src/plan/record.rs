//! What a plan says, key by key, without its form: for those who write it in another one.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::raw::{RawFlow, RawPlan};
use super::{PlanText, score::ScoreRow};
use crate::diag::{Errors, Findings, SourceFile};
use crate::document::{Given, Span};
use crate::model::{Date, Eur, Points, Region, Word, decimal_from_text};
use crate::rates::{CountryNames, EnvelopeRow};
use crate::sheet::CellValue;

/// A plan as it is written, read but not understood. Keys stand in the order of the manual.
#[derive(Debug)]
pub struct PlanRecord {
    /// Its text.
    pub file: Arc<SourceFile>,
    /// `call`
    pub top: Vec<RecordedKey>,
    /// The keys of the project.
    pub project: Vec<RecordedKey>,
    /// The flows.
    pub flows: Vec<RecordedRow>,
    /// The envelopes.
    pub envelopes: Vec<RecordedRow>,
    /// The scores.
    pub scores: Vec<RecordedRow>,
}

/// A flow, an envelope or a score.
#[derive(Clone, Debug)]
pub struct RecordedRow {
    /// Where it begins.
    pub span: Span,
    /// Its keys.
    pub keys: Vec<RecordedKey>,
    /// What stands in columns of the user's own, in a sheet.
    pub own: Vec<OwnCell>,
}

/// A cell in a column of the user's own, such as `x_budget line`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCell {
    /// The column's heading.
    pub heading: Arc<str>,
    /// What stands in it: a number or a text.
    pub value: RecordedValue,
}

impl OwnCell {
    /// A cell below a heading.
    pub(super) fn of(heading: &Arc<str>, value: &CellValue) -> Self {
        let number = match value {
            CellValue::Number(number) => decimal_from_text(number),
            _ => None,
        };
        let text = || RecordedValue::Text(value.text().to_owned());
        Self {
            heading: Arc::clone(heading),
            value: number.map_or_else(text, RecordedValue::Number),
        }
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct RecordedKey {
    /// The key.
    pub key: &'static str,
    /// The value.
    pub value: RecordedValue,
    /// Where the value stands.
    pub span: Span,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedValue {
    /// Free text; a band.
    Text(String),
    /// A country by its code, or as it is written.
    Country(String),
    /// A term of the field: `incoming`.
    Word(&'static str),
    /// A number, in its own digits.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
}

impl PlanText {
    /// What the plan says. Countries by name have their codes where `names` knows them.
    ///
    /// # Errors
    ///
    /// What is wrong with its form. Whether it makes sense for a call is not looked at.
    pub fn record(&self, names: &CountryNames) -> Result<PlanRecord, Errors> {
        let findings = Findings::default();
        let root = self.tree(&self.file, Some(names), &findings);
        let raw = root.as_ref().and_then(|root| RawPlan::read(root, &self.file, &findings));
        match raw {
            Some(raw) if findings.is_empty() => {
                let mut record = PlanRecord::of(&raw);
                if let Some(sheets) = self.sheets() {
                    record.add_own(sheets.own_cells());
                }
                Ok(record)
            }
            _ => Err(findings.into_errors()),
        }
    }
}

impl PlanRecord {
    fn of(raw: &RawPlan<'_>) -> Self {
        let project = &raw.project;
        let row = |span: &Span, keys| RecordedRow { span: span.clone(), keys, own: Vec::new() };
        Self {
            file: Arc::clone(&raw.file),
            top: Keys::default().add("call", &raw.call).0,
            project: Keys::default()
                .add("applicant", &project.applicant)
                .country(&project.country)
                .add("city", &project.city)
                .add("months", &project.months)
                .0,
            flows: raw.flows.iter().map(|flow| row(&flow.span, flow_keys(flow))).collect(),
            envelopes: raw.envelopes.iter().map(|row_| row(&row_.span, envelope(row_))).collect(),
            scores: raw.scores.iter().map(|row_| row(&row_.span, score(row_))).collect(),
        }
    }
}

impl PlanRecord {
    /// The headings of columns of the user's own, in their order.
    pub fn own_columns(&self) -> Vec<Arc<str>> {
        let rows = [&self.flows, &self.envelopes, &self.scores];
        own_columns(rows.into_iter().flatten())
    }

    /// Puts cells into the rows that they stand in: those of flows, envelopes and scores.
    fn add_own(&mut self, cells: [Vec<&[OwnCell]>; 3]) {
        let lists = [&mut self.flows, &mut self.envelopes, &mut self.scores];
        for (rows, cells) in lists.into_iter().zip(cells) {
            rows.iter_mut().zip(cells).for_each(|(row, cells)| row.own = cells.to_vec());
        }
    }
}

/// The headings of the user's own columns in these rows, in their order.
pub fn own_columns<'r>(rows: impl IntoIterator<Item = &'r RecordedRow>) -> Vec<Arc<str>> {
    let mut headings: Vec<Arc<str>> = Vec::new();
    for cell in rows.into_iter().flat_map(|row| &row.own) {
        if !headings.contains(&cell.heading) {
            headings.push(Arc::clone(&cell.heading));
        }
    }
    headings
}

fn flow_keys(flow: &RawFlow<'_>) -> Vec<RecordedKey> {
    Keys::default()
        .add("id", &flow.id)
        .add("partner", &flow.partner)
        .add("oid", &flow.oid)
        .add("note", &flow.note)
        .country(&flow.country)
        .add("region", &flow.region)
        .add("city", &flow.city)
        .add("home_city", &flow.home_city)
        .word("direction", &flow.direction)
        .word("activity", &flow.activity)
        .word("term", &flow.term)
        .word("level", &flow.level)
        .add("blended", &flow.blended)
        .add("participants", &flow.participants)
        .add("fewer_opportunities", &flow.fewer_opportunities)
        .add("months", &flow.months)
        .add("days", &flow.days)
        .add("start", &flow.start)
        .add("end", &flow.end)
        .add("interruption_days", &flow.interruption_days)
        .add("unfunded_days", &flow.unfunded_days)
        .word("travel", &flow.travel)
        .add("travel_days", &flow.travel_days)
        .add("distance_km", &flow.distance_km)
        .add("band", &flow.band)
        .add("travel_cost", &flow.travel_cost)
        .add("inclusion_support", &flow.inclusion_support)
        .add("zero_grant", &flow.zero_grant)
        .add("from_enterprise", &flow.from_enterprise)
        .add("restriction_checked", &flow.restriction_checked)
        .0
}

fn envelope(row: &EnvelopeRow) -> Vec<RecordedKey> {
    Keys::default()
        .add("region", &row.region)
        .add("amount", &row.amount)
        .word("kind", &row.owner.kind)
        .country(&row.owner.country)
        .add("call", &row.owner.call)
        .0
}

fn score(row: &ScoreRow) -> Vec<RecordedKey> {
    let keys = Keys::default().add("region", &row.region);
    row.marks.iter().fold(keys, |keys, (criterion, mark)| keys.add(criterion.as_str(), mark)).0
}

/// Keys as they are added.
#[derive(Default)]
struct Keys(Vec<RecordedKey>);

impl Keys {
    fn add<T: Clone + Into<RecordedValue>>(self, key: &'static str, given: &Given<T>) -> Self {
        self.with(key, given, |value| value.clone().into())
    }

    fn country(self, given: &Given<impl AsRef<str>>) -> Self {
        self.with("country", given, |text| RecordedValue::Country(text.as_ref().to_owned()))
    }

    fn word<T: Word>(self, key: &'static str, given: &Given<T>) -> Self {
        self.with(key, given, |word| RecordedValue::Word(word.as_str()))
    }

    fn with<T>(
        mut self,
        key: &'static str,
        given: &Given<T>,
        value: impl Fn(&T) -> RecordedValue,
    ) -> Self {
        // Nothing is at fault in what is recorded.
        if let Some(located) = given.located() {
            let (value, span) = (value(&located.value), located.span.clone());
            self.0.push(RecordedKey { key, value, span });
        }
        self
    }
}

impl From<&str> for RecordedValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for RecordedValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Region> for RecordedValue {
    fn from(region: Region) -> Self {
        Self::Number(region.number().into())
    }
}

impl From<Decimal> for RecordedValue {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<Eur> for RecordedValue {
    fn from(amount: Eur) -> Self {
        Self::Number(amount.short())
    }
}

impl From<Points> for RecordedValue {
    fn from(points: Points) -> Self {
        Self::Number(points.as_decimal())
    }
}

impl From<bool> for RecordedValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Date> for RecordedValue {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}
