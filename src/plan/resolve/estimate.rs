//! The distance of a flow that states none: estimated from the two cities.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use super::Resolver;
use super::distance::{Reach, calculator};
use crate::diag::{Code, Diagnostic, Place, all_of};
use crate::document::{Given, Located};
use crate::model::{CountryCode, Distance, DistanceBasis, Estimate};
use crate::places::{Found, Spots, ambiguous, between, nearest_edge};
use crate::plan::raw::RawFlow;

const PROJECT_CITY: &str = "project.city";

/// The applicant's city, looked up once for all flows. What is wrong with it is said once.
#[derive(Default)]
pub(super) struct HomeCity {
    spots: OnceCell<Option<Spots>>,
    is_reported: Cell<bool>,
}

/// A city as a plan names it.
struct City<'n> {
    key: &'static str,
    country: CountryCode,
    text: &'n str,
    place: Place,
}

impl<'n> City<'n> {
    fn new(
        resolver: &Resolver<'_>,
        key: &'static str,
        country: CountryCode,
        given: &Located<&'n str>,
    ) -> Self {
        Self { key, country, text: given.value, place: resolver.place(&given.span) }
    }

    /// The places that it may be; `None` where there is none, which is reported.
    fn spots(&self, resolver: &Resolver<'_>) -> Option<Spots> {
        if let Found::Spots(spots) = resolver.places.find(self.country, self.text) {
            return Some(spots);
        }
        if resolver.findings.is_full() {
            // Nobody reads it, and the nearest of all names takes its time.
            resolver.findings.count_only();
            return None;
        }
        let name = resolver.names.name(self.country);
        let (message, help) = resolver.places.unknown(self.country, &name, self.text);
        let finding = Diagnostic::error(Code::UnknownPlace, self.place.clone(), message);
        resolver.fault(finding.help(format!("{help}, or enter `distance_km`")));
        None
    }

    /// Says that it matters which of its places is meant.
    fn report_ambiguous(&self, resolver: &Resolver<'_>, spots: &Spots) {
        let country = (self.country, &*resolver.names.name(self.country));
        let (message, help) = ambiguous(resolver.places, country, self.text, spots);
        let key = of_project(self.key, &self.place);
        let help = format!("in `{key}` {help}, or enter `distance_km`");
        let finding = Diagnostic::error(Code::AmbiguousPlace, self.place.clone(), message);
        resolver.fault(finding.help(help));
    }
}

/// Estimates the distance of a flow; `Err` where a fault was found. `partner` is the partner's
/// country, where it is known.
pub(super) fn estimate<'r>(
    resolver: &Resolver<'r>,
    flow: &RawFlow<'_>,
    partner: Option<CountryCode>,
) -> Result<Reach<'r>, ()> {
    let has_own_home = !flow.home_city.is_absent();
    let (key, home) = match has_own_home {
        true => ("home_city", &flow.home_city),
        false => (PROJECT_CITY, &resolver.raw.project.city),
    };
    check_given(resolver, flow, home);
    let (home, city) = home.located().zip(flow.city.located()).ok_or(())?;
    let (home_country, country) = resolver.home.country.zip(partner).ok_or(())?;
    let city = City::new(resolver, "city", country, city);
    let home = City::new(resolver, key, home_country, home);
    let partners = city.spots(resolver);
    let homes = match has_own_home {
        true => home.spots(resolver),
        false => resolver.home_city.spots.get_or_init(|| home.spots(resolver)).clone(),
    };
    let (homes, partners) = homes.zip(partners).ok_or(())?;
    let table = resolver.table;
    let band = |km| table.band_of(km).map(|band| band.from_km);
    let is_near_edge = |km| nearest_edge(table, km).is_some_and(|edge| edge.is_uncertain);
    match between(&homes, &partners, band, is_near_edge) {
        Ok(pair) => {
            let band = table.band_of(pair.km);
            let distance = Distance {
                km: Some(pair.km),
                basis: DistanceBasis::Estimated,
                band: band.map(|band| Arc::clone(&band.label)),
                estimate: Some(Estimate { home: pair.from, partner: pair.to }),
            };
            Ok(Reach { distance, band })
        }
        Err(ambiguous) => {
            // The project's city is one text for all flows.
            if ambiguous.from && (has_own_home || !resolver.home_city.is_reported.replace(true)) {
                home.report_ambiguous(resolver, &homes);
            }
            if ambiguous.to {
                city.report_ambiguous(resolver, &partners);
            }
            Err(())
        }
    }
}

/// The key of a city as a sheet has it, where the place is in one.
fn of_project(key: &'static str, place: &Place) -> &'static str {
    match place.cell() {
        Some(_) if key == PROJECT_CITY => "project_city",
        _ => key,
    }
}

/// Reports a distance that is neither stated nor can be estimated.
fn check_given(resolver: &Resolver<'_>, flow: &RawFlow<'_>, home: &Given<&str>) {
    let place = resolver.place(&flow.span);
    let lacking: Vec<&str> = [("city", &flow.city), (PROJECT_CITY, home)]
        .into_iter()
        .filter_map(|(key, given)| given.is_absent().then_some(of_project(key, &place)))
        .collect();
    if lacking.is_empty() {
        return;
    }
    let message = "the flow has neither `distance_km` nor `band`";
    let help = format!(
        "enter what the official Distance Calculator{} says for one way; for an estimate add {}",
        calculator(resolver),
        all_of(lacking.iter().copied())
    );
    resolver.fault(Diagnostic::error(Code::DistanceMissing, place, message).help(help));
}
