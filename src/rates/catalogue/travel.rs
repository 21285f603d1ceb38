//! Travel bands, rules about distances, travel days.

use super::slot::slot;
use super::{Entry, Section, Slot};
use crate::model::TravelMode;
use crate::rates::{Band, RateTable};

pub(super) fn slots(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = match labels(one) == labels(other) {
        true => band_amounts(one),
        false => vec![all_bands()],
    };
    slots.push(slot!(Travel, "travel.distance", "", travel.distance));
    slots.push(slot!(Travel, "travel.edges", "", travel.edges));
    slots.push(slot!(Travel, "travel.below_lowest_band", "", travel.below_lowest));
    slots.push(expensive());
    slots.extend(travel_days());
    slots
}

fn labels(table: &RateTable) -> Vec<&str> {
    table.travel.bands.iter().map(|band| &*band.label).collect()
}

/// Each amount by itself, where both tables have the same bands.
fn band_amounts(table: &RateTable) -> Vec<Slot> {
    let modes = [TravelMode::Standard, TravelMode::Green];
    let amount = |index: usize, mode| {
        let read = move |table: &RateTable| {
            let band = table.travel.bands.get(index);
            band.and_then(|band| band_entry(band, mode)).into_iter().collect()
        };
        let take = move |from: &RateTable, into: &mut RateTable| {
            let (from, into) = (from.travel.bands.get(index), into.travel.bands.get_mut(index));
            let Some((from, into)) = from.zip(into) else { return };
            match mode {
                TravelMode::Standard => into.standard = from.standard.clone(),
                TravelMode::Green => into.green = from.green.clone(),
            }
        };
        (read, take)
    };
    let bands = table.travel.bands.iter().enumerate();
    bands
        .flat_map(|(index, band)| modes.map(|mode| (index, band_key(band, mode), mode)))
        .map(|(index, key, mode)| {
            let (read, take) = amount(index, mode);
            Slot::new(Section::Travel, key, read, take)
        })
        .collect()
}

/// All bands at once: an amount alone says nothing where the edges move too.
fn all_bands() -> Slot {
    let read = |table: &RateTable| {
        let modes = [TravelMode::Standard, TravelMode::Green];
        let bands = table.travel.bands.iter();
        bands.flat_map(|band| modes.into_iter().filter_map(|mode| band_entry(band, mode))).collect()
    };
    let take = |from: &RateTable, into: &mut RateTable| {
        into.travel.bands.clone_from(&from.travel.bands);
    };
    Slot::new(Section::Travel, "travel.band", read, take)
}

fn band_key(band: &Band, mode: TravelMode) -> String {
    format!("travel.band.{}.{mode}", band.label)
}

/// `None` where no green amount is published.
fn band_entry(band: &Band, mode: TravelMode) -> Option<Entry> {
    let figure = match mode {
        TravelMode::Standard => &band.standard,
        TravelMode::Green => band.green.as_ref()?,
    };
    let key = band_key(band, mode);
    Some(Entry::of(Section::Travel, &key, "EUR per participant", figure))
}

fn expensive() -> Slot {
    let read = |table: &RateTable| {
        let rule = &table.travel.expensive;
        let share = |key: &str, words: &str, value: crate::model::Percent| {
            let key = format!("travel.expensive.{key}");
            let figure = format!("{}, {words}", rule.citation.figure);
            Entry::new(Section::Travel, key, "%", figure, value.into(), &rule.citation)
        };
        vec![
            share("covered_below_percent", "where the unit covers less than", rule.covered_below),
            share("paid_percent", "share of the real cost paid", rule.paid),
        ]
    };
    let take = |from: &RateTable, into: &mut RateTable| {
        into.travel.expensive.clone_from(&from.travel.expensive);
    };
    Slot::new(Section::Travel, "travel.expensive", read, take)
}

fn travel_days() -> Vec<Slot> {
    vec![
        slot!(TravelDays, "travel_days.staff.standard", "days", travel_days.staff.standard),
        slot!(TravelDays, "travel_days.staff.green", "days", travel_days.staff.green),
        slot!(TravelDays, "travel_days.students.long.standard", "days", travel_days.long.standard),
        slot!(TravelDays, "travel_days.students.long.green", "days", travel_days.long.green),
        slot!(
            TravelDays,
            "travel_days.students.short.standard",
            "days",
            travel_days.short.standard
        ),
        slot!(TravelDays, "travel_days.students.short.green", "days", travel_days.short.green),
    ]
}
