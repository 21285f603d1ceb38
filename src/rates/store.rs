//! Where rate tables come from: the program itself, or a folder that replaces them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CountryNames, embedded};
use crate::diag::{Code, Diagnostic, Place, Severity, SourceFile, listed};
use crate::document::HashedText;
use crate::error::{Error, Refusal};
use crate::hash::sha256;

/// The name of the file with country names.
pub(super) const COUNTRIES: &str = "countries.toml";

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
    /// SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
    /// `embedded`, or folder and file.
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
    /// The file cannot be read as text.
    pub fn table(&self, call: u16) -> Result<Option<TableFile>, Refusal> {
        let name = format!("{call}.toml");
        match self {
            Self::Embedded => {
                let found = embedded::TABLES.iter().find(|(table, _)| *table == name);
                Ok(found.map(|(name, text)| TableFile::embedded(name, text)))
            }
            Self::Folder(_) if !self.calls()?.contains(&call) => Ok(None),
            Self::Folder(folder) => TableFile::read(&folder.join(name)).map(Some),
        }
    }

    /// Says that there is no table of a call, and which there are.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn unknown_call(&self, call: u32, place: Option<Place>) -> Result<Diagnostic, Error> {
        let known: Vec<String> = self.calls()?.iter().map(u16::to_string).collect();
        let message = format!("there is no rate table for call {call}");
        let help = match known.as_slice() {
            [only] => format!("there is one table, for call {only}"),
            _ => format!("there are tables for the calls {}", listed(&known, "and")),
        };
        let finding = Diagnostic::new(Severity::Error, Code::UnknownCall, message);
        Ok(Diagnostic { place, ..finding }.help(help))
    }

    /// The country names: the folder's own where it has them.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or what is wrong with it.
    pub fn country_names(&self) -> Result<CountryNames, Refusal> {
        Ok(CountryNames::read(&self.country_names_file()?)?)
    }

    /// Where the store's own country names are, or would be.
    pub fn country_names_path(&self) -> PathBuf {
        match self {
            Self::Embedded => COUNTRIES.into(),
            Self::Folder(folder) => folder.join(COUNTRIES),
        }
    }

    /// The file with the country names.
    ///
    /// # Errors
    ///
    /// It cannot be read as text.
    pub fn country_names_file(&self) -> Result<TableFile, Refusal> {
        match self {
            Self::Folder(_) if self.country_names_path().exists() => {
                TableFile::read(&self.country_names_path())
            }
            _ => {
                let (name, text) = embedded::COUNTRIES;
                Ok(TableFile::embedded(name, text))
            }
        }
    }
}

impl TableFile {
    pub(super) fn embedded(name: &str, text: &str) -> Self {
        let sha256 = sha256(text.as_bytes());
        let file = SourceFile::new(name, text.to_owned());
        Self { file, sha256, origin: "embedded".to_owned() }
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    /// Whether its name is that of the list of country names.
    pub fn is_country_names(&self) -> bool {
        self.file.name() == COUNTRIES
    }

    /// The call that the file's name states.
    pub fn named_call(&self) -> Option<u16> {
        call_of(self.file.name())
    }

    /// Reads a table's text.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large or is no UTF-8.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        Ok(Self::found_at(path, HashedText::read(path)?))
    }

    /// A table from its bytes, as if they stood in a file of this path.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no UTF-8.
    pub fn from_bytes(path: impl AsRef<Path>, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let path = path.as_ref();
        Ok(Self::found_at(path, HashedText::from_bytes(&path.display().to_string(), bytes)?))
    }

    fn found_at(path: &Path, text: HashedText) -> Self {
        let HashedText { file, sha256 } = text;
        let name = |part: Option<&OsStr>| part.map(|part| part.to_string_lossy().into_owned());
        let folder = name(path.parent().and_then(Path::file_name));
        let own = file.name();
        let origin = folder.map_or(own.to_owned(), |folder| format!("{folder}/{own}"));
        Self { file, sha256, origin }
    }
}

/// The call of a table's file name. `+123.toml` and `0025.toml` are no tables: a call is looked up
/// by its four digits.
pub(super) fn call_of(name: &str) -> Option<u16> {
    let digits = name.strip_suffix(".toml")?;
    let call: u16 = digits.parse().ok()?;
    ((1000..=9999).contains(&call) && call.to_string() == digits).then_some(call)
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
