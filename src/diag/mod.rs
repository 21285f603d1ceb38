//! Findings in the user's data: coded, located, collected before the program stops.

mod ask;
mod cells;
mod code;
mod diagnostic;
mod findings;
mod machine;
mod render;
mod source;
mod words;

pub use cells::CellPlace;
pub use code::Code;
pub use diagnostic::{Diagnostic, Severity};
pub use findings::{Errors, Findings, MOST_ERRORS};
pub use machine::FindingRecord;
pub use render::{render, render_in_file};
pub use source::{Place, SourceFile};
pub use words::{all_of, count, listed, nearest, one_of, printable, quoted, shortened};
