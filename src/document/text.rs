//! Files as text: the bytes of a plan or a rate table, limited and decoded.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::string::FromUtf8Error;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::error::{Error, Refusal};
use crate::hash::sha256;

/// How many bytes a file may have: more are an accident.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    mebibytes: u16,
}

impl Limit {
    /// Of plans and tables. A plan of this size has some sixty thousand flows.
    pub const INPUT: Self = Self { mebibytes: 16 };
    /// Of saved results: what the largest plan gives, also in UTF-16.
    pub const RESULT: Self = Self { mebibytes: 512 };

    /// The most bytes.
    pub fn bytes(self) -> u64 {
        u64::from(self.mebibytes) * 1024 * 1024
    }

    /// Refuses more bytes than these.
    ///
    /// # Errors
    ///
    /// They are too many.
    pub fn check(self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        if bytes.len() as u64 <= self.bytes() {
            return Ok(());
        }
        let place = Place { file: SourceFile::new(path, String::new()), span: 0..0 };
        let message = format!("the file is larger than {self}");
        Err(Diagnostic::error(Code::TooLarge, place, message).into())
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MiB", self.mebibytes)
    }
}

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
        Self::from_bytes(&path.display().to_string(), read_bytes(path, Limit::INPUT)?)
    }

    /// A plan's or table's text from its bytes, less a byte-order mark.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no UTF-8.
    pub fn from_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        Limit::INPUT.check(path, &bytes)?;
        Self::decoded(path, bytes)
    }

    /// A text of any size from its bytes, less a byte-order mark.
    ///
    /// # Errors
    ///
    /// The bytes are no UTF-8.
    pub fn decoded(path: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let sha256 = sha256(&bytes);
        let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        Ok(Self { file: SourceFile::new(path, text), sha256 })
    }
}

/// The bytes of a file, or of standard input where the path is `-`.
///
/// # Errors
///
/// It cannot be read, or has more bytes than the limit.
pub fn read_bytes(path: &Path, limit: Limit) -> Result<Vec<u8>, Refusal> {
    let bytes = match path.as_os_str() == "-" {
        true => limited(io::stdin().lock(), limit).map_err(Error::ReadStandardInput)?,
        false => file_bytes(path, limit)
            .map_err(|source| Error::Read { path: path.to_owned(), source })?,
    };
    limit.check(&path.display().to_string(), &bytes)?;
    Ok(bytes)
}

fn file_bytes(path: &Path, limit: Limit) -> io::Result<Vec<u8>> {
    // Opening a folder succeeds on some systems and fails on reading with poor words.
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    limited(File::open(path)?, limit)
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads one byte more than the limit, so that a larger file shows.
fn limited(from: impl Read, limit: Limit) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit.bytes() + 1).read_to_end(&mut bytes)?;
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
