//! The table for a terminal.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::By;
use super::grid::{self, GAP, Grid};
use super::number::hundredths;
use super::rows::{Row, headings, rows};
use super::what_if_line;
use super::wrap::wrapped;
use super::{ESTIMATED, estimate_lines};
use crate::diag::{printable, shortened};
use crate::engine::{Amounts, Budget, CostItem, Headcount, RegionScore};
use crate::model::{EnvelopeListIdentity, EnvelopeListName, Eur};

const LONGEST_APPLICANT: usize = 60;
/// What a long label leaves to the other columns: most names can still be told apart.
const SHORT_LABEL: usize = 20;
/// Room for each heading of a label, and for the word `Total`.
const SHORTEST_LABEL: usize = 8;

/// A budget as a table, at most `width` columns wide where that can be done: the label that says
/// most is shortened, columns give way, that label and the total stay. No amount is ever broken.
pub fn render(budget: &Budget<'_>, by: By, width: Option<usize>) -> String {
    let rows = rows(budget, by);
    let mut columns = columns(budget, by, &rows);
    let left_out = width.map_or_else(Vec::new, |width| fit(&mut columns, width));
    name_total_once(&mut columns);
    let mut text = heading(budget, width);
    text.push('\n');
    text.push_str(&draw(&columns));
    text.push_str("\nAmounts in EUR.\n");
    if budget.plan.places.is_some() {
        for line in estimate_lines(&format!("{ESTIMATED} rests on")) {
            text.push_str(&wrapped(&line, width));
        }
    }
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        text.push_str(&wrapped(&format!("Left out to fit the width: {names}."), width));
    }
    text
}

fn heading(budget: &Budget<'_>, width: Option<usize>) -> String {
    let plan = budget.plan;
    let applicant = match &plan.project.applicant {
        Some(name) => {
            let name = shortened(name, LONGEST_APPLICANT);
            let name = printable(&name);
            format!("{} ({})", cut(&name, LONGEST_APPLICANT), plan.project.country)
        }
        None => format!("applicant in {}", plan.project.country),
    };
    let rates = &plan.rates;
    let envelopes = plan.envelope_list.as_ref().map(envelopes_line).unwrap_or_default();
    let what_if = what_if_line(&plan.what_if).map(|line| wrapped(&line, width)).unwrap_or_default();
    format!(
        "KA171 budget, call {}: {applicant}\nRates {}, {}, {}\n{envelopes}{what_if}",
        plan.call, rates.id, rates.status, rates.origin
    )
}

/// `Envelopes HU-2023, national, embedded`; a file of the user is its own origin.
fn envelopes_line(list: &EnvelopeListIdentity) -> String {
    let name = list.to_string();
    let origin = match &list.name {
        EnvelopeListName::Published(_) => format!(", {}", list.origin),
        EnvelopeListName::File(_) => String::new(),
    };
    printable(&format!("Envelopes {name}, {}{origin}", list.kind)).into_owned() + "\n"
}

/// What is kept first where not all columns fit. Columns of one rank are kept together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Always,
    IndividualSupport,
    Travel,
    OrganisationalSupport,
    RealCosts,
    TopUps,
    Heads,
    Score,
    Share,
    Envelope,
    /// A label beside the one that says most, by its place.
    Label(usize),
    /// Nothing but zeros.
    NoTopUps,
}

/// A column with its cells, the last one that of the total row.
struct Column {
    heading: &'static str,
    cells: Vec<String>,
    is_number: bool,
    rank: Rank,
}

impl Column {
    /// In columns of the terminal: some characters take two, some none.
    fn width(&self) -> usize {
        let heading = self.heading.split('\n').map(UnicodeWidthStr::width);
        let cells = self.cells.iter().map(|cell| cell.width());
        heading.chain(cells).max().unwrap_or(0)
    }

    /// The label that says most; it can be shortened.
    fn is_key(&self) -> bool {
        self.rank == Rank::Always && !self.is_number
    }

    fn is_label(&self) -> bool {
        self.is_key() || matches!(self.rank, Rank::Label(_))
    }

    /// What it needs at least when columns are chosen, with its gap.
    fn needs(&self) -> usize {
        let width = self.width();
        GAP + if self.is_key() { width.min(SHORT_LABEL) } else { width }
    }

    fn shorten(&mut self, most: usize) {
        for cell in &mut self.cells {
            *cell = cut(cell, most).into_owned();
        }
    }
}

fn columns(budget: &Budget<'_>, by: By, rows: &[Row<'_>]) -> Vec<Column> {
    let totals = &budget.totals;
    let mut columns = labels(by, rows);
    let heads = |heading, number: fn(&Headcount) -> u64| {
        let cells = rows.iter().map(|row| number(&row.headcount).to_string());
        let cells = cells.chain([number(&totals.headcount).to_string()]).collect();
        Column { heading, cells, is_number: true, rank: Rank::Heads }
    };
    let money = |heading, rank, amount: &dyn Fn(&Amounts) -> Eur| {
        let cells = rows.iter().map(|row| amount(&row.amounts).grouped());
        let cells = cells.chain([amount(&totals.amounts).grouped()]).collect();
        Column { heading, cells, is_number: true, rank }
    };
    let item = |item: CostItem| move |amounts: &Amounts| amounts.get(item);
    columns.push(heads("In", |heads| heads.incoming));
    columns.push(heads("Out", |heads| heads.outgoing));
    columns.push(money(
        "Individual\nsupport",
        Rank::IndividualSupport,
        &item(CostItem::IndividualSupport),
    ));
    let none = totals.amounts.get(CostItem::TopUp).is_zero();
    let rank = if none { Rank::NoTopUps } else { Rank::TopUps };
    columns.push(money("Top-ups", rank, &item(CostItem::TopUp)));
    let mut travel = money("Travel", Rank::Travel, &item(CostItem::Travel));
    let marks = rows.iter().map(|row| row.is_estimated).chain([budget.plan.places.is_some()]);
    for (cell, _) in travel.cells.iter_mut().zip(marks).filter(|(_, is_estimated)| *is_estimated) {
        cell.insert(0, ESTIMATED);
    }
    columns.push(travel);
    columns.push(money(
        "Organisational\nsupport",
        Rank::OrganisationalSupport,
        &item(CostItem::OrganisationalSupport),
    ));
    let real = |amounts: &Amounts| {
        amounts.get(CostItem::ExceptionalCosts) + amounts.get(CostItem::InclusionSupport)
    };
    if !real(&totals.amounts).is_zero() {
        columns.push(money("Real\ncosts", Rank::RealCosts, &real));
    }
    columns.push(money("Total", Rank::Always, &Amounts::total));
    if rows.iter().any(|row| row.envelope.is_some()) {
        columns.extend(envelope_columns(rows));
    }
    if rows.iter().any(|row| row.score.is_some()) {
        columns.push(score_column(rows));
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
        // Each may come to be the first, and is measured with room for the word.
        let cells = cells.chain(["Total".to_owned()]).collect();
        let rank = if index == key { Rank::Always } else { Rank::Label(index) };
        Column { heading, cells, is_number: false, rank }
    };
    headings.iter().enumerate().map(column).collect()
}

fn envelope_columns(rows: &[Row<'_>]) -> [Column; 3] {
    let column = |heading, rank, is_number, text: &dyn Fn(&Row<'_>) -> Option<String>| {
        let cells = rows.iter().map(|row| text(row).unwrap_or_default());
        Column { heading, cells: cells.chain([String::new()]).collect(), is_number, rank }
    };
    let amount = |row: &Row<'_>| row.envelope.map(|used| used.envelope.amount.grouped());
    let kind = |row: &Row<'_>| row.envelope.map(|used| used.envelope.kind.to_string());
    let share = |row: &Row<'_>| {
        let share = row.envelope?.share_hundredths();
        Some(share.map_or("-".to_owned(), |share| format!("{} %", hundredths(share))))
    };
    [
        column("Envelope", Rank::Envelope, true, &amount),
        column("Kind", Rank::Envelope, false, &kind),
        column("Share", Rank::Share, true, &share),
    ]
}

/// A total alone would not say whether a criterion lacks points.
fn score_column(rows: &[Row<'_>]) -> Column {
    let text = |score: &RegionScore<'_>| {
        format!("{} {}", score.total, if score.passes() { "passes" } else { "fails" })
    };
    let cells = rows.iter().map(|row| row.score.as_ref().map(text).unwrap_or_default());
    let cells = cells.chain([String::new()]).collect();
    Column { heading: "Score", cells, is_number: false, rank: Rank::Score }
}

/// Shortens the key label and takes columns out, so that the rest fits; says which.
fn fit(columns: &mut Vec<Column>, width: usize) -> Vec<String> {
    // The last column has no gap behind it.
    let room = width.saturating_add(GAP);
    let all: usize = columns.iter().map(|column| column.width() + GAP).sum();
    if all <= room {
        return Vec::new();
    }
    let kept = kept(columns, room);
    let left_out = columns.iter().filter(|column| !kept.contains(&column.rank));
    let left_out = left_out.map(|column| column.heading.replace('\n', " ")).collect();
    columns.retain(|column| kept.contains(&column.rank));
    shorten_key(columns, room);
    left_out
}

/// The ranks that fit: one that does not is passed over, those after it still have their turn.
fn kept(columns: &[Column], mut room: usize) -> BTreeSet<Rank> {
    let mut needs: BTreeMap<Rank, usize> = BTreeMap::new();
    for column in columns {
        *needs.entry(column.rank).or_default() += column.needs();
    }
    let fits = |(rank, needs): (Rank, usize)| {
        let fits = needs <= room || rank == Rank::Always;
        room = room.saturating_sub(if fits { needs } else { 0 });
        fits.then_some(rank)
    };
    needs.into_iter().filter_map(fits).collect()
}

/// The key label takes what the other columns leave: often more than was set aside for it, and
/// less where even the total is too wide.
fn shorten_key(columns: &mut [Column], room: usize) {
    let others = columns.iter().filter(|column| !column.is_key());
    let others: usize = others.map(|column| column.width() + GAP).sum();
    let most = room.saturating_sub(others + GAP).max(SHORTEST_LABEL);
    for key in columns.iter_mut().filter(|column| column.is_key()) {
        key.shorten(most);
    }
}

/// Of the labels only the first names the total row.
fn name_total_once(columns: &mut [Column]) {
    for label in columns.iter_mut().skip(1).filter(|column| column.is_label()) {
        if let Some(total) = label.cells.last_mut() {
            total.clear();
        }
    }
}

/// The text in at most so many columns of the terminal, with three dots where it is cut.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.width() <= most {
        return Cow::Borrowed(text);
    }
    let up_to = |(end, _)| format!("{}...", text.get(..end).unwrap_or_default().trim_end());
    // Measured as a whole: a character can change the width of its neighbour.
    let fitting = text.char_indices().map(up_to).take_while(|cut| cut.width() <= most);
    Cow::Owned(fitting.last().unwrap_or_else(|| "...".to_owned()))
}

fn draw(columns: &[Column]) -> String {
    let grid_columns = columns.iter().map(|column| match column.is_number {
        true => grid::number(column.heading),
        false => grid::text(column.heading),
    });
    let mut grid = Grid::new(grid_columns.collect::<Vec<_>>());
    let count = columns.first().map_or(0, |column| column.cells.len());
    for index in 0..count {
        let text = |column: &Column| column.cells.get(index).cloned().unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(text).collect();
        if index + 1 < count {
            grid.row(cells);
        } else {
            grid.total(cells);
        }
    }
    grid.text(None)
}
