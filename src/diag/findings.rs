//! Collects the errors of a run.

use std::cell::{Cell, RefCell};

use super::Diagnostic;

/// How many errors are kept; more are only counted.
pub const MOST_ERRORS: usize = 100;

/// All errors found so far: the first hundred, and how many more.
///
/// Shared by everything that reads a file, so it is added to through a shared reference.
#[derive(Debug, Default)]
pub struct Findings {
    kept: RefCell<Vec<Diagnostic>>,
    omitted: Cell<usize>,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&self, finding: Diagnostic) {
        if self.is_full() {
            self.count_only();
        } else {
            self.kept.borrow_mut().push(finding);
        }
    }

    /// Counts a finding that nobody will read.
    pub fn count_only(&self) {
        self.omitted.set(self.omitted.get() + 1);
    }

    /// Whether further findings are only counted.
    pub fn is_full(&self) -> bool {
        self.kept.borrow().len() >= MOST_ERRORS
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.borrow().is_empty()
    }

    /// What was found, in the order of the text, findings without a place first, those in a text that
    /// stands in for parts of it last. There is something: nothing is refused without a word.
    pub fn into_errors(self) -> Errors {
        debug_assert!(!self.is_empty(), "refused without a finding");
        let mut list = self.kept.into_inner();
        list.sort_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
        let list = list.into_iter().map(Diagnostic::resolved).collect();
        Errors { list, omitted: self.omitted.get() }
    }
}

/// Why there is no result: at least one error.
#[derive(Clone, Debug)]
pub struct Errors {
    /// The first hundred.
    pub list: Vec<Diagnostic>,
    /// How many more there are.
    pub omitted: usize,
}

impl Errors {
    /// These errors, and below them those of another file.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        let beyond = self.list.len().saturating_sub(MOST_ERRORS);
        self.list.truncate(MOST_ERRORS);
        Self { omitted: self.omitted + other.omitted + beyond, ..self }
    }
}

impl Errors {
    /// The errors so far, if there are any, and others.
    #[must_use]
    pub fn joined(so_far: Option<Self>, others: Self) -> Self {
        let Some(mut all) = so_far else { return others };
        all.list.extend(others.list);
        all.omitted += others.omitted;
        all
    }
}

impl From<Diagnostic> for Errors {
    fn from(error: Diagnostic) -> Self {
        Self { list: vec![error], omitted: 0 }
    }
}
