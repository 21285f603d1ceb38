//! A budget in the forms in which it is read. Reports return text or bytes; none opens a file.

mod columns;
pub mod compare;
pub mod csv;
pub mod distance;
mod escape;
mod estimates;
pub mod explain;
mod facts;
mod footnotes;
mod formula;
mod grid;
mod heading;
pub mod html;
pub mod json;
mod locale;
pub mod markdown;
mod number;
mod options;
pub mod page;
pub mod rates;
mod rows;
pub mod score;
mod shift;
mod style;
pub mod table;
mod verdict;
pub mod verify;
mod what_if;
mod words;
mod wrap;
pub mod xlsx;

pub use estimates::{ESTIMATED, estimate_lines};
pub use formula::formula_text;
pub use locale::Locale;
pub use style::Style;
pub use what_if::what_if_line;

crate::model::words! {
    /// What the rows of a report are.
    pub enum By: "kind of row" {
        /// One row per region.
        Region = "region",
        /// One row per country.
        Country = "country",
        /// One row per flow.
        Flow = "flow",
        /// One row per activity and direction.
        Activity = "activity",
    }
}

/// What people read as the name of a file.
fn file_words(name: &str) -> &str {
    if name == "-" { "standard input" } else { name }
}
