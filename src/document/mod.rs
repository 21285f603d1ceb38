//! TOML and JSON as one tree in which every key and value knows its place; CSV as lines of cells.
//!
//! Plans and rate tables are walked from this tree instead of being deserialised: that finds all
//! faults at once, keeps the text of numbers, and gives both formats the same messages.

mod advice;
mod csv;
mod fields;
mod given;
mod json;
mod text;
mod toml;

use std::borrow::Cow;
use std::ops::Range;

pub use csv::{Csv, CsvCell, CsvLine, record_end, unclosed_quote};
pub use fields::Fields;
pub use given::{Given, Located};
pub use text::{HashedText, Limit, read_bytes};

use crate::diag::{Findings, SourceFile};

/// Byte offsets in the text.
pub type Span = Range<usize>;

/// A value and where it stands.
#[derive(Debug)]
pub struct Node<'a> {
    /// Where. For a table under a header, the header.
    pub span: Span,
    /// What.
    pub value: Value<'a>,
}

/// What a value is.
#[derive(Debug)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number as it is written.
    Number(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// A TOML date or time as it is written.
    Date(&'a str),
    /// A list.
    List(Vec<Node<'a>>),
    /// A table; a JSON object.
    Table(Vec<Entry<'a>>),
    /// JSON's null.
    Null,
    /// Nothing that can be used; the fault has been reported.
    Faulty,
}

/// A key with its value.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node<'a>,
}

/// A text format with tables and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.1
    Toml,
    /// JSON
    Json,
}

impl Value<'_> {
    /// What messages call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "null",
            Self::Faulty => "not readable",
        }
    }
}

/// A single value outside a document: a number, `true` or `false`, a date or a text in quotes as in
/// TOML; anything else is a text as it stands. `None` where a quotation mark begins what is no text
/// in quotes.
pub fn scalar(written: &str) -> Option<Value<'_>> {
    toml::scalar(written)
}

/// Reads a file's text as a tree; `None` where its syntax is so broken that nothing else can be
/// said about it.
pub fn parse<'a>(
    format: Format,
    file: &'a std::sync::Arc<SourceFile>,
    findings: &Findings,
) -> Option<Node<'a>> {
    match format {
        Format::Toml => toml::parse(file, findings),
        Format::Json => json::parse(file, findings),
    }
}
