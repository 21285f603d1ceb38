//! What-if: keys of a plan set from outside, put into its tree before anything reads it, so that they
//! are checked like the file itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::Overrides;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, listed, nearest, one_of, quoted};
use crate::document::{Entry, Node, Span, Value, scalar};
use crate::model::{Setting, WhatIf};

/// What findings call the argument.
const ARGUMENT: &str = "--set";
const LISTS_BY_REGION: [&str; 2] = ["envelope", "score"];
const FORMS: &str =
    "write `call`, `project.KEY`, `flow.ID.KEY`, `envelope.REGION.KEY` or `score.REGION.KEY`";

/// The plan's file with the arguments, a line for each, so that findings can point into them.
pub(super) fn attached(file: &Arc<SourceFile>, what_if: &WhatIf) -> Arc<SourceFile> {
    match what_if.set.as_slice() {
        [] => Arc::clone(file),
        set => {
            let lines: Vec<String> = set.iter().map(Setting::text).collect();
            file.with(SourceFile::new(ARGUMENT, lines.join("\n")))
        }
    }
}

/// Sets the keys in the plan's tree. `file` has the arguments.
pub(super) fn apply<'a>(
    root: &mut Node<'a>,
    file: &'a Arc<SourceFile>,
    overrides: &Overrides,
    findings: &Findings,
) {
    let Some(arguments) = file.stand_in().map(|file| file.text()) else { return };
    let Value::Table(plan) = &mut root.value else { return };
    // Ids are those of the file, whatever is set.
    let ids = ids(plan);
    let mut seen: HashMap<&str, Part<'_>> = HashMap::new();
    let mut at = 0;
    for setting in &overrides.what_if.set {
        let part = |from: usize, length: usize| {
            let text = arguments.get(from..from + length).unwrap_or_default();
            Part { text, start: file.own_end() + from }.trimmed()
        };
        let path = part(at, setting.path().len());
        let value = part(at + setting.path().len() + "=".len(), setting.value().len());
        let setter = Setter { file, overrides, findings, ids: &ids, path, value };
        if let Some(first) = seen.get(path.text) {
            setter.doubled(*first);
        }
        setter.set(plan);
        seen.entry(path.text).or_insert(path);
        at += setting.text().len() + "\n".len();
    }
}

/// The flows' ids, given or by position.
fn ids(plan: &[Entry<'_>]) -> Vec<String> {
    let flows = plan.iter().find(|entry| entry.key == "flow").map(|entry| &entry.node.value);
    let Some(Value::List(flows)) = flows else { return Vec::new() };
    let id = |(index, flow): (usize, &Node<'_>)| {
        let Value::Table(keys) = &flow.value else { return String::new() };
        match keys.iter().find(|entry| entry.key == "id").map(|entry| &entry.node.value) {
            Some(Value::Text(id)) => id.to_string(),
            _ => format!("flow-{}", index + 1),
        }
    };
    flows.iter().enumerate().map(id).collect()
}

/// A part of an argument and the offset at which it begins.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Part<'a> {
    fn trimmed(self) -> Self {
        let text = self.text.trim_start();
        Self { text: text.trim_end(), start: self.start + self.text.len() - text.len() }
    }

    /// The parts around a point at this offset.
    fn around(self, point: usize) -> Option<(Self, Self)> {
        let (before, after) = (self.text.get(..point)?, self.text.get(point + 1..)?);
        Some((Self { text: before, ..self }, Self { text: after, start: self.start + point + 1 }))
    }

    fn span(self) -> Span {
        self.start..self.start + self.text.len()
    }
}

/// One argument.
struct Setter<'s, 'a> {
    file: &'a Arc<SourceFile>,
    overrides: &'s Overrides,
    findings: &'s Findings,
    ids: &'s [String],
    path: Part<'a>,
    value: Part<'a>,
}

impl<'a> Setter<'_, 'a> {
    fn set(&self, plan: &mut Vec<Entry<'a>>) {
        let section = self.path.text.find('.').and_then(|point| self.path.around(point));
        match section {
            None if is_section(self.path.text) => self.no_such_path(),
            None => self.put(plan, self.path, "the plan"),
            Some((Part { text: "project", .. }, key)) => {
                if let Some(keys) = self.project(plan) {
                    self.put(keys, key, "the project");
                }
            }
            Some((list, rest)) => {
                let row = rest.text.rfind('.').and_then(|point| rest.around(point));
                match (list.text, row) {
                    ("flow", Some((id, key))) => {
                        if let Some(keys) = self.flow(plan, id) {
                            self.put(keys, key, "the flow");
                        }
                    }
                    (name, Some((region, key))) if LISTS_BY_REGION.contains(&name) => {
                        if let Some(keys) = self.row(plan, list, region) {
                            self.put(keys, key, "it");
                        }
                    }
                    _ => self.no_such_path(),
                }
            }
        }
    }

    /// Gives a key its value, or takes it out.
    fn put(&self, keys: &mut Vec<Entry<'a>>, key: Part<'a>, what: &str) {
        if self.is_said_elsewhere() {
            return;
        }
        let at = keys.iter().position(|entry| entry.key == key.text);
        if self.value.text.is_empty() {
            match at {
                Some(at) => drop(keys.remove(at)),
                None => self.nothing_to_take_out(keys, key, what),
            }
            return;
        }
        let Some(value) = scalar(self.value.text) else {
            let message = format!("{} is no text in quotes", quoted(self.value.text));
            let help = "close the quotation marks, or leave them out: what is no number, date, `true` or `false` is a text as it stands";
            let finding = Diagnostic::error(Code::Syntax, self.place(self.value), message);
            self.findings.push(finding.help(help));
            return;
        };
        let node = Node { span: self.value.span(), value };
        let entry = Entry { key: key.text.into(), key_span: key.span(), node };
        match at.and_then(|at| keys.get_mut(at)) {
            Some(old) => *old = entry,
            None => keys.push(entry),
        }
    }

    /// The keys of `project`, which is added where the file has none.
    fn project<'p>(&self, plan: &'p mut Vec<Entry<'a>>) -> Option<&'p mut Vec<Entry<'a>>> {
        let name = Part { text: "project", ..self.path };
        let value = Value::Table(Vec::new());
        match &mut self.entry(plan, name, value)?.node.value {
            Value::Table(keys) => Some(keys),
            // What is wrong with it is said where it is read.
            _ => None,
        }
    }

    fn flow<'p>(&self, plan: &'p mut [Entry<'a>], id: Part<'a>) -> Option<&'p mut Vec<Entry<'a>>> {
        let Some(at) = self.ids.iter().position(|known| known == id.text) else {
            let message = format!("the plan has no flow {}", quoted(id.text));
            let help = match nearest(id.text, self.ids.iter().map(String::as_str)) {
                Some(near) => format!("the nearest is {}", quoted(near)),
                None => format!(
                    "its flows are {}; one without an `id` is called by its position",
                    shown(self.ids)
                ),
            };
            let finding = Diagnostic::error(Code::UnknownFlow, self.place(id), message);
            self.findings.push(finding.help(help));
            return None;
        };
        let list = plan.iter_mut().find(|entry| entry.key == "flow")?;
        let Value::List(flows) = &mut list.node.value else { return None };
        match &mut flows.get_mut(at)?.value {
            Value::Table(keys) => Some(keys),
            _ => None,
        }
    }

    /// The keys of a region's row, which is added where the file has none.
    fn row<'p>(
        &self,
        plan: &'p mut Vec<Entry<'a>>,
        list: Part<'a>,
        region: Part<'a>,
    ) -> Option<&'p mut Vec<Entry<'a>>> {
        let entry = self.entry(plan, list, Value::List(Vec::new()))?;
        let Value::List(rows) = &mut entry.node.value else { return None };
        let is_it = |row: &Node<'_>| match &row.value {
            Value::Table(keys) => {
                let number = keys.iter().find(|entry| entry.key == "region");
                matches!(number.map(|entry| &entry.node.value), Some(Value::Number(number)) if *number == region.text)
            }
            _ => false,
        };
        let at = rows.iter().position(is_it);
        if at.is_none() {
            let span = region.span();
            let number = Node { span: span.clone(), value: Value::Number(region.text) };
            let number = Entry { key: "region".into(), key_span: span.clone(), node: number };
            rows.push(Node { span, value: Value::Table(vec![number]) });
        }
        let row = match at {
            Some(at) => rows.get_mut(at),
            None => rows.last_mut(),
        };
        match &mut row?.value {
            Value::Table(keys) => Some(keys),
            _ => None,
        }
    }

    /// An entry of the plan, which is added with this value where the file has none.
    fn entry<'p>(
        &self,
        plan: &'p mut Vec<Entry<'a>>,
        name: Part<'a>,
        value: Value<'a>,
    ) -> Option<&'p mut Entry<'a>> {
        if !plan.iter().any(|entry| entry.key == name.text) {
            let node = Node { span: name.span(), value };
            plan.push(Entry { key: name.text.into(), key_span: name.span(), node });
        }
        plan.iter_mut().find(|entry| entry.key == name.text)
    }

    /// Whether another option, which wins, says the same key.
    fn is_said_elsewhere(&self) -> bool {
        let overrides = self.overrides;
        let option = match self.path.text {
            "call" if overrides.call.is_some() => "--call",
            "project.country" if overrides.country.is_some() => "--country",
            "project.applicant" if overrides.applicant.is_some() => "--applicant",
            path if path.starts_with("envelope.") && overrides.envelopes.is_some() => "--envelope",
            _ => return false,
        };
        let message = format!("{} is what {option} says", quoted(self.path.text));
        let finding = Diagnostic::error(Code::KeyDoesNotApply, self.place(self.path), message);
        self.findings.push(finding.help(format!("keep {option} or --set, not both")));
        true
    }

    fn doubled(&self, first: Part<'_>) {
        let message = format!("{} is set a second time", quoted(self.path.text));
        let finding = Diagnostic::error(Code::DuplicateKey, self.place(self.path), message);
        let finding = finding.related(self.place(first), "first here");
        self.findings.push(finding.help("keep one of the two"));
    }

    fn nothing_to_take_out(&self, keys: &[Entry<'_>], key: Part<'a>, what: &str) {
        let message = format!("{what} has no key {} to take out", quoted(key.text));
        let help = match nearest(key.text, keys.iter().map(|entry| entry.key.as_ref())) {
            Some(near) => format!("the nearest key that it has is {}", quoted(near)),
            None => "a value stands behind the `=`; without one the key is taken out".to_owned(),
        };
        let finding = Diagnostic::error(Code::UnknownKey, self.place(key), message);
        self.findings.push(finding.help(help));
    }

    fn no_such_path(&self) {
        let message = format!("{} is no key of a plan", quoted(self.path.text));
        let first = self.path.text.split('.').next().unwrap_or_default();
        let near = nearest(first, SECTIONS).filter(|near| *near != first);
        let help = match near {
            Some(near) => format!("the nearest beginning is {}; {FORMS}", one_of([near])),
            None => FORMS.to_owned(),
        };
        let finding = Diagnostic::error(Code::UnknownKey, self.place(self.path), message);
        self.findings.push(finding.help(help));
    }

    fn place(&self, part: Part<'_>) -> Place {
        Place { file: Arc::clone(self.file), span: part.span() }
    }
}

/// Beyond so many ids a list helps nobody.
const MOST_IDS: usize = 8;

fn shown(ids: &[String]) -> String {
    let mut shown: Vec<String> = ids.iter().take(MOST_IDS).map(|id| quoted(id)).collect();
    if ids.len() > MOST_IDS {
        shown.push(format!("{} more", ids.len() - MOST_IDS));
    }
    listed(&shown, "and")
}

const SECTIONS: [&str; 5] = ["call", "project", "flow", "envelope", "score"];

/// Whether the word names a part of the plan that has keys of its own.
fn is_section(word: &str) -> bool {
    word == "project" || word == "flow" || LISTS_BY_REGION.contains(&word)
}
