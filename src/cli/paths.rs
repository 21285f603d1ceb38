//! Paths as the user gave them. Where the shell does not expand `faculty-*.xlsx`, as on Windows, this does.

use std::path::PathBuf;

use crate::diag::{Code, Diagnostic, Severity, quoted};
use crate::error::{Error, Refusal};

/// The paths, with those that a pattern matches in its place, by name. A file whose name looks like a
/// pattern is that file.
///
/// # Errors
///
/// A pattern matches nothing, or a folder cannot be read.
pub(super) fn expanded(given: &[PathBuf]) -> Result<Vec<PathBuf>, Refusal> {
    let mut paths = Vec::new();
    for path in given {
        let pattern = path.to_str().filter(|text| text.contains(['*', '?']) && !path.exists());
        match pattern {
            Some(pattern) => paths.extend(matches(pattern)?),
            None => paths.push(path.clone()),
        }
    }
    Ok(paths)
}

fn matches(pattern: &str) -> Result<Vec<PathBuf>, Refusal> {
    let found = glob::glob(pattern).map_err(|error| no_match(pattern, error.msg))?;
    let mut paths = Vec::new();
    for path in found {
        let path = path.map_err(|error| {
            let path = error.path().to_owned();
            Error::Read { path, source: error.into() }
        })?;
        if path.is_file() && !is_lock(&path) {
            paths.push(path);
        }
    }
    match paths.is_empty() {
        true => Err(no_match(pattern, "no file has such a name").into()),
        false => Ok(paths),
    }
}

/// What Excel and LibreOffice leave beside a workbook while it is open.
fn is_lock(path: &std::path::Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn no_match(pattern: &str, why: &str) -> Diagnostic {
    let message = format!("{} names no file: {why}", quoted(pattern));
    Diagnostic::new(Severity::Error, Code::NoSuchFiles, message)
        .help("`*` stands for any letters of a file's name, `?` for one")
}
