//! Plans in sheets: CSV files and workbooks, with a row for each flow.
//!
//! A sheet becomes the same tree that TOML and JSON become, so that everything behind it is the same. A row
//! of headings names the columns; rows above it are titles.

mod batch;
mod dates;
mod headings;
mod kinds;
mod numbers;
mod rows;
mod text;
mod values;

pub(super) use batch::Batches;
pub use numbers::DecimalMark;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Code, Findings, SourceFile};
use crate::document::{Entry, Node, Span, Value};
use crate::rates::CountryNames;
use crate::sheet::Sheet;
use headings::{ENVELOPES, FLOW, OF_APPLICANT, PROJECT, SCORES};
use rows::{Table, project_of, table};
use text::{Faults, SheetText};

/// The columns that a sheet of flows may have, by their keys.
pub fn columns() -> impl Iterator<Item = &'static str> {
    FLOW.iter().chain([&OF_APPLICANT]).map(|heading| heading.key)
}

/// How many cells of a row are headings of flows.
pub(super) fn headings_in(row: &crate::sheet::Row) -> usize {
    let is_heading = |text: &str| headings::find(text, &FLOW).is_some();
    row.cells.iter().filter(|cell| is_heading(cell.value.text())).count()
}

/// Whether a workbook's sheet is read; a workbook with one sheet has its flows there.
pub(super) fn is_wanted(name: &str, sheets: usize) -> bool {
    sheets == 1
        || [FLOWS, PROJECT_SHEET, ENVELOPES_SHEET, SCORES_SHEET].contains(&&*headings::folded(name))
}

const FLOWS: &str = "flows";
const PROJECT_SHEET: &str = "project";
const ENVELOPES_SHEET: &str = "envelopes";
const SCORES_SHEET: &str = "scores";

/// A plan in sheets, before its countries are looked up.
#[derive(Clone, Debug, Default)]
pub struct SheetPlan {
    /// `call`, `format_version`, `action`.
    top: Vec<SheetEntry>,
    project: Vec<SheetEntry>,
    flows: Vec<SheetRow>,
    envelopes: Vec<SheetRow>,
    scores: Vec<SheetRow>,
    /// The headings of the user's own columns of flows.
    own: Vec<Arc<str>>,
    faults: Faults,
    /// Whether there is a sheet of flows with headings: without one, nothing else can be said.
    has_table: bool,
    /// Whether rows of flows are at fault: what they should be is not known.
    has_faulty_flows: bool,
}

/// A row of a sheet as a table of keys.
#[derive(Clone, Debug)]
pub(super) struct SheetRow {
    pub span: Span,
    pub entries: Vec<SheetEntry>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct SheetEntry {
    pub key: &'static str,
    pub span: Span,
    pub value: SheetValue,
}

/// A value in the text of the sheet, or beside it.
#[derive(Clone, Debug)]
pub(super) enum SheetValue {
    /// What stands there.
    Text,
    /// A word that is meant by what stands there.
    Word(String),
    /// A country by code or name.
    Country,
    /// A number that stands there.
    Number,
    /// Yes or no.
    Boolean(bool),
    /// A fault that has been reported.
    Faulty,
}

impl SheetPlan {
    /// Reads the sheets of a file.
    pub fn read(
        path: &str,
        sheets: &[Sheet],
        mark: Option<DecimalMark>,
    ) -> (Arc<SourceFile>, Self) {
        let mut text = SheetText::default();
        let named = |name: &str| {
            sheets.iter().find(|sheet| {
                sheet.name.as_ref().is_some_and(|other| headings::folded(other) == name)
            })
        };
        let only = match sheets {
            [only] => Some(only),
            _ => None,
        };
        let mut plan = Self::default();
        if let Some(sheet) = named(PROJECT_SHEET).filter(|_| only.is_none()) {
            plan.add_project(project_of(sheet, &PROJECT, mark, &mut text));
        }
        match named(FLOWS).or(only) {
            Some(sheet) => plan.add_flows(sheet, mark, &mut text),
            None => no_flows(sheets, &mut text),
        }
        let mut list = |name, known: &[_]| {
            let sheet = named(name).filter(|_| only.is_none());
            sheet
                .and_then(|sheet| table(sheet, known, mark, &mut text))
                .map_or(Vec::new(), |t| t.rows)
        };
        plan.envelopes = list(ENVELOPES_SHEET, &ENVELOPES);
        plan.scores = list(SCORES_SHEET, &SCORES);
        let (file, faults) = text.done(path);
        plan.faults = faults;
        (file, plan)
    }

    fn add_flows(&mut self, sheet: &Sheet, mark: Option<DecimalMark>, text: &mut SheetText) {
        let mut known = FLOW.to_vec();
        known.push(OF_APPLICANT);
        let before = text.faults();
        if let Some(table) = table(sheet, &known, mark, text) {
            self.add_table(table);
        }
        self.has_faulty_flows = text.faults() > before;
    }

    fn add_table(&mut self, Table { mut rows, of_plan, own }: Table) {
        // What a sheet `Project` says as well must be the same, which the reader of keys finds.
        self.add_project(of_plan);
        self.has_table = true;
        rows.retain(|row| !row.entries.is_empty());
        self.flows = rows;
        self.own = own;
    }

    /// Sorts keys of the plan as a whole into those at its top and those of its project.
    fn add_project(&mut self, entries: Vec<SheetEntry>) {
        for entry in entries {
            let key = match entry.key {
                "call" | "format_version" | "action" => {
                    self.top.push(entry);
                    continue;
                }
                headings::APPLICANT_COUNTRY => "country",
                headings::PROJECT_CITY => "city",
                headings::PROJECT_MONTHS => "months",
                key => key,
            };
            self.project.push(SheetEntry { key, ..entry });
        }
    }

    /// Adds what is wrong with the cells themselves.
    pub fn report_faults(&self, findings: &Findings) {
        self.faults.report(findings);
    }

    /// The headings of the user's own columns of flows.
    pub fn own_columns(&self) -> &[Arc<str>] {
        &self.own
    }

    /// The plan as a tree in the text of its sheets; `None` where there is no table of flows. `names` are
    /// those of countries.
    pub fn tree<'a>(
        &self,
        file: &'a Arc<SourceFile>,
        names: Option<&CountryNames>,
    ) -> Option<Node<'a>> {
        self.has_table.then_some(())?;
        let tree = Tree { file, names };
        let mut entries: Vec<Entry<'a>> = self.top.iter().map(|entry| tree.entry(entry)).collect();
        let project = self.project.iter().map(|entry| tree.entry(entry)).collect();
        let begin = self.project.first().map_or(0..0, |entry| entry.span.clone());
        entries.push(tree.part("project", begin, Value::Table(project)));
        let lists = [("flow", &self.flows), ("envelope", &self.envelopes), ("score", &self.scores)];
        for (key, rows) in lists {
            let list = match rows.is_empty() && key == "flow" && self.has_faulty_flows {
                // That there is no flow at all would be too much said.
                true => Value::Faulty,
                false => Value::List(rows.iter().map(|row| tree.row(row)).collect()),
            };
            entries.push(tree.part(key, 0..0, list));
        }
        Some(Node { span: 0..0, value: Value::Table(entries) })
    }

    /// Whether a row is a flow.
    pub fn has_flows(&self) -> bool {
        !self.flows.is_empty()
    }
}

struct Tree<'n, 'a> {
    file: &'a Arc<SourceFile>,
    names: Option<&'n CountryNames>,
}

impl<'a> Tree<'_, 'a> {
    fn row(&self, row: &SheetRow) -> Node<'a> {
        let entries = row.entries.iter().map(|entry| self.entry(entry)).collect();
        Node { span: row.span.clone(), value: Value::Table(entries) }
    }

    fn entry(&self, entry: &SheetEntry) -> Entry<'a> {
        let text = self.file.text().get(entry.span.clone()).unwrap_or_default();
        let value = match &entry.value {
            SheetValue::Text => Value::Text(Cow::Borrowed(text)),
            SheetValue::Word(word) => Value::Text(Cow::Owned(word.clone())),
            SheetValue::Country => {
                let found = self.names.and_then(|names| names.find(text));
                let code = found.map(|code| Cow::Owned(code.to_string()));
                Value::Text(code.unwrap_or(Cow::Borrowed(text)))
            }
            SheetValue::Number => Value::Number(text),
            SheetValue::Boolean(value) => Value::Boolean(*value),
            SheetValue::Faulty => Value::Faulty,
        };
        self.part(entry.key, entry.span.clone(), value)
    }

    fn part(&self, key: &'static str, span: Span, value: Value<'a>) -> Entry<'a> {
        Entry { key: key.into(), key_span: span.clone(), node: Node { span, value } }
    }
}

fn no_flows(sheets: &[Sheet], text: &mut SheetText) {
    let names: Vec<String> =
        sheets.iter().filter_map(|sheet| sheet.name.as_deref()).map(crate::diag::quoted).collect();
    let message = "the workbook has no sheet `Flows`".to_owned();
    let help = match names.is_empty() {
        true => "it has no sheet at all".to_owned(),
        false => format!(
            "name the sheet with the flows so; its sheets are {}",
            crate::diag::listed(&names, "and")
        ),
    };
    text.fault(Code::NoSheet, 0..0, message, help);
}
