//! What may have been meant by a name that is not found. Offered, never chosen.

use super::misspelt::coordinates_meant;
use super::table::Table;
use super::{Found, Places, Spots, coordinates, fold};
use crate::diag::{listed, nearest, quoted};
use crate::model::{CountryCode, Spot};

/// At most so many places of one name are offered.
const MOST_OFFERED: usize = 6;
/// A name that more countries have says nothing.
const MOST_COUNTRIES: usize = 3;
/// Names that differ more in length are not near.
const MOST_MORE_LETTERS: usize = 3;

impl Places {
    /// The name of the place that is nearest to one that is not found, in the country's letters.
    pub fn near(&self, country: CountryCode, text: &str) -> Option<String> {
        let name = text.split(',').next().unwrap_or_default();
        let wanted = fold(name);
        let length = wanted.chars().count();
        let (part, own) = self.names(country);
        let mut known: Vec<(String, String)> = Vec::new();
        for spot in own {
            let name = spot.name.as_deref().unwrap_or_default();
            known.push((fold(name), name.to_owned()));
        }
        let names = part.into_iter().flat_map(|part| part.names());
        let is_like = |name: &str| name.chars().count().abs_diff(length) <= MOST_MORE_LETTERS;
        for (name, number) in names.filter(|(name, _)| is_like(name)) {
            let shown = part.and_then(|part| part.row(number)).map(|row| row.name.to_owned());
            known.extend(shown.map(|shown| (name, shown)));
        }
        let near = nearest(&wanted, known.iter().map(|(name, _)| name.as_str()))?;
        // Of the places with this name the one that bears it first.
        let of_name = || known.iter().filter(|(name, _)| name == near);
        let primary = of_name().find(|(name, shown)| fold(shown) == *name);
        primary.or_else(|| of_name().next()).map(|(_, shown)| shown.clone())
    }

    /// Says that a text is no place of a country, and what to do: message and help. `name` is the
    /// country's.
    pub fn unknown(&self, country: CountryCode, name: &str, text: &str) -> (String, String) {
        if coordinates(text).is_some() {
            let message = format!("{} is no point on Earth", quoted(text));
            return (
                message,
                "write latitude (-90 to 90), then longitude (-180 to 180)".to_owned(),
            );
        }
        if let Some(help) = coordinates_meant(text) {
            return (format!("{} is no place and no point", quoted(text)), help);
        }
        (format!("{} is no known place of {name}", quoted(text)), self.help(country, text))
    }

    fn help(&self, country: CountryCode, text: &str) -> String {
        let near =
            self.near(country, text).map(|near| format!("the nearest is {}; ", quoted(&near)));
        let elsewhere = match elsewhere(text).as_slice() {
            [] => String::new(),
            codes => format!("a place of this name is in {}; ", listed(codes, "and")),
        };
        format!(
            "{}{elsewhere}write a larger town nearby, its coordinates (\"46.253, 20.148\"), or add it to a places file (--places)",
            near.unwrap_or_default()
        )
    }
}

/// The countries that have a place of this name; none where there are many.
fn elsewhere(text: &str) -> Vec<String> {
    let folded = fold(text);
    let table = Table::embedded();
    let has = |country: &CountryCode| {
        let part = table.country(*country);
        let named = |number: usize| {
            let row = part.and_then(|part| part.row(number));
            row.is_some_and(|row| fold(row.name) == folded)
        };
        part.is_some_and(|part| part.find(&folded).into_iter().any(named))
    };
    let countries: Vec<String> =
        table.countries().filter(has).map(|country| country.to_string()).collect();
    if countries.len() > MOST_COUNTRIES { Vec::new() } else { countries }
}

/// Says that it matters which of several places is meant, and how to say which: message and help.
pub fn ambiguous(
    places: &Places,
    (country, name): (CountryCode, &str),
    text: &str,
    spots: &Spots,
) -> (String, String) {
    let message = format!(
        "{} in {name} may be one of {} places, which lie in different distance bands",
        quoted(text),
        spots.count()
    );
    (message, format!("write {}", offered(places, country, spots)))
}

/// Places of one name, told apart by their division and coordinates.
fn offered(places: &Places, country: CountryCode, spots: &Spots) -> String {
    let one = |spot: &Spot| {
        let name = spot.name.as_deref().unwrap_or_default();
        let with_division = format!("{name}, {}", spot.division);
        let decides = !spot.division.is_empty()
            && matches!(places.find(country, &with_division), Found::Spots(found) if found.count() == 1);
        match decides {
            true => format!("\"{with_division}\" ({})", spot.point),
            false => format!("\"{}\"", spot.point),
        }
    };
    let mut offered: Vec<String> = spots.iter().take(MOST_OFFERED).map(one).collect();
    if spots.count() > MOST_OFFERED {
        offered.push(format!("{} more", spots.count() - MOST_OFFERED));
    }
    listed(&offered, "or")
}
