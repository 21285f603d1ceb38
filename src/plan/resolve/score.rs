//! Scores: the marks of the plan beside the award criteria of the call.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Resolver;
use crate::diag::{Code, Diagnostic, one_of};
use crate::document::{Given, Located, Span};
use crate::model::{Mark, Points, Region, Score, Word};
use crate::plan::score::ScoreRow;
use crate::rates::Criterion;

/// The scores that the plan states, by region.
pub(super) fn of_plan(resolver: &Resolver<'_>) -> BTreeMap<Region, Score> {
    let rows = &resolver.raw.scores;
    for criterion in resolver.table.award.criteria.iter().filter(|c| !c.per_region) {
        refuse_other_marks(resolver, criterion, rows);
    }
    let mut scores = BTreeMap::new();
    let mut first: BTreeMap<Region, &Span> = BTreeMap::new();
    for row in rows {
        let marks = marks(resolver, row);
        let Some(region) = row.region.located() else { continue };
        if let Some(first) = first.get(&region.value) {
            let message = format!("{} has two scores", region.value);
            let place = resolver.place(&region.span);
            resolver.fault(
                Diagnostic::error(Code::DuplicateScore, place, message)
                    .related(resolver.place(first), "first here")
                    .help("keep one of the two, or correct the `region` of one"),
            );
            continue;
        }
        first.insert(region.value, &region.span);
        let award = &resolver.table.award;
        let citation = Arc::clone(&award.citation);
        let origin = resolver.origin(&row.span);
        if let Some(marks) = marks {
            let least = Points::whole(award.pass_points);
            scores.insert(region.value, Score { marks, least, citation, origin });
        }
    }
    scores
}

/// A mark for each criterion of the call; `None` where something is wrong with one.
fn marks(resolver: &Resolver<'_>, row: &ScoreRow) -> Option<Vec<Mark>> {
    let criteria = &resolver.table.award.criteria;
    for (criterion, given) in &row.marks {
        let Some(given) = given.located().filter(|_| !criteria.iter().any(|c| c.key == *criterion))
        else {
            continue;
        };
        let message = format!("the call has no award criterion `{criterion}`");
        let help = format!("its criteria are {}", one_of(criteria.iter().map(|c| c.key.as_str())));
        let place = resolver.place(&given.span);
        resolver.fault(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
    }
    let marks: Vec<Option<Mark>> = criteria.iter().map(|c| mark(resolver, row, c)).collect();
    marks.into_iter().collect()
}

fn mark(resolver: &Resolver<'_>, row: &ScoreRow, criterion: &Criterion) -> Option<Mark> {
    let Criterion { key, name, max_points, per_region } = criterion;
    let Located { value: points, span } = match given(row, criterion) {
        Given::Value(given) => given,
        Given::Faulty => return None,
        Given::Absent => {
            let place = resolver.place(&row.span);
            let message = place.lacks("a score", key.as_str());
            let help = format!("add the points for {name}, 0 to {max_points}");
            resolver.fault(Diagnostic::error(Code::MissingKey, place, message).help(help));
            return None;
        }
    };
    let most = Points::whole(*max_points);
    if *points > most {
        let message = format!("`{key}` is `{points}`, beyond its bounds");
        let help = format!("{name} gives 0 to {max_points} points in this call");
        let place = resolver.place(span);
        resolver.fault(Diagnostic::error(Code::OutOfBounds, place, message).help(help));
        return None;
    }
    let least = Points::share(*max_points, resolver.table.award.pass_share);
    let (criterion, name, per_region) = (*key, name.as_str().into(), *per_region);
    Some(Mark { criterion, name, points: *points, most, least, per_region })
}

/// A criterion that is judged once has one mark in all regions.
fn refuse_other_marks(resolver: &Resolver<'_>, criterion: &Criterion, rows: &[ScoreRow]) {
    let mut marks = rows.iter().filter_map(|row| given(row, criterion).located());
    let Some(first) = marks.next() else { return };
    for other in marks.filter(|mark| mark.value != first.value) {
        let Criterion { key, name, .. } = criterion;
        let message = format!("`{key}` is {} here and {} before", other.value, first.value);
        let help =
            format!("{name} is judged once for the project: write the same points in each score");
        let place = resolver.place(&other.span);
        resolver.fault(
            Diagnostic::error(Code::ScoresDisagree, place, message)
                .related(resolver.place(&first.span), "the first mark")
                .help(help),
        );
    }
}

fn given<'r>(row: &'r ScoreRow, criterion: &Criterion) -> &'r Given<Points> {
    let mark = row.marks.iter().find(|(key, _)| *key == criterion.key);
    mark.map_or(&Given::Absent, |(_, given)| given)
}
