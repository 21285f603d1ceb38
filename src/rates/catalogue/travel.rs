//! Travel bands, rules about distances, travel days.

use std::sync::Arc;

use super::slot::slot;
use super::{Entry, Quantity, Section, Slot};
use crate::model::{Percent, TravelMode};
use crate::rates::{Band, ExpensiveTravelRule, RateTable};

pub(super) fn slots(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = Vec::new();
    if labels(one) != labels(other) {
        slots.push(edges());
    }
    slots.extend(band_amounts(one, other));
    slots.push(slot!(Travel, "travel.distance", "", travel.distance));
    slots.push(slot!(Travel, "travel.edges", "", travel.edges));
    slots.push(slot!(Travel, "travel.below_lowest_band", "", travel.below_lowest));
    slots.extend(expensive());
    slots.extend(travel_days());
    slots
}

fn labels(table: &RateTable) -> Vec<&str> {
    table.travel.bands.iter().map(|band| &*band.label).collect()
}

/// Where the bands begin, by itself: each new band at first pays what was paid at its beginning.
fn edges() -> Slot {
    let read = |table: &RateTable| {
        let Some(first) = table.travel.bands.first() else { return Vec::new() };
        let labels = Quantity::Word(labels(table).join(", "));
        let figure = "distance bands".to_owned();
        let citation = &first.standard.citation;
        vec![Entry::new(Section::Travel, "travel.band", "km", figure, labels, citation)]
    };
    let take = |from: &RateTable, into: &mut RateTable| {
        let old = &into.travel.bands;
        let paid_at = |km: u32| {
            let reached = old.iter().rev().find(|band| band.from_km <= km);
            reached.or(old.first())
        };
        let bands = from.travel.bands.iter().map(|band| match paid_at(band.from_km) {
            Some(old) => {
                Band { standard: old.standard.clone(), green: old.green.clone(), ..band.clone() }
            }
            None => band.clone(),
        });
        into.travel.bands = bands.collect();
    };
    Slot::new(Section::Travel, "travel.band", read, take)
}

/// Each amount by itself, by the label of its band.
fn band_amounts(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut bands: Vec<&Band> = one.travel.bands.iter().chain(&other.travel.bands).collect();
    bands.sort_by_key(|band| band.from_km);
    let mut labels: Vec<Arc<str>> = Vec::new();
    for band in bands {
        if !labels.contains(&band.label) {
            labels.push(Arc::clone(&band.label));
        }
    }
    let modes = [TravelMode::Standard, TravelMode::Green];
    let slots = labels.iter().flat_map(|label| modes.map(|mode| band_amount(label, mode)));
    slots.collect()
}

fn band_amount(label: &Arc<str>, mode: TravelMode) -> Slot {
    let key = band_key(label, mode);
    let (of_read, of_take) = (Arc::clone(label), Arc::clone(label));
    let read = move |table: &RateTable| {
        let band = table.travel.bands.iter().find(|band| band.label == of_read);
        band.and_then(|band| band_entry(band, mode)).into_iter().collect()
    };
    let take = move |from: &RateTable, into: &mut RateTable| {
        let from = from.travel.bands.iter().find(|band| band.label == of_take);
        let into = into.travel.bands.iter_mut().find(|band| band.label == of_take);
        let Some((from, into)) = from.zip(into) else { return };
        match mode {
            TravelMode::Standard => into.standard = from.standard.clone(),
            TravelMode::Green => into.green = from.green.clone(),
        }
    };
    Slot::new(Section::Travel, key, read, take)
}

fn band_key(label: &str, mode: TravelMode) -> String {
    format!("travel.band.{label}.{mode}")
}

/// `None` where no green amount is published.
fn band_entry(band: &Band, mode: TravelMode) -> Option<Entry> {
    let figure = match mode {
        TravelMode::Standard => &band.standard,
        TravelMode::Green => band.green.as_ref()?,
    };
    let key = band_key(&band.label, mode);
    Some(Entry::of(Section::Travel, &key, "EUR per participant", figure))
}

fn expensive() -> [Slot; 2] {
    let share = |rule: &ExpensiveTravelRule, key: &str, words: &str, value: Percent| {
        let key = format!("travel.expensive.{key}");
        let figure = format!("{}, {words}", rule.citation.figure);
        vec![Entry::new(Section::Travel, key, "%", figure, value.into(), &rule.citation)]
    };
    [
        Slot::new(
            Section::Travel,
            "travel.expensive.covered_below_percent",
            move |table| {
                let (rule, words) = (&table.travel.expensive, "where the unit covers less than");
                share(rule, "covered_below_percent", words, rule.covered_below)
            },
            |from, into| into.travel.expensive.covered_below = from.travel.expensive.covered_below,
        ),
        Slot::new(
            Section::Travel,
            "travel.expensive.paid_percent",
            move |table| {
                let rule = &table.travel.expensive;
                share(rule, "paid_percent", "share of the real cost paid", rule.paid)
            },
            |from, into| {
                into.travel.expensive.paid = from.travel.expensive.paid;
                into.travel.expensive.citation = from.travel.expensive.citation.clone();
            },
        ),
    ]
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
