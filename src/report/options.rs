//! The line that says what options of the command line took the place of the plan's keys.

use crate::diag::{printable, shortened};
use crate::model::Options;

/// A longer name is cut; the JSON result has all of it.
const LONGEST_NAME: usize = 60;

/// `Options: --call 2023, --applicant Example University`; `None` where the plan's file says all.
pub(super) fn options_line(options: &Options) -> Option<String> {
    let Options { call, country, applicant } = options;
    let short = |text: &String| printable(&shortened(text, LONGEST_NAME)).into_owned();
    let said = [
        ("--call", call.map(|call| call.to_string())),
        ("--country", country.as_ref().map(short)),
        ("--applicant", applicant.as_ref().map(short)),
    ];
    let said = said.into_iter().filter_map(|(option, value)| Some(format!("{option} {}", value?)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("Options: {}", said.join(", ")))
}
