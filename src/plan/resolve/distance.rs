//! The distance and its band.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Resolver;
use super::estimate::estimate;
use crate::diag::{Code, Diagnostic, all_of, nearest, quoted};
use crate::document::Located;
use crate::model::{Caveat, CountryCode, Distance, DistanceBasis, DistanceKm, Locator, TravelMode};
use crate::plan::raw::RawFlow;
use crate::rates::Band;

/// Where a flow's travel support comes from.
pub(super) struct Reach<'r> {
    pub distance: Distance,
    /// `None` below the lowest band.
    pub band: Option<&'r Band>,
}

/// The distance that a flow states, or its estimate; `Ok(None)` where it may do without, `Err` where
/// a fault was found. `partner` is the partner's country, where it is known.
pub(super) fn reach<'r>(
    resolver: &Resolver<'r>,
    flow: &RawFlow<'_>,
    zero_grant: bool,
    partner: Option<CountryCode>,
) -> Result<Option<Reach<'r>>, ()> {
    let stated = stated_band(resolver, flow)?;
    let km = flow.distance_km.located();
    if flow.distance_km.is_faulty() {
        return Err(());
    }
    let Some(km) = km.and_then(distance) else {
        return match stated {
            Some((_, band)) => Ok(Some(by_band(band))),
            None if zero_grant => Ok(None),
            None => estimate(resolver, flow, partner).map(Some),
        };
    };
    let band = resolver.table.band_of(km.value);
    let contradicts =
        |(_, stated): &(_, &Band)| band.is_none_or(|band| band.from_km != stated.from_km);
    if let Some((given, stated)) = stated.filter(contradicts) {
        contradiction(resolver, &km, band, given, stated);
        return Err(());
    }
    let distance = Distance {
        km: Some(km.value),
        basis: DistanceBasis::Stated,
        band: band.map(|band| Arc::clone(&band.label)),
        estimate: None,
    };
    Ok(Some(Reach { distance, band }))
}

fn distance(given: &Located<Decimal>) -> Option<Located<DistanceKm>> {
    let value = DistanceKm::new(given.value)?;
    Some(Located { value, span: given.span.clone() })
}

fn by_band(band: &Band) -> Reach<'_> {
    let label = Some(Arc::clone(&band.label));
    let distance = Distance { km: None, basis: DistanceBasis::Band, band: label, estimate: None };
    Reach { distance, band: Some(band) }
}

type StatedBand<'g, 't, 'r> = Option<(&'g Located<&'t str>, &'r Band)>;

fn stated_band<'g, 't, 'r>(
    resolver: &Resolver<'r>,
    flow: &'g RawFlow<'t>,
) -> Result<StatedBand<'g, 't, 'r>, ()> {
    if flow.band.is_faulty() {
        return Err(());
    }
    let Some(given) = flow.band.located() else { return Ok(None) };
    let bands = &resolver.table.travel.bands;
    if let Some(band) = bands.iter().find(|band| *band.label == *given.value) {
        return Ok(Some((given, band)));
    }
    let labels = || bands.iter().map(|band| band.label.as_ref());
    let near = nearest(given.value, labels());
    let near = near.map(|near| format!("the nearest is `{near}`; ")).unwrap_or_default();
    let message =
        format!("{} is no distance band of call {}", quoted(given.value), resolver.table.call);
    let help = format!("{near}the bands are {}", all_of(labels()));
    let place = resolver.place(&given.span);
    resolver.fault(Diagnostic::error(Code::UnknownBand, place, message).help(help));
    Err(())
}

fn contradiction(
    resolver: &Resolver<'_>,
    km: &Located<DistanceKm>,
    band: Option<&Band>,
    given: &Located<&str>,
    stated: &Band,
) {
    let lies = match band {
        Some(band) => format!("in the band `{}`", band.label),
        None => {
            format!("below the lowest band, which begins at {} km", resolver.table.lowest_edge())
        }
    };
    let message = format!("{} km lies {lies}, not in `{}`", km.value, stated.label);
    let place = resolver.place(&given.span);
    resolver.fault(
        Diagnostic::error(Code::BandContradictsDistance, place, message)
            .related(resolver.place(&km.span), "the distance")
            .help("keep the one that is right: `distance_km` or `band`"),
    );
}

/// The address of the official calculator in brackets, where the rate table cites it.
pub(super) fn calculator(resolver: &Resolver<'_>) -> String {
    let sources = resolver.table.travel.distance.citation.sources();
    let address = sources.iter().find_map(|source| match &source.locator {
        Locator::Url(url) if source.official => Some(format!(" ({url})")),
        _ => None,
    });
    address.unwrap_or_default()
}

/// What the user should know about the distance and its band.
pub(super) fn caveats(
    resolver: &Resolver<'_>,
    reach: &Reach<'_>,
    mode: TravelMode,
    caveats: &mut Vec<Caveat>,
) {
    let travel = &resolver.table.travel;
    match reach.band {
        None => {
            let rule = Arc::clone(&travel.below_lowest.citation);
            caveats.push(Caveat::BelowLowestBand(rule));
        }
        Some(band) if mode == TravelMode::Green && !band.has_higher_green_amount() => {
            caveats.push(Caveat::NoHigherGreenAmount);
        }
        Some(_) => {}
    }
    // An estimate is judged by a wider rule.
    let is_stated = reach.distance.basis == DistanceBasis::Stated;
    let Some(km) = reach.distance.km.filter(|_| is_stated) else { return };
    let whole = km.as_decimal().round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let rounded = DistanceKm::new(whole).and_then(|km| resolver.table.band_of(km));
    if rounded.map(|band| band.from_km) != reach.band.map(|band| band.from_km) {
        caveats.push(Caveat::NearBandEdge(Arc::clone(&travel.edges.citation)));
    }
}
