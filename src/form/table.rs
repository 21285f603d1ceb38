//! A plan's lists as tables: a column for each key that a row has.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::plan::{RecordedKey, RecordedRow, RecordedValue};

/// The keys that are in any of these rows, in the order of `known`.
pub fn columns(
    rows: &[RecordedRow],
    known: impl IntoIterator<Item = &'static str>,
) -> Vec<&'static str> {
    let is_used = |key: &&'static str| rows.iter().any(|row| value(row, key).is_some());
    known.into_iter().filter(is_used).collect()
}

/// What a row says for a key.
pub fn value<'r>(row: &'r RecordedRow, key: &str) -> Option<&'r RecordedValue> {
    of(&row.keys, key)
}

/// What a list of keys says for one.
pub fn of<'r>(keys: &'r [RecordedKey], key: &str) -> Option<&'r RecordedValue> {
    keys.iter().find(|other| other.key == key).map(|found| &found.value)
}

/// What a row has in a column of the user's own.
pub fn own<'r>(row: &'r RecordedRow, heading: &str) -> Option<&'r RecordedValue> {
    row.own.iter().find(|cell| *cell.heading == *heading).map(|cell| &cell.value)
}

/// The columns of flows: first what says who goes where. The country stands before all texts, because a row
/// that begins with `#` would be a comment.
pub const FLOW: [&str; 30] = [
    "country",
    "id",
    "partner",
    "oid",
    "city",
    "region",
    "direction",
    "activity",
    "term",
    "level",
    "blended",
    "participants",
    "fewer_opportunities",
    "months",
    "days",
    "start",
    "end",
    "interruption_days",
    "unfunded_days",
    "travel",
    "travel_days",
    "distance_km",
    "band",
    "home_city",
    "travel_cost",
    "inclusion_support",
    "zero_grant",
    "from_enterprise",
    "restriction_checked",
    "note",
];

/// A value as people write it in a cell. Numbers have a decimal point.
pub fn text_of(value: &RecordedValue) -> Cow<'_, str> {
    match value {
        RecordedValue::Text(text) | RecordedValue::Country(text) => Cow::Borrowed(text),
        RecordedValue::Word(word) => Cow::Borrowed(word),
        RecordedValue::Number(number) => Cow::Owned(unambiguous(*number)),
        RecordedValue::Boolean(true) => Cow::Borrowed("yes"),
        RecordedValue::Boolean(false) => Cow::Borrowed("no"),
        RecordedValue::Date(date) => Cow::Owned(date.to_string()),
    }
}

/// The number's own digits. `1.234` could be more than a thousand; `01.234` could not.
fn unambiguous(number: Decimal) -> String {
    let text = number.to_string();
    let may_be_thousands =
        number.scale() == 3 && number < Decimal::ONE_THOUSAND && !text.starts_with('0');
    if may_be_thousands { format!("0{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::FLOW_KEYS;

    #[test]
    fn every_key_of_a_flow_has_a_column() {
        let (mut columns, mut keys) = (FLOW, FLOW_KEYS);
        columns.sort_unstable();
        keys.sort_unstable();
        assert_eq!(columns, keys);
    }

    #[test]
    fn no_number_can_be_read_as_thousands() {
        for (number, text) in [
            ("1.234", "01.234"),
            ("123.450", "0123.450"),
            ("0.500", "0.500"),
            ("1234.567", "1234.567"),
            ("1.2345", "1.2345"),
            ("4222", "4222"),
        ] {
            let value = RecordedValue::Number(number.parse().expect("a number"));
            assert_eq!(text_of(&value), text);
        }
    }
}
