//! The revision and the date of the last check.

use crate::diag::{Code, Diagnostic};
use crate::model::Date;
use crate::rates::RateTable;

pub(super) fn lints(
    table: &RateTable,
    shipped: Option<&RateTable>,
    today: Option<Date>,
) -> Vec<Diagnostic> {
    let revision = shipped.and_then(|shipped| {
        let whose = "the program's own table";
        revision_not_raised(table, shipped, whose)
    });
    let age = today.and_then(|today| age(table, today));
    revision.into_iter().chain(age).collect()
}

/// Whether a table has the id of an older one and another text: a result would leave open which of the
/// two it was computed with. `whose` names the older one.
pub fn revision_not_raised(
    table: &RateTable,
    older: &RateTable,
    whose: &str,
) -> Option<Diagnostic> {
    let id = &table.identity.id;
    // By lines: line ends differ between systems.
    let same_text = || table.file.text().lines().eq(older.file.text().lines());
    if *id != older.identity.id || same_text() {
        return None;
    }
    let message = format!("{whose} {id} is another one");
    let help = "add 1 to `revision`: a changed table has a revision of its own";
    Some(table.fault(Code::RevisionNotRaised, &table.spans.revision, message).help(help))
}

fn age(table: &RateTable, today: Date) -> Option<Diagnostic> {
    let (checked_on, span) = (table.checked_on, &table.spans.checked_on);
    if checked_on > today {
        let message = format!("the table was checked on {checked_on}, which is after {today}");
        let help = "write the last day on which the table was compared with its sources";
        return Some(table.fault(Code::CheckedInFuture, span, message).help(help));
    }
    let message = format!("the table was checked on {checked_on}, more than a year before {today}");
    let help = "compare the table with its sources, then set `checked_on` and add 1 to `revision`";
    checked_on
        .is_more_than_a_year_before(today)
        .then(|| table.doubt(Code::CheckedLongAgo, span, message).help(help))
}
