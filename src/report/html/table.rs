//! Tables. On a narrow screen each row becomes a list: cells carry their headings, and roles keep what
//! they are for those who listen.

use super::markup::Markup;
use crate::engine::Budget;
use crate::report::columns::{Column, Rank, columns, name_total_once};
use crate::report::rows::rows;
use crate::report::style::Style;

/// A cell of a table.
pub(super) struct Cell<'c> {
    pub heading: &'c str,
    pub text: &'c str,
    pub is_number: bool,
    pub names_row: bool,
    pub is_sum: bool,
}

/// The budget by the rows that were asked for.
pub(super) fn of_budget(html: &mut Markup, budget: &Budget<'_>, caption: &str, style: &Style) {
    let rows = rows(budget, style.by);
    let mut columns = columns(budget, &rows, style, usize::MAX, None);
    name_total_once(&mut columns);
    begin(html, "budget", caption);
    let headings: Vec<(&str, bool)> =
        columns.iter().map(|column| (column.heading, column.is_number)).collect();
    head(html, &headings);
    html.open("tbody", &[("role", "rowgroup")]);
    for at in 0..rows.len() {
        row(html, &cells(&columns, at, Column::is_key));
    }
    html.close_line("tbody");
    html.open("tfoot", &[("role", "rowgroup")]);
    // The first label has the word.
    row(
        html,
        &cells(&columns, rows.len(), |column| {
            column.cells.last().is_some_and(|cell| cell == style.words.total)
        }),
    );
    html.close_line("tfoot");
    html.close_line("table");
}

fn cells<'c>(
    columns: &'c [Column],
    at: usize,
    names_row: impl Fn(&Column) -> bool,
) -> Vec<Cell<'c>> {
    let cell = |column: &'c Column| Cell {
        heading: column.heading,
        text: column.cells.get(at).map_or("", |cell| cell),
        is_number: column.is_number,
        names_row: names_row(column),
        is_sum: column.is_number && column.rank == Rank::Always,
    };
    columns.iter().map(cell).collect()
}

/// Begins a table with its caption.
pub(super) fn begin(html: &mut Markup, class: &str, caption: &str) {
    html.open("table", &[("class", class), ("role", "table")]);
    html.line("caption", &[], caption);
}

/// The headings of columns, and which hold numbers.
pub(super) fn head(html: &mut Markup, headings: &[(&str, bool)]) {
    html.open("thead", &[("role", "rowgroup")]);
    html.open("tr", &[("role", "row")]);
    for (heading, is_number) in headings {
        let class = if *is_number { "number" } else { "text" };
        let attributes = [("scope", "col"), ("role", "columnheader"), ("class", class)];
        html.element("th", &attributes, heading);
    }
    html.close("tr");
    html.close_line("thead");
}

/// A row.
pub(super) fn row(html: &mut Markup, cells: &[Cell<'_>]) {
    html.open("tr", &[("role", "row")]);
    for cell in cells {
        open_cell(html, cell);
        html.text(cell.text);
        close_cell(html, cell);
    }
    html.close_line("tr");
}

pub(super) fn open_cell(html: &mut Markup, cell: &Cell<'_>) {
    let class = match (cell.is_number, cell.is_sum) {
        (false, _) => "text",
        (true, false) => "number",
        (true, true) => "number sum",
    };
    let label = cell.heading.replace('\n', " ");
    if cell.names_row {
        html.open("th", &[("scope", "row"), ("role", "rowheader"), ("class", class)]);
    } else {
        html.open("td", &[("role", "cell"), ("class", class), ("data-label", &label)]);
    }
}

pub(super) fn close_cell(html: &mut Markup, cell: &Cell<'_>) {
    html.close(if cell.names_row { "th" } else { "td" });
}
