//! Published lists of envelopes: those of the program, or of a folder of rate tables.

use std::fs;
use std::path::{Path, PathBuf};

use super::EnvelopeFile;
use super::file::FOLDER;
use crate::error::{Error, Refusal};
use crate::model::EnvelopeListId;
use crate::rates::embedded;
use crate::rates::store::RateStore;

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
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>, Error> {
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
pub(super) fn id_of(name: &str) -> Option<EnvelopeListId> {
    let id = name.strip_suffix(".toml")?;
    EnvelopeListId::from_text(id).filter(|read| read.to_string() == id)
}
