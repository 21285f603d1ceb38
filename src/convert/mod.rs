//! Plans from one form into another, with nothing lost: what was written is read again and compared.

mod csv;
mod document;
mod kept;

use std::path::Path;

use crate::diag::{Code, Diagnostic, Place};
use crate::error::Refusal;
use crate::form;
use crate::plan::{PlanFormat, PlanRecord, PlanText, Reading, RecordedRow};
use crate::rates::CountryNames;

/// The forms that plans are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// TOML
    Toml,
    /// JSON
    Json,
    /// CSV with commas and decimal points, RFC 4180.
    Csv,
    /// CSV as Excel reads it in Central Europe: semicolons, decimal commas, a byte-order mark.
    CsvExcelEu,
    /// A workbook of Excel
    Xlsx,
}

impl Target {
    /// The format that is read again.
    fn format(self) -> PlanFormat {
        match self {
            Self::Toml => PlanFormat::Toml,
            Self::Json => PlanFormat::Json,
            Self::Csv | Self::CsvExcelEu => PlanFormat::Csv,
            Self::Xlsx => PlanFormat::Xlsx,
        }
    }
}

/// Writes a plan in another form. What it means is the same; its comments, and columns of the user's own,
/// are left behind. Countries by name get their codes where `names` knows them.
///
/// # Errors
///
/// What is wrong with the plan's form, or what of it has no room in the other one; or the workbook cannot
/// be made.
pub fn convert(text: &PlanText, target: Target, names: &CountryNames) -> Result<Vec<u8>, Refusal> {
    let record = text.record(names)?;
    let bytes = match target {
        Target::Toml => document::toml(&record).into_bytes(),
        Target::Json => document::json(&record)?.into_bytes(),
        Target::Csv | Target::CsvExcelEu => {
            refuse_lists(&record)?;
            csv::render(&record, target == Target::CsvExcelEu)?
        }
        Target::Xlsx => form::render(&record, form::Extent::Used)?,
    };
    let reading = Reading { format: Some(target.format()), ..Reading::default() };
    let again = PlanText::of_file(Path::new("converted plan"), bytes.clone(), reading)?;
    kept::check(&record, again.record(names), names)?;
    Ok(bytes)
}

/// A sheet of flows has no room for what is said of regions.
fn refuse_lists(record: &PlanRecord) -> Result<(), Refusal> {
    let first = |rows: &[RecordedRow], what| rows.first().map(|row| (row.span.clone(), what));
    let lists = [first(&record.envelopes, "envelopes"), first(&record.scores, "scores")];
    let Some((span, what)) = lists.into_iter().flatten().next() else { return Ok(()) };
    let place = Place { file: std::sync::Arc::clone(&record.file), span };
    let message = format!("a CSV file has no room for {what}");
    let help = "write a workbook, which has a sheet for them: end the name in .xlsx";
    Err(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help).into())
}
