//! The arguments of `ka171 diff`.

use std::path::PathBuf;

use clap::Args;

use super::rates::{PageFormat, RatesFolder};
use super::{PlacesArgs, ReadingArgs, StrictArgs};
use crate::model::{Eur, decimal_from_text};

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The old budget: a plan, or a result that `budget --format json` wrote; `-` reads one of the two
    /// from standard input
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new budget; left out to compute one plan for two calls
    #[arg(value_name = "NEW")]
    pub new: Option<PathBuf>,
    /// The call year, instead of the plans'; twice for one plan in two calls, the old one first
    #[arg(long, value_name = "YEAR", value_parser = super::call_year)]
    pub call: Vec<u16>,
    /// The applicant's country, instead of the plans'
    #[arg(long, value_name = "ISO")]
    pub country: Option<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Exit with 3 where the total increases by more than this (5000, or 2.5%), or only the new call
    /// allows a flow
    #[arg(long, value_name = "EUR|PERCENT", value_parser = increase)]
    pub fail_on_increase: Option<Increase>,
    #[command(flatten)]
    pub places: PlacesArgs,
    #[command(flatten)]
    pub strict: StrictArgs,
    #[command(flatten)]
    pub folder: RatesFolder,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: PageFormat,
}

/// How much more is too much.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum Increase {
    /// EUR.
    Eur(Eur),
    /// Hundredths of a percent of the old total.
    Percent(Eur),
}

fn increase(text: &str) -> Result<Increase, &'static str> {
    let (number, is_percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let number = decimal_from_text(number).and_then(Eur::from_decimal);
    let number = number.filter(|number| *number >= Eur::ZERO);
    let number = number.ok_or("write EUR such as 5000 or 99.50, or a percentage such as 2.5%")?;
    Ok(if is_percent { Increase::Percent(number) } else { Increase::Eur(number) })
}
