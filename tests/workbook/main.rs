//! The workbook of a budget: what its cells keep, and what a spreadsheet makes of its formulas.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod agree;
mod cases;
mod changes;
mod file;
mod libreoffice;
mod package;
mod sheet;
#[path = "../support/mod.rs"]
mod support;

use agree::agree;
use cases::{Case, early, examples, halves, random};
use libreoffice::Office;
use sheet::Sheet;

/// All shipped examples, fifty random plans, and amounts that end in half a cent.
fn all() -> Vec<Case> {
    examples().into_iter().chain(random(50)).chain([halves(), early()]).collect()
}

/// 63 days of 800.15 a month are 1680.315, of 250.05 a month 525.105; 14 days of 148.05 and one of 70 %
/// of it are 2176.335.
#[test]
fn half_cents_are_in_the_plan_of_half_cents() {
    let result = halves().result().to_string();
    for each in ["1680.32", "525.11", "2176.34"] {
        assert!(result.contains(&format!("\"per_participant\":{each}")), "{each}");
    }
}

#[test]
fn the_values_that_cells_keep_are_those_of_the_result() {
    for case in all() {
        let workbook = case.workbook();
        let sheet = |name| Sheet::of_cells(&workbook.cells(name));
        let compared = agree(&sheet("Summary"), &sheet("Flows"), &case.result(), &case.name);
        assert!(compared > 20, "{}", case.name);
    }
}

#[test]
fn a_spreadsheet_computes_the_same_from_nothing() {
    let Some(mut office) = Office::find() else { return };
    let cases = all();
    for case in &cases {
        office.add(&case.name, case.workbook());
    }
    office.run();
    for case in &cases {
        let sheet = |name| office.sheet(&case.name, name);
        agree(&sheet("Summary"), &sheet("Flows"), &case.result(), &case.name);
    }
}
