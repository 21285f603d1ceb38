//! Where lists of envelopes come from: the program, a folder of rate tables, a file of the user.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Severity, SourceFile, listed};
use crate::error::{Error, Refusal};
use crate::model::EnvelopeListId;
use crate::rates::embedded;
use crate::rates::store::{RateStore, TableFile};

/// The folder of lists within a folder of rate tables.
const FOLDER: &str = "envelopes";

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
            None => Err(unknown(id, &store.envelope_ids()?).into()),
        }
    }

    /// A list of the user. `.toml` and `.csv` say how it is written; without them, a first line that
    /// is a heading, a key or a comment of TOML.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large or is no UTF-8.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let mut text = TableFile::read(path)?;
        text.origin = text.file.name().to_owned();
        let form = match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => Form::Toml,
            Some(extension) if extension.eq_ignore_ascii_case("csv") => Form::Csv,
            _ if looks_like_toml(text.file.text()) => Form::Toml,
            _ => Form::Csv,
        };
        Ok(Self { text, form, role: Role::Given })
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

    /// Whether a path is that of a folder of lists.
    pub fn is_folder(path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == FOLDER)
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

    fn embedded((name, text): &(&str, &str)) -> Self {
        let text = TableFile::embedded(&format!("{FOLDER}/{name}"), text);
        Self { text, form: Form::Toml, role: Role::Published }
    }

    /// The file.
    pub fn file(&self) -> &Arc<SourceFile> {
        self.text.file()
    }

    /// The id that the file's name states.
    pub fn named_id(&self) -> Option<EnvelopeListId> {
        id_of(self.file().name())
    }
}

impl RateStore {
    /// The published lists that there are, by country and call.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn envelope_ids(&self) -> Result<Vec<EnvelopeListId>, Error> {
        let mut ids: Vec<EnvelopeListId> = match self.envelope_folder() {
            Some(folder) => names_in(&folder)?.iter().filter_map(|name| id_of(name)).collect(),
            None => embedded::ENVELOPES.iter().filter_map(|(name, _)| id_of(name)).collect(),
        };
        ids.sort_unstable();
        Ok(ids)
    }

    /// A published list; `None` where there is none of this id.
    ///
    /// # Errors
    ///
    /// The file cannot be read as text.
    pub fn envelopes(&self, id: EnvelopeListId) -> Result<Option<EnvelopeFile>, Refusal> {
        let Some(folder) = self.envelope_folder() else {
            let found = embedded::ENVELOPES.iter().find(|(name, _)| id_of(name) == Some(id));
            return Ok(found.map(EnvelopeFile::embedded));
        };
        match self.envelope_ids()?.contains(&id) {
            true => EnvelopeFile::published(&folder.join(format!("{id}.toml"))).map(Some),
            false => Ok(None),
        }
    }

    /// The store's own lists, those with a wrong name included; none of a folder that has none and
    /// leaves them to the program.
    ///
    /// # Errors
    ///
    /// The folder or a file cannot be read.
    pub fn own_envelopes(&self) -> Result<Vec<EnvelopeFile>, Refusal> {
        match (self, self.envelope_folder()) {
            (Self::Embedded, _) => {
                Ok(embedded::ENVELOPES.iter().map(EnvelopeFile::embedded).collect())
            }
            (Self::Folder(_), Some(folder)) => EnvelopeFile::in_folder(&folder),
            (Self::Folder(_), None) => Ok(Vec::new()),
        }
    }

    /// The folder of lists; `None` where the program's own are used.
    fn envelope_folder(&self) -> Option<PathBuf> {
        match self {
            Self::Embedded => None,
            Self::Folder(folder) => Some(folder.join(FOLDER)).filter(|folder| folder.is_dir()),
        }
    }
}

/// The names of the files in a folder that end in `.toml`, sorted.
fn names_in(folder: &Path) -> Result<Vec<String>, Error> {
    let fail = |source| Error::Read { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        names.extend(name.to_str().filter(|name| name.ends_with(".toml")).map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

/// The id of a list's file name, which is written in capitals.
fn id_of(name: &str) -> Option<EnvelopeListId> {
    let id = name.strip_suffix(".toml")?;
    EnvelopeListId::from_text(id).filter(|read| read.to_string() == id)
}

fn looks_like_toml(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.starts_with(['[', '#']) || first.contains('=')
}

fn unknown(id: EnvelopeListId, known: &[EnvelopeListId]) -> Diagnostic {
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
