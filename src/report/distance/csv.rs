//! Estimated distances for spreadsheets.

use crate::distance::{InCall, Measured};
use crate::error::Error;
use crate::model::{DistanceBasis, Eur, Spot, TravelMode, Word};
use crate::rates::Band;

const HEADINGS: [&str; 14] = [
    "from",
    "to",
    "km",
    "basis",
    "call",
    "band",
    "standard",
    "green",
    "edge_km",
    "margin_km",
    "near_edge",
    "beyond",
    "from_point",
    "to_point",
];

/// Distances as CSV: a line for each pair and call, numbers with a point. `from` and `to` can be
/// looked up again as they stand there.
///
/// # Errors
///
/// What the `csv` crate says; of a text in memory, nothing is known.
pub fn render_csv(measured: &[Measured<'_>]) -> Result<String, Error> {
    let fail = |error: csv::Error| Error::Write(error.into());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(fail)?;
    for measured in measured {
        for call in &measured.calls {
            writer.write_record(line(measured, call)).map_err(fail)?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Error::Write(error.into_error()))?;
    String::from_utf8(bytes).map_err(|error| Error::Write(std::io::Error::other(error)))
}

fn line(measured: &Measured<'_>, call: &InCall<'_>) -> [String; 14] {
    let (pair, edge) = (&measured.pair, call.edge.as_ref());
    let label = |band: Option<&Band>| band.map(|band| band.label.to_string()).unwrap_or_default();
    let amount = |mode| call.band.map_or(Eur::ZERO, |band| band.amount(mode).value).to_string();
    [
        name(&pair.from),
        name(&pair.to),
        pair.km.to_string(),
        DistanceBasis::Estimated.as_str().to_owned(),
        call.table.call.to_string(),
        label(call.band),
        amount(TravelMode::Standard),
        amount(TravelMode::Green),
        edge.map(|edge| edge.km.to_string()).unwrap_or_default(),
        edge.map(|edge| edge.margin.normalize().to_string()).unwrap_or_default(),
        call.is_uncertain().to_string(),
        label(edge.and_then(|edge| edge.beyond)),
        pair.from.point.to_string(),
        pair.to.point.to_string(),
    ]
}

/// `Szeged, HU`; nothing for coordinates. What a spreadsheet would take for a formula is set off.
fn name(spot: &Spot) -> String {
    let Some((name, country)) = spot.name.as_ref().zip(spot.country) else { return String::new() };
    let sign = if name.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("{sign}{name}, {country}")
}
