//! All tables at hand, and how far each can be relied on.

use serde::Serialize;

use super::records::TableRecord;
use crate::error::Error;
use crate::model::Confidence;
use crate::rates::RateTable;
use crate::rates::catalogue::entries;
use crate::report::grid::{Grid, detail, number, text};
use crate::report::json;

/// How many figures of a table have which mark.
#[derive(Clone, Copy, Default, Serialize)]
struct Marks {
    figures: usize,
    confirmed: usize,
    single: usize,
    contradicted: usize,
    inferred: usize,
    own_choice: usize,
}

impl Marks {
    fn of(table: &RateTable) -> Self {
        let mut marks = Self::default();
        for entry in entries(table) {
            marks.figures += 1;
            let mark = match entry.citation.confidence() {
                Some(Confidence::Confirmed) => &mut marks.confirmed,
                Some(Confidence::Single) => &mut marks.single,
                Some(Confidence::Contradicted) => &mut marks.contradicted,
                Some(Confidence::Inferred) => &mut marks.inferred,
                None => &mut marks.own_choice,
            };
            *mark += 1;
        }
        marks
    }
}

/// The tables for a terminal of this width.
pub fn render(tables: &[RateTable], width: Option<usize>) -> String {
    let mut grid = Grid::new([
        text("Rates"),
        text("Status"),
        number("Figures"),
        number("Con-\nfirmed"),
        number("Single"),
        number("Contra-\ndicted"),
        number("Inferred"),
        number("Own\nchoice"),
        detail("Checked on"),
        detail("Origin"),
    ]);
    for table in tables {
        let rates = &table.identity;
        let marks = Marks::of(table);
        let Marks { figures, confirmed, single, contradicted, inferred, own_choice } = marks;
        let numbers = [figures, confirmed, single, contradicted, inferred, own_choice];
        let before = [rates.id.clone(), rates.status.to_string()];
        let after = [table.checked_on.to_string(), rates.origin.clone()];
        let numbers = numbers.map(|number| number.to_string());
        grid.row(before.into_iter().chain(numbers).chain(after).collect::<Vec<_>>());
    }
    grid.text(width)
}

/// Format `ka171-rates-list`, version 1.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(tables: &[RateTable]) -> Result<String, Error> {
    #[derive(Serialize)]
    struct List<'t> {
        tables: Vec<Row<'t>>,
    }
    #[derive(Serialize)]
    struct Row<'t> {
        #[serde(flatten)]
        table: TableRecord<'t>,
        #[serde(flatten)]
        marks: Marks,
    }
    let row = |table| Row { table: TableRecord::new(table), marks: Marks::of(table) };
    json::record("ka171-rates-list", &List { tables: tables.iter().map(row).collect() })
}
