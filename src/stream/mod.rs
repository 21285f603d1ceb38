//! Budgets of large CSV files, by region and country: read record by record, in memory that does not grow
//! with the file.
//!
//! A row that has all in common with one before on which amounts depend is only counted. The others are
//! resolved and computed some at a time, like any other plan, and forgotten.

mod cells;
mod kinds;
mod lines;
mod shown;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::mem;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Errors, Place};
use crate::engine::{Addend, Budget, Sums, flow_budget};
use crate::error::Refusal;
use crate::model::MobilityFlow;
use crate::notices::{Noticed, Tallies, of_tallies};
use crate::plan::{FlowStream, Loaded, Overrides, Reading, csv_dialect_of};
use crate::rates::RateStore;
use crate::sheet::{Dialect, Row, csv_comment, csv_rows};
use cells::{Cells, Columns};
use kinds::{Kind, Kinds, Known};
use lines::{Line, Lines};
use shown::Shown;

/// The headings stand in one of so many rows.
const MOST_TITLES: usize = 50;
/// How much is kept of a file.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Bytes that are read at a time.
    part: usize,
    /// Rows that are resolved at a time.
    batch: usize,
    /// Kinds of rows; then all begins anew.
    kinds: usize,
    /// Flows that each notice names.
    flows: usize,
}

impl Limits {
    /// Some thirty megabytes.
    const USUAL: Self = Self { part: 1 << 16, batch: 256, kinds: 100_000, flows: 100 };
}

/// A budget whose flows were not kept.
pub struct Streamed {
    /// The plan; of its flows there are those that show what the budget rests on.
    pub loaded: Loaded,
    sums: Sums,
    tallies: Tallies,
}

impl Streamed {
    /// The budget by region and country. Below each country stand some of its flows.
    pub fn budget(&self) -> Budget<'_> {
        let flows = self.loaded.plan.flows.iter().map(flow_budget).collect();
        self.sums.budget(&self.loaded.plan, flows)
    }

    /// All notices, warnings first. Each names its first hundred flows.
    pub fn notices(&self, budget: &Budget<'_>) -> Vec<Diagnostic> {
        of_tallies(&self.loaded, budget, &self.tallies, &id)
    }
}

/// The id of a flow by its number, from 0.
fn id(number: u64) -> String {
    format!("flow-{}", number + 1)
}

/// Reads a CSV file and computes its budget. `progress` hears how many bytes have been read.
///
/// # Errors
///
/// Every fault of the plan and of the list of envelopes, or of the rate table; or a file that cannot be
/// read.
pub fn budget_of_rows<'r>(
    path: &'r Path,
    from: Box<dyn Read + 'r>,
    reading: Reading,
    rates: (&'r Overrides, &'r RateStore),
    progress: &'r mut dyn FnMut(u64),
) -> Result<Streamed, Refusal> {
    within(Limits::USUAL, path, from, reading, rates, progress)
}

fn within<'r>(
    limits: Limits,
    path: &'r Path,
    from: Box<dyn Read + 'r>,
    reading: Reading,
    (overrides, store): (&'r Overrides, &'r RateStore),
    progress: &'r mut dyn FnMut(u64),
) -> Result<Streamed, Refusal> {
    let mut lines = Lines::new(path, from, limits.part, reading.encoding, progress);
    let dialect = csv_dialect_of(lines.beginning()?);
    let mut first = Batch::new(dialect);
    while first.rows.len() < MOST_TITLES
        && first.number() < limits.kinds
        && let Some(line) = lines.next(dialect.delimiter)?
    {
        first.add(line, None, 0);
    }
    let name = path.display().to_string();
    let flows = FlowStream::begin(&name, first.sheet_rows(), reading.decimal, overrides, store)?;
    let mut columns = Columns::new(dialect.delimiter, flows.keys());
    // Rows above the headings are no flows, which resolving knows.
    let mut run = Run::new(flows, first, limits);
    let mut cells = Cells::default();
    while let Some(line) = lines.next(dialect.delimiter)? {
        if let Some(known) = run.flows.known().filter(|_| !columns.know_bands()) {
            columns.learn_bands(&known.table);
        }
        let is_alike = !line.has_quotes && columns.read(line.text, &mut cells);
        run.add(line, is_alike.then_some(&cells))?;
    }
    run.finish(lines.hash())
}

/// Rows that wait to be resolved.
struct Batch {
    dialect: Dialect,
    /// Their records, one behind the other.
    text: String,
    rows: Vec<Waiting>,
    /// Rows that begin like comments.
    comments: Vec<Row>,
}

struct Waiting {
    row: u32,
    /// What it has in common with others; `None` where that cannot be told.
    cells: Option<Cells>,
    /// How many flows were before it, those that wait not counted.
    before: u64,
}

impl Batch {
    fn new(dialect: Dialect) -> Self {
        let (text, rows, comments) = (String::new(), Vec::new(), Vec::new());
        Self { dialect, text, rows, comments }
    }

    fn add(&mut self, line: Line<'_>, cells: Option<&Cells>, before: u64) {
        if line.text.trim().is_empty() {
            return;
        }
        if line.text.starts_with('#') {
            self.comments.push(csv_comment(line.text, line.row, self.dialect));
            return;
        }
        self.text.push_str(line.text);
        self.text.push('\n');
        self.rows.push(Waiting { row: line.row, cells: cells.cloned(), before });
    }

    /// How many rows there are, comments included.
    fn number(&self) -> usize {
        self.rows.len() + self.comments.len()
    }

    fn sheet_rows(&self) -> Vec<Row> {
        let numbers: Vec<u32> = self.rows.iter().map(|waiting| waiting.row).collect();
        let mut rows = csv_rows(&self.text, &numbers, self.dialect);
        if !self.comments.is_empty() {
            rows.extend_from_slice(&self.comments);
            rows.sort_by_key(|row| row.number);
        }
        rows
    }
}

/// A budget while its rows are read.
struct Run<'r> {
    limits: Limits,
    flows: FlowStream<'r>,
    batch: Batch,
    kinds: Kinds,
    sums: Sums,
    tallies: Tallies,
    shown: Shown,
    /// How many flows there were, those that wait not counted.
    number: u64,
    errors: Option<Errors>,
}

impl<'r> Run<'r> {
    fn new(flows: FlowStream<'r>, batch: Batch, limits: Limits) -> Self {
        Self {
            limits,
            flows,
            batch,
            kinds: Kinds::default(),
            sums: Sums::default(),
            tallies: Tallies::new(limits.flows),
            shown: Shown::default(),
            number: 0,
            errors: None,
        }
    }

    /// Adds a row. `cells` are what it has in common with others, where that can be told.
    fn add(&mut self, line: Line<'_>, cells: Option<&Cells>) -> Result<(), Refusal> {
        match cells.map(|cells| (cells, self.kinds.count(cells))) {
            Some((_, Known::Counted)) => {
                self.number += 1;
                return Ok(());
            }
            Some((cells, Known::Open)) => {
                // The flows that wait come before this one.
                self.resolve()?;
                if self.kinds.tally(cells, self.number, &mut self.tallies) {
                    self.number += 1;
                    return Ok(());
                }
            }
            Some((_, Known::New)) | None => {}
        }
        self.batch.add(line, cells, self.number);
        if self.batch.number() >= self.limits.batch {
            self.resolve()?;
        }
        Ok(())
    }

    /// Resolves and computes the rows that wait.
    fn resolve(&mut self) -> Result<(), Refusal> {
        if self.batch.number() == 0 {
            return Ok(());
        }
        let new = Batch::new(self.batch.dialect);
        let batch = mem::replace(&mut self.batch, new);
        let resolved = self.flows.resolve(batch.sheet_rows())?;
        let is_faulty = resolved.errors.is_some();
        if let Some(errors) = resolved.errors {
            self.errors = Some(match self.errors.take() {
                Some(before) => before.and(errors),
                None => errors,
            });
        }
        let mut waiting = batch.rows.into_iter();
        let mut flows = 0;
        for (row, flow) in resolved.flows {
            let Some(waiting) = waiting.find(|waiting| waiting.row == row) else { continue };
            let number = waiting.before + flows;
            flows += 1;
            let Some(mut flow) = flow.filter(|_| !is_faulty) else { continue };
            flow.inputs.id = id(number);
            let span = flow.origin.offset..flow.origin.offset;
            let place = || Some(Place { file: Arc::clone(&resolved.file), span: span.clone() });
            self.flow(flow, number, waiting.cells.as_ref(), &place);
        }
        self.number += flows;
        Ok(())
    }

    fn flow(
        &mut self,
        mut flow: MobilityFlow,
        number: u64,
        cells: Option<&Cells>,
        place: &dyn Fn() -> Option<Place>,
    ) {
        // Two rows of a kind may have waited together.
        if cells.is_some_and(|cells| self.kinds.tally(cells, number, &mut self.tallies)) {
            return;
        }
        let is_per_participant = cells.is_some_and(|cells| pays_by_participant(&flow, cells));
        let (mut times, mut with_fewer) = (1, 0);
        if is_per_participant {
            times = u64::from(mem::replace(&mut flow.inputs.participants, 1));
            if let Some(top_up) = &mut flow.top_up {
                with_fewer = u64::from(mem::replace(&mut top_up.participants, 1));
                flow.inputs.fewer_opportunities = Some(1);
            }
        }
        let (Some(loaded), computed) = (self.flows.known(), flow_budget(&flow)) else { return };
        let noticed = Noticed { loaded, computed: &computed, number, id: &flow.inputs.id, place };
        let marks = self.tallies.add_flow(&noticed, times);
        self.shown.offer(&computed);
        let (addend, top_up) = match with_fewer {
            0 => (Addend::of(&computed), None),
            _ => {
                let (addend, top_up) = Addend::of(&computed).without_top_up();
                (addend, Some(top_up))
            }
        };
        match cells.filter(|_| marks.is_lasting) {
            Some(cells) => {
                let kind = Kind { addend, top_up, marks, is_per_participant };
                self.kinds.keep(cells, kind, &self.tallies);
            }
            None => {
                self.sums.add(&addend, times);
                top_up.iter().for_each(|top_up| self.sums.add(top_up, with_fewer));
            }
        }
        if self.kinds.number() >= self.limits.kinds {
            self.kinds.settle(&mut self.sums, &mut self.tallies);
        }
    }

    fn finish(mut self, sha256: String) -> Result<Streamed, Refusal> {
        self.resolve()?;
        self.kinds.settle(&mut self.sums, &mut self.tallies);
        if let Some(errors) = self.errors {
            return Err(errors.into());
        }
        let loaded = self.flows.finish(sha256, self.shown.flows, self.sums.countries())?;
        Ok(Streamed { loaded, sums: self.sums, tallies: self.tallies })
    }
}

/// Whether all that a flow pays is so much for each of its participants, and for each with fewer
/// opportunities. A warning about an estimate speaks of the whole flow.
fn pays_by_participant(flow: &MobilityFlow, cells: &Cells) -> bool {
    let distance = flow.distance.as_ref();
    let fewer = flow.inputs.fewer_opportunities.unwrap_or(0);
    flow.top_up.is_some() == (fewer > 0)
        && fewer == cells.fewer_opportunities
        && flow.inclusion_support.is_none()
        && distance.is_none_or(|distance| distance.estimate.is_none())
}
