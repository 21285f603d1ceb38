//! Where rate tables come from: the program itself, or a folder that replaces them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CountryNames, embedded};
use crate::diag::{Errors, SourceFile};
use crate::error::Error;
use crate::hash::sha256;

/// The name of the file with country names.
const COUNTRIES: &str = "countries.toml";

/// The tables at hand.
#[derive(Clone, Debug)]
pub enum RateStore {
    /// The tables that are part of the program.
    Embedded,
    /// A folder's tables, and no others.
    Folder(PathBuf),
}

/// A rate table's text as it was found.
#[derive(Clone, Debug)]
pub struct TableFile {
    pub(super) file: Arc<SourceFile>,
    pub(super) origin: String,
}

impl RateStore {
    /// The calls that there is a table for, ascending.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn calls(&self) -> Result<Vec<u16>, Error> {
        let mut calls = match self {
            Self::Embedded => {
                embedded::TABLES.iter().filter_map(|(name, _)| call_of(name)).collect()
            }
            Self::Folder(folder) => calls_in(folder)?,
        };
        calls.sort_unstable();
        Ok(calls)
    }

    /// The table of a call; `None` where there is none.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn table(&self, call: u16) -> Result<Option<TableFile>, Error> {
        let name = format!("{call}.toml");
        match self {
            Self::Embedded => {
                let found = embedded::TABLES.iter().find(|(table, _)| *table == name);
                let table = |(name, text): &(&str, &str)| {
                    TableFile::new(*name, (*text).to_owned(), "embedded")
                };
                Ok(found.map(table))
            }
            Self::Folder(_) if !self.calls()?.contains(&call) => Ok(None),
            Self::Folder(folder) => TableFile::read(&folder.join(name)).map(Some),
        }
    }

    /// The country names: the folder's own where it has them.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or what is wrong with it.
    pub fn country_names(&self) -> Result<Result<CountryNames, Errors>, Error> {
        let file = match self {
            Self::Folder(folder) if folder.join(COUNTRIES).exists() => {
                TableFile::read(&folder.join(COUNTRIES))?
            }
            _ => {
                let (name, text) = embedded::COUNTRIES;
                TableFile::new(name, text.to_owned(), "embedded")
            }
        };
        Ok(CountryNames::read(&file))
    }
}

impl TableFile {
    /// A table from its text; `origin` says where it came from.
    pub fn new(path: impl Into<String>, text: String, origin: impl Into<String>) -> Self {
        Self { file: SourceFile::new(path, text), origin: origin.into() }
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// The call that the file's name states.
    pub fn named_call(&self) -> Option<u16> {
        call_of(self.file.name())
    }

    /// SHA-256 of the text, in hexadecimal.
    pub fn sha256(&self) -> String {
        sha256(self.file.text().as_bytes())
    }

    /// Reads a table's text.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let fail = |source| Error::Read { path: path.to_owned(), source };
        let text = fs::read_to_string(path).map_err(fail)?;
        let name =
            |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
        let folder = name(path.parent().and_then(Path::file_name));
        let file = name(path.file_name()).unwrap_or_default();
        let origin = folder.map_or(file.clone(), |folder| format!("{folder}/{file}"));
        Ok(Self::new(path.display().to_string(), text, origin))
    }
}

fn call_of(name: &str) -> Option<u16> {
    name.strip_suffix(".toml").filter(|stem| stem.len() == 4)?.parse().ok()
}

fn calls_in(folder: &Path) -> Result<Vec<u16>, Error> {
    let fail = |source| Error::Read { path: folder.to_owned(), source };
    let mut calls = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        calls.extend(entry.map_err(fail)?.file_name().to_str().and_then(call_of));
    }
    if calls.is_empty() {
        return Err(Error::NoRateTable(folder.to_owned()));
    }
    Ok(calls)
}
