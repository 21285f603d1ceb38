//! What lies in a folder of rate tables.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::envelopes::FOLDER;
use super::store::{COUNTRIES, call_of};
use crate::diag::{Code, Diagnostic, Place, Severity, SourceFile};
use crate::error::Error;

/// The files of a folder by what their names make them, each kind sorted by name.
#[derive(Clone, Debug, Default)]
pub struct FolderContents {
    /// Rate tables.
    pub tables: Vec<PathBuf>,
    /// Whether it has country names of its own.
    pub has_names: bool,
    /// Published lists of envelopes, those with a wrong name included.
    pub lists: Vec<PathBuf>,
    /// Files in TOML or CSV that nothing reads, and where they lie: what to do.
    unused: Vec<(PathBuf, &'static str)>,
}

impl FolderContents {
    /// Of a folder of tables, with its folder of lists.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub fn of(folder: &Path) -> Result<Self, Error> {
        let lists = folder.join(FOLDER);
        let mut contents = match lists.is_dir() {
            true => Self::of_lists(&lists)?,
            false => Self::default(),
        };
        for path in files_in(folder)? {
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            if name == COUNTRIES {
                contents.has_names = true;
            } else if call_of(name).is_some() {
                contents.tables.push(path);
            } else if path.is_file() {
                let help = "a rate table is named by its call, such as 2025.toml, and lists of envelopes lie in the folder `envelopes`: rename or move the file";
                contents.unused.push((path, help));
            }
        }
        Ok(contents)
    }

    /// Of a folder of published lists of envelopes.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn of_lists(folder: &Path) -> Result<Self, Error> {
        let mut contents = Self::default();
        for path in files_in(folder)? {
            if path.extension().is_some_and(|extension| extension == "toml") {
                contents.lists.push(path);
            } else if path.is_file() {
                let help = "a published list is in TOML and named by country and call, such as HU-2023.toml; a file of your own is given by its path: `--envelope FILE`";
                contents.unused.push((path, help));
            }
        }
        Ok(contents)
    }

    /// A warning for each file that looks like a table or a list and is none by its name.
    pub fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        self.unused.iter().map(|(path, help)| {
            let file = SourceFile::new(path.display().to_string(), String::new());
            let message = "nothing reads this file";
            let finding = Diagnostic::new(Severity::Warning, Code::UnusedFile, message);
            Diagnostic { place: Some(Place { file, span: 0..0 }), ..finding }.help(*help)
        })
    }
}

/// The files that end in `.toml` or `.csv`, in small or capital letters.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |source| Error::Read { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = folder.join(entry.map_err(fail)?.file_name());
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let is_text = ["toml", "csv"].iter().any(|known| extension.eq_ignore_ascii_case(known));
        if is_text {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}
