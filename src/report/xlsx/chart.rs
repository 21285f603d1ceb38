//! The chart of the sheet Summary: a column for each region, its cost categories stacked, and its
//! envelope as a mark.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType,
};

use super::WORDS;
use super::style::{ENVELOPE as INK, GRID, PAPER, SERIES};
use super::summary::{ENVELOPE, ITEMS, Layout, NAME};
use crate::engine::Budget;
use crate::model::Eur;

/// How many rows it covers.
pub(super) const ROWS: u32 = 21;
const HEIGHT: u32 = 420;
/// Envelopes are marked where the largest is at most so many times the largest region.
const MOST_TIMES: u32 = 2;
/// What it stays behind the table, in pixels, so that paper does not cut its edge.
const EDGE: u32 = 12;

/// The chart, as wide as columns of these widths in digits.
pub(super) fn of(budget: &Budget<'_>, layout: &Layout, widths: &[u16]) -> Chart {
    let mut chart = Chart::new(ChartType::ColumnStacked);
    let column = |column: u16| (WORDS.summary, layout.first, column, layout.last, column);
    // All of them: a change can make any of them pay something.
    for (place, colour) in (ITEMS..).zip(SERIES) {
        chart
            .add_series()
            .set_name((WORDS.summary, layout.headings, place))
            .set_categories(column(NAME))
            .set_values(column(place))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    let shows_envelopes = layout.has_envelopes && are_in_scale(budget);
    if shows_envelopes {
        let mut envelopes = Chart::new(ChartType::Line);
        let fill = ChartSolidFill::new().set_color(INK).clone();
        // On a column it needs an edge to be seen.
        let edge = ChartLine::new().set_color(PAPER).clone();
        let mut marker = ChartMarker::new();
        marker
            .set_type(ChartMarkerType::LongDash)
            .set_size(16)
            .set_format(ChartFormat::new().set_solid_fill(&fill).set_line(&edge));
        envelopes
            .add_series()
            .set_name((WORDS.summary, layout.headings, ENVELOPE))
            .set_categories(column(NAME))
            .set_values(column(ENVELOPE))
            .set_marker(&marker)
            .set_format(ChartFormat::new().set_no_line());
        chart.combine(&envelopes);
    }
    let title = match layout.has_envelopes && !shows_envelopes {
        true => WORDS.chart_without_envelopes,
        false => WORDS.chart,
    };
    chart.title().set_name(title);
    let grid = ChartLine::new().set_color(GRID).clone();
    chart.y_axis().set_num_format("#,##0").set_major_gridlines_line(&grid);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    // A digit takes seven pixels, the edges of a column five.
    let pixels: u32 = widths.iter().map(|width| u32::from(*width) * 7 + 5).sum();
    chart
        .set_width(pixels.saturating_sub(EDGE))
        .set_height(HEIGHT)
        .set_alt_text(WORDS.chart_alternative);
    chart
}

/// Whether the columns can still be seen beside the envelopes. National ones are often far larger.
fn are_in_scale(budget: &Budget<'_>) -> bool {
    let totals = budget.regions.iter().map(|region| region.amounts.total());
    let envelopes = budget.regions.iter().filter_map(|region| region.envelope);
    let envelopes = envelopes.map(|used| used.envelope.amount);
    let largest = totals.max().unwrap_or(Eur::ZERO);
    envelopes.max().is_none_or(|envelope| envelope <= largest * MOST_TIMES)
}
