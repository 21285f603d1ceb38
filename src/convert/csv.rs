//! Plans in CSV.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};

use crate::error::Error;
use crate::form::{FLOW, columns, of, own, text_of, value};
use crate::plan::{PlanRecord, RecordedValue, own_columns};
use crate::sheet::guarded;

/// A plan in CSV, with a row for each flow. What it says as a whole stands in each row.
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
    let written = |value: &RecordedValue| match value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => guarded(text).into_owned(),
        RecordedValue::Number(_) if is_excel_eu => text_of(value).replace('.', ","),
        _ => text_of(value).into_owned(),
    };
    let of_flows = columns(&record.flows, FLOW);
    let of_plan: Vec<(&str, String)> = OF_PLAN
        .iter()
        .filter_map(|(column, key)| {
            let keys = if *key == "call" { &record.top } else { &record.project };
            Some((*column, written(of(keys, key)?)))
        })
        .collect();
    let own_columns = own_columns(&record.flows);
    let headings = of_flows.iter().copied().chain(of_plan.iter().map(|(column, _)| *column));
    let headings = headings.map(Cow::Borrowed);
    let own_headings = own_columns.iter().map(|heading| guarded(heading));
    writer
        .write_record(headings.chain(own_headings).map(Cow::<str>::into_owned))
        .map_err(failed)?;
    for flow in &record.flows {
        let keys = of_flows.iter().map(|key| value(flow, key).map(written).unwrap_or_default());
        let shared = of_plan.iter().map(|(_, value)| value.clone());
        let of_own = |heading: &Arc<str>| own(flow, heading).map(written_own).unwrap_or_default();
        let own = own_columns.iter().map(of_own);
        writer.write_record(keys.chain(shared).chain(own)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Write(error.into_error()))
}

/// What stands in a column of the user's own, as it is.
fn written_own(value: &RecordedValue) -> String {
    match value {
        RecordedValue::Number(number) => number.to_string(),
        other => guarded(&text_of(other)).into_owned(),
    }
}

/// Columns that say the same in each row, with their keys at the top of the plan or in its project.
const OF_PLAN: [(&str, &str); 5] = [
    ("call", "call"),
    ("applicant", "applicant"),
    ("applicant_country", "country"),
    ("project_city", "city"),
    ("project_months", "months"),
];
