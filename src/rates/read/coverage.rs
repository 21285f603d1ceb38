//! Rows that must cover every case exactly once.

use super::context::Context;
use crate::diag::Place;
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
    found: Vec<(K, T)>,
    /// Where a row could not be read, it may be the one that seems to be missing.
    all_read: bool,
}

impl<'c, 'f, K: Case, T> Coverage<'c, 'f, K, T> {
    /// Reads rows that are for one case or more; reports cases that stand twice.
    pub fn read(
        context: &'c Context<'f>,
        section: Place,
        rows: &[Node<'_>],
        read: impl Fn(&Node<'_>) -> Option<Vec<(K, T)>>,
    ) -> Self {
        let mut coverage = Self { context, section, found: Vec::new(), all_read: true };
        for row in rows {
            let Some(entries) = read(row) else {
                coverage.all_read = false;
                continue;
            };
            for (case, value) in entries {
                if coverage.position(case).is_some() {
                    context.doubled(context.place(row), &case.words());
                } else {
                    coverage.found.push((case, value));
                }
            }
        }
        coverage
    }

    /// The value for a case; reports that there is none.
    pub fn take(&mut self, case: K) -> Option<T> {
        let position = self.position(case);
        if position.is_none() && self.all_read {
            self.context.lacking(self.section.clone(), &case.words());
        }
        position.map(|position| self.found.swap_remove(position).1)
    }

    fn position(&self, case: K) -> Option<usize> {
        self.found.iter().position(|(other, _)| *other == case)
    }
}
