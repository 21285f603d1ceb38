//! The arguments of `ka171 schema`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaArgs {
    /// The files that it describes
    #[arg(value_name = "WHAT")]
    pub what: SchemaOf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    /// Rate tables, CALL.toml
    Rates,
}
