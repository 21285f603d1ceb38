//! The great-circle distance: the only place in the program with floating point.
//!
//! A distance on a sphere needs sines and a square root, which no exact number has. What leaves this
//! file is exact: whole metres, cut off, so that comparing them with a band's edge, which is a whole
//! kilometre, is comparing the unrounded distance. `libm` gives the same bits on every platform.
#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a great circle needs sines; no amount passes through here, and metres fit a u32"
)]

use libm::{asin, cos, floor, sin, sqrt};

use crate::model::{Degrees, DistanceKm, Point};

/// Mean radius of the Earth in kilometres. With it the example of the 2014-2020 Programme Guide,
/// Madrid to Rome 1365.28 km, comes out.
const RADIUS_KM: f64 = 6371.0;

/// The distance between two points along the great circle (haversine formula).
pub fn distance(one: Point, other: Point) -> DistanceKm {
    let (latitude, other_latitude) = (radians(one.latitude()), radians(other.latitude()));
    let across = radians(other.longitude()) - radians(one.longitude());
    let (up, across) = (sin((other_latitude - latitude) / 2.0), sin(across / 2.0));
    let haversine = up * up + cos(latitude) * cos(other_latitude) * across * across;
    // Rounding may take antipodes beyond 1.
    let angle = 2.0 * asin(sqrt(haversine.min(1.0)));
    DistanceKm::from_metres(floor(RADIUS_KM * angle * 1_000.0) as u32)
}

fn radians(degrees: Degrees) -> f64 {
    f64::from(degrees.ten_millionths()) / 1e7 * std::f64::consts::PI / 180.0
}
