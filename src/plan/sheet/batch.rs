//! A sheet that is read some rows at a time.

use std::sync::Arc;

use super::heading_row::{Headings, headings};
use super::headings::{beside, of_flows};
use super::rows::rows_below;
use super::text::SheetText;
use super::{DecimalMark, SheetEntry, SheetPlan, SheetValue};
use crate::diag::{CellPlace, Code, Diagnostic, Place, SourceFile};
use crate::sheet::{Row, Sheet};

/// A sheet whose headings have been read.
pub(in crate::plan) struct Batches {
    path: String,
    mark: Option<DecimalMark>,
    headings: Headings,
    /// What the rows so far say of the plan as a whole.
    of_plan: Vec<Stated>,
}

/// A cell that says something of the plan as a whole.
struct Stated {
    key: &'static str,
    place: CellPlace,
    text: String,
    value: SheetValue,
}

impl Batches {
    /// Reads the headings, which stand in one of these rows.
    ///
    /// # Errors
    ///
    /// What is wrong with them, or that there are none.
    pub fn begin(
        path: &str,
        rows: &Sheet,
        mark: Option<DecimalMark>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut text = SheetText::default();
        let found = headings(rows, &of_flows(), &mut text);
        let (_, faults) = text.done(path);
        match found {
            Some(headings) if faults.list.is_empty() => {
                let of_plan = Vec::new();
                Ok(Self { path: path.to_owned(), mark, headings, of_plan })
            }
            _ => Err(faults.list),
        }
    }

    /// The number of the row with the headings.
    pub fn row_of_headings(&self) -> u32 {
        self.headings.row
    }

    /// The key of each column that has a heading, from the left; `None` where it is the user's own.
    pub fn keys(&self) -> impl Iterator<Item = (u32, Option<&'static str>)> {
        self.headings.keys()
    }

    /// That there is a column which needs all rows at once: ids, since two alike would have to be found, and
    /// what stands beside the flows.
    pub fn fault_of_columns(&self) -> Option<Diagnostic> {
        let needs_all = |key: &str| key == "id" || beside(key).is_some();
        let mut keys = self.keys().filter_map(|(column, key)| Some((column, key?)));
        let (column, key) = keys.find(|(_, key)| needs_all(key))?;
        let message = format!("a file of this size has no column `{key}`");
        let help = match key {
            "id" => {
                "begin its heading with `x_`, or take the column out; flows are called flow-1, flow-2, ... by their rows"
            }
            _ => {
                "begin its heading with `x_`, or take the column out; --envelope compares with a list"
            }
        };
        Some(Diagnostic::error(Code::KeyDoesNotApply, self.heading(column), message).help(help))
    }

    /// The place of a heading; of their row for column 0.
    pub fn heading(&self, column: u32) -> Place {
        let cell = CellPlace { sheet: None, row: self.headings.row, column, heading: None };
        let file = SourceFile::of_cells(&*self.path, String::new(), vec![(0, cell)]);
        Place { file, span: 0..0 }
    }

    /// The rows below the headings as a plan of their own, with what rows before them say of the plan as a
    /// whole, and the text that their places are in.
    pub fn plan(&mut self, rows: Vec<Row>) -> (Arc<SourceFile>, SheetPlan) {
        let sheet = Sheet { name: None, rows };
        let mut text = SheetText::default();
        let stated = self.of_plan.iter().map(|stated| stated.again(&sheet, &mut text)).collect();
        let table = rows_below(&sheet, &self.headings, self.mark, &mut text, stated);
        let of_plan = table.of_plan.clone();
        let mut plan = SheetPlan::default();
        plan.add_table(table, &mut text);
        let (file, faults) = text.done(&self.path);
        plan.faults = faults;
        let new = of_plan.into_iter().skip(self.of_plan.len());
        self.of_plan.extend(new.filter_map(|entry| Stated::of(entry, &file)));
        (file, plan)
    }
}

impl Stated {
    fn of(entry: SheetEntry, file: &SourceFile) -> Option<Self> {
        let place = file.cell(entry.span.start)?.clone();
        let text = file.text().get(entry.span)?.to_owned();
        Some(Self { key: entry.key, place, text, value: entry.value })
    }

    /// The same cell in another text.
    fn again(&self, sheet: &Sheet, text: &mut SheetText) -> SheetEntry {
        let at = (self.place.row, self.place.column);
        let span = text.add(sheet, at, self.place.heading.as_ref(), &self.text);
        SheetEntry { key: self.key, span, value: self.value.clone() }
    }
}
