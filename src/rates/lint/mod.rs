//! What is doubtful in a table that can be read: figures that make no sense beside each other, marks
//! that their sources do not earn, a revision or a date that cannot be.
//!
//! One file for each family of lints. They are for those who maintain tables: a budget is computed
//! without them.

mod cited;
mod countries;
mod order;
mod provenance;
mod sense;
mod version;

pub use version::revision_not_raised;

use std::ops::Range;
use std::sync::Arc;

use cited::Cited;

use super::{CountryNames, EnvelopeList, RateTable};
use crate::diag::{Code, Diagnostic, Place};
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
    let cited = Cited::table(table);
    let mut findings = [
        order::lints(table),
        sense::lints(table),
        countries::lints(table, against.names),
        provenance::lints(&cited),
    ]
    .concat();
    findings.extend(version::differs_from_shipped(table, against.shipped));
    findings.extend(version::age(&cited, against.today));
    in_order(findings)
}

/// The findings about a list of envelopes, in the order of its text. Each has a place in it. `table` is
/// that of its call; without one, or without a day, nothing is said about what they would tell.
pub fn lint_envelopes(
    list: &EnvelopeList,
    table: Option<&RateTable>,
    today: Option<Date>,
) -> Vec<Diagnostic> {
    let cited = Cited::list(list);
    let mut findings = provenance::lints(&cited);
    findings.extend(version::age(&cited, today));
    findings.extend(table.and_then(|table| countries::envelopes_of_no_applicant(list, table)));
    in_order(findings)
}

fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
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
}
