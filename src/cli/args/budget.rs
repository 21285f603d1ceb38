//! The arguments of `ka171 budget`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Deny, DialectArg, PlanArgs, StrictArgs};
use crate::report::csv::Dialect;
use crate::report::{By, Locale, Style};

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
    by: Option<ByArg>,
    /// The footnotes of the table: every figure with its mark and its source. Markdown, HTML and JSON
    /// have them always
    #[arg(long)]
    pub sources: bool,
    /// How numbers are written in the table, Markdown and HTML; words stay English [default: en]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<LocaleArg>,
    /// How CSV is written [default: rfc4180]
    #[arg(long, value_name = "DIALECT")]
    csv_dialect: Option<DialectArg>,
    /// Exit with 3 where a region costs more than its envelope
    #[arg(long)]
    pub fail_over_envelope: bool,
    /// Exit with 3 where the budget has such notices; contradicted figures count as inferred
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub deny: Vec<Deny>,
    #[command(flatten)]
    pub strict: StrictArgs,
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
    /// Rows for spreadsheets and databases
    Csv,
    /// Markdown for pull requests and wikis
    Markdown,
    /// One page for browsers, e-mail and paper
    Html,
    /// A workbook whose amounts are formulas; needs `-o`
    Xlsx,
}

impl BudgetFormat {
    /// The extensions of files, and what they hold.
    const EXTENSIONS: [(&str, Self); 8] = [
        ("txt", Self::Table),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xlsx", Self::Xlsx),
    ];

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

    /// What the rows are, where the user says it.
    pub fn by(&self) -> Option<By> {
        self.by.map(By::from)
    }

    /// Rows and numbers of reports for people.
    pub fn style(&self) -> Style {
        let locale = match self.locale {
            None | Some(LocaleArg::En) => Locale::En,
            Some(LocaleArg::De) => Locale::De,
            Some(LocaleArg::Fr) => Locale::Fr,
        };
        Style::new(self.by().unwrap_or(By::Region), locale)
    }

    pub fn dialect(&self) -> Dialect {
        match self.csv_dialect {
            None | Some(DialectArg::Rfc4180) => Dialect::Rfc4180,
            Some(DialectArg::ExcelEu) => Dialect::ExcelEu,
        }
    }

    /// The form of the result.
    ///
    /// # Errors
    ///
    /// What is wrong with the options together, and what to do: `--format` and `-o` contradict each
    /// other, or neither says a format; the file is one that is read; an option would have no effect.
    pub fn format(&self) -> Result<BudgetFormat, String> {
        let format = self.format_of_file()?;
        let is_machine = matches!(format, BudgetFormat::Json | BudgetFormat::Csv);
        let word = format.word();
        if self.locale.is_some() && is_machine {
            return Err(format!(
                "--locale is for people: {word} always has decimal points and no groups; for \
                 spreadsheets in Central Europe there is --format csv --csv-dialect excel-eu"
            ));
        }
        if format == BudgetFormat::Xlsx {
            self.of_workbook()?;
        }
        if self.csv_dialect.is_some() && format != BudgetFormat::Csv {
            return Err(format!("--csv-dialect is for --format csv, not for {word}"));
        }
        if self.sources && format == BudgetFormat::Csv {
            return Err("--sources: csv has no room for them; all other formats have".to_owned());
        }
        Ok(format)
    }

    fn of_workbook(&self) -> Result<(), String> {
        let fault = match (&self.output, self.by, self.locale) {
            // A terminal could not show it, and some shells would spoil it.
            (None, _, _) => "--format xlsx needs a file: add -o budget.xlsx",
            (_, Some(_), _) => {
                "--by: a workbook has a sheet of regions and a sheet of flows; leave it out"
            }
            (_, _, Some(_)) => {
                "--locale: a workbook shows numbers as the spreadsheet is set up; leave it out"
            }
            _ => return Ok(()),
        };
        Err(fault.to_owned())
    }

    fn format_of_file(&self) -> Result<BudgetFormat, String> {
        let Some(file) = self.file() else {
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
enum LocaleArg {
    /// 1,234.56
    En,
    /// 1.234,56
    De,
    /// 1 234,56, with narrow blanks at which no line breaks
    Fr,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByArg {
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
