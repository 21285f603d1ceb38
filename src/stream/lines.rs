//! The records of a CSV file, one at a time, each as it is written.

use std::io::Read;
use std::mem;
use std::path::Path;

use memchr::{memchr2, memchr3};

use crate::diag::{CellPlace, Code, Diagnostic, Place, SourceFile};
use crate::document::record_end;
use crate::error::{Error, Refusal};
use crate::hash::Hash;
use crate::sheet::{Decoding, Encoding};

/// A record with more bytes than these is an accident.
const LONGEST: usize = 1024 * 1024;

/// A file that is read record by record.
pub(super) struct Lines<'r> {
    path: &'r Path,
    from: Box<dyn Read + 'r>,
    /// Hears how many bytes have been read.
    progress: &'r mut dyn FnMut(u64),
    /// Bytes of the file.
    part: Vec<u8>,
    /// How many of them are read at a time.
    most: u64,
    hash: Hash,
    bytes: u64,
    encoding: Option<Encoding>,
    decoding: Option<Decoding>,
    is_over: bool,
    /// Why the bytes behind the text are none.
    broken: Option<Diagnostic>,
    /// Decoded text, of which the first part has been handed out.
    text: String,
    at: usize,
    /// The number of the record that was handed out last; spreadsheet programs count rows so.
    row: u32,
}

/// A record without its line end.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// The number of its row, from 1.
    pub row: u32,
    pub text: &'t str,
    /// Whether there may be cells in quotes in it.
    pub has_quotes: bool,
}

/// Where a record ends, and the next one begins.
struct End {
    end: usize,
    next: usize,
    has_quotes: bool,
}

impl<'r> Lines<'r> {
    /// `part` is how many bytes are read at a time, enough for a byte-order mark.
    pub fn new(
        path: &'r Path,
        from: Box<dyn Read + 'r>,
        part: usize,
        encoding: Option<Encoding>,
        progress: &'r mut dyn FnMut(u64),
    ) -> Self {
        Self {
            path,
            from,
            progress,
            part: Vec::with_capacity(part),
            most: part as u64,
            hash: Hash::default(),
            bytes: 0,
            encoding,
            decoding: None,
            is_over: false,
            broken: None,
            text: String::new(),
            at: 0,
            row: 0,
        }
    }

    /// The beginning of the text, as far as it takes to tell what separates cells.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no text.
    pub fn beginning(&mut self) -> Result<&str, Refusal> {
        self.read()?;
        Ok(&self.text)
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    ///
    /// The file cannot be read or is no text, or the record does not end.
    pub fn next(&mut self, delimiter: u8) -> Result<Option<Line<'_>>, Refusal> {
        let found = loop {
            if let Some(found) = self.find(delimiter) {
                break found;
            }
            if let Some(fault) = self.broken.take() {
                return Err(Diagnostic { place: Some(self.place()), ..fault }.into());
            }
            let rest = self.text.len() - self.at;
            if self.is_over {
                if rest == 0 {
                    return Ok(None);
                }
                // Only a quotation mark can leave the last record open.
                return Err(self.fault("a quotation mark in this row is never closed").into());
            }
            if rest > LONGEST {
                return Err(self.fault("this row is longer than a MiB").into());
            }
            self.read()?;
        };
        self.row = self.row.saturating_add(1);
        let text = self.text.get(self.at..self.at + found.end).unwrap_or_default();
        self.at += found.next;
        Ok(Some(Line { row: self.row, text, has_quotes: found.has_quotes }))
    }

    /// The hash of all bytes; to be asked for at the end.
    pub fn hash(self) -> String {
        self.hash.hexadecimal()
    }

    /// Where the next record ends, as far as the text is known.
    fn find(&self, delimiter: u8) -> Option<End> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let bytes = rest.as_bytes();
        // A comment ends with its line, whatever stands in it.
        let is_comment = bytes.first() == Some(&b'#');
        let stop = match is_comment {
            true => memchr2(b'\n', b'\r', bytes),
            false => memchr3(b'\n', b'\r', b'"', bytes),
        };
        let has_quotes = stop.is_some_and(|stop| bytes.get(stop) == Some(&b'"'));
        let end = match has_quotes {
            true => record_end(rest, delimiter)?,
            false => stop.unwrap_or(rest.len()),
        };
        let next = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'\n'), _) => end + 1,
            (Some(b'\r'), Some(b'\n')) => end + 2,
            (Some(b'\r'), Some(_)) => end + 1,
            (Some(b'\r'), None) if self.is_over => end + 1,
            (None, _) if self.is_over && end > 0 => end,
            _ => return None,
        };
        Some(End { end, next, has_quotes })
    }

    /// Reads on.
    fn read(&mut self) -> Result<(), Refusal> {
        self.text.drain(..mem::take(&mut self.at));
        self.part.clear();
        let read = self.from.by_ref().take(self.most).read_to_end(&mut self.part);
        read.map_err(|source| self.unreadable(source))?;
        self.hash.add(&self.part);
        self.bytes += self.part.len() as u64;
        (self.progress)(self.bytes);
        self.is_over = self.part.is_empty();
        self.broken = self.decode().err().map(|fault| *fault);
        Ok(())
    }

    /// Adds the text of the part.
    fn decode(&mut self) -> Result<(), Box<Diagnostic>> {
        let path = self.path.display().to_string();
        let decoding = match &mut self.decoding {
            Some(decoding) => decoding,
            none => none.insert(Decoding::of(&path, &self.part, self.encoding)?),
        };
        decoding.add(&path, &self.part, self.is_over, &mut self.text)
    }

    fn unreadable(&self, source: std::io::Error) -> Error {
        match self.path.as_os_str() == "-" {
            true => Error::ReadStandardInput(source),
            false => Error::Read { path: self.path.to_owned(), source },
        }
    }

    /// A fault of the record that comes next.
    fn fault(&self, message: &str) -> Diagnostic {
        let help = "close every quotation mark at the end of its cell, or take it out; within a text in quotes it stands twice";
        Diagnostic::error(Code::Syntax, self.place(), message).help(help)
    }

    /// The place of the record that comes next.
    fn place(&self) -> Place {
        let row = self.row.saturating_add(1);
        let cell = CellPlace { sheet: None, row, column: 0, heading: None };
        let path = self.path.display().to_string();
        Place { file: SourceFile::of_cells(path, String::new(), vec![(0, cell)]), span: 0..0 }
    }
}
