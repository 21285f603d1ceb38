//! The estimate of a distance, held to an independent geodesic library and to what a sphere is.
#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop
#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "an ellipsoid needs floating point; the program's own distance is exact"
)]

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use ka171::model::{Degrees, DistanceKm, Point};
use ka171::places::{Found, Places, distance, nearest_edge};
use ka171::rates::{RateStore, RateTable, read_table};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const CALLS: [u16; 5] = [2022, 2023, 2024, 2025, 2026];
/// Ten-millionths in a degree.
const UNIT: f64 = 1e7;

fn point(latitude: i64, longitude: i64) -> Point {
    let degrees = |number| Degrees::from_decimal(Decimal::new(number, 7)).expect("degrees");
    Point::new(degrees(latitude), degrees(longitude)).expect("a point")
}

/// A point by its degrees.
fn at(latitude: f64, longitude: f64) -> Point {
    point((latitude * UNIT).round() as i64, (longitude * UNIT).round() as i64)
}

/// Latitude and longitude in degrees.
fn degrees(point: Point) -> (f64, f64) {
    let degrees = |degrees: Degrees| f64::from(degrees.ten_millionths()) / UNIT;
    (degrees(point.latitude()), degrees(point.longitude()))
}

/// Kilometres on the WGS84 ellipsoid.
fn ellipsoid(earth: &Geodesic, one: Point, other: Point) -> f64 {
    let ((latitude, longitude), (to_latitude, to_longitude)) = (degrees(one), degrees(other));
    let metres: f64 = earth.inverse(latitude, longitude, to_latitude, to_longitude);
    metres / 1_000.0
}

fn number(km: DistanceKm) -> f64 {
    km.as_decimal().to_f64().expect("a number")
}

fn table(call: u16) -> RateTable {
    let file = RateStore::Embedded.table(call).expect("tables").expect("a table");
    read_table(&file).expect("a valid table")
}

fn band(table: &RateTable, km: f64) -> Option<u32> {
    let mut bands = table.travel.bands.iter().rev();
    bands.find(|band| km >= f64::from(band.from_km)).map(|band| band.from_km)
}

/// Random numbers that are the same in every run.
fn runner() -> TestRunner {
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, seed)
}

/// `count` points, spread evenly over the Earth.
fn points(count: usize) -> Vec<Point> {
    let mut runner = runner();
    let numbers = (-1_000_000_i32..=1_000_000, -180_000_000_i64..=180_000_000);
    let mut point_of = || {
        let drawn = numbers.new_tree(&mut runner).expect("numbers");
        let (sine, longitude) = drawn.current();
        let latitude = (f64::from(sine) / 1e6).asin().to_degrees();
        point((latitude * UNIT) as i64, longitude * 10)
    };
    (0..count).map(|_| point_of()).collect()
}

/// `count` pairs of such points.
fn pairs(count: usize) -> impl Iterator<Item = (Point, Point)> {
    let mut ends = points(2 * count);
    let others = ends.split_off(count);
    ends.into_iter().zip(others)
}

/// Madrid to Rome, 1365.28 km, is the example of the Programme Guide of 2014 to 2020; the capitals are
/// pairs in which the model of the Earth decides the band, computed elsewhere.
#[test]
fn known_distances() {
    let earth = Geodesic::wgs84();
    let capital = |text: &str| {
        let (country, name) = text.split_once(' ').expect("a country and a name");
        let country = ka171::model::CountryCode::from_text(country).expect("a country");
        match Places::default().find(country, name) {
            Found::Spots(spots) => spots.first().point,
            Found::Unknown => panic!("{name}"),
        }
    };
    let pairs = [
        ("ES Madrid", "IT Rome", 1365.28, 1368.72),
        ("PT Lisbon", "LB Beirut", 3997.2, 4006.1),
        ("CY Nicosia", "KR Seoul", 7997.8, 8015.9),
        ("LU Luxembourg", "JM Kingston", 7991.3, 8001.2),
        ("BG Sofia", "TM Ashgabat", 2996.5, 3003.7),
        ("RS Belgrade", "GE Tbilisi", 1996.1, 2001.2),
        ("RO Bucharest", "IQ Baghdad", 1999.2, 2001.0),
    ];
    for (from, to, sphere, wgs84) in pairs {
        let (from, to) = (capital(from), capital(to));
        for (km, known) in
            [(number(distance(from, to)), sphere), (ellipsoid(&earth, from, to), wgs84)]
        {
            assert!((km - known).abs() < 0.06, "{km} km, not {known}");
        }
    }
}

#[test]
fn the_sphere_is_within_six_tenths_of_a_percent_of_the_ellipsoid() {
    let earth = Geodesic::wgs84();
    for (one, other) in pairs(5_000) {
        let (sphere, wgs84) = (number(distance(one, other)), ellipsoid(&earth, one, other));
        assert!((sphere - wgs84).abs() <= 0.006 * wgs84, "{one} to {other}: {sphere}, {wgs84}");
    }
}

/// What is cut off is less than a metre.
#[test]
fn another_formula_gives_the_same_metres() {
    for (one, other) in pairs(2_000) {
        let vector = |point| {
            let (latitude, longitude) = degrees(point);
            let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
            let across = latitude.cos();
            [across * longitude.cos(), across * longitude.sin(), latitude.sin()]
        };
        let ([a, b, c], [x, y, z]) = (vector(one), vector(other));
        let cross = [b * z - c * y, c * x - a * z, a * y - b * x];
        let length = cross.iter().map(|part| part * part).sum::<f64>().sqrt();
        let km = 6371.0 * length.atan2(a * x + b * y + c * z);
        let cut = km - number(distance(one, other));
        assert!((-1e-6..0.001 + 1e-6).contains(&cut), "{one} to {other}: {cut}");
    }
}

#[test]
fn ways_are_as_long_back_and_nothing_is_between_a_point_and_itself() {
    for (one, other) in pairs(10_000) {
        assert_eq!(distance(one, other), distance(other, one));
        assert_eq!(distance(one, one), DistanceKm::from_metres(0));
    }
    // The date line is no edge, and a pole has every longitude.
    assert_eq!(distance(at(10.0, 180.0), at(10.0, -180.0)), DistanceKm::from_metres(0));
    assert_eq!(distance(at(90.0, 0.0), at(90.0, 123.0)), DistanceKm::from_metres(0));
    assert_eq!(distance(at(-90.0, 0.0), at(-90.0, -45.0)), DistanceKm::from_metres(0));
}

/// Half a great circle is pi x 6371 = 20015.0868 km, a quarter 10007.5434.
#[test]
fn antipodes_and_poles() {
    let half = DistanceKm::from_metres(20_015_086);
    let quarter = DistanceKm::from_metres(10_007_543);
    for one in points(2_000) {
        let (latitude, longitude) = degrees(one);
        let opposite = if longitude > 0.0 { longitude - 180.0 } else { longitude + 180.0 };
        // Within a hundred metres of the antipodes a ten-millionth of a degree decides little.
        let km = distance(one, at(-latitude, opposite));
        assert!(km <= half && number(km) > 20_015.0, "{one}: {km}");
        let [north, south] = [90.0, -90.0].map(|pole| number(distance(one, at(pole, 0.0))));
        assert!((north + south - 20_015.086_8).abs() < 0.003, "{one}: {north} + {south}");
    }
    assert_eq!(distance(at(90.0, 0.0), at(-90.0, 0.0)), half);
    assert_eq!(distance(at(0.0, 0.0), at(0.0, 180.0)), half);
    assert_eq!(distance(at(0.0, 33.0), at(90.0, 0.0)), quarter);
    assert_eq!(distance(at(0.0, 0.0), at(0.0, 90.0)), quarter);
}

/// The tables whose bands begin elsewhere than those of a table before.
fn tables() -> Vec<RateTable> {
    let edges = |table: &RateTable| -> Vec<u32> {
        table.travel.bands.iter().map(|band| band.from_km).collect()
    };
    let mut tables: Vec<RateTable> = Vec::new();
    for table in CALLS.map(table) {
        if tables.iter().all(|known| edges(known) != edges(&table)) {
            tables.push(table);
        }
    }
    tables
}

/// Whether the band of a pair is another one on the ellipsoid, and whether the pair is flagged.
fn judged(tables: &[RateTable], earth: &Geodesic, one: Point, other: Point) -> (bool, bool) {
    let (km, wgs84) = (distance(one, other), ellipsoid(earth, one, other));
    let differs = tables.iter().any(|table| band(table, number(km)) != band(table, wgs84));
    let edges = tables.iter().map(|table| nearest_edge(table, km).expect("an edge"));
    let flagged = edges.into_iter().any(|edge| edge.is_uncertain);
    assert!(!differs || flagged, "{one} to {other}: {km} km, on the ellipsoid {wgs84}");
    (differs, flagged)
}

/// Every pair whose band is another one on the ellipsoid is flagged, and few others are.
#[test]
fn random_pairs_whose_band_depends_on_the_model_are_flagged() {
    let (earth, tables) = (Geodesic::wgs84(), tables());
    let judged = pairs(30_000).map(|(one, other)| judged(&tables, &earth, one, other));
    let judged: Vec<(bool, bool)> = judged.collect();
    let changed = judged.iter().filter(|(differs, _)| *differs).count();
    let flagged = judged.iter().filter(|(_, flagged)| *flagged).count();
    assert!(changed > 20, "only {changed} pairs try the rule");
    // A rule that flags everything would catch them too.
    assert!(flagged < 1_200, "{flagged} of 30,000 are flagged");
}

/// The same where it is hardest: ways that end near an edge, in all directions.
#[test]
fn pairs_at_the_edges_are_flagged() {
    let (earth, tables) = (Geodesic::wgs84(), tables());
    let edges = [10.0, 100.0, 500.0, 2_000.0, 3_000.0, 4_000.0, 8_000.0];
    let mut changed = 0;
    for (index, start) in points(30_000).into_iter().enumerate() {
        let (latitude, longitude) = degrees(start);
        let edge: f64 = *edges.get(index % edges.len()).expect("an edge");
        let azimuth = f64::from(u32::try_from(index % 360).expect("degrees"));
        // From 0.6 % below the edge to 0.6 % above it.
        let share = f64::from(i32::try_from(index / 360 % 25).expect("small") - 12) / 2_000.0;
        let metres = edge * 1_000.0 * (1.0 + share);
        let (to_latitude, to_longitude): (f64, f64) =
            earth.direct(latitude, longitude, azimuth, metres);
        let (differs, _) = judged(&tables, &earth, start, at(to_latitude, to_longitude));
        changed += u32::from(differs);
    }
    assert!(changed > 1_000, "only {changed} pairs try the rule");
}
