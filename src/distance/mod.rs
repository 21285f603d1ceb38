//! Distances without a plan: one pair of places, or the lines of a CSV; bands and amounts in one call
//! or in all; a plan with the bands that are missing in it.

mod end;
mod fill;
mod pairs;

pub use end::End;
pub use fill::fill;
pub use pairs::{EndRead, PairRow, pair_rows};

use crate::diag::{Code, Diagnostic, Errors, Findings, Place, Severity};
use crate::model::DistanceKm;
use crate::places::{Edge, Found, Pair, Places, Spots, ambiguous, between, nearest_edge};
use crate::rates::{Band, CountryNames, RateTable};

/// What distances are measured with.
#[derive(Clone, Copy)]
pub struct Measure<'m> {
    /// Where places are looked up.
    pub places: &'m Places,
    /// The countries' names.
    pub names: &'m CountryNames,
    /// The tables whose bands are asked for; at least one.
    pub tables: &'m [RateTable],
}

/// A pair of places, how far apart they are, and what each table makes of it.
#[derive(Clone, Debug)]
pub struct Measured<'m> {
    /// The places.
    pub pair: Pair,
    /// The tables, with the edge that the distance is nearest to.
    pub calls: Vec<InCall<'m>>,
}

/// A distance in a call.
#[derive(Clone, Copy, Debug)]
pub struct InCall<'m> {
    /// The call's table.
    pub table: &'m RateTable,
    /// The band; `None` below the lowest one.
    pub band: Option<&'m Band>,
    /// The nearest edge; `None` where the call has one band for all distances.
    pub edge: Option<Edge<'m>>,
}

impl InCall<'_> {
    /// Whether the distance may as well lie in another band.
    pub fn is_uncertain(&self) -> bool {
        self.edge.is_some_and(|edge| edge.is_uncertain)
    }
}

impl<'m> Measure<'m> {
    /// Measures the way between two places, as far as they could be read.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the two.
    pub fn measure(self, from: EndRead<'_>, to: EndRead<'_>) -> Result<Measured<'m>, Errors> {
        let ((from, from_spots), (to, to_spots)) = match (self.found(from), self.found(to)) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(from), Err(to)) => return Err(from.and(to)),
            (Err(errors), _) | (_, Err(errors)) => return Err(errors),
        };
        let edges = |km: DistanceKm| self.tables.iter().filter_map(move |t| nearest_edge(t, km));
        let bands = |km: DistanceKm| {
            let band = |table: &RateTable| table.band_of(km).map(|band| band.from_km);
            self.tables.iter().map(band).collect::<Vec<_>>()
        };
        let is_near = |km| edges(km).any(|edge| edge.is_uncertain);
        let matters = match between(&from_spots, &to_spots, bands, is_near) {
            Ok(pair) => {
                let in_call = |table: &'m RateTable| {
                    let (band, edge) = (table.band_of(pair.km), nearest_edge(table, pair.km));
                    InCall { table, band, edge }
                };
                let calls = self.tables.iter().map(in_call).collect();
                return Ok(Measured { pair, calls });
            }
            Err(matters) => matters,
        };
        let findings = Findings::default();
        let ends = [(matters.from, &from, &from_spots), (matters.to, &to, &to_spots)];
        for (_, end, spots) in ends.into_iter().filter(|(matters, ..)| *matters) {
            self.ambiguous(end, spots).into_iter().for_each(|finding| findings.push(finding));
        }
        Err(findings.into_errors())
    }

    /// An end with the places that it may be, at least one.
    fn found<'t>(self, end: EndRead<'t>) -> Result<(End<'t>, Spots), Errors> {
        let end = end?;
        let (country, text, place) = match &end {
            End::Point(point) => {
                let spots = Spots::one(crate::places::at(*point));
                return Ok((end, spots));
            }
            End::City { country, text, place } => (*country, *text, place),
        };
        match self.places.find(country, text) {
            Found::Spots(spots) => Ok((end, spots)),
            Found::Unknown => {
                let name = self.names.name(country);
                let (message, help) = self.places.unknown(country, &name, text);
                Err(error(Code::UnknownPlace, place.clone(), message).help(help).into())
            }
        }
    }

    fn ambiguous(self, end: &End<'_>, spots: &Spots) -> Option<Diagnostic> {
        let End::City { country, text, place } = end else { return None };
        let named = (*country, &*self.names.name(*country));
        let (message, help) = ambiguous(self.places, named, text, spots);
        let help = match place {
            Some(_) => help,
            None => format!("{help}; with a name the country follows: \"NAME, {country}\""),
        };
        Some(error(Code::AmbiguousPlace, place.clone(), message).help(help))
    }
}

/// An error at a place, or about the command line.
fn error(code: Code, place: Option<Place>, message: String) -> Diagnostic {
    Diagnostic { place, ..Diagnostic::new(Severity::Error, code, message) }
}
