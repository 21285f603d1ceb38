//! How near a distance is to the edge of a band, and what lies beyond it.

use rust_decimal::Decimal;

use super::is_uncertain;
use crate::model::{DistanceKm, grouped};
use crate::rates::{Band, RateTable};

/// The edge that a distance is nearest to.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'t> {
    /// Where it is, in kilometres.
    pub km: u32,
    /// How far from it the distance is, in kilometres.
    pub margin: Decimal,
    /// The band in which the distance lies; `None` below the lowest one.
    pub here: Option<&'t Band>,
    /// The band beyond the edge; `None` below the lowest one.
    pub beyond: Option<&'t Band>,
    /// Whether the distance may as well lie beyond it, by the tolerance rule.
    pub is_uncertain: bool,
}

/// The nearest edge of a band; of two that are as near, the lower one.
pub fn nearest_edge(table: &RateTable, km: DistanceKm) -> Option<Edge<'_>> {
    let bands = &table.travel.bands;
    // Nothing lies below an edge at zero.
    let edges = bands.iter().enumerate().filter(|(_, band)| band.from_km > 0);
    let margin = |from_km: u32| (km.as_decimal() - Decimal::from(from_km)).abs();
    let (index, above) = edges.min_by_key(|(_, band)| margin(band.from_km))?;
    let below = index.checked_sub(1).and_then(|below| bands.get(below));
    let (here, beyond) = match km.reaches(above.from_km) {
        true => (Some(above), below),
        false => (below, Some(above)),
    };
    let margin = margin(above.from_km);
    let is_uncertain = is_uncertain(km, margin);
    Some(Edge { km: above.from_km, margin, here, beyond, is_uncertain })
}

/// The kilometres of an estimate as people read them: `4,222.5`.
pub fn tenth(km: DistanceKm) -> String {
    grouped(&km.to_tenth().to_string())
}

/// The margin to an edge, to a tenth of a kilometre.
pub fn margin_text(edge: &Edge<'_>) -> String {
    DistanceKm::new(edge.margin).map_or_else(|| edge.margin.to_string(), tenth)
}
