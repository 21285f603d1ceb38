//! Runs that cannot go on.

use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Errors, printable};

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The user's data is at fault.
    #[error("the plan or the rate table has errors")]
    Faults(Errors),
    /// The machine is at fault.
    #[error(transparent)]
    Machine(#[from] Error),
}

impl From<Errors> for Refusal {
    fn from(errors: Errors) -> Self {
        Self::Faults(errors)
    }
}

impl From<Diagnostic> for Refusal {
    fn from(error: Diagnostic) -> Self {
        Self::Faults(error.into())
    }
}

/// What is wrong with the machine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("cannot read {}: {}", shown(path), reason_to_read(path, source))]
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
    #[error("{} holds no rate table: a table is named by its call, such as 2025.toml", shown(.0))]
    NoRateTable(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {}: {}", shown(path), reason_to_write(source))]
    WriteFile {
        /// The path as the user gave it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A plan has more rows than a workbook is written for.
    #[error(
        "a workbook has room for {most} rows of flows and cost items, and the plan has more; use \
         another --format"
    )]
    TooManyRows {
        /// How many there can be.
        most: u32,
    },
    /// The workbook cannot be made.
    #[error("cannot make the workbook: {0}")]
    Workbook(String),
    /// A file is there that nobody asked to overwrite.
    #[error("{} is already there; --force overwrites it", shown(.0))]
    Exists(PathBuf),
    /// The result cannot be written.
    #[error("cannot write the result: {}", reason(.0))]
    Write(io::Error),
}

/// The system's reason in words that an office knows.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "this account may not read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder; name a file in it".to_owned(),
        _ => error.to_string(),
    }
}

/// The same of a file that should be read. Excel lets nobody else read what it has open.
fn reason_to_read(path: &Path, error: &io::Error) -> String {
    let is_denied = error.kind() == io::ErrorKind::PermissionDenied;
    match is_in_use(error) || is_denied && is_open_in_office(path) {
        true => {
            "another program, such as Excel, has it open; save it and close it there".to_owned()
        }
        false => reason(error),
    }
}

/// Windows has two numbers for it, and no kind.
fn is_in_use(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Whether the file lies there that Excel or LibreOffice puts beside one that it has open.
fn is_open_in_office(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    [format!("~${name}"), format!(".~lock.{name}#")]
        .iter()
        .any(|lock| path.with_file_name(lock).exists())
}

/// The same of a file that should be written.
fn reason_to_write(error: &io::Error) -> String {
    match error.kind() {
        _ if is_in_use(error) => "another program has the file open; close it there".to_owned(),
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "this account may not write there, or another program has the file open; close it there"
                .to_owned()
        }
        io::ErrorKind::AlreadyExists => "there is such a file already".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "it is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => reason(error),
    }
}

/// A path without characters that a terminal would act upon.
fn shown(path: &Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_that_excel_has_open_is_said_to_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.xlsx");
        let said = || {
            let source = io::ErrorKind::PermissionDenied.into();
            Error::Read { path: path.clone(), source }.to_string()
        };
        assert!(said().ends_with("plan.xlsx: this account may not read it"), "{}", said());
        for lock in ["~$plan.xlsx", ".~lock.plan.xlsx#"] {
            let lock = folder.path().join(lock);
            std::fs::write(&lock, "").expect("a file");
            assert!(said().contains("such as Excel, has it open; save it and close it"));
            std::fs::remove_file(lock).expect("removed");
        }
    }

    #[cfg(windows)]
    #[test]
    fn a_sharing_violation_is_said_to_be_one() {
        let source = io::Error::from_raw_os_error(32);
        let said = Error::Read { path: "plan.xlsx".into(), source }.to_string();
        assert!(said.contains("such as Excel, has it open"), "{said}");
    }
}
