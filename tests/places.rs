//! Places: capitals and spellings that are found, names that are not, the user's own file.
//!
//! `tests/places/capitals.csv` lists the capital of every country that takes part, with coordinates to
//! a hundredth of a degree that come from no place table; `spellings.csv` pairs of names for one place.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::collections::BTreeSet;
use std::fs;

use ka171::diag::{Findings, SourceFile};
use ka171::distance::{Measure, pair_rows};
use ka171::model::{CountryCode, Degrees, PlaceOrigin, Point, Spot, decimal_from_text};
use ka171::places::{Found, Places, coordinates, distance};
use ka171::rates::{CountryNames, RateStore, Standing, read_table};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn country(code: &str) -> CountryCode {
    CountryCode::from_text(code).expect("a country")
}

fn names() -> CountryNames {
    RateStore::Embedded.country_names().expect("names")
}

fn point(latitude: &str, longitude: &str) -> Point {
    let degrees = |text: &str| {
        Degrees::from_decimal(decimal_from_text(text).expect("a number")).expect("degrees")
    };
    Point::new(degrees(latitude), degrees(longitude)).expect("a point")
}

fn found(places: &Places, code: &str, text: &str) -> Vec<Spot> {
    match places.find(country(code), text) {
        Found::Spots(spots) => spots.iter().cloned().collect(),
        Found::Unknown => panic!("{text} is not found in {code}"),
    }
}

/// The lines of a file without its headings.
fn rows(path: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).expect("a list");
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|record| row(record.expect("a line"))).collect()
}

#[test]
fn every_capital_is_found_where_it_is() {
    let places = Places::default();
    for row in rows("tests/places/capitals.csv") {
        let spots = found(&places, &row[0], &row[1]);
        let km = distance(spots[0].point, point(&row[2], &row[3]));
        assert!(km.as_decimal() < Decimal::from(30), "{row:?} is {km} km away: {spots:?}");
        assert_eq!(spots[0].origin, PlaceOrigin::GeoNames);
    }
}

/// 162 third countries and 33 of the Programme, as the table of call 2025 lists them.
#[test]
fn the_capital_of_every_country_is_listed() {
    let listed: BTreeSet<String> =
        rows("tests/places/capitals.csv").into_iter().map(|row| row[0].clone()).collect();
    let table = RateStore::Embedded.table(2025).expect("tables").expect("a table");
    let table = read_table(&table).expect("a valid table");
    let takes_part = |standing: &Standing| match standing {
        Standing::Programme { .. } => true,
        Standing::Third(region) => table.regions[region].fundable,
    };
    let countries = table.countries.iter().filter(|(_, standing)| takes_part(standing));
    let countries: BTreeSet<String> = countries.map(|(code, _)| code.to_string()).collect();
    assert_eq!(countries.len(), 195);
    assert_eq!(listed, countries);
}

#[test]
fn spellings_of_a_place_find_the_same_place() {
    let places = Places::default();
    for row in rows("tests/places/spellings.csv") {
        let (one, other) = (found(&places, &row[0], &row[1]), found(&places, &row[0], &row[2]));
        assert_eq!(one[0].point, other[0].point, "{row:?}");
        for variant in [row[1].to_uppercase(), row[1].to_lowercase(), format!(" {} ", row[1])] {
            assert_eq!(found(&places, &row[0], &variant), one, "{variant}");
        }
    }
}

/// What `aliases.toml` says is in the table: it was built after the last change.
#[test]
fn every_alias_is_in_the_table() {
    let aliases = fs::read_to_string("places/aliases.toml").expect("the aliases");
    let aliases: toml::Table = aliases.parse().expect("TOML");
    let aliases = aliases["alias"].as_array().expect("a list");
    assert!(aliases.len() >= 9);
    for alias in aliases {
        let text = |key: &str| alias[key].as_str().expect("a text");
        let place = found(&Places::default(), text("country"), text("place"));
        let by_alias = found(&Places::default(), text("country"), text("name"));
        assert_eq!(by_alias, place[..1], "{alias}");
    }
}

/// Names that the table shows go before other spellings: Powder Springs (GA) is called Springfield too.
#[test]
fn several_places_of_a_name_stand_by_size() {
    let places = Places::default();
    let springfields = found(&places, "US", "Springfield");
    assert!(springfields.len() > 5);
    assert!(springfields.iter().all(|spot| spot.name.as_deref() == Some("Springfield")));
    let divisions: Vec<&str> = springfields.iter().map(|spot| &*spot.division).collect();
    assert_eq!(divisions[..3], ["MO", "MA", "IL"]);
    let illinois = found(&places, "US", "Springfield, IL");
    assert_eq!(illinois, springfields[2..3]);
    assert_eq!(found(&places, "US", "Powder Springs")[0].division, "GA".into());
    assert_eq!(places.find(country("US"), "Springfield, ZZ"), Found::Unknown);
    assert_eq!(found(&places, "HU", "Szeged, HU"), found(&places, "HU", "Szeged"));
}

#[test]
fn coordinates_are_places() {
    let spots = found(&Places::default(), "HU", "46.253,20.148");
    assert_eq!(spots[0].point, point("46.253", "20.148"));
    assert_eq!((spots[0].origin, spots[0].name.clone()), (PlaceOrigin::Coordinates, None));
    assert_eq!(coordinates("+46.253 , -20.148"), Some(Some(point("46.253", "-20.148"))));
    // More decimals than a map gives.
    assert_eq!(coordinates("46.25299999999999, 0"), Some(Some(point("46.253", "0"))));
    for nowhere in ["90.1, 0", "-91, 0", "0, 180.1", "1000000000000, 0"] {
        assert_eq!(coordinates(nowhere), Some(None), "{nowhere}");
        assert_eq!(Places::default().find(country("HU"), nowhere), Found::Unknown);
    }
    for name in ["Springfield, IL", "46.253", "46,253, 20,148", "", ",", "1e1, 2", "N 46, E 20"] {
        assert_eq!(coordinates(name), None, "{name}");
    }
}

/// A near miss is offered and not chosen.
#[test]
fn near_misses_are_offered() {
    let places = Places::default();
    let cases = [("KG", "Bishek", "`Bishkek`"), ("UZ", "Tashkemt", "`Tashkent`")];
    for (code, text, near) in cases {
        assert_eq!(places.find(country(code), text), Found::Unknown, "{text}");
        let (_, help) = places.unknown(country(code), "", text);
        assert!(help.contains(&format!("the nearest is {near}")), "{help}");
    }
    let (message, help) = places.unknown(country("HU"), "Hungary", "Bishkek");
    assert_eq!(message, "`Bishkek` is no known place of Hungary");
    assert!(help.contains("a place of this name is in KG;"), "{help}");
    for text in ["", "?!", "Xqzwvk", &"x".repeat(10_000)] {
        assert_eq!(places.find(country("HU"), text), Found::Unknown, "{text}");
        assert!(
            !places.unknown(country("HU"), "Hungary", text).1.contains("the nearest"),
            "{text}"
        );
    }
}

fn own(text: &str) -> Result<Places, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("places.toml");
    fs::write(&path, text).expect("a file");
    Places::with_own(&path, &names()).map_err(|refusal| support::words(&refusal))
}

/// The user's file comes first, in its country alone, and in any spelling.
#[test]
fn own_places_come_first() {
    let places = own("[[place]]\nname = \"Szegéd Campus\"\ncountry = \"HU\"\nlatitude = 46.2\nlongitude = 20\n[[place]]\nname = \"Osh\"\ncountry = \"KG\"\nlatitude = -40.5\nlongitude = +72.75\n")
        .expect("no errors");
    let campus = &found(&places, "HU", "SZEGED-CAMPUS")[0];
    assert_eq!((campus.origin, campus.point), (PlaceOrigin::Own, point("46.2", "20")));
    assert_eq!(found(&places, "KG", "osh")[0].point, point("-40.5", "72.75"));
    assert_eq!(places.find(country("KG"), "Szeged Campus"), Found::Unknown);
    assert_eq!(found(&places, "KG", "Bishkek")[0].origin, PlaceOrigin::GeoNames);
    let (_, help) = places.unknown(country("HU"), "Hungary", "Szeged Kampus");
    assert!(help.contains("the nearest is `Szegéd Campus`"), "{help}");
    let file = places.own_file().expect("a file");
    assert_eq!((&*file.name, file.sha256.len()), ("places.toml", 64));
}

#[test]
fn a_file_without_faults_is_needed() {
    for (faulty, words) in [
        ("", "missing-key"),
        ("[[place]]\nname = \"A\"\n", "lacks the key `country`"),
        ("[[place]]\nname = \"-\"\ncountry = \"HU\"\nlatitude = 1\nlongitude = 1\n", "text-length"),
        (
            "[[place]]\nname = \"A\"\ncountry = \"HU\"\nlatitude = 1e1\nlongitude = 1\n",
            "out-of-bounds",
        ),
        ("place = 1", "wrong-type"),
        ("[[place]\n", "syntax"),
    ] {
        let errors = own(faulty).expect_err("a fault");
        assert!(errors.contains(words), "{faulty}: {errors}");
    }
}

/// Names that a terminal would act upon do not reach it.
#[test]
fn own_names_are_harmless() {
    let places =
        own("[[place]]\nname = \"A\\u001B[31mB\"\ncountry = \"HU\"\nlatitude = 1\nlongitude = 1\n");
    let spots = found(&places.expect("no errors"), "HU", "A\u{1b}[31mB");
    assert_eq!(spots[0].to_string(), "A\u{fffd}[31mB, HU (1, 1)");
}

proptest! {
    /// Whatever is written is found or refused.
    #[test]
    fn any_text_is_looked_up(text in "\\PC{0,12}", plain in "[a-zé ,.'-]{0,12}") {
        let places = Places::default();
        for (code, text) in [("KG", &text), ("LI", &plain)] {
            if places.find(country(code), text) == Found::Unknown {
                let (message, help) = places.unknown(country(code), "there", text);
                prop_assert!(!message.is_empty() && !help.is_empty());
            }
        }
    }

    /// Whatever stands in a file of pairs.
    #[test]
    fn any_file_of_pairs_is_read_or_refused(
        head in prop::sample::select(vec!["from,to\n", "to;from;to_country\n", "from\n", ""]),
        text in "[a-c,;\"\r\n0-9. -]{0,40}",
    ) {
        let names = names();
        let file = SourceFile::new("pairs.csv", format!("{head}{text}"));
        let findings = Findings::default();
        let rows = pair_rows(&file, &findings);
        let table = RateStore::Embedded.table(2025).expect("tables").expect("a table");
        let tables = [read_table(&table).expect("a valid table")];
        let places = Places::default();
        let measure = Measure { places: &places, names: &names, tables: &tables };
        for row in &rows {
            let measured = row.ends(&names).and_then(|[from, to]| measure.measure(from, to));
            if let Err(errors) = measured {
                let places = errors.list.iter().filter_map(|error| error.place.as_ref());
                prop_assert_eq!(places.count(), errors.list.len());
            }
        }
        prop_assert!(!rows.is_empty() || !findings.is_empty());
    }
}
