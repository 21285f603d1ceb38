//! The revision and the date of the last check.

use super::cited::Cited;
use crate::diag::{Code, Diagnostic};
use crate::model::Date;
use crate::rates::RateTable;

/// Whether a table differs from the program's own of the same revision.
pub(super) fn differs_from_shipped(
    table: &RateTable,
    shipped: Option<&RateTable>,
) -> Option<Diagnostic> {
    revision_not_raised(table, shipped?, "the program's own table")
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

/// Whether a file was checked too long ago, or after today. Nothing is said where there is no today.
pub(super) fn age(file: &Cited<'_>, today: Option<Date>) -> Option<Diagnostic> {
    let ((checked_on, span), today) = (file.checked_on.as_ref()?, today?);
    let what = file.what;
    if *checked_on > today {
        let message = format!("the {what} was checked on {checked_on}, which is after {today}");
        let help = format!("write the last day on which the {what} was compared with its sources");
        return Some(file.fault(Code::CheckedInFuture, span, message).help(help));
    }
    let message =
        format!("the {what} was checked on {checked_on}, more than a year before {today}");
    let then = match file.has_revision {
        true => "set `checked_on` and add 1 to `revision`",
        false => "set `checked_on`",
    };
    let help = format!("compare the {what} with its sources, then {then}");
    checked_on
        .is_more_than_a_year_before(today)
        .then(|| file.doubt(Code::CheckedLongAgo, span, message).help(help))
}
