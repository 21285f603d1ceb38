//! The table for a terminal.

use comfy_table::{Cell, CellAlignment, LineStyle, Table, TableStyle};

use super::By;
use super::number::{grouped, hundredths};
use super::rows::{Row, headings, rows};
use crate::diag::{printable, shortened};
use crate::engine::{Amounts, Budget, CostItem, Headcount};
use crate::model::Eur;

/// Blanks between columns.
const GAP: usize = 2;
const LONGEST_APPLICANT: usize = 60;

/// A budget as a table, at most `width` columns wide where that can be done: columns give way, the
/// first label and the total stay. No amount is ever broken.
pub fn render(budget: &Budget<'_>, by: By, width: Option<usize>) -> String {
    let rows = rows(budget, by);
    let mut columns = columns(budget, by, &rows);
    let left_out = fit(&mut columns, width);
    let mut text = heading(budget);
    text.push('\n');
    text.push_str(&draw(&columns));
    text.push_str("\nAmounts in EUR.\n");
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        text.push_str(&format!("Left out to fit the width: {names}.\n"));
    }
    text
}

fn heading(budget: &Budget<'_>) -> String {
    let plan = budget.plan;
    let applicant = match &plan.project.applicant {
        Some(name) => {
            let name = shortened(name, LONGEST_APPLICANT);
            format!("{} ({})", printable(&name), plan.project.country)
        }
        None => format!("applicant in {}", plan.project.country),
    };
    let rates = &plan.rates;
    format!(
        "KA171 budget, call {}: {applicant}\nRates {}, {}, {}\n",
        plan.call, rates.id, rates.status, rates.origin
    )
}

/// A column with its cells, the last one that of the total row.
struct Column {
    heading: &'static str,
    cells: Vec<String>,
    is_number: bool,
    /// The first to give way has the highest, together with its equals; 0 stays.
    gives_way: usize,
}

impl Column {
    fn width(&self) -> usize {
        let heading = self.heading.split('\n').map(|line| line.chars().count());
        let cells = self.cells.iter().map(|cell| cell.chars().count());
        heading.chain(cells).max().unwrap_or(0)
    }
}

fn columns(budget: &Budget<'_>, by: By, rows: &[Row<'_>]) -> Vec<Column> {
    let totals = &budget.totals;
    let mut columns = labels(by, rows);
    let heads = |heading, number: fn(&Headcount) -> u64| {
        let cells = rows.iter().map(|row| number(&row.headcount).to_string());
        let cells = cells.chain([number(&totals.headcount).to_string()]).collect();
        Column { heading, cells, is_number: true, gives_way: 8 }
    };
    let money = |heading, gives_way, amount: &dyn Fn(&Amounts) -> Eur| {
        let cells = rows.iter().map(|row| grouped(amount(&row.amounts)));
        let cells = cells.chain([grouped(amount(&totals.amounts))]).collect();
        Column { heading, cells, is_number: true, gives_way }
    };
    let item = |item: CostItem| move |amounts: &Amounts| amounts.get(item);
    columns.push(heads("In", |heads| heads.incoming));
    columns.push(heads("Out", |heads| heads.outgoing));
    columns.push(money("Individual\nsupport", 2, &item(CostItem::IndividualSupport)));
    let none = totals.amounts.get(CostItem::TopUp).is_zero();
    columns.push(money("Top-ups", if none { 14 } else { 6 }, &item(CostItem::TopUp)));
    columns.push(money("Travel", 3, &item(CostItem::Travel)));
    columns.push(money("Organisational\nsupport", 4, &item(CostItem::OrganisationalSupport)));
    let real = |amounts: &Amounts| {
        amounts.get(CostItem::ExceptionalCosts) + amounts.get(CostItem::InclusionSupport)
    };
    if !real(&totals.amounts).is_zero() {
        columns.push(money("Real\ncosts", 5, &real));
    }
    columns.push(money("Total", 0, &Amounts::total));
    if rows.iter().any(|row| row.envelope.is_some()) {
        columns.extend(envelope_columns(rows));
    }
    columns
}

fn labels(by: By, rows: &[Row<'_>]) -> Vec<Column> {
    let headings = headings(by);
    // The last label says most: of a flow its id, of a country its name.
    let key = match by {
        By::Flow => 2,
        _ => headings.len() - 1,
    };
    let column = |(index, heading): (usize, &&'static str)| {
        let cells = rows.iter().map(|row| row.labels.get(index).cloned().unwrap_or_default());
        let total = if index == 0 { "Total" } else { "" };
        Column {
            heading,
            cells: cells.chain([total.to_owned()]).collect(),
            is_number: false,
            gives_way: if index == key { 0 } else { 9 + index },
        }
    };
    headings.iter().enumerate().map(column).collect()
}

fn envelope_columns(rows: &[Row<'_>]) -> [Column; 3] {
    let column = |heading, gives_way, is_number, text: &dyn Fn(&Row<'_>) -> Option<String>| {
        let cells = rows.iter().map(|row| text(row).unwrap_or_default());
        Column { heading, cells: cells.chain([String::new()]).collect(), is_number, gives_way }
    };
    let amount = |row: &Row<'_>| row.envelope.map(|used| grouped(used.envelope.amount));
    let kind = |row: &Row<'_>| row.envelope.map(|used| used.envelope.kind.to_string());
    let share = |row: &Row<'_>| {
        let share = row.envelope?.share_hundredths();
        Some(share.map_or("-".to_owned(), |share| format!("{} %", hundredths(share))))
    };
    [
        column("Envelope", 12, true, &amount),
        column("Kind", 13, false, &kind),
        column("Share", 1, true, &share),
    ]
}

/// Takes columns out until the rest fits; says which.
fn fit(columns: &mut Vec<Column>, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else { return Vec::new() };
    let headings = |columns: &[Column]| -> Vec<String> {
        columns.iter().map(|column| column.heading.replace('\n', " ")).collect()
    };
    let all = headings(columns);
    let needed =
        |columns: &[Column]| columns.iter().map(|column| column.width() + GAP).sum::<usize>();
    while needed(columns) > width + GAP {
        let most = columns.iter().map(|column| column.gives_way).max().unwrap_or(0);
        if most == 0 {
            break;
        }
        columns.retain(|column| column.gives_way < most);
    }
    if let Some(total) = columns.first_mut().and_then(|first| first.cells.last_mut()) {
        *total = "Total".to_owned();
    }
    let kept = headings(columns);
    all.into_iter().filter(|heading| !kept.contains(heading)).collect()
}

fn draw(columns: &[Column]) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-')));
    let align = |column: &Column| match column.is_number {
        true => CellAlignment::Right,
        false => CellAlignment::Left,
    };
    let cell = |column: &Column, text: &str| Cell::new(text).set_alignment(align(column));
    table.set_header(columns.iter().map(|column| cell(column, column.heading)));
    let count = columns.first().map_or(0, |column| column.cells.len());
    for index in 0..count {
        let text = |column: &Column| column.cells.get(index).cloned().unwrap_or_default();
        table.add_row(columns.iter().map(|column| cell(column, &text(column))));
    }
    let last = columns.len().saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        let gap = if index == last { 0 } else { GAP };
        column.set_padding((0, u16::try_from(gap).unwrap_or(0)));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    with_rule_above_total(lines)
}

/// The total row is set off by the rule that stands below the heading.
fn with_rule_above_total(mut lines: Vec<String>) -> String {
    let is_rule = |line: &String| !line.is_empty() && line.chars().all(|c| c == '-');
    if let Some(rule) = lines.iter().find(|line| is_rule(line)).cloned() {
        lines.insert(lines.len() - 1, rule);
    }
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}
