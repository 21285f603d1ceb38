//! Whether a plan that was written is the one that was read.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Errors, Findings, Place, quoted};
use crate::document::Span;
use crate::error::Refusal;
use crate::plan::{PlanRecord, RecordedKey, RecordedRow, RecordedValue};
use crate::rates::CountryNames;

/// Compares a plan with what was read again.
///
/// # Errors
///
/// Each value that the other form does not keep.
pub(super) fn check(
    record: &PlanRecord,
    again: Result<PlanRecord, Errors>,
    names: &CountryNames,
    has_own_columns: bool,
) -> Result<(), Refusal> {
    let findings = Findings::default();
    let lost = Lost { record, names, has_own_columns, findings: &findings };
    match again {
        Ok(again) => lost.compare(&again),
        Err(errors) => errors.list.iter().for_each(|error| lost.unreadable(error)),
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.into_errors().into()) }
}

struct Lost<'l> {
    record: &'l PlanRecord,
    names: &'l CountryNames,
    /// Whether the other form has room for columns of the user's own.
    has_own_columns: bool,
    findings: &'l Findings,
}

impl Lost<'_> {
    fn compare(&self, again: &PlanRecord) {
        let one = self.record;
        self.keys(&(0..0), &one.top, &again.top);
        self.keys(&(0..0), &one.project, &again.project);
        self.rows(&one.flows, &again.flows);
        self.rows(&one.envelopes, &again.envelopes);
        self.rows(&one.scores, &again.scores);
    }

    fn rows(&self, rows: &[RecordedRow], again: &[RecordedRow]) {
        if rows.len() != again.len() {
            let span = rows.first().map_or(0..0, |row| row.span.clone());
            let message = format!("the other form keeps {} of {}", again.len(), rows.len());
            self.report(span, message);
            return;
        }
        for (row, again) in rows.iter().zip(again) {
            self.keys(&row.span, &row.keys, &again.keys);
            if self.has_own_columns {
                self.own(row, again);
            }
        }
    }

    /// Columns of the user's own keep what people see: a number may have become a text.
    fn own(&self, row: &RecordedRow, again: &RecordedRow) {
        for cell in &row.own {
            let kept = again.own.iter().find(|other| other.heading == cell.heading);
            if kept.is_some_and(|kept| seen(&kept.value) == seen(&cell.value)) {
                continue;
            }
            let (heading, text) = (quoted(&cell.heading), quoted(&seen(&cell.value)));
            let message = format!("{heading}: the other form does not keep {text}");
            self.report(row.span.clone(), message);
        }
    }

    fn keys(&self, whole: &Span, keys: &[RecordedKey], again: &[RecordedKey]) {
        for key in keys {
            let kept = again.iter().find(|other| other.key == key.key).map(|kept| &kept.value);
            if kept.is_some_and(|kept| self.is_same(kept, &key.value)) {
                continue;
            }
            let becomes = match kept {
                Some(kept) => format!("it would become {}", shown(kept)),
                None => "it would be lost".to_owned(),
            };
            let message = format!(
                "`{}`: the other form does not keep {}: {becomes}",
                key.key,
                shown(&key.value)
            );
            self.report(key.span.clone(), message);
        }
        let is_new = |other: &&RecordedKey| keys.iter().all(|key| key.key != other.key);
        if let Some(new) = again.iter().find(is_new) {
            self.report(whole.clone(), format!("the other form would add `{}`", new.key));
        }
    }

    /// Numbers are the same digit by digit: a result shows kilometres as they are stated. A country has more
    /// than one code: `EL` is `GR`.
    fn is_same(&self, one: &RecordedValue, other: &RecordedValue) -> bool {
        match (one, other) {
            (RecordedValue::Number(one), RecordedValue::Number(other)) => {
                one.to_string() == other.to_string()
            }
            (RecordedValue::Country(one), RecordedValue::Country(other)) => {
                one == other
                    || self.names.find(one).is_some_and(|code| self.names.find(other) == Some(code))
            }
            _ => one == other,
        }
    }

    /// Something that could not be read again. In a sheet each flow has a row, below that of the headings.
    fn unreadable(&self, error: &Diagnostic) {
        let cell = error.place.as_ref().and_then(Place::cell);
        let row = cell.and_then(|cell| usize::try_from(cell.row).ok()?.checked_sub(2));
        let flow = row.and_then(|row| self.record.flows.get(row));
        let span = flow.map_or(0..0, |flow| flow.span.clone());
        self.report(span, format!("the other form does not keep this: {}", error.message));
    }

    fn report(&self, span: Span, message: String) {
        let place = Place { file: Arc::clone(&self.record.file), span };
        let help = "sheets keep no blanks around a text, no empty text and no error of a formula as a text: change it, or convert to .toml or .json";
        self.findings.push(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help));
    }
}

fn shown(value: &RecordedValue) -> String {
    match value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => quoted(text),
        other => crate::form::text_of(other).into_owned(),
    }
}

fn seen(value: &RecordedValue) -> String {
    match value {
        RecordedValue::Number(number) => number.to_string(),
        other => crate::form::text_of(other).into_owned(),
    }
}
