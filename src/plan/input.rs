//! The bytes of a plan: from a file or standard input, as text of a known format.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::Refusal;
use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::document::Format;
use crate::error::Error;
use crate::hash::sha256;

/// A plan of this size has some sixty thousand flows; a larger file is no plan.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The formats that plans are written in.
pub type PlanFormat = Format;

/// A plan's text.
#[derive(Clone, Debug)]
pub struct PlanText {
    /// The text with its name.
    pub file: Arc<SourceFile>,
    /// How it is written.
    pub format: PlanFormat,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

impl PlanText {
    /// Reads a plan from a file, or from standard input where the path is `-`.
    ///
    /// Without a `format`, the extension decides; on standard input, or with another extension, `{`
    /// first means JSON, anything else TOML.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large or is no UTF-8.
    pub fn read(path: &Path, format: Option<PlanFormat>) -> Result<Self, Refusal> {
        let shown = path.display().to_string();
        let bytes = if shown == "-" {
            limited(io::stdin().lock()).map_err(Error::ReadStandardInput)?
        } else {
            let fail = |source| Error::Read { path: path.to_owned(), source };
            // Opening a folder succeeds on some systems and fails on reading with poor words.
            if fs::metadata(path).map_err(fail)?.is_dir() {
                return Err(fail(io::ErrorKind::IsADirectory.into()).into());
            }
            limited(File::open(path).map_err(fail)?).map_err(fail)?
        };
        let by_name = match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => Some(Format::Toml),
            Some(extension) if extension.eq_ignore_ascii_case("json") => Some(Format::Json),
            _ => None,
        };
        Self::from_bytes(&shown, bytes, format.or(by_name))
    }

    /// A plan from its bytes.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no UTF-8.
    pub fn from_bytes(
        path: &str,
        bytes: Vec<u8>,
        format: Option<PlanFormat>,
    ) -> Result<Self, Refusal> {
        let sha256 = sha256(&bytes);
        if bytes.len() as u64 > LARGEST {
            let file = SourceFile::new(path, String::new());
            let message = "the file is larger than 16 MiB: it is no plan";
            let place = Place { file, span: 0..0 };
            return Err(Refusal::Faults(Diagnostic::error(Code::TooLarge, place, message).into()));
        }
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
        // A byte-order mark is no part of the text.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let looks_like_json = || match text.trim_start().starts_with('{') {
            true => Format::Json,
            false => Format::Toml,
        };
        let format = format.unwrap_or_else(looks_like_json);
        Ok(Self { file: SourceFile::new(path, text), format, sha256 })
    }
}

/// Reads one byte more than the largest plan has, so that a larger one shows.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Refusal {
    let bytes = error.as_bytes();
    let good = error.utf8_error().valid_up_to();
    let readable = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            "this is UTF-16, as PowerShell's `>` writes it: save it as UTF-8, or use `| Out-File -Encoding utf8`"
        }
        _ => "save the plan as UTF-8; in Notepad: Save as, Encoding, UTF-8",
    };
    let file = SourceFile::new(path, readable);
    let message = "from here on the file is no UTF-8 text";
    let place = Place { file, span: good..good };
    Refusal::Faults(Diagnostic::error(Code::NotUtf8, place, message).help(help).into())
}
