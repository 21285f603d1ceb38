//! Rows that say the same as one before: the same cells, but for texts that no amount depends on.

use std::collections::HashMap;

use crate::engine::{Addend, Sums};
use crate::notices::{Marks, Tallies};

/// Longer rows are not kept.
pub(super) const LONGEST: usize = 160;

/// The kinds of rows so far.
#[derive(Default)]
pub(super) struct Kinds {
    /// By the text of their cells.
    numbers: HashMap<Box<str>, u32>,
    /// How many rows of each were only counted; `None` while their flows are still tallied one by one.
    counted: Vec<Option<u32>>,
    kinds: Vec<Kind>,
}

/// What a row adds to the budget.
struct Kind {
    addend: Addend,
    marks: Marks,
    /// How many of its rows are in the tallies already.
    tallied: u32,
}

/// What is known of a row.
pub(super) enum Known {
    /// It was counted: that is all that had to be done.
    Counted,
    /// It is of a kind whose flows are still to be added to the tallies.
    Open,
    /// It is of no kind that is known.
    New,
}

impl Kinds {
    /// Counts a row, where only that has to be done.
    pub fn count(&mut self, cells: &str) -> Known {
        let Some(&number) = self.numbers.get(cells) else { return Known::New };
        match self.counted.get_mut(number as usize) {
            Some(Some(counted)) => {
                *counted += 1;
                Known::Counted
            }
            _ => Known::Open,
        }
    }

    /// Adds a row to the tallies, where it is of a known kind; says whether it is.
    pub fn tally(&mut self, cells: &str, flow: u64, tallies: &mut Tallies) -> bool {
        let Some(number) = self.numbers.get(cells).map(|number| *number as usize) else {
            return false;
        };
        if let (Some(kind), Some(counted)) =
            (self.kinds.get_mut(number), self.counted.get_mut(number))
        {
            // Its causes have had a first flow before.
            tallies.add_same(&kind.marks, flow, || None);
            kind.tallied += 1;
            *counted = counted.or(tallies.are_full(&kind.marks).then_some(0));
        }
        true
    }

    /// Keeps a kind, of which one row is in the tallies.
    pub fn keep(&mut self, cells: &str, addend: Addend, marks: Marks, tallies: &Tallies) {
        let number = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        self.numbers.insert(cells.into(), number);
        self.counted.push(tallies.are_full(&marks).then_some(0));
        self.kinds.push(Kind { addend, marks, tallied: 1 });
    }

    /// How many there are.
    pub fn number(&self) -> usize {
        self.kinds.len()
    }

    /// Hands over all that was counted and forgets the kinds.
    pub fn settle(&mut self, sums: &mut Sums, tallies: &mut Tallies) {
        for (kind, counted) in self.kinds.iter().zip(&self.counted) {
            let counted = u64::from(counted.unwrap_or(0));
            sums.add(&kind.addend, u64::from(kind.tallied) + counted);
            tallies.add_repeated(&kind.marks, counted);
        }
        self.numbers.clear();
        self.counted.clear();
        self.kinds.clear();
    }
}
