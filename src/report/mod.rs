//! A budget in the forms in which it is read. Reports return text; none opens a file.

pub mod compare;
pub mod distance;
mod estimates;
pub mod explain;
mod formula;
mod grid;
pub mod json;
mod markdown;
mod number;
pub mod page;
pub mod rates;
mod rows;
pub mod score;
mod shift;
pub mod table;
pub mod verify;
mod what_if;
mod wrap;

pub use estimates::{ESTIMATED, estimate_lines};
pub use formula::formula_text;
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
