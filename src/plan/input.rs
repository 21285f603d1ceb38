//! The text of a plan: from a file, standard input or memory.

use std::path::Path;
use std::sync::Arc;

use super::sheet::{self, DecimalMark, SheetPlan};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};
use crate::document::{self, HashedText, Limit, Node, read_bytes};
use crate::error::Refusal;
use crate::hash::sha256;
use crate::rates::CountryNames;
use crate::sheet::{
    Dialect, Encoding, Sheet, WorkbookKind, csv_dialect, csv_rows, csv_sheet, decode, sheets,
};

/// The formats that plans are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFormat {
    /// TOML
    Toml,
    /// JSON
    Json,
    /// Values separated by commas, semicolons or tabs
    Csv,
    /// A workbook of Excel
    Xlsx,
    /// A workbook of LibreOffice
    Ods,
}

impl PlanFormat {
    /// What a file of this name holds; `None` where its extension does not say.
    pub fn of_name(path: &Path) -> Option<Self> {
        by_name(path.extension()?.to_str()?)
    }
}

/// How a plan's file is to be read, where it does not say so itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The format; by default the file's name and its beginning tell.
    pub format: Option<PlanFormat>,
    /// The encoding of a CSV file; by default UTF-8, or UTF-16 with a byte-order mark.
    pub encoding: Option<Encoding>,
    /// What separates decimals in cells; by default each cell must tell.
    pub decimal: Option<DecimalMark>,
}

/// A plan's text.
#[derive(Clone, Debug)]
pub struct PlanText {
    /// The text with its name. Of a sheet, the texts of its cells.
    pub file: Arc<SourceFile>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    content: Content,
}

/// How the text is written.
#[derive(Clone, Debug)]
enum Content {
    Document(document::Format),
    Sheets(Arc<SheetPlan>),
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
        Self::read_as(path, Reading { format, ..Reading::default() })
    }

    /// Reads a plan from a file, or from standard input where the path is `-`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is too large, is no text or no workbook.
    pub fn read_as(path: &Path, reading: Reading) -> Result<Self, Refusal> {
        Self::of_file(path, read_bytes(path, Limit::INPUT)?, reading)
    }

    /// A plan from the bytes of a file.
    ///
    /// # Errors
    ///
    /// The bytes are too many, no text or no workbook.
    pub fn of_file(path: &Path, bytes: Vec<u8>, reading: Reading) -> Result<Self, Refusal> {
        let by_name = PlanFormat::of_name(path);
        // A workbook is one by whatever name it came.
        let by_content = by_content(&bytes).filter(|_| by_name != Some(PlanFormat::Ods));
        let format = reading.format.or(by_content).or(by_name);
        Self::new(&path.display().to_string(), bytes, Reading { format, ..reading })
    }

    /// A plan from its bytes.
    ///
    /// # Errors
    ///
    /// The bytes are too many, no text or no workbook.
    pub fn from_bytes(
        path: &str,
        bytes: Vec<u8>,
        format: Option<PlanFormat>,
    ) -> Result<Self, Refusal> {
        Self::new(path, bytes, Reading { format, ..Reading::default() })
    }

    /// A plan in JSON that stands in a file of this program.
    pub(crate) fn of_json(file: Arc<SourceFile>) -> Self {
        let content = Content::Document(document::Format::Json);
        Self { file, sha256: String::new(), content }
    }

    fn new(path: &str, bytes: Vec<u8>, reading: Reading) -> Result<Self, Refusal> {
        match reading.format.or_else(|| by_content(&bytes)) {
            Some(PlanFormat::Csv) => Self::of_csv(path, &bytes, reading),
            Some(PlanFormat::Xlsx) => Self::of_workbook(path, &bytes, WorkbookKind::Excel, reading),
            Some(PlanFormat::Ods) => {
                Self::of_workbook(path, &bytes, WorkbookKind::OpenDocument, reading)
            }
            format => {
                let HashedText { file, sha256 } = HashedText::from_bytes(path, bytes)?;
                if format.is_none() {
                    refuse_csv(&file).map_err(|fault| *fault)?;
                }
                let is_json = match format {
                    Some(format) => format == PlanFormat::Json,
                    None => file.text().trim_start().starts_with('{'),
                };
                let format = if is_json { document::Format::Json } else { document::Format::Toml };
                Ok(Self { file, sha256, content: Content::Document(format) })
            }
        }
    }

    fn of_csv(path: &str, bytes: &[u8], reading: Reading) -> Result<Self, Refusal> {
        Limit::INPUT.check(path, bytes)?;
        let text = decode(path, bytes, reading.encoding).map_err(|fault| *fault)?;
        let (sheet, _) = csv_sheet(path, &text, sheet::headings_in).map_err(|fault| *fault)?;
        Ok(Self::of_sheets(path, bytes, &[sheet], reading))
    }

    fn of_workbook(
        path: &str,
        bytes: &[u8],
        kind: WorkbookKind,
        reading: Reading,
    ) -> Result<Self, Refusal> {
        Limit::INPUT.check(path, bytes)?;
        let sheets = sheets(bytes, kind, sheet::is_wanted).map_err(|(message, help)| {
            let place = Place { file: SourceFile::new(path, String::new()), span: 0..0 };
            let is_binary = bytes.is_empty() || bytes.iter().any(|byte| *byte < b'\t');
            let is_text = !is_binary && str::from_utf8(bytes).is_ok();
            let (message, help) = match is_text {
                true => ("this is a text and no workbook".to_owned(), SAY_CSV),
                false => (message, help),
            };
            Diagnostic::error(Code::UnreadableWorkbook, place, message).help(help)
        })?;
        Ok(Self::of_sheets(path, bytes, &sheets, reading))
    }

    fn of_sheets(path: &str, bytes: &[u8], sheets: &[Sheet], reading: Reading) -> Self {
        let (file, plan) = SheetPlan::read(path, sheets, reading.decimal);
        Self { file, sha256: sha256(bytes), content: Content::Sheets(Arc::new(plan)) }
    }

    /// Whether the plan is written in TOML.
    pub fn is_toml(&self) -> bool {
        matches!(self.content, Content::Document(document::Format::Toml))
    }

    /// Whether there seem to be comments in it. A line of a text that begins with `#` counts as one.
    pub fn has_comments(&self) -> bool {
        match &self.content {
            Content::Document(document::Format::Toml) => {
                self.file.text().lines().any(|line| line.trim_start().starts_with('#'))
            }
            Content::Document(document::Format::Json) => false,
            Content::Sheets(plan) => plan.has_comments(),
        }
    }

    /// The plan in sheets, where it is one.
    pub(super) fn sheets(&self) -> Option<&SheetPlan> {
        match &self.content {
            Content::Document(_) => None,
            Content::Sheets(plan) => Some(plan),
        }
    }

    /// The same plan by another name.
    pub(crate) fn called(&self, name: &str) -> Self {
        Self { file: self.file.called(name), ..self.clone() }
    }

    /// The plan as a tree; `None` where nothing else can be said about it. `file` is its own file, perhaps
    /// with another text that stands in for parts of it; `names` are those of countries.
    pub(super) fn tree<'a>(
        &self,
        file: &'a Arc<SourceFile>,
        names: Option<&CountryNames>,
        findings: &Findings,
    ) -> Option<Node<'a>> {
        match &self.content {
            Content::Document(format) => document::parse(*format, file, findings),
            Content::Sheets(plan) => {
                plan.report_faults(file, names, findings);
                plan.tree(file, names)
            }
        }
    }
}

/// What to do about a sheet that nothing says to be one.
const SAY_CSV: &str = "a sheet in CSV has a name that ends in .csv, or --from csv";

/// The first line of TOML that is no comment has a `=` or a bracket; a sheet begins with headings.
fn refuse_csv(file: &Arc<SourceFile>) -> Result<(), Box<Diagnostic>> {
    let mut lines = file.text().lines().map(str::trim);
    // Both have comments.
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let dialect = csv_dialect_of(first);
    let headings = csv_rows(first, &[1], dialect).first().map_or(0, sheet::headings_in);
    if headings < 2 || first.contains(['=', '{', '[']) {
        return Ok(());
    }
    let at = file.text().find(first).unwrap_or_default();
    let place = Place { file: Arc::clone(file), span: at..at };
    let message = "this looks like a sheet in CSV and not like TOML";
    Err(Box::new(Diagnostic::error(Code::Syntax, place, message).help(SAY_CSV)))
}

/// What separates the cells of a CSV file that begins so.
pub fn csv_dialect_of(beginning: &str) -> Dialect {
    csv_dialect(beginning, sheet::headings_in)
}

fn by_name(extension: &str) -> Option<PlanFormat> {
    match extension.to_ascii_lowercase().as_str() {
        "toml" => Some(PlanFormat::Toml),
        "json" => Some(PlanFormat::Json),
        "csv" | "tsv" => Some(PlanFormat::Csv),
        "xlsx" | "xlsm" | "xls" => Some(PlanFormat::Xlsx),
        "ods" => Some(PlanFormat::Ods),
        _ => None,
    }
}

/// Workbooks are told by how they begin.
fn by_content(bytes: &[u8]) -> Option<PlanFormat> {
    let begins = bytes.get(..OPEN_DOCUMENT_WITHIN.min(bytes.len())).unwrap_or_default();
    let is_open_document = begins.windows(OPEN_DOCUMENT.len()).any(|part| part == OPEN_DOCUMENT);
    match bytes {
        [b'P', b'K', 3, 4, ..] if is_open_document => Some(PlanFormat::Ods),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(PlanFormat::Xlsx),
        _ => None,
    }
}

/// What OpenDocument files say of themselves at their beginning.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument";
const OPEN_DOCUMENT_WITHIN: usize = 200;
