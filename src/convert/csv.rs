//! Plans in CSV.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};

use crate::error::Error;
use crate::form::{FLOW, columns, of, own, text_of, value};
use crate::plan::{PlanRecord, RecordedRow, RecordedValue, own_columns};
use crate::sheet::guarded;

/// A plan in CSV, with a row for each flow. What it says as a whole stands in each row; envelopes and scores
/// stand beside the flows.
///
/// # Errors
///
/// What the writer says; into memory, nothing is known.
pub(super) fn render(record: &PlanRecord, is_excel_eu: bool) -> Result<Vec<u8>, Error> {
    let (mark, delimiter) = if is_excel_eu { ("\u{feff}", b';') } else { ("", b',') };
    let mut builder = WriterBuilder::new();
    builder.delimiter(delimiter).terminator(Terminator::CRLF);
    let mut writer = builder.from_writer(mark.as_bytes().to_vec());
    let failed = |error: csv::Error| Error::Write(error.into());
    let columns = all_columns(record, is_excel_eu);
    writer.write_record(columns.iter().map(|column| &*column.heading)).map_err(failed)?;
    let rows = record.flows.len().max(record.envelopes.len()).max(record.scores.len());
    for row in 0..rows {
        writer.write_record(columns.iter().map(|column| (column.cell)(row))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Write(error.into_error()))
}

/// A column: its heading, and what it has in each row, counted from 0.
struct Column<'r> {
    heading: Cow<'r, str>,
    cell: Box<dyn Fn(usize) -> String + 'r>,
}

impl<'r> Column<'r> {
    /// A key of a list.
    fn of_list(
        rows: &'r [RecordedRow],
        heading: &'static str,
        key: &'static str,
        is_excel_eu: bool,
    ) -> Self {
        let cell = move |row: usize| {
            let value = rows.get(row).and_then(|row| value(row, key));
            value.map(|value| written(value, is_excel_eu)).unwrap_or_default()
        };
        Self { heading: heading.into(), cell: Box::new(cell) }
    }

    /// What the plan says as a whole, in each of so many rows.
    fn of_plan(heading: &'static str, text: String, rows: usize) -> Self {
        let cell = move |row| if row < rows { text.clone() } else { String::new() };
        Self { heading: heading.into(), cell: Box::new(cell) }
    }

    /// A column of the user's own.
    fn own(flows: &'r [RecordedRow], heading: Arc<str>) -> Self {
        let shown = guarded(&heading).into_owned().into();
        let cell = move |row: usize| {
            let value = flows.get(row).and_then(|flow| own(flow, &heading));
            value.map(written_own).unwrap_or_default()
        };
        Self { heading: shown, cell: Box::new(cell) }
    }
}

fn all_columns(record: &PlanRecord, is_excel_eu: bool) -> Vec<Column<'_>> {
    let flows = &record.flows;
    let of_flows = columns(flows, FLOW).into_iter();
    let mut all: Vec<Column<'_>> =
        of_flows.map(|key| Column::of_list(flows, key, key, is_excel_eu)).collect();
    for (heading, key) in OF_PLAN {
        let keys = if key == "call" { &record.top } else { &record.project };
        if let Some(value) = of(keys, key) {
            all.push(Column::of_plan(heading, written(value, is_excel_eu), flows.len()));
        }
    }
    for (rows, headings) in [(&record.envelopes, &ENVELOPE[..]), (&record.scores, &SCORE)] {
        for (heading, key) in headings {
            if rows.iter().any(|row| value(row, key).is_some()) {
                all.push(Column::of_list(rows, heading, key, is_excel_eu));
            }
        }
    }
    all.extend(own_columns(flows).into_iter().map(|heading| Column::own(flows, heading)));
    all
}

fn written(value: &RecordedValue, is_excel_eu: bool) -> String {
    match value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => guarded(text).into_owned(),
        RecordedValue::Number(_) if is_excel_eu => text_of(value).replace('.', ","),
        _ => text_of(value).into_owned(),
    }
}

/// What stands in a column of the user's own, as it is.
fn written_own(value: &RecordedValue) -> String {
    match value {
        RecordedValue::Number(number) => number.to_string(),
        other => guarded(&text_of(other)).into_owned(),
    }
}

/// Columns of envelopes and of scores, with their keys.
const ENVELOPE: [(&str, &str); 5] = [
    ("envelope_region", "region"),
    ("envelope_amount", "amount"),
    ("envelope_kind", "kind"),
    ("envelope_country", "country"),
    ("envelope_call", "call"),
];
const SCORE: [(&str, &str); 4] = [
    ("score_region", "region"),
    ("score_design", "design"),
    ("score_relevance", "relevance"),
    ("score_impact", "impact"),
];

/// Columns that say the same in each row, with their keys at the top of the plan or in its project.
const OF_PLAN: [(&str, &str); 5] = [
    ("call", "call"),
    ("applicant", "applicant"),
    ("applicant_country", "country"),
    ("project_city", "city"),
    ("project_months", "months"),
];
