//! The arguments of `ka171 schema`.

use clap::{Args, ValueEnum};

// Without an argument the help says more than the error: it lists what there is.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(in crate::cli) struct SchemaArgs {
    /// The files that it describes
    #[arg(value_name = "WHAT")]
    pub what: SchemaOf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    /// Plans in TOML or JSON
    Plan,
    /// Results of `budget --format json`
    Budget,
    /// Rate tables, CALL.toml
    Rates,
}
