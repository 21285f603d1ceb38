//! All tables at hand, and how far each can be relied on.

use serde::Serialize;

use super::records::TableRecord;
use crate::error::Error;
use crate::model::Confidence;
use crate::rates::RateTable;
use crate::rates::catalogue::entries;
use crate::report::grid::{Grid, number, text};
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
        text("Checked on"),
        text("Origin"),
        number("Figures"),
        number("Confirmed"),
        number("Single"),
        number("Contradicted"),
        number("Inferred"),
        number("Own\nchoice"),
    ]);
    for table in tables {
        let rates = &table.identity;
        let marks = Marks::of(table);
        let texts =
            [&rates.id, &rates.status.to_string(), &table.checked_on.to_string(), &rates.origin];
        let Marks { figures, confirmed, single, contradicted, inferred, own_choice } = marks;
        let numbers = [figures, confirmed, single, contradicted, inferred, own_choice];
        let texts = texts.into_iter().cloned();
        grid.row(texts.chain(numbers.map(|number| number.to_string())).collect::<Vec<_>>());
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
