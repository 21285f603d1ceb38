//! Files as text: the bytes of a plan or a rate table, limited and decoded.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::error::{Error, Refusal};
use crate::hash::sha256;

/// A file of this size has some sixty thousand flows; a larger one is no plan and no table.
const LARGEST: u64 = 16 * 1024 * 1024;

/// A text and the hash of the bytes that it was read from.
#[derive(Clone, Debug)]
pub struct HashedText {
    /// The text with its name.
    pub file: Arc<SourceFile>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

impl HashedText {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// It cannot be read, is too large or is no UTF-8.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        Self::from_bytes(&path.display().to_string(), read_bytes(path)?)
    }

    /// Reads standard input, which is called `-`.
    ///
    /// # Errors
    ///
    /// It cannot be read, is too large or is no UTF-8.
    pub fn read_standard_input() -> Result<Self, Refusal> {
        let bytes = limited(io::stdin().lock()).map_err(Error::ReadStandardInput)?;
        Self::from_bytes("-", bytes)
    }

    /// A text from its bytes, less a byte-order mark.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no UTF-8.
    pub fn from_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        check_size(path, &bytes)?;
        let sha256 = sha256(&bytes);
        let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        Ok(Self { file: SourceFile::new(path, text), sha256 })
    }
}

/// Refuses more bytes than the largest file has.
///
/// # Errors
///
/// They are too many.
pub fn check_size(path: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() as u64 <= LARGEST {
        return Ok(());
    }
    let place = Place { file: SourceFile::new(path, String::new()), span: 0..0 };
    Err(Diagnostic::error(Code::TooLarge, place, "the file is larger than 16 MiB").into())
}

/// The bytes of a file; of one that is too large, as many as show it.
///
/// # Errors
///
/// It cannot be read.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let fail = |source| Error::Read { path: path.to_owned(), source };
    // Opening a folder succeeds on some systems and fails on reading with poor words.
    if fs::metadata(path).map_err(fail)?.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    limited(File::open(path).map_err(fail)?).map_err(fail)
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads one byte more than the largest file has, so that a larger one shows.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_utf8(path: &str, error: &FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let good = error.utf8_error().valid_up_to();
    let readable = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            "this is UTF-16, as PowerShell's `>` writes it: save it as UTF-8, or use `| Out-File -Encoding utf8`"
        }
        [b'P', b'K', 3, 4, ..] => {
            "this is a workbook or another packed file: save it as text; in a spreadsheet program as CSV UTF-8"
        }
        _ if path.to_ascii_lowercase().ends_with(".csv") => {
            "save the file as UTF-8; in a spreadsheet program as CSV UTF-8"
        }
        _ => "save the file as UTF-8; in Notepad: Save as, Encoding, UTF-8",
    };
    let place = Place { file: SourceFile::new(path, readable), span: good..good };
    let message = "from here on the file is no UTF-8 text";
    Diagnostic::error(Code::NotUtf8, place, message).help(help)
}
