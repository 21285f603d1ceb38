//! Writes files: the only place that does.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use crate::error::Error;

/// Writes a file as a whole: what was there stays until all is written, and stays where that fails.
///
/// The bytes go to a temporary file beside the target, which takes its place. A link is followed. What
/// is no file, such as a printer or a pipe, is written to as it is.
///
/// # Errors
///
/// What the system says; an existing file that is read-only or, without `overwrite`, any.
pub(super) fn write_file(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), Error> {
    let there = fs::metadata(path);
    if !overwrite && there.as_ref().is_ok_and(|there| !there.is_dir()) {
        return Err(Error::Exists(path.to_owned()));
    }
    let written = match there {
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if there.is_file() && there.permissions().readonly() => {
            Err(io::ErrorKind::ReadOnlyFilesystem.into())
        }
        Ok(there) if there.is_file() => {
            path.canonicalize().and_then(|path| replace(&path, bytes, Some(there.permissions())))
        }
        Ok(_) => OpenOptions::new().write(true).open(path).and_then(|mut to| to.write_all(bytes)),
        Err(_) => replace(path, bytes, None),
    };
    written.map_err(|source| Error::WriteFile { path: path.to_owned(), source })
}

/// Puts a new file in the place of another one, with its permissions; without these, there is none yet.
fn replace(path: &Path, bytes: &[u8], old: Option<Permissions>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let is_new = old.is_none();
    let mut file = builder(old).tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.as_file_mut().write_all(bytes)?;
    // Some systems say only now that the disk is full.
    file.as_file().sync_all()?;
    let put = if is_new { file.persist_noclobber(path) } else { file.persist(path) };
    put.map(drop).map_err(|error| error.error)
}

/// A temporary file would be readable by its owner alone.
#[cfg(unix)]
fn builder(old: Option<Permissions>) -> Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = Builder::new();
    // The system takes away what a new file should not have.
    builder.permissions(old.unwrap_or_else(|| Permissions::from_mode(0o666)));
    builder
}

#[cfg(not(unix))]
fn builder(_: Option<Permissions>) -> Builder<'static, 'static> {
    Builder::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a folder holds, by name.
    fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut files: Vec<_> = entries
            .map(|entry| {
                let name = entry.file_name().into_string().expect("a name");
                (name, fs::read(entry.path()).expect("a file"))
            })
            .collect();
        files.sort();
        files
    }

    fn kind(written: Result<(), Error>) -> io::ErrorKind {
        match written {
            Err(Error::WriteFile { source, .. }) => source.kind(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_written_and_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("budget.csv");
        write_file(&path, b"a long first text", false).expect("written");
        assert_eq!(files(folder.path()), [("budget.csv".into(), b"a long first text".to_vec())]);
        write_file(&path, b"second", true).expect("written");
        assert_eq!(files(folder.path()), [("budget.csv".into(), b"second".to_vec())]);
    }

    #[test]
    fn what_may_not_be_replaced_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("budget.csv");
        fs::write(&path, "first").expect("a file");
        assert!(matches!(write_file(&path, b"second", false), Err(Error::Exists(_))));
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("read-only");
        assert_eq!(kind(write_file(&path, b"second", true)), io::ErrorKind::ReadOnlyFilesystem);
        assert_eq!(files(folder.path()), [("budget.csv".into(), b"first".to_vec())]);
    }

    #[test]
    fn a_folder_that_is_missing_or_the_target_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = folder.path().join("missing/budget.csv");
        assert_eq!(kind(write_file(&missing, b"text", true)), io::ErrorKind::NotFound);
        assert_eq!(kind(write_file(folder.path(), b"text", true)), io::ErrorKind::IsADirectory);
        assert_eq!(files(folder.path()), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("budget.csv"), folder.path().join("link.csv"));
        fs::write(&path, "first").expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("permissions");
        symlink(&path, &link).expect("a link");
        write_file(&link, b"second", true).expect("written");
        assert_eq!(fs::read(&path).expect("a file"), b"second");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
