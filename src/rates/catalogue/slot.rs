//! A part of a table that can be read, and taken over into another table.

use super::{Entry, Section};
use crate::rates::RateTable;

type Read = Box<dyn Fn(&RateTable) -> Vec<Entry>>;
type Take = Box<dyn Fn(&RateTable, &mut RateTable)>;

/// A part of a rate table that changes as a whole: one figure, or figures that only make sense
/// together, such as all bands where their edges differ.
pub struct Slot {
    /// The part of the table that it belongs to.
    pub section: Section,
    /// Its name in the table.
    pub key: String,
    read: Read,
    take: Take,
}

impl Slot {
    pub(super) fn new(
        section: Section,
        key: impl Into<String>,
        read: impl Fn(&RateTable) -> Vec<Entry> + 'static,
        take: impl Fn(&RateTable, &mut RateTable) + 'static,
    ) -> Self {
        Self { section, key: key.into(), read: Box::new(read), take: Box::new(take) }
    }

    /// Its figures in a table; none where the table has no such part.
    pub fn entries(&self, table: &RateTable) -> Vec<Entry> {
        (self.read)(table)
    }

    /// Makes this part of `into` what it is in `from`.
    pub fn take(&self, from: &RateTable, into: &mut RateTable) {
        (self.take)(from, into);
    }
}

/// A slot for one figure: `slot!(Staff, "staff.later_days.percent", "%", staff.later)`.
macro_rules! slot {
    ($section:ident, $key:expr, $unit:expr, $($field:tt)+) => {{
        use crate::rates::catalogue::{Entry, Section, Slot};
        let key = String::from($key);
        Slot::new(
            Section::$section,
            key.clone(),
            move |table| vec![Entry::of(Section::$section, &key, $unit, &table.$($field)+)],
            |from, into| into.$($field)+ = from.$($field)+.clone(),
        )
    }};
}
pub(super) use slot;
