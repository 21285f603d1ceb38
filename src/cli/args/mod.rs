//! What the command line accepts.

pub(super) mod budget;
pub(super) mod convert;
pub(super) mod diff;
pub(super) mod distance;
pub(super) mod explain;
pub(super) mod init;
pub(super) mod rates;
pub(super) mod schema;
pub(super) mod score;
pub(super) mod verify;

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::error::ErrorKind;
use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::cli::paths;
use crate::diag::{Code, Diagnostic, Errors, Severity, listed, quoted};
use crate::error::Refusal;
use crate::model::{Region, Setting, WhatIf};
use crate::notices::refuse_uncertain;
use crate::places::Places;
use crate::plan::{DecimalMark, Loaded, Overrides, PlanFormat, PlanText, Reading, load_all};
use crate::rates::{EnvelopeFile, RateStore};
use crate::saved::SavedResult;
use crate::sheet::Encoding;

/// Budgets for Erasmus+ KA171 (International Credit Mobility): planned mobilities in, a per-region
/// budget out, every amount with its source. Not an official calculator.
#[derive(Debug, Parser)]
#[command(name = "ka171", version, after_help = EXIT_CODES, propagate_version = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the input is at fault: a plan or a rate table has errors, a result does not hold
  2  wrong usage of the command line
  3  a guardrail was crossed (--deny, --fail-...); everything is printed first
  4  the machine is at fault: a file is missing or cannot be read or written";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compute the budget of a plan, per region
    Budget(budget::BudgetArgs),
    /// Show every finding about a plan, without amounts
    Check(CheckArgs),
    /// Show what changed between two budgets, and why
    Diff(diff::DiffArgs),
    /// Estimate how far apart two cities are, the band and its amounts
    Distance(distance::DistanceArgs),
    /// Compute a saved result again and say whether it still holds
    Verify(verify::VerifyArgs),
    /// Add up the points of the award criteria, per region: which regions pass, what is missing
    Score(score::ScoreArgs),
    /// Explain every amount of a budget: how it was worked out, from which figures and inputs
    Explain(explain::ExplainArgs),
    /// The rate tables
    Rates(rates::RatesArgs),
    /// Write a first plan to fill in: it computes as it stands and explains every column or key
    Init(init::InitArgs),
    /// Write a plan in another form: TOML, JSON, CSV or a workbook
    Convert(convert::ConvertArgs),
    /// Print the JSON Schema of a file format, for editors and other programs
    Schema(schema::SchemaArgs),
}

/// Ends the run with a fault of the command line, which clap does not find by itself, and exit code 2.
pub(super) fn usage_error(command: &str, kind: ErrorKind, message: &str) -> ! {
    let mut cli = Cli::command();
    // Gives the commands their full names.
    cli.build();
    match cli.find_subcommand_mut(command) {
        Some(command) => command.error(kind, message).exit(),
        None => cli.error(kind, message).exit(),
    }
}

/// Reads files with the faults of all of them.
fn read_all(
    paths: &[PathBuf],
    read: impl Fn(&Path) -> Result<PlanText, Refusal>,
) -> Result<Vec<PlanText>, Refusal> {
    let mut texts = Vec::with_capacity(paths.len());
    let mut faults: Option<Errors> = None;
    for path in paths {
        match read(path) {
            Ok(text) => texts.push(text),
            Err(Refusal::Faults(found)) => {
                faults = Some(match faults {
                    Some(so_far) => so_far.and(found),
                    None => found,
                });
            }
            Err(machine) => return Err(machine),
        }
    }
    faults.map_or(Ok(texts), |faults| Err(faults.into()))
}

/// Where cities are looked up.
#[derive(Debug, Args)]
pub(super) struct PlacesArgs {
    /// Look cities up in this file first: places of your own, in TOML
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
}

impl PlacesArgs {
    pub fn read(&self, store: &RateStore) -> Result<Places, Refusal> {
        match &self.places {
            Some(path) => Places::with_own(path, &store.country_names()?),
            None => Ok(Places::default()),
        }
    }
}

/// How a plan's file is to be read, where it does not say so itself.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// The format of the plan, where the file's extension does not say
    #[arg(long, value_name = "FORMAT")]
    from: Option<FromFormat>,
    /// The encoding of a CSV file that is no UTF-8, such as windows-1250
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// What separates decimals in the cells of a sheet, where 1.000 or 1,000 would be ambiguous
    #[arg(long, value_name = "MARK")]
    decimal: Option<Decimal>,
}

impl ReadingArgs {
    /// Ends the run where an option would have no effect on any of these files.
    pub fn refuse_idle(&self, paths: &[PathBuf]) {
        let formats = paths.iter().map(|path| {
            let format = self.reading().format.or_else(|| PlanFormat::of_name(path));
            // Standard input is TOML or JSON where nothing else is said.
            format.or((path.as_os_str() == "-").then_some(PlanFormat::Toml))
        });
        let formats: Vec<Option<PlanFormat>> = formats.collect();
        let all = |idle: &[PlanFormat]| {
            formats.iter().all(|format| format.is_some_and(|format| idle.contains(&format)))
        };
        let (toml, json) = (PlanFormat::Toml, PlanFormat::Json);
        let fault =
            if self.encoding.is_some() && all(&[toml, json, PlanFormat::Xlsx, PlanFormat::Ods]) {
                "--encoding is for plans in CSV; leave it out, or say --from csv"
            } else if self.decimal.is_some() && all(&[toml, json]) {
                "--decimal is for plans in sheets; leave it out, or say --from csv"
            } else {
                return;
            };
        usage_error("", ErrorKind::ArgumentConflict, fault);
    }

    /// Whether any of them is given.
    pub fn is_given(&self) -> bool {
        self.from.is_some() || self.encoding.is_some() || self.decimal.is_some()
    }

    /// How files are to be read.
    pub fn reading(&self) -> Reading {
        let format = self.from.map(|from| match from {
            FromFormat::Toml => PlanFormat::Toml,
            FromFormat::Json => PlanFormat::Json,
            FromFormat::Csv => PlanFormat::Csv,
            FromFormat::Xlsx => PlanFormat::Xlsx,
            FromFormat::Ods => PlanFormat::Ods,
        });
        let decimal = self.decimal.map(|decimal| match decimal {
            Decimal::Point => DecimalMark::Point,
            Decimal::Comma => DecimalMark::Comma,
        });
        Reading { format, encoding: self.encoding, decimal }
    }
}

/// Where the plan comes from and how it is read.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    /// The plan, as .toml, .json, .csv, .xlsx or .ods; `-` reads standard input. Several plans of one
    /// call and one applicant make one budget
    #[arg(value_name = "PLAN", required = true)]
    plans: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The call year, instead of the plan's
    #[arg(long, value_name = "YEAR", value_parser = call_year)]
    call: Option<u16>,
    /// The applicant's country, instead of the plan's
    #[arg(long, value_name = "ISO")]
    country: Option<String>,
    /// The applicant's name, instead of the plan's
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    applicant: Option<String>,
    /// Use the rate tables of this folder, and no others
    #[arg(long, value_name = "DIR")]
    rates: Option<PathBuf>,
    /// Compare with these envelopes instead of the plan's: a published list such as HU-2023, or a
    /// file, .toml or .csv
    #[arg(long, value_name = "ID|FILE")]
    envelope: Option<PathBuf>,
    #[command(flatten)]
    places: PlacesArgs,
    /// What if a key had another value: `flow.ID.participants=6`, `project.months=36`; nothing behind
    /// the `=` takes the key out. The result says so; can be given more than once
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    set: Vec<Setting>,
    /// What if the flows of a region were left out; can be given more than once
    #[arg(long, value_name = "REGION", value_parser = region)]
    drop_region: Vec<Region>,
}

impl PlanArgs {
    /// The files that the plan is read from.
    pub fn paths(&self) -> Result<Vec<PathBuf>, Refusal> {
        paths::expanded(&self.plans)
    }

    /// How the plan is to be read.
    pub fn reading(&self) -> Reading {
        self.reading.reading()
    }

    /// Reads the plans.
    pub fn texts(&self) -> Result<Vec<PlanText>, Refusal> {
        let paths = self.paths()?;
        self.reading.refuse_idle(&paths);
        read_all(&paths, |path| PlanText::read_as(path, self.reading()))
    }

    /// Reads and resolves the plans.
    pub fn load(&self) -> Result<Loaded, Refusal> {
        load_all(&self.texts()?, &self.overrides()?, &self.store())
    }

    /// Reads the list of envelopes.
    pub fn overrides(&self) -> Result<Overrides, Refusal> {
        let find = |named: &PathBuf| EnvelopeFile::find(named, &self.store());
        Ok(Overrides {
            call: self.call,
            country: self.country.clone(),
            applicant: self.applicant.clone(),
            envelopes: self.envelope.as_ref().map(find).transpose()?,
            places: self.places.read(&self.store())?,
            what_if: self.what_if(),
        })
    }

    /// What the plan is computed with although its file says something else.
    pub fn what_if(&self) -> WhatIf {
        let drop_regions = self.drop_region.iter().copied().collect();
        WhatIf { set: self.set.clone(), drop_regions }
    }

    /// Whether a file is the plan or the list of envelopes.
    fn reads(&self, file: &Path) -> bool {
        let Ok(file) = file.canonicalize() else { return false };
        let mut read = self.plans.iter().chain(&self.envelope);
        read.any(|read| read.canonicalize().is_ok_and(|read| read == file))
    }

    pub fn store(&self) -> RateStore {
        match &self.rates {
            Some(folder) => RateStore::Folder(folder.clone()),
            None => RateStore::Embedded,
        }
    }
}

fn call_year(text: &str) -> Result<u16, &'static str> {
    let year = text.parse().ok().filter(|year| (2000..=2999).contains(year));
    year.ok_or("a call is a year, such as 2025")
}

fn setting(text: &str) -> Result<Setting, &'static str> {
    Setting::from_text(text).ok_or("write the key, `=` and its value: flow.ID.participants=6")
}

fn region(text: &str) -> Result<Region, &'static str> {
    text.parse().ok().and_then(Region::new).ok_or("a region is a number from 1 to 14, such as 6")
}

/// Which estimates are refused.
#[derive(Debug, Args)]
pub(super) struct StrictArgs {
    /// Refuse an estimated distance that is so near a band's edge that it may lie in the other band
    #[arg(long)]
    strict_distance: bool,
}

impl StrictArgs {
    /// Refuses a saved result that has such estimates.
    pub fn check_saved(&self, result: &SavedResult) -> Result<(), Refusal> {
        if !self.strict_distance || result.near_edge.is_empty() {
            return Ok(());
        }
        let flows: Vec<String> = result.near_edge.iter().map(|id| quoted(id)).collect();
        let message = format!(
            "--strict-distance: {} has estimated distances near a band's edge: {}",
            result.file.name(),
            listed(&flows, "and")
        );
        let help = "enter their `distance_km` in the plan and write the result anew";
        let fault = Diagnostic::new(Severity::Error, Code::EstimateNearEdge, message);
        Err(fault.help(help).into())
    }

    /// The notices, where none of them is refused.
    pub fn check(&self, notices: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Refusal> {
        match self.strict_distance {
            true => Ok(refuse_uncertain(notices)?),
            false => Ok(notices),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The form of the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FindingsFormat,
    /// Exit with 3 where there are such notices; contradicted figures count as inferred
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub deny: Vec<Deny>,
    #[command(flatten)]
    pub strict: StrictArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FromFormat {
    Toml,
    Json,
    Csv,
    Xlsx,
    Ods,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Decimal {
    /// 1.5
    Point,
    /// 1,5
    Comma,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DialectArg {
    /// Commas, decimal points: RFC 4180
    Rfc4180,
    /// For Excel in Central Europe: semicolons, decimal commas, a byte-order mark
    ExcelEu,
}

fn encoding(name: &str) -> Result<Encoding, &'static str> {
    Encoding::from_name(name).ok_or(
        "known are utf-8, utf-16le, windows-1250, windows-1252 and the other encodings of the web",
    )
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FindingsFormat {
    /// Text for people
    Text,
    /// JSON for scripts
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Any warning
    Warnings,
    /// A provisional rate table
    Provisional,
    /// Inferred or contradicted figures
    Inferred,
}
