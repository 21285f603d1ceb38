//! Countries, regions, durations, restrictions: who may go where, and for how long.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, text, whole};
use crate::diag::{Code, Diagnostic, Place, quoted};
use crate::document::{Fields, Node};
use crate::model::{Activity, Citation, CountryCode, CountryGroup, Figure, Region, Term};
use crate::rates::table::{
    DurationRule, DurationRules, RegionEntry, Restriction, RestrictionRule, Standing,
};

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
            if countries.insert(code, place.clone()).is_some() {
                misplaced(context, &place, format!("{code} stands here a second time"));
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
    for row in root.list("region") {
        let Some((region, entry, codes)) = self::region(context, row) else { continue };
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
    for region in &lacking {
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
    let citation = table.citation(format!("countries of {region}"), name.to_owned(), "");
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
            context.fault(Code::UnknownCountry, row, message, None);
        }
        let figure = format!("eligibility of {code}");
        Some((country?, table.citation(figure, "taken as eligible".to_owned(), "")))
    };
    root.list("eligibility").iter().filter_map(mark).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Case {
    activity: Activity,
    term: Option<Term>,
    from_enterprise: bool,
}

impl Case {
    fn words(self) -> String {
        let term = self.term.map(|term| format!(", {term}-term")).unwrap_or_default();
        let enterprise = if self.from_enterprise { ", staff from enterprises" } else { "" };
        format!("duration, {}{term}{enterprise}", self.activity)
    }
}

pub(super) fn durations(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<DurationRules> {
    let mut found: Vec<(Case, DurationRule)> = Vec::new();
    for row in root.list("duration") {
        for (case, rule) in duration(context, row).unwrap_or_default() {
            if found.iter().any(|(other, _)| *other == case) {
                context.doubled(context.place(row), &case.words());
            } else {
                found.push((case, rule));
            }
        }
    }
    let mut take = |activity, term, from_enterprise| {
        let case = Case { activity, term, from_enterprise };
        let position = found.iter().position(|(other, _)| *other == case);
        if position.is_none() {
            context.lacking(root.own_place(), &case.words());
        }
        position.map(|position| found.swap_remove(position).1)
    };
    let studies_long = take(Activity::Sms, Some(Term::Long), false);
    let studies_short = take(Activity::Sms, Some(Term::Short), false);
    let traineeships_long = take(Activity::Smt, Some(Term::Long), false);
    let traineeships_short = take(Activity::Smt, Some(Term::Short), false);
    let teaching = take(Activity::Sta, None, false);
    let teaching_from_enterprise = take(Activity::Sta, None, true);
    let training = take(Activity::Stt, None, false);
    Some(DurationRules {
        studies_long: studies_long?,
        studies_short: studies_short?,
        traineeships_long: traineeships_long?,
        traineeships_short: traineeships_short?,
        teaching: teaching?,
        teaching_from_enterprise: teaching_from_enterprise?,
        training: training?,
    })
}

fn duration(context: &Context<'_>, row: &Node<'_>) -> Option<Vec<(Case, DurationRule)>> {
    let keys = ["activities", "term", "from_enterprise", "min_days", "max_days"];
    let table = context.sourced(row, "a permitted duration", &keys)?;
    let fields = &table.fields;
    let activities = context.words::<Activity>(fields, "activities");
    let term = fields.word::<Term>("term").value().copied();
    let from_enterprise = fields.boolean("from_enterprise").or(false);
    let min_days = whole(fields, "min_days", 1, 1_000);
    let max_days = whole(fields, "max_days", 1, 1_000);
    let (min_days, max_days) = (min_days?, max_days?);
    if min_days > max_days {
        let message = "the minimum is above the maximum";
        context.findings.push(Diagnostic::error(Code::OutOfBounds, context.place(row), message));
        return None;
    }
    let rule = |activity| {
        let case = Case { activity, term, from_enterprise };
        let citation = table.citation(case.words(), format!("{min_days} to {max_days} days"), "");
        (case, DurationRule { min_days, max_days, citation })
    };
    Some(activities.into_iter().map(rule).collect())
}

const RESTRICTION_KEYS: [&str; 7] =
    ["rule", "regions", "explanation", "levels", "countries", "doubtful", "unverified"];

pub(super) fn restrictions(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<Vec<Restriction>> {
    root.list("restriction").iter().map(|row| restriction(context, row)).collect()
}

fn restriction(context: &Context<'_>, row: &Node<'_>) -> Option<Restriction> {
    let table = context.sourced(row, "a restriction", &RESTRICTION_KEYS)?;
    let fields = &table.fields;
    let explanation = text(fields, "explanation")?;
    let regions = context.numbers(fields, "regions").into_iter().filter_map(Region::new).collect();
    let name = text(fields, "rule")?;
    let codes = |key| context.countries(fields, key).into_iter().map(|(code, _)| code).collect();
    let rule = match name {
        "incoming-students-only" => RestrictionRule::IncomingStudentsOnly,
        "check-with-national-agency" => RestrictionRule::CheckWithNationalAgency,
        "outgoing-levels" => RestrictionRule::OutgoingLevels {
            levels: context.words(fields, "levels"),
            countries: codes("countries"),
            doubtful: codes("doubtful"),
            unverified: text(fields, "unverified")?.into(),
        },
        _ => {
            let message = format!("{} is no rule of a restriction", quoted(name));
            let known = "known: `incoming-students-only`, `check-with-national-agency` or `outgoing-levels`";
            context.fault(Code::UnknownWord, row, message, Some(known.to_owned()));
            return None;
        }
    };
    let citation = table.citation(format!("restriction {name}"), explanation.to_owned(), "");
    Some(Restriction { regions, rule, explanation: explanation.into(), citation })
}
