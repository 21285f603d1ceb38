//! First plans to fill in: each computes as it stands and explains every column or key.

use std::fmt::Write;

use crate::error::Refusal;
use crate::form::{self, COLUMNS, Extent};
use crate::plan::{PlanFormat, PlanText};
use crate::rates::{CountryNames, RateTable};

/// The starter in TOML, but for the call.
const TOML: &str = include_str!("plan.toml");

/// What rows of the starter hold, by their columns; the call is the first cell.
const ROWS: [&[(&str, &str)]; 2] = [
    &[
        ("applicant_country", "HU"),
        ("partner", "Partner university"),
        ("country", "KG"),
        ("direction", "incoming"),
        ("activity", "SMS"),
        ("participants", "2"),
        ("months", "5"),
        ("distance_km", "4222"),
    ],
    &[
        ("applicant_country", "HU"),
        ("partner", "Partner university"),
        ("country", "KG"),
        ("direction", "outgoing"),
        ("activity", "STA"),
        ("participants", "2"),
        ("days", "5"),
        ("travel_days", "2"),
        ("distance_km", "4222"),
    ],
];

/// A starter in TOML for a call.
pub fn toml(call: u16) -> String {
    TOML.replace("call = CALL", &format!("call = {call}"))
}

/// A starter as a workbook, for the call of a table: the plan of [`toml()`].
///
/// # Errors
///
/// What the writer says.
pub fn xlsx(table: &RateTable, names: &CountryNames) -> Result<Vec<u8>, Refusal> {
    let text = toml(table.call).into_bytes();
    let plan = PlanText::from_bytes("starter", text, Some(PlanFormat::Toml))?;
    Ok(form::render(&plan.record(names)?, Extent::Complete { table, names })?)
}

/// A starter in CSV, with commas, for a call. Rows below the flows, which begin with `#`, explain its columns.
pub fn csv(call: u16) -> String {
    let headings: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let mut text = headings.join(",");
    text.push('\n');
    let call = call.to_string();
    for row in ROWS {
        let cell = |column: &str| match column {
            "call" => call.as_str(),
            _ => row.iter().find(|(key, _)| *key == column).map_or("", |(_, value)| *value),
        };
        let cells: Vec<&str> = headings.iter().map(|column| cell(column)).collect();
        text += &cells.join(",");
        text.push('\n');
    }
    text.push_str(
        "\"# A plan for ka171: a row for each flow below the headings, also below these lines; rows that begin with # are left alone\"\n\
         \"# The two flows are examples; columns that you do not need can be taken out; a column of your own begins with x_\"\n",
    );
    for (column, explanation) in COLUMNS {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "\"# {column}: {explanation}\"");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{FLOW_KEYS, Overrides, PlanText, load, sheet_columns};
    use crate::rates::{RateStore, read_table};

    #[test]
    fn every_column_is_explained_once() {
        let mut explained: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
        let mut known: Vec<&str> = sheet_columns().collect();
        explained.sort_unstable();
        known.sort_unstable();
        assert_eq!(explained, known);
    }

    #[test]
    fn every_key_of_a_flow_is_explained_in_toml() {
        for key in FLOW_KEYS {
            assert!(TOML.contains(&format!("\n# `{key}`: ")), "{key}");
        }
    }

    /// 2 x 5 months and 2 x 7 days to and from one country, for every call, in all forms alike.
    #[test]
    fn starters_compute_for_every_call() {
        let names = RateStore::Embedded.country_names().expect("names");
        for call in RateStore::Embedded.calls().expect("calls") {
            let table = RateStore::Embedded.table(call).expect("a table").expect("a table");
            let table = read_table(&table).expect("no faults");
            let files = [
                ("plan.toml", toml(call).into_bytes()),
                ("plan.csv", csv(call).into_bytes()),
                ("plan.xlsx", xlsx(&table, &names).expect("a workbook")),
            ];
            let totals = files.map(|(name, bytes)| {
                let text = PlanText::of_file(name.as_ref(), bytes, Default::default());
                let text = text.expect("a plan");
                let loaded = load(&text, &Overrides::default(), &RateStore::Embedded);
                let loaded = loaded.unwrap_or_else(|refusal| panic!("{name} {call}: {refusal:?}"));
                assert_eq!(loaded.table.call, call);
                let budget = crate::engine::budget(&loaded.plan);
                let said = crate::notices::notices(&loaded, &budget);
                let said: Vec<_> = said.iter().map(|notice| notice.message.clone()).collect();
                let participants = loaded.plan.flows.iter().map(|flow| flow.inputs.participants);
                assert_eq!(participants.sum::<u32>(), 4);
                (budget.totals.amounts.total().to_string(), said)
            });
            assert_eq!(totals[0], totals[1], "{call}");
            assert_eq!(totals[0], totals[2], "{call}");
        }
    }

    /// The examples of envelopes and scores are a plan once they are no comments.
    #[test]
    fn comments_with_keys_are_examples() {
        let text = toml(2025);
        let (flows, lists) = text.split_once("# Optional: what a region's").expect("examples");
        let is_example = |line: &&str| line.starts_with("[[") || line.contains(" = ");
        let lists: Vec<&str> = lists.lines().filter_map(|line| line.strip_prefix("# ")).collect();
        let lists: Vec<&str> = lists.into_iter().filter(is_example).collect();
        assert_eq!(lists.len(), 8);
        let text = format!("{flows}\n{}\n", lists.join("\n")).into_bytes();
        let text = PlanText::from_bytes("plan.toml", text, None).expect("a plan");
        let loaded = load(&text, &Overrides::default(), &RateStore::Embedded).expect("no errors");
        assert_eq!((loaded.plan.envelopes.len(), loaded.plan.scores.len()), (1, 1));
    }

    /// The same table gives the same bytes.
    #[test]
    fn workbooks_have_no_time() {
        let names = RateStore::Embedded.country_names().expect("names");
        let table = RateStore::Embedded.table(2025).expect("a table").expect("a table");
        let table = read_table(&table).expect("no faults");
        let one = xlsx(&table, &names).expect("a workbook");
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(one == xlsx(&table, &names).expect("a workbook"));
    }
}
