//! Writes a result to a file that the user names.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::Error;

/// Writes a file as a whole or not at all: the bytes go into a temporary file beside it, which then
/// takes its name. Where that fails, what was there is still there.
///
/// # Errors
///
/// There is such a file and `force` is not given, it is a folder, or it cannot be written.
pub(super) fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    let fail = |source| Error::WriteFile { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    // A link is written through; it keeps leading to its file.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = temporary(folder.unwrap_or(Path::new("."))).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
    let written = match force {
        true => file.persist(&target),
        false => file.persist_noclobber(&target),
    };
    written.map(|_| ()).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => fail(error.error),
    })
}

/// A file for all whom the system lets read new files; temporary ones are for their owner alone.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
