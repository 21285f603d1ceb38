//! Countries, country groups and regions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, text, whole};
use crate::diag::{Code, Diagnostic, Place, quoted};
use crate::document::{Fields, Node};
use crate::model::{Citation, CountryCode, CountryGroup, Figure, Region};
use crate::rates::table::{RegionEntry, Standing};

/// Countries by code, regions by number.
pub(super) type Countries = (BTreeMap<CountryCode, Standing>, BTreeMap<Region, RegionEntry>);

pub(super) fn countries(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<Countries> {
    let mut seen: BTreeMap<CountryCode, Place> = BTreeMap::new();
    let programme = programme(context, root);
    let groups = groups(context, root, &mut seen);
    let (third, regions) = regions(context, root, &mut seen);
    let (programme, groups) = (programme?, groups?);
    let mut countries = BTreeMap::new();
    for (code, place) in &programme {
        match groups.get(code) {
            Some(group) => {
                countries.insert(*code, Standing::Programme { group: group.clone() });
            }
            None => misplaced(context, place, format!("{code} may apply and is in no group")),
        }
    }
    for code in groups.keys().filter(|code| !programme.contains_key(code)) {
        if let Some(place) = seen.get(code) {
            misplaced(context, place, format!("{code} is in a group and may not apply"));
        }
    }
    let third = third.into_iter().map(|(code, region)| (code, Standing::Third(region)));
    countries.extend(third);
    Some((countries, regions?))
}

fn programme(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<BTreeMap<CountryCode, Place>> {
    let keys = ["eu_member_states", "associated"];
    let table = context.sourced_section(root, "programme", "the section [programme]", &keys)?;
    let mut countries = BTreeMap::new();
    for key in keys {
        table.fields.required_node(key)?;
        for (code, place) in context.countries(&table.fields, key) {
            if let Some(first) = countries.insert(code, place.clone()) {
                let message = format!("{code} stands here a second time");
                let finding = Diagnostic::error(Code::CountryMisplaced, place, message);
                context.findings.push(finding.related(first, "first here"));
            }
        }
    }
    Some(countries)
}

fn groups(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    seen: &mut BTreeMap<CountryCode, Place>,
) -> Option<BTreeMap<CountryCode, Figure<CountryGroup>>> {
    let mut countries = BTreeMap::new();
    let mut numbers = Vec::new();
    for row in root.list("group") {
        let table = context.sourced(row, "a country group", &["number", "countries"])?;
        let group = CountryGroup::new(whole(&table.fields, "number", 1, 3)?)?;
        if numbers.contains(&group) {
            context.doubled(context.place(row), &format!("country {group}"));
        }
        numbers.push(group);
        table.fields.required_node("countries")?;
        for (code, place) in context.countries(&table.fields, "countries") {
            let figure = format!("country group of {code}");
            let figure = table.figure(figure, group, group.to_string(), "");
            once(context, seen, code, place);
            countries.insert(code, figure);
        }
    }
    for group in CountryGroup::ALL.iter().filter(|group| !numbers.contains(group)) {
        context.lacking(root.own_place(), &format!("country {group}"));
    }
    Some(countries)
}

fn regions(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    seen: &mut BTreeMap<CountryCode, Place>,
) -> (BTreeMap<CountryCode, Region>, Option<BTreeMap<Region, RegionEntry>>) {
    let mut countries = BTreeMap::new();
    let mut regions = BTreeMap::new();
    let mut all_read = true;
    for row in root.list("region") {
        let Some((region, entry, codes)) = self::region(context, row) else {
            all_read = false;
            continue;
        };
        for (code, place) in codes {
            once(context, seen, code, place);
            countries.insert(code, region);
        }
        if regions.insert(region, entry).is_some() {
            context.doubled(context.place(row), &region.to_string());
        }
    }
    let every = (1..=u32::from(Region::LAST)).filter_map(Region::new);
    let lacking: Vec<Region> = every.filter(|region| !regions.contains_key(region)).collect();
    // A row that could not be read may be the one.
    for region in lacking.iter().filter(|_| all_read) {
        context.lacking(root.own_place(), &region.to_string());
    }
    (countries, lacking.is_empty().then_some(regions))
}

type RegionRow = (Region, RegionEntry, Vec<(CountryCode, Place)>);

fn region(context: &Context<'_>, row: &Node<'_>) -> Option<RegionRow> {
    let keys = ["number", "name", "countries", "fundable"];
    let table = context.sourced(row, "a region", &keys)?;
    let region = Region::new(whole(&table.fields, "number", 1, Region::LAST.into())?)?;
    let name = text(&table.fields, "name")?;
    let fundable = table.fields.boolean("fundable").or(true);
    // One name for all rows: a budget over six regions rests on one list.
    let citation = table.citation("countries by region".to_owned(), "as listed".to_owned(), "");
    table.fields.required_node("countries")?;
    let countries = context.countries(&table.fields, "countries");
    Some((region, RegionEntry { name: name.into(), fundable, citation }, countries))
}

fn once(
    context: &Context<'_>,
    seen: &mut BTreeMap<CountryCode, Place>,
    code: CountryCode,
    place: Place,
) {
    if let Some(first) = seen.get(&code) {
        let message = format!("{code} stands in two groups or regions");
        let finding = Diagnostic::error(Code::CountryMisplaced, place, message);
        context.findings.push(finding.related(first.clone(), "first here"));
    } else {
        seen.insert(code, place);
    }
}

fn misplaced(context: &Context<'_>, place: &Place, message: String) {
    context.findings.push(Diagnostic::error(Code::CountryMisplaced, place.clone(), message));
}

/// Countries that rest on less than their region's list.
pub(super) fn marks(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> BTreeMap<CountryCode, Arc<Citation>> {
    let mark = |row| {
        let table = context.sourced(row, "a mark of a country", &["country"])?;
        let code = text(&table.fields, "country")?;
        let country = CountryCode::from_text(code);
        if country.is_none() {
            let message = format!("{} is no country code", quoted(code));
            let node = table.fields.entry("country").map_or(row, |entry| &entry.node);
            context.fault(Code::UnknownCountry, node, message, None);
        }
        let figure = format!("eligibility of {code}");
        Some((country?, table.citation(figure, "taken as eligible".to_owned(), "")))
    };
    root.list("eligibility").iter().filter_map(mark).collect()
}
