//! Places on Earth, and the estimate of a distance between two of them.

use std::fmt;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{CountryCode, FileIdentity, words};

/// Degrees of latitude or longitude in ten-millionths, about a centimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Degrees(i32);

impl Degrees {
    const DECIMALS: u32 = 7;

    /// Degrees from a number, rounded to seven decimals; `None` outside -180 to 180.
    pub fn from_decimal(degrees: Decimal) -> Option<Self> {
        let most = Decimal::from(180);
        if !(-most..=most).contains(&degrees) {
            return None;
        }
        let mut rounded =
            degrees.round_dp_with_strategy(Self::DECIMALS, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(Self::DECIMALS);
        i32::try_from(rounded.mantissa()).ok().map(Self)
    }

    /// Degrees from hundred-thousandths, as GeoNames gives them; `None` outside -180 to 180.
    pub fn from_hundred_thousandths(number: i32) -> Option<Self> {
        number.checked_mul(100).filter(|degrees| degrees.abs() <= 180 * 10_000_000).map(Self)
    }

    /// Ten-millionths of a degree.
    pub fn ten_millionths(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = Decimal::new(i64::from(self.0), Self::DECIMALS).normalize();
        fmt::Display::fmt(&degrees, f)
    }
}

/// A point on Earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    latitude: Degrees,
    longitude: Degrees,
}

impl Point {
    /// A point; `None` where the latitude is beyond a pole.
    pub fn new(latitude: Degrees, longitude: Degrees) -> Option<Self> {
        let pole = Degrees(900_000_000);
        (-pole.0..=pole.0).contains(&latitude.0).then_some(Self { latitude, longitude })
    }

    /// Degrees north of the equator, -90 to 90.
    pub fn latitude(self) -> Degrees {
        self.latitude
    }

    /// Degrees east of Greenwich, -180 to 180.
    pub fn longitude(self) -> Degrees {
        self.longitude
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.latitude, self.longitude)
    }
}

words! {
    /// Where the point of a place comes from.
    pub enum PlaceOrigin: "origin of a place" {
        /// The table of the program.
        GeoNames = "geonames",
        /// The user's own file.
        Own = "own",
        /// Stated as latitude and longitude.
        Coordinates = "coordinates",
    }
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its name as the list of places writes it; `None` for coordinates.
    pub name: Option<Arc<str>>,
    /// Its country; `None` for coordinates.
    pub country: Option<CountryCode>,
    /// Its first-level division as GeoNames has it, such as `IL` for Illinois; may be empty.
    pub division: Arc<str>,
    /// Where it is.
    pub point: Point,
    /// Where that comes from.
    pub origin: PlaceOrigin,
}

impl fmt::Display for Spot {
    /// `Szeged, HU (46.253, 20.14824)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.name, self.country) {
            (Some(name), Some(country)) => write!(f, "{name}, {country} ({})", self.point),
            _ => fmt::Display::fmt(&self.point, f),
        }
    }
}

/// The two places that a distance was estimated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The applicant's city.
    pub home: Spot,
    /// The partner's city.
    pub partner: Spot,
}

/// The lists of places that a plan's estimates were looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacesIdentity {
    /// Which table the program holds.
    pub id: String,
    /// SHA-256 of that table, in hexadecimal.
    pub sha256: String,
    /// The user's own file, where there is one.
    pub own: Option<FileIdentity>,
}
