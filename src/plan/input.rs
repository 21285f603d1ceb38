//! The text of a plan: from a file, standard input or memory.

use std::path::Path;
use std::sync::Arc;

use crate::diag::SourceFile;
use crate::document::{Format, HashedText, Limit, read_bytes};
use crate::error::Refusal;

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
        Self::of_file(path, read_bytes(path, Limit::INPUT)?, format)
    }

    /// A plan from the bytes of a file.
    ///
    /// # Errors
    ///
    /// The bytes are too many or no UTF-8.
    pub fn of_file(
        path: &Path,
        bytes: Vec<u8>,
        format: Option<PlanFormat>,
    ) -> Result<Self, Refusal> {
        let text = HashedText::from_bytes(&path.display().to_string(), bytes)?;
        let by_name = match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("toml") => Some(Format::Toml),
            Some(extension) if extension.eq_ignore_ascii_case("json") => Some(Format::Json),
            _ => None,
        };
        Ok(Self::new(text, format.or(by_name)))
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
        Ok(Self::new(HashedText::from_bytes(path, bytes)?, format))
    }

    fn new(text: HashedText, format: Option<PlanFormat>) -> Self {
        let HashedText { file, sha256 } = text;
        let looks_like_json = || match file.text().trim_start().starts_with('{') {
            true => Format::Json,
            false => Format::Toml,
        };
        Self { format: format.unwrap_or_else(looks_like_json), file, sha256 }
    }
}
