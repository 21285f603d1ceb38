//! Rows that must cover every case exactly once.

use super::context::Context;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::Node;

/// A case that a row is for: a direction and group, a kind of participant and way of travelling.
pub(super) trait Case: Copy + PartialEq {
    /// The case in words, for messages.
    fn words(self) -> String;
}

/// What the rows of a list say, by case.
pub(super) struct Coverage<'c, 'f, K, T> {
    context: &'c Context<'f>,
    /// Where a missing case is reported.
    section: Place,
    /// The header of a row.
    header: &'static str,
    found: Vec<(K, T)>,
    /// The row of each case, taken or not.
    places: Vec<(K, Place)>,
    /// Where a row could not be read, it may be the one that seems to be missing.
    all_read: bool,
}

impl<'c, 'f, K: Case, T> Coverage<'c, 'f, K, T> {
    /// Reads rows that are for one case or more; reports cases that stand twice. `rows` is `None`
    /// where there is no list of them.
    pub fn read(
        context: &'c Context<'f>,
        section: Place,
        header: &'static str,
        rows: Option<&[Node<'_>]>,
        read: impl Fn(&Node<'_>) -> Option<Vec<(K, T)>>,
    ) -> Self {
        let all_read = rows.is_some();
        let (found, places) = (Vec::new(), Vec::new());
        let mut coverage = Self { context, section, header, found, places, all_read };
        for row in rows.unwrap_or_default() {
            let Some(entries) = read(row) else {
                coverage.all_read = false;
                continue;
            };
            for (case, value) in entries {
                let place = context.place(row);
                let first = coverage.places.iter().find(|(other, _)| *other == case);
                if let Some((_, first)) = first {
                    context.doubled(place, first.clone(), &case.words());
                } else {
                    coverage.found.push((case, value));
                    coverage.places.push((case, place));
                }
            }
        }
        coverage
    }

    /// The value for a case; reports that there is none.
    pub fn take(&mut self, case: K) -> Option<T> {
        let position = self.found.iter().position(|(other, _)| *other == case);
        if position.is_none() && self.all_read {
            self.context.lacking(self.section.clone(), &case.words(), self.header);
        }
        position.map(|position| self.found.swap_remove(position).1)
    }

    /// Reports the rows that nobody took: no budget would ever use them.
    pub fn finish(self) {
        for (case, _) in &self.found {
            let Some((_, place)) = self.places.iter().find(|(other, _)| other == case) else {
                continue;
            };
            let message = format!("no budget asks for {}", case.words());
            let finding = Diagnostic::error(Code::KeyDoesNotApply, place.clone(), message);
            let help = "correct what the row is for, or take it out";
            self.context.findings.push(finding.help(help));
        }
    }
}
