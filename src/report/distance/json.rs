//! Estimated distances for scripts: format `ka171-distance`, version 1.

use serde::Serialize;

use crate::diag::{Diagnostic, FindingRecord};
use crate::distance::{InCall, Measured};
use crate::error::Error;
use crate::model::{DistanceBasis, Eur, PlacesIdentity, TravelMode, Word};
use crate::rates::Band;
use crate::report::json::{self, Number, PlacesRecord, SpotRecord};

/// Distances with the bands and amounts of each call.
///
/// # Errors
///
/// Those of [`json::record`].
pub fn render_json(
    measured: &[Measured<'_>],
    places: &PlacesIdentity,
    notices: &[Diagnostic],
) -> Result<String, Error> {
    let record = DistancesRecord {
        basis: DistanceBasis::Estimated.as_str(),
        places: PlacesRecord::new(places),
        pairs: measured.iter().map(pair_record).collect(),
        notices: notices.iter().map(FindingRecord::new).collect(),
    };
    json::record("ka171-distance", &record)
}

#[derive(Serialize)]
struct DistancesRecord<'m> {
    basis: &'static str,
    places: PlacesRecord<'m>,
    pairs: Vec<PairRecord<'m>>,
    notices: Vec<FindingRecord<'m>>,
}

#[derive(Serialize)]
struct PairRecord<'m> {
    from: SpotRecord<'m>,
    to: SpotRecord<'m>,
    km: Number,
    calls: Vec<CallRecord<'m>>,
}

#[derive(Serialize)]
struct CallRecord<'m> {
    call: u16,
    rates: &'m str,
    #[serde(flatten)]
    band: BandRecord<'m>,
    /// The nearest edge, where the call has more than one band.
    #[serde(skip_serializing_if = "Option::is_none")]
    edge_km: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_km: Option<Number>,
    /// Whether the other band is possible, by the tolerance rule.
    near_edge: bool,
    /// The band beyond the edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<BandRecord<'m>>,
}

/// A band, absent below the lowest one, with what is paid to each participant.
#[derive(Serialize)]
struct BandRecord<'m> {
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<&'m str>,
    standard: Number,
    green: Number,
}

fn pair_record<'m>(measured: &'m Measured<'_>) -> PairRecord<'m> {
    let pair = &measured.pair;
    PairRecord {
        from: SpotRecord::new(&pair.from),
        to: SpotRecord::new(&pair.to),
        km: Number(pair.km.to_string()),
        calls: measured.calls.iter().map(call_record).collect(),
    }
}

fn call_record<'m>(call: &'m InCall<'_>) -> CallRecord<'m> {
    let edge = call.edge.as_ref();
    CallRecord {
        call: call.table.call,
        rates: &call.table.identity.id,
        band: band_record(call.band),
        edge_km: edge.map(|edge| edge.km),
        margin_km: edge.map(|edge| Number(edge.margin.normalize().to_string())),
        near_edge: call.is_uncertain(),
        beyond: edge.map(|edge| band_record(edge.beyond)),
    }
}

fn band_record(band: Option<&Band>) -> BandRecord<'_> {
    let amount = |mode| band.map_or(Eur::ZERO, |band| band.amount(mode).value).into();
    BandRecord {
        band: band.map(|band| band.label.as_ref()),
        standard: amount(TravelMode::Standard),
        green: amount(TravelMode::Green),
    }
}
