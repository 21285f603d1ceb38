//! The arguments of `ka171 rates`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesArgs {
    #[command(subcommand)]
    pub command: RatesCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RatesCommand {
    /// Validate rate tables: the program's own, or those of a folder or files
    Check(RatesCheckArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RatesCheckArgs {
    /// Folders and files; none means the tables that are part of the program
    #[arg(value_name = "DIR|FILE")]
    pub paths: Vec<PathBuf>,
}
