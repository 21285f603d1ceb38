//! The places that distances were estimated from.

use serde::Serialize;

use super::amounts::{Number, Text};
use crate::model::{Estimate, PlacesIdentity, Spot, Word};
use crate::places::{FORMULA, NOTICE};

/// Which places, how distances are computed from them, and whose they are.
#[derive(Debug, Serialize)]
pub struct PlacesRecord<'b> {
    id: &'b str,
    sha256: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<OwnRecord<'b>>,
    formula: &'static str,
    notice: &'static str,
}

#[derive(Debug, Serialize)]
struct OwnRecord<'b> {
    name: &'b str,
    sha256: &'b str,
}

impl<'b> PlacesRecord<'b> {
    /// The record.
    pub fn new(places: &'b PlacesIdentity) -> Self {
        let own = places.own.as_ref();
        Self {
            id: &places.id,
            sha256: &places.sha256,
            own: own.map(|own| OwnRecord { name: &own.name, sha256: &own.sha256 }),
            formula: FORMULA,
            notice: NOTICE,
        }
    }
}

/// A place with its coordinates.
#[derive(Serialize)]
pub struct SpotRecord<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<Text>,
    latitude: Number,
    longitude: Number,
    origin: &'static str,
}

impl<'b> SpotRecord<'b> {
    /// The record.
    pub fn new(spot: &'b Spot) -> Self {
        Self {
            name: spot.name.as_deref(),
            country: spot.country.map(|country| Text(country.to_string())),
            latitude: Number(spot.point.latitude().to_string()),
            longitude: Number(spot.point.longitude().to_string()),
            origin: spot.origin.as_str(),
        }
    }
}

/// The two ends of an estimated distance.
#[derive(Serialize)]
pub(super) struct EndsRecord<'b> {
    home: SpotRecord<'b>,
    partner: SpotRecord<'b>,
}

impl<'b> EndsRecord<'b> {
    pub fn new(estimate: &'b Estimate) -> Self {
        let (home, partner) = (&estimate.home, &estimate.partner);
        Self { home: SpotRecord::new(home), partner: SpotRecord::new(partner) }
    }
}
