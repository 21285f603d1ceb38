//! The text of a saved result: UTF-8, or the UTF-16 that Windows PowerShell's `>` writes.

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceFile};
use crate::document::{HashedText, Limit, read_bytes};
use crate::error::Refusal;

pub(super) fn read(path: &Path) -> Result<Arc<SourceFile>, Refusal> {
    decoded(path, &read_bytes(path, Limit::RESULT)?)
}

pub(super) fn decoded(path: &Path, bytes: &[u8]) -> Result<Arc<SourceFile>, Refusal> {
    let name = path.display().to_string();
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(&name, rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(&name, rest, u16::from_be_bytes),
        _ => Ok(HashedText::decoded(&name, bytes.to_vec())?.file),
    }
}

fn utf_16(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Arc<SourceFile>, Refusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(SourceFile::new(name, text)),
        _ => {
            let place = Place { file: SourceFile::new(name, String::new()), span: 0..0 };
            let message = "the file begins like UTF-16 and is none";
            let help = "write the result anew; in PowerShell: | Out-File -Encoding utf8";
            Err(Diagnostic::error(Code::NotUtf8, place, message).help(help).into())
        }
    }
}
