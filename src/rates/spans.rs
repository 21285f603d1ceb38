//! Places in a table's text of what has no citation that would know it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::CountryCode;

/// Byte offsets in the table's text.
#[derive(Clone, Debug)]
pub struct Spans {
    /// The value of `revision`.
    pub revision: Range<usize>,
    /// The value of `checked_on`.
    pub checked_on: Range<usize>,
    /// Each country in the list of its group or region.
    pub countries: BTreeMap<CountryCode, Range<usize>>,
}
