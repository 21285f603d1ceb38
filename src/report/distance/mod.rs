//! Estimated distances for people, for scripts and for spreadsheets.

mod csv;
mod json;

pub use csv::render_csv;
pub use json::render_json;

use super::estimate_lines;
use super::grid::{Grid, detail, number, text};
use super::page::{Form, Page};
use crate::diag::count;
use crate::distance::{InCall, Measured};
use crate::model::{Spot, TravelMode, grouped};
use crate::places::{margin_text, tenth};

/// Stands behind a band that is not certain.
const UNCERTAIN: &str = " !";

/// Distances as a page: of one pair its bands and amounts, of several a line each.
pub fn render(measured: &[Measured<'_>], form: Form) -> String {
    let mut page = Page::default();
    match measured {
        [one] => one_pair(&mut page, one),
        several => {
            page.title(format!("Estimated distances: {}", count(several.len() as u64, "pair")));
            page.grid(pairs(several));
        }
    }
    let calls = || measured.iter().flat_map(|measured| &measured.calls);
    page.line("Amounts in EUR for each participant, for the whole journey.");
    if calls().any(|call| call.band.is_some_and(|band| band.green.is_none())) {
        page.line("= no green amount is published: green travel gets the standard amount.");
    }
    if calls().any(InCall::is_uncertain) {
        page.line("! so near an edge that the other band is possible: look these up.");
    }
    estimate_lines("These are").into_iter().for_each(|line| page.line(line));
    page.write(form)
}

fn one_pair(page: &mut Page, measured: &Measured<'_>) {
    let pair = &measured.pair;
    page.title(format!("{} to {}: {} km", short(&pair.from), short(&pair.to), tenth(pair.km)));
    page.line(format!("From {}", pair.from));
    page.line(format!("To {}", pair.to));
    let mut grid = Grid::new([
        number("Call"),
        text("Band"),
        number("Standard"),
        number("Green"),
        number("Edge km"),
        number("Margin km"),
        detail("Rates"),
    ]);
    for call in &measured.calls {
        let identity = &call.table.identity;
        let rates = format!("{}, {}", identity.id, identity.status);
        let mut cells = vec![call.table.call.to_string()];
        cells.extend(cells_of(call));
        cells.push(rates);
        grid.row(cells);
    }
    page.grid(grid);
}

fn pairs(measured: &[Measured<'_>]) -> Grid {
    let mut grid = Grid::new([
        text("From"),
        text("To"),
        number("km"),
        number("Call"),
        text("Band"),
        number("Standard"),
        number("Green"),
        number("Edge km"),
        number("Margin km"),
    ]);
    for Measured { pair, calls } in measured {
        for call in calls {
            let (from, to) = (short(&pair.from), short(&pair.to));
            let mut cells = vec![from, to, tenth(pair.km), call.table.call.to_string()];
            cells.extend(cells_of(call));
            grid.row(cells);
        }
    }
    grid
}

/// Band, both amounts, the edge and how far it is.
fn cells_of(call: &InCall<'_>) -> [String; 5] {
    let mark = if call.is_uncertain() { UNCERTAIN } else { "" };
    let (label, standard, green) = match call.band {
        Some(band) => (
            band.label.to_string(),
            band.standard.value.grouped(),
            match band.green {
                Some(_) => band.amount(TravelMode::Green).value.grouped(),
                None => format!("= {}", band.standard.value.grouped()),
            },
        ),
        None => {
            (format!("below {}", call.table.lowest_edge()), "0.00".to_owned(), "0.00".to_owned())
        }
    };
    let edge = call.edge.as_ref();
    let edge_km = edge.map(|edge| grouped(&edge.km.to_string())).unwrap_or_default();
    let margin = edge.map(margin_text).unwrap_or_default();
    [format!("{label}{mark}"), standard, green, edge_km, margin]
}

/// `Szeged, HU`, or the coordinates.
fn short(spot: &Spot) -> String {
    match (&spot.name, spot.country) {
        (Some(name), Some(country)) => format!("{name}, {country}"),
        _ => spot.point.to_string(),
    }
}
