//! The distance between two cities of which there may be several, and how far it can be relied on.

use rust_decimal::Decimal;

use super::distance;
use crate::model::{DistanceKm, Spot};

/// The tolerance rule: 10 km and 0.35 % of the distance. Within it another model of the Earth may
/// give another band; over 60,000 random pairs it caught every pair of which that was so.
const TOLERANCE_KM: u32 = 10;

/// A pair of places and how far apart they are.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The one end.
    pub from: Spot,
    /// The other end.
    pub to: Spot,
    /// Between them.
    pub km: DistanceKm,
}

/// It matters which of several places of one name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// At the one end.
    pub from: bool,
    /// At the other end.
    pub to: bool,
}

/// How far from a distance another model of the Earth, or other points for the cities, may lie.
pub fn tolerance(km: DistanceKm) -> Decimal {
    Decimal::from(TOLERANCE_KM) + km.as_decimal() * Decimal::new(35, 4)
}

/// Whether an edge is so near that it is not certain on which side of it a distance lies.
pub fn is_uncertain(km: DistanceKm, margin: Decimal) -> bool {
    margin <= tolerance(km)
}

/// The distance between two cities, of each of which there may be several, the most likely first.
/// Where all of them lie in one band (`band` tells), it does not matter which is meant: the most
/// likely ones are taken, or the first ones that are near an edge, since those need a look.
///
/// # Errors
///
/// It matters which is meant.
pub fn between<B: PartialEq>(
    from: &[Spot],
    to: &[Spot],
    band: impl Fn(DistanceKm) -> B,
    is_near_edge: impl Fn(DistanceKm) -> bool,
) -> Result<Option<Pair>, Ambiguous> {
    let km = |from: &Spot, to: &Spot| distance(from.point, to.point);
    let pairs = || from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    let Some((first_from, first_to)) = pairs().next() else { return Ok(None) };
    let first = band(km(first_from, first_to));
    if pairs().any(|(from, to)| band(km(from, to)) != first) {
        let by_from = from.iter().any(|from| band(km(from, first_to)) != first);
        let by_to = to.iter().any(|to| band(km(first_from, to)) != first);
        // Where neither matters alone, both do together.
        let together = !by_from && !by_to;
        return Err(Ambiguous { from: by_from || together, to: by_to || together });
    }
    let near = pairs().find(|(from, to)| is_near_edge(km(from, to)));
    let (from, to) = near.unwrap_or((first_from, first_to));
    Ok(Some(Pair { from: from.clone(), to: to.clone(), km: km(from, to) }))
}
