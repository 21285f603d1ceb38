//! The arguments of `ka171 init`.

use std::path::PathBuf;

use clap::Args;

use super::rates::RatesFolder;
use crate::plan::PlanFormat;

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// The file to write: plan.toml, or plan.csv for a spreadsheet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The call year; by default the latest call whose rates are published
    #[arg(long, value_name = "YEAR", value_parser = super::call_year)]
    pub call: Option<u16>,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub force: bool,
}

/// The starters that there are.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum StarterFormat {
    Toml,
    Csv,
}

impl InitArgs {
    /// What the file's extension says.
    ///
    /// # Errors
    ///
    /// There is no starter of that kind: what to do.
    pub fn format(&self) -> Result<StarterFormat, String> {
        let extension = self.file.extension().and_then(|extension| extension.to_str());
        let is_csv = extension.is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        match PlanFormat::of_name(&self.file) {
            Some(PlanFormat::Toml) => Ok(StarterFormat::Toml),
            Some(PlanFormat::Csv) if is_csv => Ok(StarterFormat::Csv),
            _ => Err(format!(
                "{}: there are starters in TOML and CSV; end the name in .toml or .csv",
                self.file.display()
            )),
        }
    }
}
