//! Permitted durations by activity.

use super::context::{Context, whole};
use super::coverage::{Case, Coverage};
use crate::diag::Code;
use crate::document::{Fields, Node};
use crate::model::{Activity, Term};
use crate::rates::table::{DurationRule, DurationRules};

#[derive(Clone, Copy, PartialEq, Eq)]
struct DurationCase {
    activity: Activity,
    term: Option<Term>,
    from_enterprise: bool,
}

impl Case for DurationCase {
    fn words(self) -> String {
        let term = self.term.map(|term| format!(", {term}-term")).unwrap_or_default();
        let enterprise = if self.from_enterprise { ", staff from enterprises" } else { "" };
        format!("duration, {}{term}{enterprise}", self.activity)
    }
}

pub(super) fn durations(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<DurationRules> {
    let rows = context.items(root, "duration");
    let place = root.own_place();
    let mut rules =
        Coverage::read(context, place, "[[duration]]", rows, |row| duration(context, row));
    let mut take = |activity, term, from_enterprise| {
        rules.take(DurationCase { activity, term, from_enterprise })
    };
    let studies_long = take(Activity::Sms, Some(Term::Long), false);
    let studies_short = take(Activity::Sms, Some(Term::Short), false);
    let traineeships_long = take(Activity::Smt, Some(Term::Long), false);
    let traineeships_short = take(Activity::Smt, Some(Term::Short), false);
    let teaching = take(Activity::Sta, None, false);
    let teaching_from_enterprise = take(Activity::Sta, None, true);
    let training = take(Activity::Stt, None, false);
    rules.finish();
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

fn duration(context: &Context<'_>, row: &Node<'_>) -> Option<Vec<(DurationCase, DurationRule)>> {
    let keys = ["activities", "term", "from_enterprise", "min_days", "max_days"];
    let table = context.sourced(row, "a permitted duration", &keys)?;
    let fields = &table.fields;
    let activities = context
        .some_items(fields, "activities", "activity")
        .and_then(|nodes| context.words::<Activity>(nodes));
    let term = fields.word::<Term>("term");
    let from_enterprise = fields.boolean("from_enterprise");
    let min_days = whole(fields, "min_days", 1, 1_000);
    let max_days = whole(fields, "max_days", 1, 1_000);
    let (activities, min_days, max_days) = (activities?, min_days?, max_days?);
    if term.is_faulty() || from_enterprise.is_faulty() {
        return None;
    }
    let (term, from_enterprise) = (term.value().copied(), from_enterprise.or(false));
    if min_days > max_days {
        let message = "the minimum is above the maximum";
        let help = "`min_days` is at most `max_days`: correct one of them";
        context.fault(Code::OutOfBounds, row, message.to_owned(), help);
        return None;
    }
    let rule = |activity| {
        let case = DurationCase { activity, term, from_enterprise };
        let value = format!("{min_days} to {max_days} days");
        let citation = table.citation("min_days", case.words(), value, "");
        (case, DurationRule { min_days, max_days, citation })
    };
    Some(activities.into_iter().map(rule).collect())
}
