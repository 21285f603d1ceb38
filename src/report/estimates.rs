//! What every report says where distances were estimated.

use crate::places::{CALCULATOR, FORMULA, NOTICE};

/// Stands before travel support that rests on an estimated distance.
pub const ESTIMATED: char = '~';

/// How distances were estimated, and whose the places are: a line each. `what` rests on them.
pub fn estimate_lines(what: &str) -> [String; 2] {
    let how = format!(
        "{what} estimated distances ({FORMULA}); the official Distance Calculator decides: {CALCULATOR}"
    );
    [how, format!("{NOTICE}.")]
}
