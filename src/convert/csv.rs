//! Plans in CSV.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::error::Error;
use crate::form::{FLOW, columns, of, text_of, value};
use crate::plan::{PlanRecord, RecordedValue};
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
    let headings = of_flows.iter().copied().chain(of_plan.iter().map(|(column, _)| *column));
    writer.write_record(headings).map_err(failed)?;
    for flow in &record.flows {
        let own = of_flows.iter().map(|key| value(flow, key).map(written).unwrap_or_default());
        let own = own.map(Cow::Owned);
        let shared = of_plan.iter().map(|(_, value)| Cow::Borrowed(value.as_str()));
        writer.write_record(own.chain(shared).map(Cow::<str>::into_owned)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Write(error.into_error()))
}

/// Columns that say the same in each row, with their keys at the top of the plan or in its project.
const OF_PLAN: [(&str, &str); 5] = [
    ("call", "call"),
    ("applicant", "applicant"),
    ("applicant_country", "country"),
    ("project_city", "city"),
    ("project_months", "months"),
];
