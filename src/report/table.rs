//! The table for a terminal.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::columns::{Column, Rank, columns, name_total_once};
use super::estimate_lines;
use super::footnotes::Footnotes;
use super::grid::{GAP, Grid};
use super::heading::{applicant, envelopes_line, rates_line};
use super::page::{Form, Page};
use super::rows::{LONGEST_LABEL, rows};
use super::style::Style;
use super::what_if_line;
use super::wrap::wrapped;
use crate::diag::{printable, shortened};
use crate::engine::Budget;

const LONGEST_APPLICANT: usize = 60;
/// What a long label leaves to the other columns: most names can still be told apart.
const SHORT_LABEL: usize = 20;
/// Room for each heading of a label, and for the word `Total`.
const SHORTEST_LABEL: usize = 8;

/// A budget as a table, at most `width` columns wide where that can be done: the label that says
/// most is shortened, columns give way, that label and the total stay. No amount is ever broken.
pub fn render(budget: &Budget<'_>, style: impl Into<Style>, width: Option<usize>) -> String {
    draw_budget(budget, &style.into(), width, None)
}

/// The same with the figures that each row rests on, and where they come from.
pub fn render_with_sources(
    budget: &Budget<'_>,
    style: impl Into<Style>,
    width: Option<usize>,
) -> String {
    let (style, footnotes) = (style.into(), Footnotes::of(budget));
    let table = draw_budget(budget, &style, width, Some(&footnotes));
    format!("{table}\n{}", sources(&footnotes, &style).write(Form::Text(width)))
}

fn draw_budget(
    budget: &Budget<'_>,
    style: &Style,
    width: Option<usize>,
    footnotes: Option<&Footnotes<'_>>,
) -> String {
    let rows = rows(budget, style.by);
    let mut columns = columns(budget, &rows, style, LONGEST_LABEL, footnotes);
    let left_out = width.map_or_else(Vec::new, |width| fit(&mut columns, width));
    name_total_once(&mut columns);
    let mut text = heading(budget, style, width);
    text.push('\n');
    text.push_str(&Grid::of_columns(&columns).text(None));
    text.push_str(&format!("\n{}\n", style.words.amounts_in_eur));
    if budget.plan.places.is_some() {
        for line in estimate_lines(style.words.marked_rests_on) {
            text.push_str(&wrapped(&line, width));
        }
    }
    if !left_out.is_empty() {
        text.push_str(&wrapped(&(style.words.left_out)(&left_out.join(", ")), width));
    }
    text
}

fn heading(budget: &Budget<'_>, style: &Style, width: Option<usize>) -> String {
    let plan = budget.plan;
    let name = plan.project.applicant.as_ref().map(|name| {
        let name = shortened(name, LONGEST_APPLICANT);
        cut(&printable(&name), LONGEST_APPLICANT).into_owned()
    });
    let title = (style.words.title)(plan.call, &applicant(plan, name, style));
    let envelopes = envelopes_line(plan, style).map(|line| line + "\n").unwrap_or_default();
    let what_if = what_if_line(&plan.what_if).map(|line| wrapped(&line, width)).unwrap_or_default();
    format!("{title}\n{}\n{envelopes}{what_if}", rates_line(plan, style))
}

/// `[3] staff, outgoing, per day: 190 EUR; confirmed (zut, ytu)`, then the documents.
fn sources(footnotes: &Footnotes<'_>, style: &Style) -> Page {
    let mut page = Page::default();
    page.heading(style.words.figures);
    for (number, figure) in footnotes.figures() {
        page.line(format!("[{number}] {}", figure.sentence(style)));
    }
    page.heading(style.words.sources);
    for (key, source) in footnotes.sources() {
        let (publisher, title, locator) = (&source.publisher, &source.title, &source.locator);
        page.item(format!("{key}: {publisher}, {title}, {locator}"));
    }
    page
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

/// What a column needs at least when columns are chosen, with its gap.
fn least(column: &Column) -> usize {
    let width = column.width();
    GAP + if column.is_key() { width.min(SHORT_LABEL) } else { width }
}

/// The ranks that fit: one that does not is passed over, those after it still have their turn.
fn kept(columns: &[Column], mut room: usize) -> BTreeSet<Rank> {
    let mut needs: BTreeMap<Rank, usize> = BTreeMap::new();
    for column in columns {
        *needs.entry(column.rank).or_default() += least(column);
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
        key.cells.iter_mut().for_each(|cell| *cell = cut(cell, most).into_owned());
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
