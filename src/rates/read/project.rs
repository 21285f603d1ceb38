//! What a project is, and what an application must reach.

use super::context::{Context, percent, text, whole};
use super::lists::all;
use crate::diag::{Code, Diagnostic};
use crate::document::{Fields, Node};
use crate::model::{AwardCriterion, Date};
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
    let criteria = rows.and_then(|rows| all(rows.iter().map(|row| criterion(context, row))));
    refuse_doubled(context, rows.unwrap_or_default(), criteria.as_deref().unwrap_or_default());
    let (pass_points, pass_share) = (pass_points?, pass_share?);
    let value = format!("{pass_points} points and {pass_share} of each criterion");
    let citation = table.citation("pass_points", "award thresholds".to_owned(), value, "");
    Some(Award { pass_points, pass_share, criteria: criteria?, citation })
}

fn criterion(context: &Context<'_>, row: &Node<'_>) -> Option<Criterion> {
    let fields = context.table(row, "an award criterion", &["key", "name", "max_points", "per"])?;
    let key = fields.required("key", fields.word::<AwardCriterion>("key"));
    let name = said(&fields, "name")?.to_owned();
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
    Some(Criterion { key: *key.value()?, name, max_points, per_region })
}

/// A plan has one mark for each criterion.
fn refuse_doubled(context: &Context<'_>, rows: &[Node<'_>], criteria: &[Criterion]) {
    let read = || rows.iter().zip(criteria);
    for (index, (row, criterion)) in read().enumerate() {
        let first = read().take(index).find(|(_, first)| first.key == criterion.key);
        if let Some((first, _)) = first {
            let what = format!("the award criterion `{}`", criterion.key);
            context.doubled(context.place(row), context.place(first), &what);
        }
    }
}
