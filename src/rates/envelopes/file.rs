//! Where lists of envelopes come from: the program, a folder of rate tables, a file of the user.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::store::{id_of, names_in};
use crate::diag::{Code, Diagnostic, Severity, SourceFile, listed, quoted};
use crate::error::Refusal;
use crate::model::EnvelopeListId;
use crate::rates::store::{RateStore, TableFile};

/// The folder of lists within a folder of rate tables.
pub(in crate::rates) const FOLDER: &str = "envelopes";

/// A list's text as it was found.
#[derive(Clone, Debug)]
pub struct EnvelopeFile {
    pub(in crate::rates) text: TableFile,
    pub(in crate::rates) form: Form,
    pub(in crate::rates) role: Role,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rates) enum Form {
    Toml,
    Csv,
}

/// What a list must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rates) enum Role {
    /// Published envelopes: whose they are, their total and their source.
    Published,
    /// A file of the user: regions and amounts.
    Given,
}

impl EnvelopeFile {
    /// The list that the command line names: `HU-2023` is looked up in the store, anything else is
    /// the path of a file.
    ///
    /// # Errors
    ///
    /// The store has no such list, or the file cannot be read.
    pub fn find(named: &Path, store: &RateStore) -> Result<Self, Refusal> {
        let Some(id) = named.to_str().and_then(EnvelopeListId::from_text) else {
            return Self::read(named);
        };
        match store.envelopes(id)? {
            Some(file) => Ok(file),
            None => Err(unknown(&id.to_string(), &store.envelope_ids()?).into()),
        }
    }

    /// A published list of the store.
    ///
    /// # Errors
    ///
    /// The store has no such list; whatever is no id names none.
    pub fn of_store(id: &str, store: &RateStore) -> Result<Self, Refusal> {
        let parsed = EnvelopeListId::from_text(id);
        match parsed.map(|id| store.envelopes(id)).transpose()?.flatten() {
            Some(file) => Ok(file),
            None => Err(unknown(&quoted(id), &store.envelope_ids()?).into()),
        }
    }

    /// A list of the user. `.toml` and `.csv` say how it is written; without them, a first line that
    /// is a heading, a key or a comment of TOML.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large or is no UTF-8.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        Ok(Self::given(path, TableFile::read(path)?))
    }

    /// A list of the user whose text was read from a path.
    pub fn given(path: &Path, mut text: TableFile) -> Self {
        text.origin = text.file.name().to_owned();
        let form = match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => Form::Toml,
            Some(extension) if extension.eq_ignore_ascii_case("csv") => Form::Csv,
            _ if looks_like_toml(text.file.text()) => Form::Toml,
            _ => Form::Csv,
        };
        Self { text, form, role: Role::Given }
    }

    /// Whether a file in TOML, whatever its name, has envelopes.
    pub fn is_list(file: &TableFile) -> bool {
        let begins = |line: &str| line.trim_start().trim_start_matches('[').starts_with("envelope");
        file.file().text().lines().any(begins)
    }

    /// Published lists of a folder, by name: every file that ends in `.toml`.
    ///
    /// # Errors
    ///
    /// The folder or a file cannot be read.
    pub fn in_folder(folder: &Path) -> Result<Vec<Self>, Refusal> {
        let names = names_in(folder)?;
        names.iter().map(|name| Self::published(&folder.join(name))).collect()
    }

    /// Whether a path leads to a published list: it lies in a folder `envelopes` or is named like
    /// one.
    pub fn is_published(path: &Path) -> bool {
        path.parent().is_some_and(Self::is_folder)
            || path.file_name().and_then(|name| name.to_str()).and_then(id_of).is_some()
    }

    /// Whether a path is that of a folder of lists. `.` and `..` are looked up.
    pub fn is_folder(path: &Path) -> bool {
        let is_nameless = path.file_name().is_none();
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let found = is_nameless.then(|| fs::canonicalize(path).ok()).flatten();
        found.as_deref().unwrap_or(path).file_name().is_some_and(|name| name == FOLDER)
    }

    /// A published list by its path.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large or is no UTF-8.
    pub fn published(path: &Path) -> Result<Self, Refusal> {
        let text = TableFile::read(path)?;
        Ok(Self { text, form: Form::Toml, role: Role::Published })
    }

    pub(super) fn embedded((name, text): &(&str, &str)) -> Self {
        let text = TableFile::embedded(&format!("{FOLDER}/{name}"), text);
        Self { text, form: Form::Toml, role: Role::Published }
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        self.text.file()
    }

    /// SHA-256 of its bytes, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.text.sha256
    }

    /// The id that the file's name states.
    pub fn named_id(&self) -> Option<EnvelopeListId> {
        id_of(self.file().name())
    }
}

fn looks_like_toml(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.starts_with(['[', '#']) || first.contains('=')
}

fn unknown(id: &str, known: &[EnvelopeListId]) -> Diagnostic {
    let known: Vec<String> = known.iter().map(EnvelopeListId::to_string).collect();
    let known = match known.as_slice() {
        [] => "there is none at all".to_owned(),
        [only] => format!("there is one list, {only}"),
        _ => format!("there are the lists {}", listed(&known, "and")),
    };
    let message = format!("there is no list of envelopes {id}");
    Diagnostic::new(Severity::Error, Code::UnknownEnvelopes, message)
        .help(format!("{known}; a file of your own is given by its path, such as awards.csv"))
}
