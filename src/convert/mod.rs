//! Plans from one form into another, with nothing lost: what was written is read again and compared.

mod csv;
mod document;
mod kept;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::Limit;
use crate::error::Refusal;
use crate::form;
use crate::plan::{PlanFormat, PlanRecord, PlanText, Reading};
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

/// A plan in another form.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The file.
    pub bytes: Vec<u8>,
    /// The headings of columns of the user's own that the form has no room for.
    pub left_out: Vec<Arc<str>>,
    /// Whether comments were left out.
    pub had_comments: bool,
}

impl Target {
    /// Whether columns of the user's own have a place.
    fn has_own_columns(self) -> bool {
        !matches!(self, Self::Toml | Self::Json)
    }

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

/// Writes a plan in another form. What it means is the same; its comments are left behind, and in TOML and
/// JSON columns of the user's own as well. Countries by name get their codes where `names` knows them.
///
/// # Errors
///
/// What is wrong with the plan's form, or what of it has no room in the other one; or the workbook cannot
/// be made.
pub fn convert(
    text: &PlanText,
    target: Target,
    names: &CountryNames,
) -> Result<Converted, Refusal> {
    let record = text.record(names)?;
    let bytes = match target {
        Target::Toml => document::toml(&record).into_bytes(),
        Target::Json => document::json(&record)?.into_bytes(),
        Target::Csv | Target::CsvExcelEu => csv::render(&record, target == Target::CsvExcelEu)?,
        Target::Xlsx => form::render(&record, form::Extent::Used)?,
    };
    refuse_large(&record, &bytes)?;
    let reading = Reading { format: Some(target.format()), ..Reading::default() };
    let again = PlanText::of_file(Path::new("converted plan"), bytes.clone(), reading)?;
    kept::check(&record, again.record(names), names, target.has_own_columns())?;
    let left_out = if target.has_own_columns() { Vec::new() } else { record.own_columns() };
    Ok(Converted { bytes, left_out, had_comments: text.has_comments() })
}

/// A plan that no command would read is none.
fn refuse_large(record: &PlanRecord, bytes: &[u8]) -> Result<(), Refusal> {
    let most = Limit::INPUT;
    if bytes.len() as u64 <= most.bytes() {
        return Ok(());
    }
    let place = Place { file: Arc::clone(&record.file), span: 0..0 };
    let message =
        format!("in this form the plan would be larger than {most}, too large to be read");
    let help = "convert to .csv or .xlsx, which are shorter; or write participants who share everything as one flow";
    Err(Diagnostic::error(Code::TooLarge, place, message).help(help).into())
}
