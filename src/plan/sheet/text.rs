//! The text of a sheet: its cells one behind the other, each with its place, so that a sheet is read like
//! any other plan.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{CellPlace, Code, Diagnostic, Findings, MOST_ERRORS, Place, SourceFile};
use crate::sheet::Sheet;

/// A text that grows cell by cell.
#[derive(Default)]
pub(super) struct SheetText {
    text: String,
    cells: Vec<(usize, CellPlace)>,
    faults: Vec<PendingFault>,
    /// How many more there are.
    omitted: usize,
}

/// What is wrong with the cells of a text: the first faults, and how many more.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    pub list: Vec<Diagnostic>,
    omitted: usize,
}

impl Faults {
    /// Adds them to what else was found.
    pub fn report(&self, findings: &Findings) {
        self.list.iter().for_each(|fault| findings.push(fault.clone()));
        (0..self.omitted).for_each(|_| findings.count_only());
    }
}

struct PendingFault {
    code: Code,
    span: Range<usize>,
    message: String,
    help: String,
    related: Option<(Range<usize>, String)>,
}

impl SheetText {
    /// Adds what stands in a cell.
    pub fn add(
        &mut self,
        sheet: &Sheet,
        (row, column): (u32, u32),
        heading: Option<&Arc<str>>,
        text: &str,
    ) -> Range<usize> {
        let start = self.text.len();
        let heading = heading.map(Arc::clone);
        let sheet = sheet.name.as_ref().map(Arc::clone);
        self.cells.push((start, CellPlace { sheet, row, column, heading }));
        self.text.push_str(text);
        let end = self.text.len();
        // So that an empty cell has an offset of its own.
        self.text.push('\n');
        start..end
    }

    /// Whether two cells say the same, without case.
    pub fn is_same(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let text = |span: &Range<usize>| self.text.get(span.clone()).unwrap_or_default();
        text(one).to_lowercase() == text(other).to_lowercase()
    }

    /// The place of a row as a whole.
    pub fn add_row(&mut self, sheet: &Sheet, row: u32) -> Range<usize> {
        let span = self.add(sheet, (row, 0), None, "");
        span.start..span.start
    }

    /// How many faults have been reported.
    pub fn faults(&self) -> usize {
        self.faults.len() + self.omitted
    }

    /// Reports a fault.
    pub fn fault(&mut self, code: Code, span: Range<usize>, message: String, help: String) {
        self.keep(PendingFault { code, span, message, help, related: None });
    }

    /// Reports a fault that has to do with another place.
    pub fn fault_with(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: String,
        help: String,
        related: (Range<usize>, &str),
    ) {
        let related = Some((related.0, related.1.to_owned()));
        self.keep(PendingFault { code, span, message, help, related });
    }

    /// Nobody will read more than so many.
    fn keep(&mut self, fault: PendingFault) {
        match self.faults.len() < MOST_ERRORS {
            true => self.faults.push(fault),
            false => self.omitted += 1,
        }
    }

    /// The text as a file, and what is wrong with it.
    pub fn done(self, path: &str) -> (Arc<SourceFile>, Faults) {
        let file = SourceFile::of_cells(path, self.text, self.cells);
        let place = |span| Place { file: Arc::clone(&file), span };
        let faults = self.faults.into_iter().map(|fault| {
            let related = fault.related.map(|(span, label)| (place(span), label));
            Diagnostic::error(fault.code, place(fault.span), fault.message)
                .related_if(related)
                .help(fault.help)
        });
        let list = faults.collect();
        (file, Faults { list, omitted: self.omitted })
    }
}
