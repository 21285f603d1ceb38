//! The arguments of `ka171 init`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::rates::RatesFolder;
use crate::plan::PlanFormat;

#[derive(Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// The file to write: plan.toml, or plan.xlsx or plan.csv for a spreadsheet; without one, standard
    /// output gets the plan in TOML
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The call year; by default the latest call whose rates are published
    #[arg(long, value_name = "YEAR", value_parser = super::call_year)]
    pub call: Option<u16>,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// Overwrite the file if it is there
    #[arg(long, requires = "file")]
    pub force: bool,
}

/// The starters that there are.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum StarterFormat {
    Toml,
    Csv,
    Xlsx,
}

impl InitArgs {
    /// The file to write; `None` for standard output.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref().filter(|file| *file != Path::new("-"))
    }

    /// What the file's extension says.
    ///
    /// # Errors
    ///
    /// There is no starter of that kind: what to do.
    pub fn format(&self) -> Result<StarterFormat, String> {
        let Some(file) = self.file() else { return Ok(StarterFormat::Toml) };
        let extension = file.extension().and_then(|extension| extension.to_str());
        // .tsv and .xls would promise what the file does not hold.
        let is =
            |known: &str| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(known));
        match PlanFormat::of_name(file) {
            Some(PlanFormat::Toml) => Ok(StarterFormat::Toml),
            Some(PlanFormat::Csv) if is("csv") => Ok(StarterFormat::Csv),
            Some(PlanFormat::Xlsx) if is("xlsx") => Ok(StarterFormat::Xlsx),
            _ => Err(format!(
                "{}: there are starters in TOML and CSV and as workbooks; end the name in .toml, .csv or .xlsx",
                file.display()
            )),
        }
    }
}
