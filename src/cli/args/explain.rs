//! Arguments of `ka171 explain`.

use clap::{Args, ValueEnum};

use super::{PlanArgs, StrictArgs};
use crate::explain::Scope;
use crate::model::Region;
use crate::report::page::Form;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    #[command(flatten)]
    pub plan: PlanArgs,
    /// Only the flow with this id
    #[arg(long, value_name = "ID", conflicts_with = "region")]
    flow: Option<String>,
    /// Only this region with its flows, by number
    #[arg(long, value_name = "N", value_parser = region)]
    region: Option<Region>,
    /// The form of the explanation
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ExplainFormat,
    #[command(flatten)]
    pub strict: StrictArgs,
    /// No notices on standard error
    #[arg(long, short)]
    pub quiet: bool,
}

impl ExplainArgs {
    /// How much is asked for.
    pub fn scope(&self) -> Scope {
        match (&self.flow, self.region) {
            (Some(id), _) => Scope::Flow(id.clone()),
            (None, Some(region)) => Scope::Region(region),
            (None, None) => Scope::All,
        }
    }
}

fn region(text: &str) -> Result<Region, String> {
    let region = text.parse().ok().and_then(Region::new);
    region.ok_or_else(|| format!("a region is a number from 1 to {}", Region::LAST))
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// Text for people
    Text,
    /// JSON for scripts
    Json,
    /// Markdown, for wikis and pull requests
    Markdown,
}

impl ExplainFormat {
    /// `None` for JSON.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Text => Some(Form::Text(None)),
            Self::Markdown => Some(Form::Markdown),
            Self::Json => None,
        }
    }
}
