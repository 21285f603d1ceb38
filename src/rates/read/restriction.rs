//! Restrictions: who may not go where.

use super::context::{Context, text};
use super::countries::Standings;
use super::lists::{Places, all};
use crate::diag::{Code, Diagnostic, Place, quoted};
use crate::document::{Fields, Node};
use crate::model::{CountryCode, Level, Region, Word};
use crate::rates::table::{Restriction, RestrictionRule, Standing};
use crate::rates::texts::said;

const RESTRICTION_KEYS: [&str; 7] =
    ["rule", "regions", "explanation", "levels", "countries", "doubtful", "unverified"];

/// What only `outgoing-levels` reads.
const LEVEL_KEYS: [&str; 4] = ["levels", "countries", "doubtful", "unverified"];

/// `standings` is `None` where the table's countries could not be read.
pub(super) fn restrictions(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    standings: Option<&Standings>,
) -> Option<Vec<Restriction>> {
    let rows = context.items(root, "restriction")?;
    let read: Vec<Option<Restriction>> =
        rows.iter().map(|row| restriction(context, row, standings)).collect();
    check_doubled(context, rows, &read);
    all(read.into_iter())
}

/// A row that says what a row before it says is a mistake in one of the two.
fn check_doubled(context: &Context<'_>, rows: &[Node<'_>], read: &[Option<Restriction>]) {
    let both = || rows.iter().zip(read).filter_map(|(row, read)| Some((row, read.as_ref()?)));
    for (index, (row, restriction)) in both().enumerate() {
        let doubled =
            |(first, before): (_, &Restriction)| Some((first, shared(before, restriction)?));
        if let Some((first, what)) = both().take(index).find_map(doubled) {
            context.doubled(context.place(row), context.place(first), &what);
        }
    }
}

/// What two restrictions both restrict by the same rule.
fn shared(one: &Restriction, other: &Restriction) -> Option<String> {
    if let (
        RestrictionRule::OutgoingLevels { levels, countries, doubtful, .. },
        RestrictionRule::OutgoingLevels {
            levels: other_levels,
            countries: other_countries,
            doubtful: other_doubtful,
            ..
        },
    ) = (&one.rule, &other.rule)
    {
        let level = levels.iter().find(|level| other_levels.contains(level))?;
        let mut listed = countries.iter().chain(doubtful);
        let country =
            listed.find(|code| other_countries.contains(code) || other_doubtful.contains(code))?;
        return Some(format!("a restriction of outgoing {level} students to {country}"));
    }
    let is_same = std::mem::discriminant(&one.rule) == std::mem::discriminant(&other.rule);
    let region = one.regions.iter().find(|region| other.regions.contains(region));
    region.filter(|_| is_same).map(|region| format!("this restriction of {region}"))
}

fn restriction(
    context: &Context<'_>,
    row: &Node<'_>,
    standings: Option<&Standings>,
) -> Option<Restriction> {
    let table = context.sourced(row, "a restriction", &RESTRICTION_KEYS)?;
    let fields = &table.fields;
    let explanation = said(fields, "explanation");
    let regions = regions(context, fields);
    let name = text(fields, "rule")?;
    let rule = match name {
        "incoming-students-only" => without_levels(fields, RestrictionRule::IncomingStudentsOnly),
        "check-with-national-agency" => {
            without_levels(fields, RestrictionRule::CheckWithNationalAgency)
        }
        "outgoing-levels" => outgoing_levels(context, fields, regions.as_deref(), standings),
        _ => {
            let message = format!("{} is no rule of a restriction", quoted(name));
            let known = "known: `incoming-students-only`, `check-with-national-agency` or `outgoing-levels`";
            let node = fields.entry("rule").map_or(row, |entry| &entry.node);
            context.fault(Code::UnknownWord, node, message, known);
            None
        }
    };
    let explanation = explanation?;
    let figure = format!("restriction {name}");
    let citation = table.citation("rule", figure, explanation.to_owned(), "");
    Some(Restriction { regions: regions?, rule: rule?, explanation: explanation.into(), citation })
}

fn regions(context: &Context<'_>, fields: &Fields<'_, '_, '_>) -> Option<Vec<Region>> {
    let nodes = context.some_items(fields, "regions", "region")?;
    let numbers = context.numbers("regions", nodes, &(1..=Region::LAST.into()))?;
    context.each_once(nodes, &numbers, |number| format!("Region {number}"));
    numbers.into_iter().map(Region::new).collect()
}

/// A list that its rule does not read would restrict nothing.
fn without_levels(fields: &Fields<'_, '_, '_>, rule: RestrictionRule) -> Option<RestrictionRule> {
    let mut alone = true;
    for entry in LEVEL_KEYS.iter().filter_map(|key| fields.entry(key)) {
        let message = format!("`{}` does not apply to this rule", entry.key);
        let help = "leave the key out; only the rule `outgoing-levels` reads it";
        let place = fields.place(&entry.key_span);
        fields.fault(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
        alone = false;
    }
    alone.then_some(rule)
}

fn outgoing_levels(
    context: &Context<'_>,
    fields: &Fields<'_, '_, '_>,
    regions: Option<&[Region]>,
    standings: Option<&Standings>,
) -> Option<RestrictionRule> {
    let levels = context.some_items(fields, "levels", "level of study").and_then(|nodes| {
        let levels: Vec<Level> = context.words(nodes)?;
        context.each_once(nodes, &levels, |level| quoted(level.as_str()));
        Some(levels)
    });
    let node = fields.required_node("countries");
    let mut places = Places::default();
    let mut codes = |key| {
        let listed = context.countries(key, context.items(fields, key)?)?;
        for (code, place) in &listed {
            let help = "keep one of the two: `countries` has the countries that are restricted, `doubtful` those that may be";
            places.first(context, *code, place, help);
            // Against regions that are wrong themselves, every country would be.
            if let (Some(regions), Some(standings)) = (regions, standings) {
                check_country(context, *code, place, regions, standings);
            }
        }
        Some(listed.into_iter().map(|(code, _)| code).collect::<Vec<_>>())
    };
    let (countries, doubtful) = (codes("countries"), codes("doubtful"));
    let unverified = said(fields, "unverified");
    let (node, countries, doubtful) = (node?, countries?, doubtful?);
    if countries.is_empty() && doubtful.is_empty() {
        let message = "the restriction concerns no country".to_owned();
        let help = "list at least one in `countries` or `doubtful`";
        context.fault(Code::OutOfBounds, node, message, help);
        return None;
    }
    let (levels, unverified) = (levels?, unverified?.into());
    Some(RestrictionRule::OutgoingLevels { levels, countries, doubtful, unverified })
}

/// A country outside the restriction's regions would never be restricted.
fn check_country(
    context: &Context<'_>,
    code: CountryCode,
    place: &Place,
    regions: &[Region],
    standings: &Standings,
) {
    let help = match standings.get(&code) {
        Some(Standing::Third(region)) if regions.contains(region) => return,
        Some(Standing::Third(region)) => {
            format!("it is in {region}: add that to `regions`, or take the country out")
        }
        Some(Standing::Programme { .. }) => {
            "it may apply, and is no third country: take it out".to_owned()
        }
        None => "no [[region]] lists it: take it out, or add it there".to_owned(),
    };
    let message = format!("{code} is in none of the restriction's regions");
    context.misplaced(place, message, help);
}
