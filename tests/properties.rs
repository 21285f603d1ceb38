//! What holds for every plan, tried on random ones.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod oracle;
mod support;

use proptest::prelude::*;
use serde_json::Value;
use support::random::{Distance, Plan, plan};

fn result(plan: &Plan) -> Value {
    support::result(&plan.toml()).expect("a random plan has no errors")
}

/// The result's total in cents.
fn total(result: &Value) -> i128 {
    oracle::cents(&result["totals"]["amounts"]["total"]).expect("an amount")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every amount at every level equals the independent recomputation.
    #[test]
    fn amounts_equal_the_recomputation(plan in plan()) {
        let differences = oracle::recompute(&result(&plan)).err().unwrap_or_default();
        prop_assert!(differences.is_empty(), "{}\n{}", differences.join("\n"), plan.toml());
    }

    /// The result repeats what the plan says: an input that is misread would agree with itself.
    #[test]
    fn inputs_are_those_of_the_plan(plan in plan()) {
        let result = result(&plan);
        let all = result["regions"].as_array().expect("regions").iter()
            .flat_map(|region| region["countries"].as_array().expect("countries"))
            .flat_map(|country| country["flows"].as_array().expect("flows"));
        for computed in all {
            let inputs = &computed["inputs"];
            let id = inputs["id"].as_str().expect("an id");
            let number: usize = id["flow-".len()..].parse().expect("a default id");
            let flow = &plan.flows[number - 1];
            prop_assert_eq!(inputs["country"].as_str(), Some(flow.country));
            prop_assert_eq!(inputs["participants"].as_u64(), Some(flow.participants.into()));
            prop_assert_eq!(inputs["travel_days"].as_u64(), Some(flow.travel_days.into()));
            let cents = |cents: Option<u32>| cents.map(i128::from);
            prop_assert_eq!(oracle::cents(&inputs["travel_cost"]), cents(flow.travel_cost));
            let inclusion = oracle::cents(&inputs["inclusion_support"]);
            prop_assert_eq!(inclusion, cents(flow.inclusion_support));
            if let Distance::Km(km) = &flow.distance {
                let km: serde_json::Number = km.parse().expect("a number");
                prop_assert_eq!(inputs["distance_km"].as_f64(), km.as_f64());
            }
        }
    }

    #[test]
    fn the_order_of_flows_does_not_matter(plan in plan()) {
        let mut reversed = plan.clone();
        reversed.flows.reverse();
        let amounts = |plan: &Plan| {
            let result = result(plan);
            let regions = result["regions"].as_array().cloned().unwrap_or_default();
            let regions: Vec<_> = regions.iter().map(|region| region["amounts"].clone()).collect();
            (regions, result["totals"].clone())
        };
        prop_assert_eq!(amounts(&plan), amounts(&reversed));
    }

    #[test]
    fn more_participants_never_cost_less(plan in plan(), index in any::<prop::sample::Index>()) {
        let mut more = plan.clone();
        let at = index.index(more.flows.len());
        more.flows[at].participants += 1;
        prop_assert!(total(&result(&more)) >= total(&result(&plan)));
    }

    #[test]
    fn more_days_never_cost_less(plan in plan(), index in any::<prop::sample::Index>()) {
        let mut more = plan.clone();
        let at = index.index(more.flows.len());
        let flow = &mut more.flows[at];
        prop_assume!(flow.days < flow.kind.bounds().1);
        // One more day that is funded.
        flow.unfunded_days = flow.unfunded_days.min(flow.days - 1);
        flow.days += 1;
        prop_assert!(total(&result(&more)) >= total(&result(&plan)));
    }

    #[test]
    fn more_distance_never_costs_less(plan in plan(), index in any::<prop::sample::Index>()) {
        let mut less = plan.clone();
        let at = index.index(less.flows.len());
        less.flows[at].travel_cost = None;
        let Distance::Km(km) = less.flows[at].distance.clone() else { return Ok(()) };
        let mut more = less.clone();
        let whole: u32 = km.split('.').next().unwrap_or("0").parse().expect("kilometres");
        more.flows[at].distance = Distance::Km((whole + 1).min(20_040).to_string());
        prop_assert!(total(&result(&more)) >= total(&result(&less)));
    }

    /// Written as JSON from the result's own inputs, the plan gives the same regions and totals.
    #[test]
    fn the_inputs_of_a_result_are_a_plan(plan in plan()) {
        let first = result(&plan);
        let inputs: Vec<Value> = first["regions"].as_array().expect("regions").iter()
            .flat_map(|region| region["countries"].as_array().expect("countries"))
            .flat_map(|country| country["flows"].as_array().expect("flows"))
            .map(|flow| flow["inputs"].clone())
            .collect();
        let again = serde_json::json!({
            "call": first["call"], "project": first["project"], "flow": inputs,
        });
        let second = support::result(&again.to_string()).expect("the inputs are a plan");
        prop_assert_eq!(&first["regions"], &second["regions"]);
        prop_assert_eq!(&first["totals"], &second["totals"]);
    }

    #[test]
    fn amounts_have_two_decimals(plan in plan()) {
        let text = support::result_text(&plan.toml()).expect("no errors");
        let keys = ["individual_support", "top_up", "travel", "exceptional_costs",
            "organisational_support", "total", "per_participant", "amount"];
        let mut amounts = 0;
        for line in text.lines() {
            let Some((key, value)) = line.trim().split_once(": ") else { continue };
            if !keys.contains(&key.trim_matches('"')) || value.starts_with('"') {
                continue;
            }
            let cents = value.trim_end_matches(',').rsplit_once('.').map(|(_, cents)| cents);
            prop_assert_eq!(cents.map(str::len), Some(2), "{}", line);
            amounts += 1;
        }
        prop_assert!(amounts > 20);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(plan in plan()) {
        prop_assert_eq!(support::result_text(&plan.toml()), support::result_text(&plan.toml()));
    }
}
