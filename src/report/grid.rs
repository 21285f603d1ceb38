//! Rows and columns of text, for a terminal or as Markdown. The only file that knows comfy-table.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
};

use super::markdown;
use crate::diag::printable;

/// Blanks between columns.
pub(super) const GAP: usize = 2;

/// A table of texts.
pub struct Grid {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    has_total: bool,
}

/// A column by its heading.
#[derive(Clone, Copy)]
pub struct Column {
    heading: &'static str,
    is_number: bool,
}

/// A column of texts.
pub const fn text(heading: &'static str) -> Column {
    Column { heading, is_number: false }
}

/// A column of numbers: to the right, and never broken.
pub const fn number(heading: &'static str) -> Column {
    Column { heading, is_number: true }
}

impl Grid {
    /// A table without rows.
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        Self { columns: columns.into(), rows: Vec::new(), has_total: false }
    }

    /// Adds a row, with a cell for each column.
    pub fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.rows.push(cells.into());
    }

    /// Adds the last row, which is set off.
    pub fn total(&mut self, cells: impl Into<Vec<String>>) {
        self.row(cells);
        self.has_total = true;
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table for a terminal; texts are broken where it would be wider than `width`.
    pub fn text(&self, width: Option<usize>) -> String {
        let mut table = Table::new();
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-')));
        let cell = |column: &Column, text: &str| {
            let align = if column.is_number { CellAlignment::Right } else { CellAlignment::Left };
            Cell::new(text).set_alignment(align)
        };
        table.set_header(self.columns.iter().map(|column| cell(column, column.heading)));
        for row in &self.rows {
            let cells = self.columns.iter().zip(row);
            table.add_row(cells.map(|(column, text)| cell(column, &printable(text))));
        }
        if let Some(width) = width.and_then(|width| u16::try_from(width).ok()) {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        let last = self.columns.len().saturating_sub(1);
        for (index, column) in table.column_iter_mut().enumerate() {
            let gap = if index == last { 0 } else { GAP };
            column.set_padding((0, u16::try_from(gap).unwrap_or(0)));
            if self.columns.get(index).is_some_and(|column| column.is_number) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
        self.with_rule_above_total(lines)
    }

    /// The total row is set off by the rule that stands below the heading.
    fn with_rule_above_total(&self, mut lines: Vec<String>) -> String {
        let is_rule = |line: &String| !line.is_empty() && line.chars().all(|c| c == '-');
        let rule = lines.iter().find(|line| is_rule(line)).cloned();
        if let Some(rule) = rule.filter(|_| self.has_total) {
            lines.insert(lines.len() - 1, rule);
        }
        lines.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// The table as Markdown.
    pub fn markdown(&self) -> String {
        let row = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut headings = self.columns.iter().map(|c| c.heading.replace('\n', " "));
        let mut text = row(&mut headings);
        let mut rules = self.columns.iter().map(|column| match column.is_number {
            true => "--:".to_owned(),
            false => "---".to_owned(),
        });
        text.push_str(&row(&mut rules));
        let (rows, total) = match self.rows.split_last() {
            Some((total, rows)) if self.has_total => (rows, Some(total)),
            _ => (self.rows.as_slice(), None),
        };
        for cells in rows {
            text.push_str(&row(&mut cells.iter().map(|cell| markdown::escaped(cell))));
        }
        let bold = |cell: &String| match cell.is_empty() {
            true => String::new(),
            false => format!("**{}**", markdown::escaped(cell)),
        };
        if let Some(cells) = total {
            text.push_str(&row(&mut cells.iter().map(bold)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new([text("Figure"), number("EUR")]);
        grid.row(["a | b <x>".to_owned(), "1,188.00".to_owned()]);
        grid.total(["Total".to_owned(), "1,188.00".to_owned()]);
        grid
    }

    #[test]
    fn numbers_stand_to_the_right_and_the_total_below_a_rule() {
        let expected = "\
Figure          EUR
-------------------
a | b <x>  1,188.00
-------------------
Total      1,188.00
";
        assert_eq!(grid().text(None), expected);
    }

    #[test]
    fn texts_are_broken_and_numbers_are_not() {
        let lines = grid().text(Some(14));
        assert!(lines.lines().all(|line| line.len() <= 14), "{lines}");
        assert_eq!(lines.matches("1,188.00").count(), 2, "{lines}");
    }

    #[test]
    fn cells_are_harmless_in_markdown() {
        let expected = "\
| Figure | EUR |
| --- | --: |
| a \\| b &lt;x&gt; | 1,188.00 |
| **Total** | **1,188.00** |
";
        assert_eq!(grid().markdown(), expected);
    }
}
