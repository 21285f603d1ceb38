//! The arguments of `ka171 convert`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::rates::RatesFolder;
use super::{DialectArg, ReadingArgs};
use crate::convert::Target;
use crate::error::Refusal;
use crate::plan::{PlanFormat, PlanText};

#[derive(Debug, Args)]
pub(in crate::cli) struct ConvertArgs {
    /// The plan, as .toml, .json, .csv, .xlsx or .ods; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The file to write: .toml, .json, .csv or .xlsx; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// The form to write, where the file's extension does not say
    #[arg(long, value_name = "FORMAT")]
    to: Option<ToFormat>,
    /// How CSV is written [default: rfc4180]
    #[arg(long, value_name = "DIALECT")]
    csv_dialect: Option<DialectArg>,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ToFormat {
    Toml,
    Json,
    Csv,
    Xlsx,
}

impl ToFormat {
    /// What a file of this name is to hold.
    ///
    /// # Errors
    ///
    /// There is no such form: what to do.
    fn of_name(file: &Path) -> Result<Self, String> {
        match PlanFormat::of_name(file) {
            Some(PlanFormat::Toml) => Ok(Self::Toml),
            Some(PlanFormat::Json) => Ok(Self::Json),
            Some(PlanFormat::Csv) => Ok(Self::Csv),
            Some(PlanFormat::Xlsx) => Ok(Self::Xlsx),
            Some(PlanFormat::Ods) => Err(format!(
                "-o {}: plans are written as .xlsx, which LibreOffice opens too",
                file.display()
            )),
            None => Err(format!(
                "-o {}: the extension says no form; add --to, or end the name in one of .toml, .json, .csv, .xlsx",
                file.display()
            )),
        }
    }
}

impl ConvertArgs {
    /// Reads the plan.
    pub fn text(&self) -> Result<PlanText, Refusal> {
        self.reading.refuse_idle(std::slice::from_ref(&self.plan));
        PlanText::read_as(&self.plan, self.reading.reading())
    }

    /// Where the plan goes; `None` for standard output.
    pub fn file(&self) -> Option<&Path> {
        Some(self.output.as_path()).filter(|file| *file != Path::new("-"))
    }

    /// The form to write.
    ///
    /// # Errors
    ///
    /// What is wrong with the options together, and what to do.
    pub fn target(&self) -> Result<Target, String> {
        let to = match (self.to, self.file()) {
            (Some(to), Some(file)) => match ToFormat::of_name(file) {
                Ok(by_name) if by_name != to => {
                    return Err(format!(
                        "--to contradicts -o {}; leave one of them out, or name the file otherwise",
                        file.display()
                    ));
                }
                _ => to,
            },
            (Some(to), None) => to,
            (None, Some(file)) => ToFormat::of_name(file)?,
            (None, None) => return Err("-o -: say the form with --to".to_owned()),
        };
        if let Some(file) = self.file().filter(|file| self.reads(file)) {
            return Err(format!("-o {} is the plan itself; name another file", file.display()));
        }
        if self.csv_dialect.is_some() && to != ToFormat::Csv {
            return Err("--csv-dialect is for CSV alone".to_owned());
        }
        Ok(match (to, self.csv_dialect) {
            (ToFormat::Toml, _) => Target::Toml,
            (ToFormat::Json, _) => Target::Json,
            (ToFormat::Csv, Some(DialectArg::ExcelEu)) => Target::CsvExcelEu,
            (ToFormat::Csv, _) => Target::Csv,
            (ToFormat::Xlsx, _) if self.file().is_none() => {
                // A terminal could not show it, and some shells would spoil it.
                return Err("a workbook needs a file: -o plan.xlsx".to_owned());
            }
            (ToFormat::Xlsx, _) => Target::Xlsx,
        })
    }

    /// Whether a file is the plan.
    fn reads(&self, file: &Path) -> bool {
        let same = |plan: PathBuf| file.canonicalize().is_ok_and(|file| file == plan);
        self.plan.canonicalize().is_ok_and(same)
    }
}
