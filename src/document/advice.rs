//! What findings about values advise.

use super::{Node, Value};
use crate::model::decimal_from_text;

/// What to do about a value that is no number.
pub(super) fn number_help(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) if decimal_from_text(text).is_some() && decimals(text) <= 2 => {
            Some(format!("write {text} without quotes"))
        }
        Value::Text(text) if text.contains(|c: char| c.is_ascii_digit()) => Some(
            "write the number alone: no quotes, no unit, no thousands separator, a decimal point, such as 1697.14".into(),
        ),
        _ => None,
    }
}

/// How many digits stand after the point.
pub(super) fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// What a required key of a plan looks like.
pub(super) fn example(key: &str) -> Option<&'static str> {
    let example = match key {
        "country" => "\"KG\"",
        "direction" => "\"incoming\"",
        "activity" => "\"SMS\"",
        "participants" | "region" => "4",
        "amount" => "40000.00",
        _ => return None,
    };
    Some(example)
}
