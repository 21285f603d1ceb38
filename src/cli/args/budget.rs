//! The arguments of `ka171 budget`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Deny, PlanArgs};
use crate::report::By;

#[derive(Debug, Args)]
pub(in crate::cli) struct BudgetArgs {
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The form of the result; without it the extension of `-o` says, or it is a table
    #[arg(long, value_name = "FORMAT")]
    format: Option<BudgetFormat>,
    /// Write the result to this file, which is replaced where there is one; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the rows are; JSON without it is complete
    #[arg(long, value_name = "ROWS")]
    pub by: Option<ByArg>,
    /// Exit with 3 where a region costs more than its envelope
    #[arg(long)]
    pub fail_over_envelope: bool,
    /// Exit with 3 where the budget has such notices; contradicted figures count as inferred
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub deny: Vec<Deny>,
    /// No notices on standard error
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum BudgetFormat {
    /// A table for people
    Table,
    /// The complete result for scripts
    Json,
    /// A workbook whose amounts are formulas, for spreadsheets; needs `-o`
    Xlsx,
}

impl BudgetFormat {
    /// The extensions of files, and what they hold.
    const EXTENSIONS: [(&str, Self); 3] =
        [("txt", Self::Table), ("json", Self::Json), ("xlsx", Self::Xlsx)];

    /// What a file of this name holds; `None` where its extension does not say.
    fn of(file: &Path) -> Option<Self> {
        let extension = file.extension()?.to_str()?.to_ascii_lowercase();
        let known = Self::EXTENSIONS.iter().find(|(known, _)| *known == extension);
        known.map(|(_, format)| *format)
    }

    /// The word on the command line.
    fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl BudgetArgs {
    /// Where the result goes; `None` for standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }

    /// The form of the result.
    ///
    /// # Errors
    ///
    /// What is wrong with `--format` and `-o` together, and what to do: they contradict each other,
    /// or neither says a format, or the file is one that is read, or a workbook has none.
    pub fn format(&self) -> Result<BudgetFormat, String> {
        let Some(file) = self.file() else {
            if self.format == Some(BudgetFormat::Xlsx) && self.output.is_none() {
                // No text: a terminal could not show it, and some shells would spoil it.
                return Err("--format xlsx needs a file: add -o budget.xlsx".to_owned());
            }
            return Ok(self.format.unwrap_or(BudgetFormat::Table));
        };
        let shown = file.display();
        if self.plan.reads(file) {
            return Err(format!("-o {shown} is a file that is read here; name another one"));
        }
        match (self.format, BudgetFormat::of(file)) {
            (Some(said), Some(by_name)) if said != by_name => Err(format!(
                "--format {} contradicts -o {shown}, a name for {}; leave one of them out, or name \
                 the file otherwise",
                said.word(),
                by_name.word(),
            )),
            (Some(format), _) | (None, Some(format)) => Ok(format),
            (None, None) => {
                let known: Vec<_> =
                    BudgetFormat::EXTENSIONS.iter().map(|(known, _)| format!(".{known}")).collect();
                Err(format!(
                    "-o {shown}: the extension says no format; add --format, or end the name in \
                     one of {}",
                    known.join(", ")
                ))
            }
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum ByArg {
    /// One row per region
    Region,
    /// One row per country
    Country,
    /// One row per flow
    Flow,
    /// One row per activity and direction
    Activity,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Region => Self::Region,
            ByArg::Country => Self::Country,
            ByArg::Flow => Self::Flow,
            ByArg::Activity => Self::Activity,
        }
    }
}
