//! What is doubtful in a table that can be read: figures that make no sense beside each other, marks
//! that their sources do not earn, a revision or a date that cannot be.
//!
//! One file for each family of lints. They are for those who maintain tables: a budget is computed
//! without them.

mod countries;
mod order;
mod provenance;
mod sense;
mod version;

pub use version::revision_not_raised;

use std::ops::Range;
use std::sync::Arc;

use super::{CountryNames, RateTable};
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::model::Date;

/// What a table is held against. Where something is absent, nothing is said about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Yardsticks<'y> {
    /// The names of countries that go with the table.
    pub names: Option<&'y CountryNames>,
    /// The table of the same call that is part of the program.
    pub shipped: Option<&'y RateTable>,
    /// The day by which the table's age is judged.
    pub today: Option<Date>,
}

/// The findings about a table, in the order of its text. Each has a place in it.
pub fn lint(table: &RateTable, against: Yardsticks<'_>) -> Vec<Diagnostic> {
    let mut findings = [
        version::lints(table, against.shipped, against.today),
        order::lints(table),
        sense::lints(table),
        countries::lints(table, against.names),
        provenance::lints(table),
    ]
    .concat();
    findings.sort_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
    findings
}

impl RateTable {
    fn place(&self, span: &Range<usize>) -> Place {
        Place { file: Arc::clone(&self.file), span: span.clone() }
    }

    fn fault(&self, code: Code, span: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error(code, self.place(span), message)
    }

    fn doubt(&self, code: Code, span: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self.fault(code, span, message) }
    }
}
