//! The arguments of `ka171 rates`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::{FindingsFormat, PlacesArgs, ReadingArgs};
use crate::cli::output::terminal_width;
use crate::model::{Date, DateFault, Word};
use crate::rates::RateStore;
use crate::rates::catalogue::Section;
use crate::report::page::Form;

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesArgs {
    #[command(subcommand)]
    pub command: RatesCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RatesCommand {
    /// List the rate tables and how far they can be relied on
    List(RatesListArgs),
    /// Show every figure of a rate table, or look up a country
    Show(RatesShowArgs),
    /// Validate and lint rate tables and lists of envelopes: the program's own, or others
    Check(RatesCheckArgs),
    /// Show what differs between two rate tables, and what that does to plans
    Diff(RatesDiffArgs),
    /// List the published envelopes, or show one list with its regions
    Envelopes(RatesEnvelopesArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesListArgs {
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the list
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesShowArgs {
    /// The call year, or the file of a rate table
    #[arg(value_name = "CALL|FILE", value_parser = table_name)]
    pub table: TableName,
    /// Only this part of the table
    #[arg(long, value_name = "SECTION", value_parser = words::<Section>())]
    pub section: Option<Section>,
    /// Look up a country by its code or name: region, group, restrictions
    #[arg(long, value_name = "ISO", conflicts_with = "section")]
    pub country: Option<String>,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: PageFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesCheckArgs {
    /// Folders and files; none means the tables that are part of the program
    #[arg(value_name = "DIR|FILE")]
    pub paths: Vec<PathBuf>,
    /// The form of the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FindingsFormat,
    /// Exit with 3 where there are such findings and no errors
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub deny: Vec<DenyFindings>,
    /// The day by which the age of tables and lists is judged, such as 2026-11-21; without it, it is not
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DenyFindings {
    /// Any warning
    Warnings,
}

fn day(text: &str) -> Result<Date, &'static str> {
    Date::from_iso(text).map_err(|fault| match fault {
        DateFault::Form => "write a date as year-month-day, such as 2026-11-21",
        DateFault::NoSuchDay => "the calendar has no such day (years 1900 to 2999)",
    })
}

#[derive(Debug, Args)]
#[command(override_usage = "ka171 rates diff [OPTIONS] <OLD> <NEW> [--impact <PLAN>...]")]
pub(in crate::cli) struct RatesDiffArgs {
    /// The old table: a call year, or a file
    #[arg(value_name = "OLD", value_parser = table_name)]
    pub old: TableName,
    /// The new table: a call year, or a file
    #[arg(value_name = "NEW", value_parser = table_name)]
    pub new: TableName,
    /// Compute these plans with both tables: the change in EUR, and which figure causes what
    #[arg(long, value_name = "PLAN", num_args = 1..)]
    pub impact: Vec<PathBuf>,
    /// Exit with 3 where the total of a plan changes, or a flow can be computed with one table alone
    #[arg(long, requires = "impact")]
    pub fail_on_impact: bool,
    /// The applicant's country, instead of the plans'
    #[arg(long, value_name = "ISO", requires = "impact")]
    pub country: Option<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub places: PlacesArgs,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: PageFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesEnvelopesArgs {
    /// Show one list with its regions: such as HU-2023, or a file, .toml or .csv
    #[arg(value_name = "ID|FILE")]
    pub named: Option<PathBuf>,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the result; JSON has every list with its regions
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
}

/// Which tables there are.
#[derive(Debug, Args)]
pub(in crate::cli) struct RatesFolder {
    /// Use the rate tables of this folder, and no others
    #[arg(long, value_name = "DIR")]
    rates: Option<PathBuf>,
}

impl RatesFolder {
    pub fn store(&self) -> RateStore {
        self.rates.clone().map_or(RateStore::Embedded, RateStore::Folder)
    }
}

/// A rate table by its call or its file.
#[derive(Clone, Debug)]
pub(in crate::cli) enum TableName {
    Call(u16),
    File(PathBuf),
}

/// Four digits are a call; anything else is a file.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a result")]
fn table_name(text: &str) -> Result<TableName, std::convert::Infallible> {
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let call = text.parse().ok().filter(|_| is_year);
    Ok(call.map_or_else(|| TableName::File(text.into()), TableName::Call))
}

/// One of the words of a list.
fn words<W: Word + Send + Sync>() -> impl TypedValueParser<Value = W> {
    let known = W::ALL.iter().map(|word| word.as_str());
    PossibleValuesParser::new(known).try_map(|text| W::from_word(&text).ok_or("unknown word"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    /// A table for people
    Table,
    /// JSON for scripts
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PageFormat {
    /// Tables for people
    Table,
    /// JSON for scripts
    Json,
    /// Markdown for pull requests and wikis
    Markdown,
}

impl PageFormat {
    /// How a page is written; `None` for JSON.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Table => Some(Form::Text(terminal_width())),
            Self::Markdown => Some(Form::Markdown),
            Self::Json => None,
        }
    }
}
