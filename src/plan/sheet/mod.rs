//! Plans in sheets: CSV files and workbooks, with a row for each flow.
//!
//! A sheet becomes the same tree that TOML and JSON become, so that everything behind it is the same. A row
//! of headings names the columns; rows above it are titles.

mod batch;
mod dates;
mod heading_row;
mod headings;
mod kinds;
mod names;
mod numbers;
mod project;
mod rows;
mod text;
mod values;

pub(super) use batch::Batches;
pub(super) use names::is_wanted;
pub use numbers::DecimalMark;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Diagnostic, Findings, Place, SourceFile};
use crate::document::{Entry, Node, Span, Value};
use crate::plan::record::OwnCell;
use crate::rates::CountryNames;
use crate::sheet::Sheet;
use headings::{ENVELOPES, FLOW, OF_APPLICANT, PROJECT, SCORES};
use names::{ENVELOPES_SHEET, FLOWS, PROJECT_SHEET, SCORES_SHEET, no_flows, refuse_misnamed};
use project::project_of;
use rows::{Table, disagreement, is_comment, table};
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

/// A plan in sheets, before its countries are looked up.
#[derive(Clone, Debug, Default)]
pub struct SheetPlan {
    /// `call`, `format_version`, `action`.
    top: Vec<SheetEntry>,
    project: Vec<SheetEntry>,
    flows: Vec<SheetRow>,
    envelopes: Vec<SheetRow>,
    scores: Vec<SheetRow>,
    /// Countries that must be the same and are written differently.
    countries: Vec<(Span, Span)>,
    faults: Faults,
    /// Whether rows are comments.
    has_comments: bool,
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
    pub own: Vec<OwnCell>,
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
        let mut rows = sheets.iter().flat_map(|sheet| &sheet.rows);
        let mut plan = Self { has_comments: rows.any(is_comment), ..Self::default() };
        if let Some(sheet) = named(PROJECT_SHEET).filter(|_| only.is_none()) {
            plan.add_project(project_of(sheet, &PROJECT, mark, &mut text), &mut text);
        }
        let flows = named(FLOWS).or(only);
        if let Some(sheet) = flows {
            plan.add_flows(sheet, mark, &mut text);
        }
        let mut list = |name, known: &[_]| {
            let sheet = named(name).filter(|_| only.is_none());
            sheet
                .and_then(|sheet| table(sheet, known, mark, &mut text))
                .map_or(Vec::new(), |t| t.rows)
        };
        plan.envelopes.extend(list(ENVELOPES_SHEET, &ENVELOPES));
        plan.scores.extend(list(SCORES_SHEET, &SCORES));
        let has_misnamed = only.is_none() && refuse_misnamed(sheets, &mut text);
        if flows.is_none() && !has_misnamed {
            no_flows(sheets, &mut text);
        }
        let (file, faults) = text.done(path);
        plan.faults = faults;
        (file, plan)
    }

    fn add_flows(&mut self, sheet: &Sheet, mark: Option<DecimalMark>, text: &mut SheetText) {
        let before = text.faults();
        if let Some(table) = table(sheet, &headings::of_flows(), mark, text) {
            self.add_table(table, text);
        }
        self.has_faulty_flows = text.faults() > before;
    }

    fn add_table(&mut self, table: Table, text: &mut SheetText) {
        let Table { mut rows, envelopes, scores, of_plan, countries } = table;
        self.envelopes.extend(envelopes);
        self.scores.extend(scores);
        self.add_project(of_plan, text);
        self.has_table = true;
        rows.retain(|row| !row.entries.is_empty());
        self.flows = rows;
        self.countries.extend(countries);
    }

    /// Sorts keys of the plan as a whole into those at its top and those of its project. What the sheet
    /// `Project` has said must be the same.
    fn add_project(&mut self, entries: Vec<SheetEntry>, text: &mut SheetText) {
        for entry in entries {
            let (part, key) = match entry.key {
                "call" | "format_version" | "action" => (&mut self.top, entry.key),
                headings::APPLICANT_COUNTRY => (&mut self.project, "country"),
                headings::PROJECT_CITY => (&mut self.project, "city"),
                headings::PROJECT_MONTHS => (&mut self.project, "months"),
                key => (&mut self.project, key),
            };
            let Some(first) = part.iter().find(|first| first.key == key) else {
                part.push(SheetEntry { key, ..entry });
                continue;
            };
            let first = first.span.clone();
            match entry.value {
                _ if text.is_same(&first, &entry.span) => {}
                SheetValue::Faulty => {}
                SheetValue::Country => self.countries.push((first, entry.span)),
                _ => {
                    let (code, message, help) = disagreement(entry.key, "in the sheet `Project`");
                    text.fault_with(code, entry.span, message, help, (first, "there"));
                }
            }
        }
    }

    /// Adds what is wrong with the cells themselves. `names` are those of countries.
    pub fn report_faults(
        &self,
        file: &Arc<SourceFile>,
        names: Option<&CountryNames>,
        findings: &Findings,
    ) {
        self.faults.report(findings);
        let country = |span: &Span| {
            let text = file.text().get(span.clone()).unwrap_or_default();
            names.and_then(|names| names.find(text))
        };
        for (first, other) in &self.countries {
            if country(first).is_some_and(|first| country(other) == Some(first)) {
                continue;
            }
            let place = |span: &Span| Place { file: Arc::clone(file), span: span.clone() };
            let (code, message, help) = disagreement(headings::APPLICANT_COUNTRY, "before");
            let fault = Diagnostic::error(code, place(other), message);
            findings.push(fault.related(place(first), "first here").help(help));
        }
    }

    /// Whether rows are comments.
    pub fn has_comments(&self) -> bool {
        self.has_comments
    }

    /// What stands in the user's own columns, for each flow, envelope and score.
    pub fn own_cells(&self) -> [Vec<&[OwnCell]>; 3] {
        [&self.flows, &self.envelopes, &self.scores]
            .map(|rows| rows.iter().map(|row| row.own.as_slice()).collect())
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
