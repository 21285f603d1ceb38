//! Who may apply, country groups, regions.

use std::collections::BTreeSet;

use super::{Entry, Quantity, Section, Slot};
use crate::model::{CountryCode, CountryGroup, Region};
use crate::rates::{Membership, RateTable, Standing};

/// The lists as the table has them.
pub(super) fn lists(table: &RateTable) -> Vec<Entry> {
    let members = |membership| {
        codes(
            table,
            move |standing| matches!(standing, Standing::Programme { membership: this, .. } if *this == membership),
        )
    };
    let programme = |key, figure: &str, membership| {
        list(key, figure.to_owned(), members(membership), &table.programme)
    };
    let mut lists = vec![
        programme("programme.eu_member_states", "EU Member States", Membership::MemberState),
        programme("programme.associated", "associated countries", Membership::Associated),
    ];
    lists.extend(CountryGroup::ALL.into_iter().filter_map(|group| group_list(table, group)));
    lists.extend(table.regions.keys().filter_map(|region| region_list(table, *region)));
    lists.extend(table.eligibility.keys().flat_map(|code| eligibility(table, *code)));
    lists
}

fn list(
    key: impl Into<String>,
    figure: String,
    codes: Vec<CountryCode>,
    citation: &std::sync::Arc<crate::model::Citation>,
) -> Entry {
    Entry::new(Section::Countries, key, "", figure, Quantity::Countries(codes), citation)
}

fn codes(table: &RateTable, is_in: impl Fn(&Standing) -> bool) -> Vec<CountryCode> {
    let countries = table.countries.iter();
    countries.filter(|(_, standing)| is_in(standing)).map(|(code, _)| *code).collect()
}

fn group_list(table: &RateTable, group: CountryGroup) -> Option<Entry> {
    let in_group = |standing: &Standing| matches!(standing, Standing::Programme { group: own, .. } if own.value == group);
    let codes = codes(table, in_group);
    let figure = table.countries.values().find_map(|standing| match standing {
        Standing::Programme { group: own, .. } if own.value == group => Some(own),
        _ => None,
    })?;
    let key = format!("group.{}", group.number());
    Some(list(key, format!("country {group}"), codes, &figure.citation))
}

fn region_list(table: &RateTable, region: Region) -> Option<Entry> {
    let entry = table.regions.get(&region)?;
    let in_region =
        |standing: &Standing| matches!(standing, Standing::Third(own) if *own == region);
    let fundable = if entry.fundable { "" } else { ", not fundable" };
    let figure = format!("{region} {}{fundable}", entry.name);
    let key = format!("region.{}", region.number());
    Some(list(key, figure, codes(table, in_region), &entry.citation))
}

fn eligibility(table: &RateTable, code: CountryCode) -> Vec<Entry> {
    let entry = |citation| {
        let (key, figure) = (format!("eligibility.{code}"), format!("eligibility of {code}"));
        let value = Quantity::Word("taken as eligible".to_owned());
        Entry::new(Section::Countries, key, "", figure, value, citation)
    };
    table.eligibility.get(&code).map(entry).into_iter().collect()
}

/// What can change: each country's place, and what each list is called and rests on.
pub(super) fn slots(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = vec![programme_slot()];
    slots.extend(CountryGroup::ALL.map(group_slot));
    slots.extend(one.regions.keys().map(|region| region_slot(*region)));
    let every = |of: fn(&RateTable) -> Vec<CountryCode>| {
        of(one).into_iter().chain(of(other)).collect::<BTreeSet<_>>()
    };
    slots.extend(every(|table| table.countries.keys().copied().collect()).into_iter().map(country));
    let marks = every(|table| table.eligibility.keys().copied().collect());
    slots.extend(marks.into_iter().map(eligibility_slot));
    slots
}

/// A list of which the countries are compared one by one: what is left of it is its ground.
fn without_countries(list: Entry) -> Entry {
    Entry { value: Quantity::Word("as listed".to_owned()), ..list }
}

fn programme_slot() -> Slot {
    let read = |table: &RateTable| {
        let figure = "countries that may apply".to_owned();
        vec![without_countries(list("programme", figure, Vec::new(), &table.programme))]
    };
    let take = |from: &RateTable, into: &mut RateTable| into.programme = from.programme.clone();
    Slot::new(Section::Countries, "programme", read, take)
}

/// The ground of a group. It goes with each country of the group, which takes it along.
fn group_slot(group: CountryGroup) -> Slot {
    let read = move |table: &RateTable| {
        group_list(table, group).map(without_countries).into_iter().collect()
    };
    Slot::new(Section::Countries, format!("group.{}", group.number()), read, |_, _| {})
}

fn region_slot(region: Region) -> Slot {
    let read = move |table: &RateTable| {
        let Some(entry) = table.regions.get(&region) else { return Vec::new() };
        let key = format!("region.{}", region.number());
        let fundable = if entry.fundable { "" } else { ", not fundable" };
        let value = Quantity::Word(format!("{}{fundable}", entry.name));
        let figure = region.to_string();
        vec![Entry::new(Section::Countries, key, "", figure, value, &entry.citation)]
    };
    let take = move |from: &RateTable, into: &mut RateTable| {
        if let Some(entry) = from.regions.get(&region) {
            into.regions.insert(region, entry.clone());
        }
    };
    Slot::new(Section::Countries, format!("region.{}", region.number()), read, take)
}

fn country(code: CountryCode) -> Slot {
    let key = format!("country.{code}");
    let own_key = key.clone();
    let read = move |table: &RateTable| {
        let Some(standing) = table.countries.get(&code) else { return Vec::new() };
        let citation = match standing {
            Standing::Programme { group, .. } => Some(&group.citation),
            Standing::Third(region) => table.regions.get(region).map(|entry| &entry.citation),
        };
        let value = Quantity::Word(standing.to_string());
        let entry = |citation| {
            Entry::new(
                Section::Countries,
                &*own_key,
                "",
                format!("country {code}"),
                value,
                citation,
            )
        };
        citation.map(entry).into_iter().collect()
    };
    let take = move |from: &RateTable, into: &mut RateTable| {
        match from.countries.get(&code) {
            Some(standing) => into.countries.insert(code, standing.clone()),
            None => into.countries.remove(&code),
        };
    };
    Slot::new(Section::Countries, key, read, take)
}

fn eligibility_slot(code: CountryCode) -> Slot {
    let read = move |table: &RateTable| eligibility(table, code);
    let take = move |from: &RateTable, into: &mut RateTable| {
        match from.eligibility.get(&code) {
            Some(citation) => into.eligibility.insert(code, citation.clone()),
            None => into.eligibility.remove(&code),
        };
    };
    Slot::new(Section::Countries, format!("eligibility.{code}"), read, take)
}
