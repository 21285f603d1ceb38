//! What a project is, and what an application must reach.

use std::collections::BTreeMap;

use super::context::{Context, percent, text, whole};
use super::lists::all;
use super::place_of;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Fields, Node};
use crate::model::Date;
use crate::rates::table::{Award, Criterion, ProjectRules};
use crate::rates::texts::said;

pub(super) fn project(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    call: u16,
) -> Option<ProjectRules> {
    let keys = ["start_month", "start_day", "months"];
    let table = context.sourced_section(root, "project", "the section [project]", &keys)?;
    let fields = &table.fields;
    let month = whole(fields, "start_month", 1, 12)?;
    let day = whole(fields, "start_day", 1, 31)?;
    let start = Date::new(call, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if start.is_none() {
        let message = "the project's first day is no day of the calendar";
        let place = fields.own_place();
        let help = "correct `start_month` or `start_day`";
        fields.fault(Diagnostic::error(Code::ImpossibleDate, place, message).help(help));
    }
    let months = context.some_items(fields, "months", "duration in months")?;
    let months = context.numbers("months", months, &(1..=120))?;
    let value = months.iter().map(u32::to_string).collect::<Vec<_>>().join(" or ");
    let value = format!("{value} months from {}", start?);
    let citation = table.citation("months", "project duration".to_owned(), value, "");
    Some(ProjectRules { start: start?, months, citation })
}

pub(super) fn award(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<Award> {
    let keys = ["pass_points", "pass_share_percent", "criterion"];
    let table = context.sourced_section(root, "award", "the section [award]", &keys)?;
    let fields = &table.fields;
    let pass_points = whole(fields, "pass_points", 0, 1_000);
    let pass_share = percent(fields, "pass_share_percent");
    let rows = context.items(fields, "criterion");
    if rows.is_some_and(<[_]>::is_empty) {
        context.lacking(fields.own_place(), "a criterion of the award", "[[award.criterion]]");
    }
    let mut names = BTreeMap::new();
    let mut criterion = |row| criterion(context, row, &mut names);
    let criteria = rows.and_then(|rows| all(rows.iter().map(&mut criterion)));
    let (pass_points, pass_share) = (pass_points?, pass_share?);
    let value = format!("{pass_points} points and {pass_share} of each criterion");
    let citation = table.citation("pass_points", "award thresholds".to_owned(), value, "");
    Some(Award { pass_points, pass_share, criteria: criteria?, citation })
}

/// `names` are those of the criteria before it, with their places.
fn criterion(
    context: &Context<'_>,
    row: &Node<'_>,
    names: &mut BTreeMap<String, Place>,
) -> Option<Criterion> {
    let fields = context.table(row, "an award criterion", &["name", "max_points", "per"])?;
    let name = said(&fields, "name")?.to_owned();
    let place = place_of(&fields, "name");
    match names.get(&name) {
        Some(first) => context.doubled(place, first.clone(), "the criterion of this name"),
        None => drop(names.insert(name.clone(), place)),
    }
    let max_points = whole(&fields, "max_points", 1, 1_000)?;
    let per_region = match text(&fields, "per")? {
        "region" => true,
        "project" => false,
        _ => {
            let message = "a criterion is judged per `region` or per `project`".to_owned();
            let node = fields.entry("per").map_or(row, |entry| &entry.node);
            let help = "write `per = \"region\"` or `per = \"project\"`";
            context.fault(Code::UnknownWord, node, message, help);
            return None;
        }
    };
    Some(Criterion { name, max_points, per_region })
}
