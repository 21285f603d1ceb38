//! Rows of one kind: alike in all that amounts depend on, often but for their participants.

use std::collections::HashMap;
use std::fmt::Write as _;

use foldhash::fast::RandomState;

use super::cells::Cells;
use crate::engine::{Addend, Sums};
use crate::notices::{Marks, Tallies};

/// The kinds of rows so far.
#[derive(Default)]
pub(super) struct Kinds {
    /// By what their rows have in common.
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// The rows of each that were only counted.
    counted: Vec<Counted>,
    kinds: Vec<Kind>,
    /// What is looked up where participants belong to it.
    text: String,
}

/// A kind of rows.
pub(super) struct Kind {
    /// What one row adds to the budget, or one participant of it.
    pub addend: Addend,
    /// What one participant with fewer opportunities adds to that of every participant.
    pub top_up: Option<Addend>,
    /// The notices about it, also those for one participant.
    pub marks: Marks,
    /// Whether its rows have different participants, and add accordingly.
    pub is_per_participant: bool,
}

/// Rows, and how many participants they have in all, and of these with fewer opportunities.
#[derive(Clone, Copy, Default)]
struct Rows {
    rows: u32,
    participants: u64,
    fewer_opportunities: u64,
}

#[derive(Clone, Copy, Default)]
struct Counted {
    /// Whether it is enough to count further rows: notices name as many flows as they do.
    is_enough: bool,
    /// Rows in the tallies, one by one.
    tallied: Rows,
    /// Rows that were only counted.
    counted: Rows,
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
    pub fn count(&mut self, cells: &Cells) -> Known {
        let Some(number) = self.number_of(cells) else { return Known::New };
        match self.counted.get_mut(number) {
            Some(counted) if counted.is_enough => {
                counted.counted.add(cells);
                Known::Counted
            }
            _ => Known::Open,
        }
    }

    /// Adds a row to the tallies, where it is of a known kind; says whether it is.
    pub fn tally(&mut self, cells: &Cells, flow: u64, tallies: &mut Tallies) -> bool {
        let Some(number) = self.number_of(cells) else { return false };
        let kept = (self.kinds.get(number), self.counted.get_mut(number));
        let (Some(kind), Some(counted)) = kept else { return false };
        let mut row = Rows::default();
        row.add(cells);
        tallies.add_same(&kind.marks, flow, kind.times(row));
        counted.tallied.add(cells);
        counted.is_enough = tallies.are_full(&kind.marks);
        true
    }

    /// Keeps a kind, of which one row is in the tallies.
    pub fn keep(&mut self, cells: &Cells, kind: Kind, tallies: &Tallies) {
        let number = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        let text = match kind.is_per_participant {
            true => cells.text.as_str(),
            false => with_participants(cells, &mut self.text),
        };
        self.numbers.insert(text.into(), number);
        let is_enough = tallies.are_full(&kind.marks);
        let mut counted = Counted { is_enough, ..Counted::default() };
        counted.tallied.add(cells);
        self.counted.push(counted);
        self.kinds.push(kind);
    }

    /// How many there are.
    pub fn number(&self) -> usize {
        self.kinds.len()
    }

    /// Hands over all that was counted and forgets the kinds.
    pub fn settle(&mut self, sums: &mut Sums, tallies: &mut Tallies) {
        for (kind, Counted { tallied, counted, .. }) in self.kinds.iter().zip(&self.counted) {
            sums.add(&kind.addend, kind.times(*tallied) + kind.times(*counted));
            if let Some(top_up) = &kind.top_up {
                sums.add(top_up, tallied.fewer_opportunities + counted.fewer_opportunities);
            }
            tallies.add_counted(&kind.marks, counted.rows.into(), kind.times(*counted));
        }
        self.numbers.clear();
        self.counted.clear();
        self.kinds.clear();
    }

    fn number_of(&mut self, cells: &Cells) -> Option<usize> {
        let number = self.numbers.get(cells.text.as_str());
        let number = number.or_else(|| self.numbers.get(with_participants(cells, &mut self.text)));
        number.and_then(|number| usize::try_from(*number).ok())
    }
}

impl Kind {
    /// How often it adds what it adds.
    fn times(&self, rows: Rows) -> u64 {
        if self.is_per_participant { rows.participants } else { rows.rows.into() }
    }
}

impl Rows {
    fn add(&mut self, cells: &Cells) {
        self.rows += 1;
        self.participants += u64::from(cells.participants);
        self.fewer_opportunities += u64::from(cells.fewer_opportunities);
    }
}

/// What rows of a kind have in common that have the same participants. No cell has a line end.
fn with_participants<'t>(cells: &Cells, text: &'t mut String) -> &'t str {
    text.clear();
    text.push_str(&cells.text);
    // Writing to a `String` does not fail.
    let _ = write!(text, "\n{}\n{}", cells.participants, cells.fewer_opportunities);
    text
}
