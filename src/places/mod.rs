//! Where cities are: the program's own table, a file of the user, coordinates; and how far apart.

mod edge;
mod estimate;
mod fold;
mod haversine;
mod misspelt;
mod near;
mod own;
mod spots;
mod table;

pub use edge::{Edge, margin_text, nearest_edge, tenth};
pub use estimate::{Ambiguous, Pair, between, is_uncertain, tolerance};
pub use haversine::distance;
pub use near::ambiguous;
pub use spots::Spots;

use std::path::Path;
use std::sync::Arc;

use crate::error::Refusal;
use crate::model::{
    CountryCode, Degrees, FileIdentity, PlaceOrigin, PlacesIdentity, Point, Spot, decimal_from_text,
};
use crate::rates::CountryNames;
use fold::fold;
use own::OwnPlaces;
use table::{CountryPart, Row, Table};

/// Whose data the program's own table is: stands wherever an estimate is reported.
pub const NOTICE: &str =
    "City data (c) GeoNames, https://www.geonames.org/, CC BY 4.0, filtered and names folded";
/// The official calculator, which an estimate does not replace.
pub const CALCULATOR: &str =
    "https://erasmus-plus.ec.europa.eu/resources-and-tools/distance-calculator";
/// How an estimate is computed, in words.
pub const FORMULA: &str = "great circle on a sphere of radius 6,371 km";

/// The places at hand.
#[derive(Clone, Debug, Default)]
pub struct Places {
    own: Option<Arc<OwnPlaces>>,
}

/// What a text that should name a place means in a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// At least one place, the most likely first.
    Spots(Spots),
    /// No place of this name, or no such point; [`Places::unknown`] says more.
    Unknown,
}

impl Places {
    /// The program's places, and before them those of a file of the user.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or everything that is wrong with it.
    pub fn with_own(path: &Path, names: &CountryNames) -> Result<Self, Refusal> {
        Ok(Self { own: Some(Arc::new(OwnPlaces::read(path, names)?)) })
    }

    /// Which places these are.
    pub fn identity(&self) -> PlacesIdentity {
        let (id, sha256) = (table::ID.to_owned(), table::sha256().to_owned());
        PlacesIdentity { id, sha256, own: self.own_file().cloned() }
    }

    /// The user's file.
    pub fn own_file(&self) -> Option<&FileIdentity> {
        self.own.as_deref().map(OwnPlaces::file)
    }

    /// Whether the program has places of a country.
    pub fn has_country(country: CountryCode) -> bool {
        Table::embedded().country(country).is_some()
    }

    /// Looks a text up in a country: coordinates (`46.253, 20.148`), a name, or a name with its
    /// first-level division (`Springfield, IL`). Case, diacritics and punctuation do not count.
    ///
    /// Places of the user's file come first. Then names that the table shows go before other
    /// spellings, and larger places before smaller ones.
    pub fn find(&self, country: CountryCode, text: &str) -> Found {
        if let Some(point) = coordinates(text) {
            return point.map_or(Found::Unknown, |point| Found::Spots(Spots::one(at(point))));
        }
        let mut spots = self.by_name(country, text, |_| true);
        if let Some((name, behind)) = text.rsplit_once(',').filter(|_| spots.is_none()) {
            let behind = behind.trim();
            spots = self.by_name(country, name, |division| division.eq_ignore_ascii_case(behind));
            if spots.is_none() && behind.eq_ignore_ascii_case(&country.to_string()) {
                spots = self.by_name(country, name, |_| true);
            }
        }
        spots.map_or(Found::Unknown, Found::Spots)
    }

    fn by_name(
        &self,
        country: CountryCode,
        name: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Option<Spots> {
        let folded = fold(name);
        let own = self.own.as_deref().and_then(|own| own.find(country, &folded));
        if let Some(own) = own.filter(|own| is_wanted(&own.division)) {
            return Some(Spots::one(own.clone()));
        }
        let part = Table::embedded().country(country)?;
        let rows = part.find(&folded).into_iter().filter_map(|number| part.row(number));
        let rows = rows.filter(|row| is_wanted(row.division));
        let (primary, others): (Vec<Row>, Vec<Row>) =
            rows.partition(|row| fold(row.name) == folded);
        let best = if primary.is_empty() { others } else { primary };
        Spots::all(best.iter().map(|row| spot(country, row)))
    }

    /// The country's part of the table, and the user's places there.
    fn names(&self, country: CountryCode) -> (Option<CountryPart>, impl Iterator<Item = &Spot>) {
        let own = self.own.iter().flat_map(move |own| own.in_country(country));
        (Table::embedded().country(country), own)
    }
}

fn spot(country: CountryCode, row: &Row) -> Spot {
    Spot {
        name: Some(row.name.into()),
        country: Some(country),
        division: row.division.into(),
        point: row.point,
        origin: PlaceOrigin::GeoNames,
    }
}

/// A place that is stated as coordinates.
pub fn at(point: Point) -> Spot {
    let origin = PlaceOrigin::Coordinates;
    Spot { name: None, country: None, division: "".into(), point, origin }
}

/// The point that a text states as latitude and longitude; `None` where it states none, `Some(None)`
/// where there is no such point.
pub fn coordinates(text: &str) -> Option<Option<Point>> {
    let (latitude, longitude) = text.split_once(',')?;
    let number = |text: &str| {
        let text = text.trim();
        decimal_from_text(text.strip_prefix('+').unwrap_or(text))
    };
    let (latitude, longitude) = (number(latitude)?, number(longitude)?);
    let degrees = Degrees::from_decimal(latitude).zip(Degrees::from_decimal(longitude));
    Some(degrees.and_then(|(latitude, longitude)| Point::new(latitude, longitude)))
}
