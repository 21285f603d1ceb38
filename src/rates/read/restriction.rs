//! Restrictions: who may not go where.

use super::context::{Context, text};
use crate::diag::{Code, quoted};
use crate::document::{Fields, Node};
use crate::model::Region;
use crate::rates::table::{Restriction, RestrictionRule};

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
    let node = fields.required_node("regions")?;
    let numbers = context.numbers(fields, "regions");
    let regions: Vec<Region> = numbers.iter().copied().filter_map(Region::new).collect();
    if regions.is_empty() || regions.len() < numbers.len() {
        let message = format!("`regions` lists at least one region between 1 and {}", Region::LAST);
        context.fault(Code::OutOfBounds, node, message, None);
    }
    let name = text(fields, "rule")?;
    let codes = |key| context.countries(fields, key).into_iter().map(|(code, _)| code).collect();
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
