//! Rules about projects, durations, awards and restrictions.

use std::collections::BTreeMap;

use super::slot::slot;
use super::{Entry, Quantity, Section, Slot};
use crate::model::{Level, Word};
use crate::rates::{DurationRule, RateTable, Restriction, RestrictionRule};

pub(super) fn project() -> Vec<Slot> {
    let read = |table: &RateTable| {
        let rules = &table.project;
        let months: Vec<String> = rules.months.iter().map(u32::to_string).collect();
        let entry = |key, unit, figure: &str, value| {
            let figure = figure.to_owned();
            Entry::new(Section::Project, key, unit, figure, value, &rules.citation)
        };
        // The year of the first day is that of the call.
        let first_day = Quantity::Word(rules.start.day_and_month());
        let months = Quantity::Word(months.join(" or "));
        vec![
            entry("project.start", "", "first day of a project", first_day),
            entry("project.months", "months", "project duration", months),
        ]
    };
    let take = |from: &RateTable, into: &mut RateTable| into.project = from.project.clone();
    vec![
        Slot::new(Section::Project, "project", read, take),
        slot!(Project, "rounding", "", rounding),
    ]
}

pub(super) fn rules() -> Vec<Slot> {
    let mut slots = durations();
    slots.extend([award(), restrictions()]);
    slots
}

/// A slot for the least and the most days of an activity.
macro_rules! duration {
    ($key:literal, $field:ident) => {
        Slot::new(
            Section::Durations,
            concat!("duration.", $key),
            |table| duration_entries(concat!("duration.", $key), &table.durations.$field),
            |from, into| into.durations.$field = from.durations.$field.clone(),
        )
    };
}

fn durations() -> Vec<Slot> {
    vec![
        duration!("SMS.long", studies_long),
        duration!("SMS.short", studies_short),
        duration!("SMT.long", traineeships_long),
        duration!("SMT.short", traineeships_short),
        duration!("STA", teaching),
        duration!("STA.from_enterprise", teaching_from_enterprise),
        duration!("STT", training),
    ]
}

fn duration_entries(key: &str, rule: &DurationRule) -> Vec<Entry> {
    let entry = |end: &str, words: &str, days: u32| {
        let figure = format!("{}, {words}", rule.citation.figure);
        let key = format!("{key}.{end}");
        Entry::new(Section::Durations, key, "days", figure, days.into(), &rule.citation)
    };
    vec![entry("min_days", "at least", rule.min_days), entry("max_days", "at most", rule.max_days)]
}

fn award() -> Slot {
    let read = |table: &RateTable| {
        let award = &table.award;
        let entry = |key: String, unit, figure: String, value| {
            Entry::new(Section::Award, key, unit, figure, value, &award.citation)
        };
        let criteria = award.criteria.iter().flat_map(|criterion| {
            let figure = format!("award criterion, {}", criterion.name);
            let key = format!("award.criterion.{}", criterion.key);
            let per = if criterion.per_region { "region" } else { "project" };
            let judged = format!("{figure}, judged per");
            [
                entry(format!("{key}.max_points"), "points", figure, criterion.max_points.into()),
                entry(format!("{key}.per"), "", judged, Quantity::Word(per.to_owned())),
            ]
        });
        let share = "award, least share of each criterion".to_owned();
        let points = "award, least points per region".to_owned();
        let thresholds = [
            entry("award.pass_points".to_owned(), "points", points, award.pass_points.into()),
            entry("award.pass_share_percent".to_owned(), "%", share, award.pass_share.into()),
        ];
        thresholds.into_iter().chain(criteria).collect()
    };
    let take = |from: &RateTable, into: &mut RateTable| into.award = from.award.clone();
    Slot::new(Section::Award, "award", read, take)
}

fn restrictions() -> Slot {
    let read = |table: &RateTable| {
        // The order of rows and lists says nothing.
        let mut all: Vec<&Restriction> = table.restrictions.iter().collect();
        all.sort_by_cached_key(|restriction| {
            (restriction.citation.figure.clone(), regions(restriction))
        });
        // A rule may stand more than once, for other regions.
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        let entries = all.into_iter().flat_map(|restriction| {
            let number = seen.entry(&restriction.citation.figure).or_default();
            *number += 1;
            restriction_entries(restriction, *number)
        });
        entries.collect()
    };
    let take =
        |from: &RateTable, into: &mut RateTable| into.restrictions = from.restrictions.clone();
    Slot::new(Section::Restrictions, "restriction", read, take)
}

fn regions(restriction: &Restriction) -> Vec<u8> {
    sorted(restriction.regions.iter().map(|region| region.number()))
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items
}

/// `number` counts the rows of one rule.
fn restriction_entries(restriction: &Restriction, number: u32) -> Vec<Entry> {
    let number = if number == 1 { String::new() } else { format!(" ({number})") };
    let name = format!("{}{number}", restriction.citation.figure);
    let entry = |part: &str, value| {
        let key = format!("{}.{part}", name.replacen(' ', ".", 1));
        let figure = format!("{name}, {part}");
        Entry::new(Section::Restrictions, key, "", figure, value, &restriction.citation)
    };
    let mut entries = vec![
        entry("regions", Quantity::Word(joined(&regions(restriction)))),
        entry("explanation", Quantity::Word(restriction.explanation.to_string())),
    ];
    if let RestrictionRule::OutgoingLevels { levels, countries, doubtful, unverified } =
        &restriction.rule
    {
        let levels: Vec<_> =
            sorted(levels.iter().copied()).into_iter().map(Level::as_str).collect();
        entries.extend([
            entry("levels", Quantity::Word(joined(&levels))),
            entry("countries", Quantity::Countries(sorted(countries.iter().copied()))),
            entry("doubtful", Quantity::Countries(sorted(doubtful.iter().copied()))),
            entry("unverified", Quantity::Word(unverified.to_string())),
        ]);
    }
    entries
}

fn joined(parts: &[impl ToString]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
