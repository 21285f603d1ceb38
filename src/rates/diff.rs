//! What two rate tables have in common, and what not.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::RateTable;
use super::catalogue::{Entry, Quantity, Slot, slots};
use crate::model::{Basis, Citation, Source, words};

words! {
    /// What became of a figure, a country or a source.
    pub enum Fate: "kind of change" {
        /// The new table has it, the old one has not.
        Added = "added",
        /// The old table has it, the new one has not.
        Removed = "removed",
        /// Its value is another one.
        Changed = "changed",
        /// The value is the same, what it rests on is not.
        Basis = "basis",
    }
}

/// Everything in which two tables differ.
pub struct TableDiff {
    /// The parts that differ, in the table's order.
    pub steps: Vec<Step>,
    /// The sources that differ, by key.
    pub sources: Vec<Sides<Arc<Source>>>,
}

/// A part of the table that differs.
pub struct Step {
    /// The part; it can be taken over from one table into the other.
    pub slot: Slot,
    /// What differs in it; at least one.
    pub changes: Vec<Change>,
}

/// A figure, a rule or a country that differs.
pub struct Change {
    /// What the tables say.
    pub sides: Sides<Entry>,
    /// What became of it.
    pub fate: Fate,
}

/// What two tables say: at least one of them does.
pub enum Sides<T> {
    /// Only the old table.
    Old(T),
    /// Only the new table.
    New(T),
    /// Both.
    Both {
        /// The old table.
        old: T,
        /// The new table.
        new: T,
    },
}

impl<T> Sides<T> {
    /// What the old table says.
    pub fn in_old(&self) -> Option<&T> {
        match self {
            Self::Old(old) | Self::Both { old, .. } => Some(old),
            Self::New(_) => None,
        }
    }

    /// What the new table says.
    pub fn in_new(&self) -> Option<&T> {
        match self {
            Self::New(new) | Self::Both { new, .. } => Some(new),
            Self::Old(_) => None,
        }
    }

    /// What the new table says, or the old one where that alone does.
    pub fn latest(&self) -> &T {
        match self {
            Self::Old(latest) | Self::New(latest) | Self::Both { new: latest, .. } => latest,
        }
    }

    /// What became of it, where both differ.
    pub fn fate(&self) -> Fate {
        match self {
            Self::New(_) => Fate::Added,
            Self::Old(_) => Fate::Removed,
            Self::Both { .. } => Fate::Changed,
        }
    }
}

/// Compares two tables.
pub fn diff(old: &RateTable, new: &RateTable) -> TableDiff {
    let step = |slot: Slot| {
        let changes = changes(slot.entries(old), slot.entries(new));
        (!changes.is_empty()).then_some(Step { slot, changes })
    };
    let steps = slots(old, new).into_iter().filter_map(step).collect();
    TableDiff { steps, sources: sources(old, new) }
}

impl TableDiff {
    /// Whether the tables say the same.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.sources.is_empty()
    }

    /// Everything that differs, in the table's order; sources apart.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.steps.iter().flat_map(|step| &step.changes)
    }
}

impl Step {
    /// What differs, in words: the figure, or the part where several figures differ.
    pub fn words(&self) -> &str {
        match self.changes.as_slice() {
            [only] => &only.entry().figure,
            _ => &self.slot.key,
        }
    }

    /// The old and the new value in words, where the step is of one figure.
    pub fn sides(&self) -> [String; 2] {
        let text = |entry: Option<&Entry>| entry.map_or("-".into(), |e| e.value.to_string());
        match self.changes.as_slice() {
            [only] => [text(only.sides.in_old()), text(only.sides.in_new())],
            _ => Default::default(),
        }
    }
}

/// The entries that differ, those of the old table first. An entry is found again by its key.
fn changes(old: Vec<Entry>, new: Vec<Entry>) -> Vec<Change> {
    let mut rest = new;
    let mut changes = Vec::new();
    for old in old {
        let twin = rest.iter().position(|new| new.key == old.key);
        let sides = match twin.map(|index| rest.remove(index)) {
            Some(new) => Sides::Both { old, new },
            None => Sides::Old(old),
        };
        changes.extend(fate(&sides).map(|fate| Change { sides, fate }));
    }
    let added = rest.into_iter().map(Sides::New);
    changes.extend(added.map(|sides| Change { sides, fate: Fate::Added }));
    changes
}

/// What became of an entry; `None` where nothing did.
fn fate(sides: &Sides<Entry>) -> Option<Fate> {
    match sides {
        Sides::Both { old, new } if old.value == new.value => {
            let same = rests_on_the_same(&old.citation, &new.citation);
            (!same && old.has_own_basis()).then_some(Fate::Basis)
        }
        sides => Some(sides.fate()),
    }
}

/// Whether two citations say the same. Sources go by their keys: they are compared by themselves.
fn rests_on_the_same(one: &Citation, other: &Citation) -> bool {
    let keys = |sources: &[Arc<Source>]| {
        sources.iter().map(|source| source.key.clone()).collect::<BTreeSet<_>>()
    };
    let said = |citation: &Citation| match &citation.basis {
        Basis::Sourced { other, note, carried, .. } => {
            (other.as_ref().map(|other| other.value.clone()), note.clone(), *carried)
        }
        Basis::Policy(policy) => (None, Some(policy.clone()), false),
    };
    one.confidence() == other.confidence()
        && keys(one.sources()) == keys(other.sources())
        && keys(one.other_sources()) == keys(other.other_sources())
        && said(one) == said(other)
}

impl Change {
    /// The entry, as the new table has it where it does.
    pub fn entry(&self) -> &Entry {
        self.sides.latest()
    }

    /// Whether both tables have it and what it rests on is not the same.
    pub fn rests_on_another_basis(&self) -> bool {
        match &self.sides {
            Sides::Both { old, new } => {
                old.has_own_basis() && !rests_on_the_same(&old.citation, &new.citation)
            }
            _ => false,
        }
    }

    /// New less old; `None` where one of them is no number.
    pub fn difference(&self) -> Option<Decimal> {
        let (old, new) = self.numbers()?;
        Some(new - old)
    }

    /// The difference in hundredths of a percent of the old value, half away from zero; `None` where
    /// that is zero or one of them is no number.
    pub fn percent_hundredths(&self) -> Option<i128> {
        let (old, new) = self.numbers()?;
        percent_hundredths(old, new)
    }

    fn numbers(&self) -> Option<(Decimal, Decimal)> {
        let number = |entry: &Entry| match &entry.value {
            Quantity::Eur(amount) => Some(amount.as_decimal()),
            Quantity::Percent(percent) => Some(Decimal::from(percent.number())),
            Quantity::Count(number) => Some(Decimal::from(*number)),
            Quantity::Word(_) | Quantity::Countries(_) => None,
        };
        number(self.sides.in_old()?).zip(number(self.sides.in_new()?))
    }
}

/// The change from one number to another in hundredths of a percent of the old one, half away from
/// zero; `None` where that is zero.
pub fn percent_hundredths(old: Decimal, new: Decimal) -> Option<i128> {
    let (old, new) = (hundredths(old), hundredths(new));
    let change = (new - old) * 10_000;
    let rounded = (change.abs() * 2 + old).checked_div(old * 2)?;
    Some(rounded * change.signum())
}

/// A number of at most two decimals in hundredths.
fn hundredths(number: Decimal) -> i128 {
    let mut number = number;
    number.rescale(2);
    number.mantissa()
}

fn sources(old: &RateTable, new: &RateTable) -> Vec<Sides<Arc<Source>>> {
    let keys: BTreeSet<&String> = old.sources.keys().chain(new.sources.keys()).collect();
    let sides = |key| match (old.sources.get(key).cloned(), new.sources.get(key).cloned()) {
        (Some(old), Some(new)) => (!old.says_the_same(&new)).then_some(Sides::Both { old, new }),
        (Some(old), None) => Some(Sides::Old(old)),
        (None, new) => new.map(Sides::New),
    };
    keys.into_iter().filter_map(sides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_half_away_from_zero() {
        let percent =
            |old: u32, new: u32| percent_hundredths(Decimal::from(old), Decimal::from(new));
        assert_eq!(percent(20, 28), Some(4_000));
        assert_eq!(percent(180, 190), Some(556)); // 5.5555...
        assert_eq!(percent(190, 180), Some(-526)); // 5.2631...
        assert_eq!(percent(160, 161), Some(63)); // 0.625
        assert_eq!(percent(160, 159), Some(-63));
        assert_eq!(percent(0, 5), None);
    }
}
