//! One end of a way, as it is written outside a plan: `Szeged, HU` or `46.253, 20.148`.

use super::error;
use crate::diag::{Code, Errors, Place, quoted};
use crate::model::{CountryCode, Point};
use crate::places::{Places, coordinates};
use crate::rates::CountryNames;

/// One end of a way.
#[derive(Clone, Debug)]
pub enum End<'t> {
    /// A point.
    Point(Point),
    /// A city in its country.
    City {
        /// The country.
        country: CountryCode,
        /// The city as it is written, perhaps with its first-level division.
        text: &'t str,
        /// Where it is written; `None` for the command line.
        place: Option<Place>,
    },
}

impl<'t> End<'t> {
    /// Reads an end. `country` is its country where that is written apart.
    ///
    /// # Errors
    ///
    /// It is no point on Earth, or its country is not known.
    pub fn read(
        text: &'t str,
        country: Option<(&str, Option<Place>)>,
        place: Option<Place>,
        names: &CountryNames,
    ) -> Result<Self, Errors> {
        match coordinates(text) {
            Some(Some(point)) => return Ok(Self::Point(point)),
            Some(None) => {
                let message = format!("{} is no point on Earth", quoted(text));
                let help = "write latitude (-90 to 90), then longitude (-180 to 180)";
                return Err(error(Code::UnknownPlace, place, message).help(help).into());
            }
            None => {}
        }
        let (text, (country, at)) = match (country, text.rsplit_once(',')) {
            (Some(country), _) => (text, country),
            (None, Some((city, country))) => (city, (country, place.clone())),
            (None, None) => {
                let message = format!("{} says no country", quoted(text));
                let help = "write the country's code behind the city: \"Szeged, HU\"; or coordinates: \"46.253, 20.148\"";
                return Err(error(Code::UnknownPlace, place, message).help(help).into());
            }
        };
        match country_of(country, names) {
            Some(country) => Ok(Self::City { country, text: text.trim(), place }),
            None => {
                let (message, help) = names.unknown(country.trim());
                Err(error(Code::UnknownCountry, at, message).help(help).into())
            }
        }
    }
}

/// A country by code or name; also one that has places and no name in the list.
fn country_of(text: &str, names: &CountryNames) -> Option<CountryCode> {
    let code = || CountryCode::from_text(&text.trim().to_ascii_uppercase());
    names.find(text).or_else(|| code().filter(|code| Places::has_country(*code)))
}
