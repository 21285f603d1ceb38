//! The distance between two cities of which there may be several, and how far it can be relied on.

use rust_decimal::Decimal;

use super::{Spots, distance};
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
    from: &Spots,
    to: &Spots,
    band: impl Fn(DistanceKm) -> B,
    is_near_edge: impl Fn(DistanceKm) -> bool,
) -> Result<Pair, Ambiguous> {
    let km = |from: &Spot, to: &Spot| distance(from.point, to.point);
    let pairs = || from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    let (first_from, first_to) = (from.first(), to.first());
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
    Ok(Pair { from: from.clone(), to: to.clone(), km: km(from, to) })
}

#[cfg(test)]
mod tests {
    use super::super::{at, coordinates};
    use super::*;

    /// On the equator a degree is 111.19 km.
    fn spots(longitudes: &[&str]) -> Spots {
        let spot = |longitude: &&str| {
            let point = coordinates(&format!("0, {longitude}")).flatten();
            at(point.expect("a point"))
        };
        Spots::all(longitudes.iter().map(spot)).expect("places")
    }

    /// Bands of 500 km.
    fn measured(from: &[&str], to: &[&str]) -> Result<Pair, Ambiguous> {
        let band = |km: DistanceKm| (km.as_decimal() / Decimal::from(500)).floor();
        let is_near = |km: DistanceKm| {
            let past = km.as_decimal() % Decimal::from(500);
            is_uncertain(km, past.min(Decimal::from(500) - past))
        };
        between(&spots(from), &spots(to), band, is_near)
    }

    fn end(found: Result<Pair, Ambiguous>) -> String {
        found.expect("one band").to.point.to_string()
    }

    #[test]
    fn of_places_in_one_band_the_first_is_taken() {
        assert_eq!(end(measured(&["0"], &["1", "2"])), "0, 1");
    }

    /// 4.49 degrees are 499.3 km: the one that decides is shown, not the one that does not.
    #[test]
    fn a_place_near_an_edge_goes_before_one_that_is_not() {
        assert_eq!(end(measured(&["0"], &["1", "4.49"])), "0, 4.49");
    }

    #[test]
    fn it_is_said_which_end_matters() {
        let matters = |from, to| measured(from, to).expect_err("several bands");
        assert_eq!(matters(&["0"], &["1", "9"]), Ambiguous { from: false, to: true });
        assert_eq!(matters(&["1", "9"], &["0"]), Ambiguous { from: true, to: false });
        // All lie below 500 km but 3 to -1.6.
        let both = matters(&["0", "3"], &["1", "-1.6"]);
        assert_eq!(both, Ambiguous { from: true, to: true });
    }

    #[test]
    fn the_tolerance_is_ten_kilometres_and_a_share() {
        let tolerance = |km: u32| tolerance(DistanceKm::from_metres(km * 1_000));
        assert_eq!(tolerance(0), Decimal::from(10));
        assert_eq!(tolerance(2_000), Decimal::from(17));
        assert_eq!(tolerance(8_000), Decimal::from(38));
        let km = DistanceKm::from_metres(2_000_000);
        assert!(is_uncertain(km, Decimal::from(17)));
        assert!(!is_uncertain(km, Decimal::new(17_001, 3)));
    }
}
