//! CSV files that are larger than other plans may be.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::process::{Command, Output};

use serde_json::Value;
use support::large::csv;

fn budget(plan: &str, options: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(["budget", plan, "--call=2025", "--country=HU"]);
    command.args(options.split_whitespace()).output().expect("the program runs")
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn their_budget_is_by_region_or_country() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = csv(folder.path(), "");
    let output = budget(&plan, "--by region --format json");
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let amounts = &result["totals"]["amounts"];
    // 5 and 2 days at 190 EUR, 1,188 EUR of travel by train, 500 EUR, for two teachers in each row.
    let expected = [
        ("individual_support", 17_000.0 * 2.0 * 7.0 * 190.0),
        ("travel", 17_000.0 * 2.0 * 1_188.0),
        ("organisational_support", 17_000.0 * 2.0 * 500.0),
    ];
    for (item, amount) in expected {
        assert_eq!(amounts[item].as_f64(), Some(amount), "{item}");
    }
    assert_eq!(result["regions"][0]["participants"], 34_000);
    assert_eq!(result["notices"][0]["flows_omitted"], 16_900);

    let table = budget(&plan, "--by country --sources --quiet");
    assert_eq!(table.status.code(), Some(0));
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    // 17,000 rows of 2,660 and 2,376 and 1,000 EUR.
    assert!(table.contains("102,612,000.00"), "{table}");
    assert!(table.contains("inferred"), "{table}");
    // Standard error is no terminal here: no bar.
    assert!(!error(&output).contains('%'), "{}", error(&output));
}

#[test]
fn what_needs_all_flows_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = csv(folder.path(), "");
    for (options, help) in [
        ("--format json", "add --by region or --by country"),
        ("--by flow", "add --by region or --by country"),
        ("--format csv --by region", "a table or JSON"),
        ("--drop-region 6", "--set and --drop-region"),
        ("--set project.months=24", "--set and --drop-region"),
    ] {
        let output = budget(&plan, options);
        assert_eq!(output.status.code(), Some(2), "{options}");
        let error = error(&output);
        assert!(error.contains("larger than 16 MiB") && error.contains(help), "{error}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_fault_in_the_last_row_leaves_no_budget() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = csv(folder.path(), "Osh,KG,outgoing,STA,2,61,green,2,4222\nOsh,KG,up,STA,,5,,,1\n");
    let target = folder.path().join("budget.json");
    let output = budget(&plan, &format!("--by region -o {}", target.display()));
    assert_eq!(output.status.code(), Some(1));
    let error = error(&output);
    for place in ["row 17002, column F (days)", "row 17003, column C (direction)", "row 17003"] {
        assert!(error.contains(place), "{error}");
    }
    assert!(output.stdout.is_empty() && !target.exists());
}
