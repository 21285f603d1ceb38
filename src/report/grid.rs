//! Rows and columns of text, for a terminal or as Markdown. The only file that knows comfy-table.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

use super::{columns, escape};
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
    may_go: bool,
}

/// A column of texts.
pub const fn text(heading: &'static str) -> Column {
    Column { heading, is_number: false, may_go: false }
}

/// A column of texts that gives way where not all columns fit, the last one first.
pub const fn detail(heading: &'static str) -> Column {
    Column { heading, is_number: false, may_go: true }
}

/// A column of numbers: to the right, and never broken.
pub const fn number(heading: &'static str) -> Column {
    Column { heading, is_number: true, may_go: false }
}

/// A longer word, such as a web address, may be broken.
const LONGEST_WORD: usize = 24;

impl Grid {
    /// A table without rows.
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        Self { columns: columns.into(), rows: Vec::new(), has_total: false }
    }

    /// The table of these columns, the last cells of which are the total.
    pub(super) fn of_columns(columns: &[columns::Column]) -> Self {
        let headings = columns.iter().map(|column| match column.is_number {
            true => number(column.heading),
            false => text(column.heading),
        });
        let mut grid = Self::new(headings.collect::<Vec<_>>());
        let count = columns.first().map_or(0, |column| column.cells.len());
        for index in 0..count {
            let text = |column: &columns::Column| column.cells.get(index).cloned();
            let cells: Vec<String> =
                columns.iter().map(|column| text(column).unwrap_or_default()).collect();
            if index + 1 < count {
                grid.row(cells);
            } else {
                grid.total(cells);
            }
        }
        grid
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

    /// The table for a terminal. Where it would be wider than `width`, texts are broken between words
    /// and columns that may give way do, which a line below says.
    pub fn text(&self, width: Option<usize>) -> String {
        let gone = width.map_or_else(Vec::new, |width| self.too_many(width));
        let kept: Vec<usize> = (0..self.columns.len()).filter(|at| !gone.contains(at)).collect();
        let mut text = self.draw(&kept, width);
        if !gone.is_empty() {
            let headings = gone.iter().rev().filter_map(|at| self.columns.get(*at));
            let headings: Vec<String> = headings.map(|c| c.heading.replace('\n', " ")).collect();
            text.push_str(&format!("\nLeft out to fit the width: {}.\n", headings.join(", ")));
        }
        text
    }

    /// The columns that have to go, the last one first.
    fn too_many(&self, width: usize) -> Vec<usize> {
        let room = width + GAP;
        let least = |at: usize| self.least_width(at) + GAP;
        let mut needed: usize = (0..self.columns.len()).map(least).sum();
        let mut gone = Vec::new();
        for (at, column) in self.columns.iter().enumerate().rev() {
            if needed > room && column.may_go {
                needed -= least(at);
                gone.push(at);
            }
        }
        gone
    }

    /// What a column needs so that no number and no word of usual length is broken.
    fn least_width(&self, at: usize) -> usize {
        let Some(column) = self.columns.get(at) else { return 0 };
        let heading = column.heading.split(['\n', ' ']).map(UnicodeWidthStr::width);
        let cells = self.rows.iter().filter_map(|row| row.get(at));
        let least = |cell: &String| match column.is_number {
            true => cell.width(),
            false => {
                let words = cell.split(' ').map(UnicodeWidthStr::width);
                words.max().unwrap_or(0).min(LONGEST_WORD)
            }
        };
        heading.chain(cells.map(least)).max().unwrap_or(0)
    }

    fn draw(&self, kept: &[usize], width: Option<usize>) -> String {
        let mut table = Table::new();
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-')));
        let columns: Vec<&Column> = kept.iter().filter_map(|at| self.columns.get(*at)).collect();
        let cell = |column: &Column, text: &str| {
            let align = if column.is_number { CellAlignment::Right } else { CellAlignment::Left };
            Cell::new(text).set_alignment(align)
        };
        table.set_header(columns.iter().map(|column| cell(column, column.heading)));
        for row in &self.rows {
            let cells = columns.iter().zip(kept.iter().filter_map(|at| row.get(*at)));
            table.add_row(cells.map(|(column, text)| cell(column, &printable(text))));
        }
        if let Some(width) = width.and_then(|width| u16::try_from(width).ok()) {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        let last = columns.len().saturating_sub(1);
        for (index, (column, at)) in table.column_iter_mut().zip(kept).enumerate() {
            let gap = if index == last { 0 } else { GAP };
            column.set_padding((0, u16::try_from(gap).unwrap_or(0)));
            let is_number = self.columns.get(*at).is_some_and(|column| column.is_number);
            let least = u16::try_from(self.least_width(*at) + gap).unwrap_or(u16::MAX);
            column.set_constraint(match is_number {
                true => ColumnConstraint::ContentWidth,
                false => ColumnConstraint::LowerBoundary(Width::Fixed(least)),
            });
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
            text.push_str(&row(&mut cells.iter().map(|cell| escape::escaped(cell))));
        }
        let bold = |cell: &String| match cell.is_empty() {
            true => String::new(),
            false => format!("**{}**", escape::escaped(cell)),
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
        let lines = grid().text(Some(17));
        assert!(lines.lines().all(|line| line.len() <= 17), "{lines}");
        assert_eq!(lines.matches("1,188.00").count(), 2, "{lines}");
    }

    #[test]
    fn columns_that_may_give_way_do_and_are_named() {
        let mut grid = Grid::new([text("Rates"), number("Figures"), detail("Origin")]);
        grid.row(["2025.1".to_owned(), "103".to_owned(), "embedded".to_owned()]);
        let expected = "\
Rates   Figures
---------------
2025.1      103

Left out to fit the width: Origin.
";
        assert_eq!(grid.text(Some(20)), expected);
        assert!(grid.text(Some(25)).contains("embedded"), "{}", grid.text(Some(25)));
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
