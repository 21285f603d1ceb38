//! The arguments of `ka171 distance`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::rates::RatesFolder;
use super::{PlacesArgs, StrictArgs};

#[derive(Debug, Args)]
#[command(
    override_usage = "ka171 distance [OPTIONS] <FROM> <TO>\n       ka171 distance [OPTIONS] --pairs <FILE>\n       ka171 distance [OPTIONS] --fill <PLAN> -o <FILE>"
)]
pub(in crate::cli) struct DistanceArgs {
    /// The one place: "Szeged, HU", "Springfield, IL, US" or "46.253, 20.148"
    #[arg(
        value_name = "FROM",
        allow_hyphen_values = true,
        value_parser = end,
        requires = "to",
        required_unless_present_any = ["pairs", "fill"],
        conflicts_with_all = ["pairs", "fill"]
    )]
    pub from: Option<String>,
    /// The other place
    #[arg(value_name = "TO", allow_hyphen_values = true, value_parser = end)]
    pub to: Option<String>,
    /// Measure the pairs of a CSV with the columns `from` and `to`; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "fill")]
    pub pairs: Option<PathBuf>,
    /// Write a plan again, with the bands that are missing in it as comments
    #[arg(long, value_name = "PLAN", requires = "output")]
    pub fill: Option<PathBuf>,
    /// The call whose bands and amounts are asked for; without it, all calls. With --fill, instead of
    /// the plan's
    #[arg(long, value_name = "YEAR", value_parser = super::call_year)]
    pub call: Option<u16>,
    #[command(flatten)]
    pub folder: RatesFolder,
    #[command(flatten)]
    pub places: PlacesArgs,
    #[command(flatten)]
    pub strict: StrictArgs,
    /// The form of the result; by default a table, or what the extension of --output says
    #[arg(long, value_name = "FORMAT", conflicts_with = "fill")]
    pub format: Option<DistanceFormat>,
    /// Write the result to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long, requires = "output")]
    pub force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum DistanceFormat {
    /// Tables for people
    Table,
    /// JSON for scripts
    Json,
    /// CSV for spreadsheets
    Csv,
}

/// A latitude may begin with a minus; an option that is mistyped is no place.
fn end(text: &str) -> Result<String, &'static str> {
    let behind = text.strip_prefix('-');
    match behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())) {
        true => Err("this is no option of this command and no place"),
        false => Ok(text.to_owned()),
    }
}

impl DistanceArgs {
    /// What is given, or what the file's extension says.
    ///
    /// # Errors
    ///
    /// The extension says nothing: what to do.
    pub fn form(&self) -> Result<DistanceFormat, String> {
        let Some(path) = self.file().filter(|_| self.format.is_none()) else {
            return Ok(self.format.unwrap_or(DistanceFormat::Table));
        };
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Ok(DistanceFormat::Json),
            Some("csv") => Ok(DistanceFormat::Csv),
            Some("txt") => Ok(DistanceFormat::Table),
            _ => Err(format!(
                "-o {}: the extension says no format; add --format, or end the name in one of .txt, .json, .csv",
                path.display()
            )),
        }
    }

    /// Where the result goes; `None` for standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }
}
