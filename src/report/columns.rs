//! The columns of a budget's table, for a terminal, Markdown and HTML.

use unicode_width::UnicodeWidthStr;

use super::footnotes::{Footnotes, ranges};
use super::rows::Row;
use super::style::Style;
use super::words::Words;
use super::{By, ESTIMATED};
use crate::engine::{Amounts, Budget, CostItem, Headcount, RegionScore};
use crate::model::Eur;

/// A column with its cells, the last one that of the total row.
pub(super) struct Column {
    pub heading: &'static str,
    pub cells: Vec<String>,
    pub is_number: bool,
    pub rank: Rank,
}

/// What is kept first where not all columns fit. Columns of one rank are kept together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
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
    Figures,
    /// A label beside the one that says most, by its place.
    Label(usize),
    /// Nothing but zeros.
    NoTopUps,
}

impl Column {
    /// In columns of the terminal: some characters take two, some none.
    pub fn width(&self) -> usize {
        let heading = self.heading.split('\n').map(UnicodeWidthStr::width);
        let cells = self.cells.iter().map(|cell| cell.width());
        heading.chain(cells).max().unwrap_or(0)
    }

    /// The label that says most; it can be shortened.
    pub fn is_key(&self) -> bool {
        self.rank == Rank::Always && !self.is_number
    }

    pub fn is_label(&self) -> bool {
        self.is_key() || matches!(self.rank, Rank::Label(_))
    }
}

/// The columns of rows; names longer than `longest` are cut. Where there are footnotes, a column says
/// which of them each row rests on.
pub(super) fn columns(
    budget: &Budget<'_>,
    rows: &[Row<'_>],
    style: &Style,
    longest: usize,
    footnotes: Option<&Footnotes<'_>>,
) -> Vec<Column> {
    let words = style.words;
    let mut columns = labels(budget, rows, style, longest);
    columns.push(heads(budget, rows, words.incoming, style, |heads| heads.incoming));
    columns.push(heads(budget, rows, words.outgoing, style, |heads| heads.outgoing));
    columns.extend(money(budget, rows, style));
    if rows.iter().any(|row| row.envelope().is_some()) {
        columns.extend(envelope_columns(rows, style));
    }
    if rows.iter().any(|row| row.score().is_some()) {
        columns.push(score_column(rows, style));
    }
    if let Some(footnotes) = footnotes {
        let numbers = |row: &Row<'_>| ranges(&footnotes.of_flows(&row.flows));
        columns.push(beside(rows, words.figures, Rank::Figures, false, &numbers));
    }
    columns
}

fn labels(budget: &Budget<'_>, rows: &[Row<'_>], style: &Style, longest: usize) -> Vec<Column> {
    let headings = headings(style.words, style.by);
    // The last label says most: of a flow its id, of a country its name.
    let key = match style.by {
        By::Flow => 2,
        _ => headings.len() - 1,
    };
    let of_rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.labels(budget.plan, longest)).collect();
    let column = |(index, heading): (usize, &'static str)| {
        let cells = of_rows.iter().map(|labels| labels.get(index).cloned().unwrap_or_default());
        // Each may come to be the first, and is measured with room for the word.
        let cells = cells.chain([style.words.total.to_owned()]).collect();
        let rank = if index == key { Rank::Always } else { Rank::Label(index) };
        Column { heading, cells, is_number: false, rank }
    };
    headings.into_iter().enumerate().map(column).collect()
}

/// The headings of the labels.
fn headings(words: &Words, by: By) -> Vec<&'static str> {
    match by {
        By::Region => vec![words.region],
        By::Country => vec![words.region, words.country],
        By::Flow => vec![words.region, words.country, words.flow, words.activity],
        By::Activity => vec![words.activity],
    }
}

fn heads(
    budget: &Budget<'_>,
    rows: &[Row<'_>],
    heading: &'static str,
    style: &Style,
    number: fn(&Headcount) -> u64,
) -> Column {
    let cells = rows.iter().map(|row| style.whole(number(&row.headcount)));
    let cells = cells.chain([style.whole(number(&budget.totals.headcount))]).collect();
    Column { heading, cells, is_number: true, rank: Rank::Heads }
}

fn money(budget: &Budget<'_>, rows: &[Row<'_>], style: &Style) -> Vec<Column> {
    let (words, totals) = (style.words, &budget.totals.amounts);
    let column = |heading, rank, amount: &dyn Fn(&Amounts) -> Eur| {
        let cells = rows.iter().map(|row| style.eur(amount(&row.amounts)));
        let cells = cells.chain([style.eur(amount(totals))]).collect();
        Column { heading, cells, is_number: true, rank }
    };
    let item = |item: CostItem| move |amounts: &Amounts| amounts.get(item);
    let real = |amounts: &Amounts| {
        amounts.get(CostItem::ExceptionalCosts) + amounts.get(CostItem::InclusionSupport)
    };
    let no_top_ups = totals.get(CostItem::TopUp).is_zero();
    let mut columns = vec![
        column(
            words.individual_support,
            Rank::IndividualSupport,
            &item(CostItem::IndividualSupport),
        ),
        column(
            words.top_ups,
            if no_top_ups { Rank::NoTopUps } else { Rank::TopUps },
            &item(CostItem::TopUp),
        ),
        marked(budget, rows, column(words.travel, Rank::Travel, &item(CostItem::Travel)), |row| {
            row.rests_on_estimate(CostItem::Travel)
        }),
        column(
            words.organisational_support,
            Rank::OrganisationalSupport,
            &item(CostItem::OrganisationalSupport),
        ),
    ];
    if !real(totals).is_zero() {
        let real_costs =
            marked(budget, rows, column(words.real_costs, Rank::RealCosts, &real), |row| {
                row.rests_on_estimate(CostItem::ExceptionalCosts)
            });
        columns.push(real_costs);
    }
    columns.push(column(words.total, Rank::Always, &Amounts::total));
    columns
}

/// Marks amounts that rest on estimated distances.
fn marked(
    budget: &Budget<'_>,
    rows: &[Row<'_>],
    mut column: Column,
    is_estimated: impl Fn(&Row<'_>) -> bool,
) -> Column {
    let marks = rows.iter().map(&is_estimated);
    let is_any = budget.plan.places.is_some() && rows.iter().any(&is_estimated);
    let marks = marks.chain([is_any]);
    for (cell, _) in column.cells.iter_mut().zip(marks).filter(|(_, is_estimated)| *is_estimated) {
        cell.insert(0, ESTIMATED);
    }
    column
}

/// A column without anything in the total row.
fn beside(
    rows: &[Row<'_>],
    heading: &'static str,
    rank: Rank,
    is_number: bool,
    text: &dyn Fn(&Row<'_>) -> String,
) -> Column {
    let cells = rows.iter().map(text).chain([String::new()]).collect();
    Column { heading, cells, is_number, rank }
}

fn envelope_columns(rows: &[Row<'_>], style: &Style) -> [Column; 3] {
    let words = style.words;
    let amount = |row: &Row<'_>| row.envelope().map(|used| style.eur(used.envelope.amount));
    let kind = |row: &Row<'_>| row.envelope().map(|used| used.envelope.kind.to_string());
    let share = |row: &Row<'_>| row.envelope().map(|used| style.share(&used));
    [
        beside(rows, words.envelope, Rank::Envelope, true, &|row| amount(row).unwrap_or_default()),
        beside(rows, words.kind, Rank::Envelope, false, &|row| kind(row).unwrap_or_default()),
        beside(rows, words.share, Rank::Share, true, &|row| share(row).unwrap_or_default()),
    ]
}

/// A total alone would not say whether a criterion lacks points.
fn score_column(rows: &[Row<'_>], style: &Style) -> Column {
    let text = |score: &RegionScore<'_>| points_and_verdict(score, style);
    let cell = |row: &Row<'_>| row.score().as_ref().map(text).unwrap_or_default();
    beside(rows, style.words.score, Rank::Score, false, &cell)
}

/// `72.5 passes`
pub(super) fn points_and_verdict(score: &RegionScore<'_>, style: &Style) -> String {
    let verdict = if score.passes() { style.words.passes } else { style.words.fails };
    format!("{} {verdict}", points(score, style))
}

pub(super) fn points(score: &RegionScore<'_>, style: &Style) -> String {
    style.locale.number(&score.total.to_string())
}

/// Of the labels only the first names the total row.
pub(super) fn name_total_once(columns: &mut [Column]) {
    for label in columns.iter_mut().skip(1).filter(|column| column.is_label()) {
        if let Some(total) = label.cells.last_mut() {
            total.clear();
        }
    }
}
