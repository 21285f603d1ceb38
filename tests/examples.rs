//! The shipped examples compute, an independent recomputation agrees with them, and they show what
//! the README says they show.

#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop

#[path = "../examples/library.rs"]
mod library;
mod oracle;
mod support;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

fn plan(example: &str) -> String {
    fs::read_to_string(format!("examples/{example}.toml")).expect("an example")
}

fn result(example: &str) -> Value {
    let result = support::result(&plan(example));
    result.unwrap_or_else(|errors| panic!("{example}: {errors}"))
}

/// The `inputs` of every flow.
fn inputs(result: &Value) -> Vec<&Value> {
    fn list<'v>(value: &'v Value, key: &str) -> std::slice::Iter<'v, Value> {
        value[key].as_array().expect("a list").iter()
    }
    let countries = list(result, "regions").flat_map(|region| list(region, "countries"));
    countries.flat_map(|country| list(country, "flows")).map(|flow| &flow["inputs"]).collect()
}

#[test]
fn examples_agree_with_the_recomputation() {
    for example in ["small", "six-regions", "consortium-hungary-2023", "scores"] {
        assert_eq!(oracle::recompute(&result(example)), Ok(()), "{example}");
    }
}

#[test]
fn the_small_plan_has_five_flows() {
    assert_eq!(inputs(&result("small")).len(), 5);
}

#[test]
fn six_regions_has_every_activity_both_ways_and_most_keys() {
    let result = result("six-regions");
    let inputs = inputs(&result);
    let values = |key: &str| -> BTreeSet<String> {
        inputs.iter().map(|flow| flow[key].to_string()).filter(|text| text != "null").collect()
    };
    assert_eq!(inputs.len(), 12);
    assert_eq!(values("region").len(), 6);
    assert_eq!(values("activity").len(), 4);
    assert_eq!(values("direction").len(), 2);
    assert_eq!(values("term").len(), 2);
    assert_eq!(values("travel").len(), 2);
    for flag in ["blended", "zero_grant", "from_enterprise"] {
        assert!(values(flag).contains("true"), "{flag}");
    }
    let given =
        ["months", "days", "start", "distance_km", "band", "travel_cost", "inclusion_support"];
    for key in given {
        assert!(!values(key).is_empty(), "{key}");
    }
}

/// The published total of Hungary's twelve envelopes of call 2023.
#[test]
fn the_national_envelopes_add_up_to_the_published_total() {
    let plan = plan("consortium-hungary-2023");
    let amounts = plan.lines().filter_map(|line| line.strip_prefix("amount = "));
    let amounts: Vec<u32> = amounts.map(|amount| amount.parse().expect("whole euros")).collect();
    assert_eq!(amounts.len(), 12);
    assert_eq!(amounts.iter().sum::<u32>(), 4_697_600);
}

#[test]
fn the_library_example_runs() {
    library::main().expect("the example runs");
}
