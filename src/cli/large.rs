//! CSV files that are too large to be kept: their budget by region or country.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::budget::{BudgetArgs, BudgetFormat};
use super::args::usage_error;
use crate::document::Limit;
use crate::error::{Error, Refusal};
use crate::plan::PlanFormat;
use crate::report::By;
use crate::stream::{Streamed, budget_of_rows};

/// A CSV file that is larger than other plans may be.
pub(super) struct LargeCsv {
    path: PathBuf,
    bytes: u64,
}

impl LargeCsv {
    /// The plan, where it is such a file and no other.
    ///
    /// # Errors
    ///
    /// A pattern of files that finds none.
    pub fn of(args: &BudgetArgs) -> Result<Option<Self>, Refusal> {
        let Ok([path]) = <[PathBuf; 1]>::try_from(args.plan.paths()?) else { return Ok(None) };
        let format = args.plan.reading().format.or_else(|| PlanFormat::of_name(&path));
        let bytes =
            fs::metadata(&path).map_or(0, |file| if file.is_file() { file.len() } else { 0 });
        let is_large = format == Some(PlanFormat::Csv) && bytes > Limit::INPUT.bytes();
        Ok(is_large.then_some(Self { path, bytes }))
    }

    /// Computes its budget, with a bar on a terminal.
    ///
    /// # Errors
    ///
    /// Those of [`budget_of_rows`].
    pub fn budget(&self, args: &BudgetArgs, format: BudgetFormat) -> Result<Streamed, Refusal> {
        if let Some(fault) = refused(args, format) {
            usage_error("budget", ErrorKind::ArgumentConflict, &self.fault(fault));
        }
        let bar = match args.quiet {
            true => ProgressBar::hidden(),
            false => ProgressBar::new(self.bytes),
        };
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} % of {total_bytes}") {
            bar.set_style(style);
        }
        let (overrides, store) = (args.plan.overrides()?, args.plan.store());
        let file = File::open(&self.path).map_err(|source| unreadable(&self.path, source))?;
        let mut progress = |bytes| bar.set_position(bytes);
        let from = Box::new(file);
        let how = args.plan.reading();
        let budget = budget_of_rows(&self.path, from, how, (&overrides, &store), &mut progress);
        bar.finish_and_clear();
        budget
    }

    fn fault(&self, what: &str) -> String {
        let (path, most) = (self.path.display(), Limit::INPUT);
        format!("{path} is larger than {most}: {what}")
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

/// What a budget whose flows are not kept cannot do.
fn refused(args: &BudgetArgs, format: BudgetFormat) -> Option<&'static str> {
    let is_by_place = matches!(args.by(), Some(By::Region | By::Country));
    let what_if = args.plan.what_if();
    match format {
        _ if !what_if.set.is_empty() || !what_if.drop_regions.is_empty() => {
            Some("--set and --drop-region are for plans that are kept as a whole; change the file")
        }
        BudgetFormat::Json if is_by_place => None,
        BudgetFormat::Table if is_by_place || args.by().is_none() => None,
        BudgetFormat::Json | BudgetFormat::Table => {
            Some("its budget is by region or country; add --by region or --by country")
        }
        _ => Some("its budget is a table or JSON; use --format table or --format json --by region"),
    }
}
