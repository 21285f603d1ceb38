//! The arguments of `ka171 score`.

use clap::Args;

use super::PlanArgs;
use super::rates::PageFormat;

#[derive(Debug, Args)]
pub(in crate::cli) struct ScoreArgs {
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The form of the result
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: PageFormat,
    /// No notices on standard error
    #[arg(long, short)]
    pub quiet: bool,
}
