//! The chart of the sheet Summary: a column for each region, its cost categories stacked, and its
//! envelope as a mark.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType,
};

use super::WORDS;
use super::style::{ENVELOPE as INK, GRID, SERIES};
use super::summary::{ENVELOPE, ITEMS, Layout, NAME};
use crate::engine::{Budget, CostItem};

/// How many rows it covers.
pub(super) const ROWS: u32 = 21;
const HEIGHT: u32 = 420;
/// What it stays behind the table, in pixels, so that paper does not cut its edge.
const EDGE: u32 = 12;

/// The chart, as wide as columns of these widths in digits.
pub(super) fn of(budget: &Budget<'_>, layout: &Layout, widths: &[u16]) -> Chart {
    let mut chart = Chart::new(ChartType::ColumnStacked);
    let column = |column: u16| (WORDS.summary, layout.first, column, layout.last, column);
    for ((place, item), colour) in (ITEMS..).zip(CostItem::ALL).zip(SERIES) {
        // A category that nobody gets would only lengthen the legend.
        if budget.totals.amounts.get(item).is_zero() {
            continue;
        }
        chart
            .add_series()
            .set_name((WORDS.summary, layout.headings, place))
            .set_categories(column(NAME))
            .set_values(column(place))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    if layout.has_envelopes {
        let mut envelopes = Chart::new(ChartType::Line);
        let fill = ChartSolidFill::new().set_color(INK).clone();
        let mut marker = ChartMarker::new();
        marker
            .set_type(ChartMarkerType::LongDash)
            .set_size(16)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
        envelopes
            .add_series()
            .set_name((WORDS.summary, layout.headings, ENVELOPE))
            .set_categories(column(NAME))
            .set_values(column(ENVELOPE))
            .set_marker(&marker)
            .set_format(ChartFormat::new().set_no_line());
        chart.combine(&envelopes);
    }
    chart.title().set_name(WORDS.chart);
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
