//! Runs that cannot go on: the machine is at fault, not the user's data.

use std::io;
use std::path::PathBuf;

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("cannot read {}: {}", path.display(), reason(source))]
    Read {
        /// The path as the user gave it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Standard input cannot be read.
    #[error("cannot read standard input: {}", reason(.0))]
    ReadStandardInput(io::Error),
    /// A folder holds no rate table.
    #[error("{} holds no rate table: a table is named by its call, such as 2025.toml", .0.display())]
    NoRateTable(PathBuf),
    /// The result cannot be written.
    #[error("cannot write the result: {}", reason(.0))]
    Write(io::Error),
}

/// The system's reason in words that an office knows.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "this account may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder; name a plan in it".to_owned(),
        _ => error.to_string(),
    }
}
