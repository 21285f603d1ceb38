//! Restrictions: who may not go where.

use std::collections::BTreeMap;

use super::context::{Context, text};
use crate::diag::{Code, Diagnostic, Place, quoted};
use crate::document::{Fields, Node};
use crate::model::{CountryCode, Region};
use crate::rates::table::{Restriction, RestrictionRule, Standing};

type Standings = BTreeMap<CountryCode, Standing>;

const RESTRICTION_KEYS: [&str; 7] =
    ["rule", "regions", "explanation", "levels", "countries", "doubtful", "unverified"];

/// `standings` is `None` where the table's countries could not be read.
pub(super) fn restrictions(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    standings: Option<&Standings>,
) -> Option<Vec<Restriction>> {
    root.list("restriction").iter().map(|row| restriction(context, row, standings)).collect()
}

fn restriction(
    context: &Context<'_>,
    row: &Node<'_>,
    standings: Option<&Standings>,
) -> Option<Restriction> {
    let table = context.sourced(row, "a restriction", &RESTRICTION_KEYS)?;
    let fields = &table.fields;
    let explanation = text(fields, "explanation")?;
    let node = fields.required_node("regions")?;
    let numbers = context.numbers(fields, "regions");
    let regions: Vec<Region> = numbers.iter().copied().filter_map(Region::new).collect();
    let all_regions = !regions.is_empty() && regions.len() == numbers.len();
    if !all_regions {
        let message = format!("`regions` lists at least one region between 1 and {}", Region::LAST);
        context.fault(Code::OutOfBounds, node, message, None);
    }
    let name = text(fields, "rule")?;
    let codes = |key| {
        let listed = context.countries(fields, key);
        // Against regions that are wrong themselves, every country would be.
        for (code, place) in listed.iter().filter(|_| all_regions) {
            check_country(context, *code, place, &regions, standings);
        }
        listed.into_iter().map(|(code, _)| code).collect()
    };
    let rule = match name {
        "incoming-students-only" => RestrictionRule::IncomingStudentsOnly,
        "check-with-national-agency" => RestrictionRule::CheckWithNationalAgency,
        "outgoing-levels" => {
            for key in ["levels", "countries"] {
                fields.required_node(key)?;
            }
            RestrictionRule::OutgoingLevels {
                levels: context.words(fields, "levels"),
                countries: codes("countries"),
                doubtful: codes("doubtful"),
                unverified: text(fields, "unverified")?.into(),
            }
        }
        _ => {
            let message = format!("{} is no rule of a restriction", quoted(name));
            let known = "known: `incoming-students-only`, `check-with-national-agency` or `outgoing-levels`";
            let node = fields.entry("rule").map_or(row, |entry| &entry.node);
            context.fault(Code::UnknownWord, node, message, Some(known.to_owned()));
            return None;
        }
    };
    let citation = table.citation(format!("restriction {name}"), explanation.to_owned(), "");
    Some(Restriction { regions, rule, explanation: explanation.into(), citation })
}

/// A country outside the restriction's regions would never be restricted.
fn check_country(
    context: &Context<'_>,
    code: CountryCode,
    place: &Place,
    regions: &[Region],
    standings: Option<&Standings>,
) {
    let Some(standings) = standings else { return };
    let fits = match standings.get(&code) {
        Some(Standing::Third(region)) => regions.contains(region),
        _ => false,
    };
    if !fits {
        let message = format!("{code} is in none of the restriction's regions");
        let finding = Diagnostic::error(Code::CountryMisplaced, place.clone(), message);
        context.findings.push(finding);
    }
}
