//! The arguments of `ka171 verify`.

use std::path::PathBuf;

use clap::Args;

use super::rates::{PageFormat, RatesFolder};
use super::{PlacesArgs, ReadingArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// A result that `budget --format json` wrote; `-` reads standard input
    #[arg(value_name = "RESULT")]
    pub result: PathBuf,
    /// The plan that it was computed from: then its hash is checked, and all that it says
    #[arg(value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
    /// The list of envelopes that it was compared with, where that is a file of yours: then it is
    /// checked too
    #[arg(long, value_name = "ID|FILE")]
    pub envelope: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub places: PlacesArgs,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: PageFormat,
}
