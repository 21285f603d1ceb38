//! What-if: `--set` is what an edit of the file would be, `--drop-region` what a file without that
//! region would be, and the result says so.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use ka171::diag::{Diagnostic, Place};
use ka171::model::{Region, Setting, WhatIf};
use ka171::plan::{Loaded, Overrides, PlanText, Refusal, load};
use ka171::rates::RateStore;
use ka171::report::By;
use proptest::prelude::*;
use serde_json::Value;

const PLAN: &str = r#"call = 2025

[project]
applicant = "University of Szeged"
country = "HU"

[[flow]]
id = "osh-students-in"
country = "KG"
direction = "incoming"
activity = "SMS"
months = 5
participants = 4
fewer_opportunities = 1
travel_days = 2
distance_km = 4222

[[flow]]
country = "AL"
direction = "incoming"
activity = "STT"
days = 5
participants = 3
travel = "green"
travel_days = 4
distance_km = 548

[[envelope]]
region = 6
amount = 40000
"#;

fn loaded(plan: &str, set: &[&str], drop_regions: &[u32]) -> Result<Loaded, Refusal> {
    let text = PlanText::from_bytes("plan", plan.into(), None)?;
    let set = set.iter().map(|text| Setting::from_text(text).expect("a setting")).collect();
    let drop_regions = drop_regions.iter().filter_map(|number| Region::new(*number)).collect();
    let what_if = WhatIf { set, drop_regions };
    let overrides = Overrides { what_if, ..Overrides::default() };
    load(&text, &overrides, &RateStore::Embedded)
}

fn result(plan: &str, set: &[&str], drop_regions: &[u32]) -> Value {
    let loaded = loaded(plan, set, drop_regions);
    support::result_of(&loaded.unwrap_or_else(|refusal| panic!("{}", support::words(&refusal))))
}

fn errors(set: &[&str], drop_regions: &[u32]) -> Vec<Diagnostic> {
    match loaded(PLAN, set, drop_regions) {
        Err(Refusal::Faults(errors)) => errors.list,
        other => panic!("no errors: {other:?}"),
    }
}

/// What of a result depends on what a plan says, not on where it says it.
fn computed(mut result: Value) -> Value {
    let keys = result.as_object_mut().expect("an object");
    for key in ["plan", "what_if", "origins"] {
        keys.remove(key);
    }
    for notice in keys["notices"].as_array_mut().expect("a list") {
        notice.as_object_mut().expect("a notice").remove("location");
    }
    result
}

/// 6 x (800 x 152 / 30 = 4053.33) = 24319.98, top-up 250 x 5 = 1250.00, travel 6 x 1188 = 7128.00,
/// organisational support 6 x 500 = 3000.00: 35697.98. The other flow stays: 3 x (5 + 4) x 148 =
/// 3996.00, travel 3 x 417 = 1251.00, 3 x 500 = 1500.00: 6747.00.
#[test]
fn another_number_of_participants() {
    let result = result(PLAN, &["flow.osh-students-in.participants=6"], &[]);
    assert_eq!(result["regions"][1]["amounts"]["total"].to_string(), "35697.98");
    assert_eq!(result["totals"]["amounts"]["total"].to_string(), "42444.98");
    assert_eq!(result["what_if"]["set"][0], "flow.osh-students-in.participants=6");
    assert_eq!(result["what_if"]["drop_regions"], serde_json::json!([]));
}

/// The other flow alone, 6747.00.
#[test]
fn a_region_left_out() {
    let result = result(PLAN, &[], &[6, 6]);
    assert_eq!(result["totals"]["amounts"]["total"].to_string(), "6747.0");
    assert_eq!(result["regions"].as_array().map(Vec::len), Some(1));
    assert_eq!(result["what_if"]["drop_regions"], serde_json::json!([6]));
    // Its envelope went with it: nothing is said about an award for a region without flows.
    let notices = result["notices"].to_string();
    assert!(!notices.contains("unused-envelope"), "{notices}");
    // The flow keeps the name that its position in the file gives it.
    assert_eq!(result["regions"][0]["countries"][0]["flows"][0]["id"], "flow-2");
}

/// What to find, once, and what to put instead.
type Edit = (&'static str, &'static str);

/// Every setting beside the edit that it stands for.
#[test]
fn a_setting_is_an_edit_of_the_file() {
    let cases: [(&[&str], &[Edit]); 12] = [
        (&["call=2023"], &[("call = 2025", "call = 2023")]),
        (&["project.months=36"], &[("country = \"HU\"", "country = \"HU\"\nmonths = 36")]),
        (&["project.applicant=Pécs"], &[("University of Szeged", "Pécs")]),
        (&["project.applicant="], &[("applicant = \"University of Szeged\"", "")]),
        (
            &["flow.flow-2.travel=standard", "flow.flow-2.travel_days=2"],
            &[("\"green\"", "\"standard\""), ("travel_days = 4", "travel_days = 2")],
        ),
        (
            &["flow.osh-students-in.months=", "flow.osh-students-in.days=99"],
            &[("months = 5", "days = 99")],
        ),
        (
            &["flow.osh-students-in.distance_km=", "flow.osh-students-in.band=8000+"],
            &[("distance_km = 4222", "band = \"8000+\"")],
        ),
        (
            &[
                "flow.osh-students-in.months=",
                "flow.osh-students-in.start=2026-02-02",
                "flow.osh-students-in.end=\"2026-06-30\"",
            ],
            &[("months = 5", "start = 2026-02-02\nend = 2026-06-30")],
        ),
        (
            &["flow.osh-students-in.zero_grant = true"],
            &[("distance_km = 4222", "distance_km = 4222\nzero_grant = true")],
        ),
        (&["envelope.6.amount=30000.50"], &[("amount = 40000", "amount = 30000.50")]),
        (
            &["envelope.1.amount=5000"],
            &[("amount = 40000", "amount = 40000\n[[envelope]]\nregion = 1\namount = 5000")],
        ),
        // Ids are those of the file, in whatever order keys are set.
        (
            &["flow.osh-students-in.id=osh", "flow.osh-students-in.participants=5"],
            &[("osh-students-in", "osh"), ("participants = 4", "participants = 5")],
        ),
    ];
    for (set, edits) in cases {
        let mut edited = PLAN.to_owned();
        for (from, to) in edits {
            assert_eq!(edited.matches(from).count(), 1, "{from}");
            edited = edited.replace(from, to);
        }
        let as_set = computed(result(PLAN, set, &[]));
        assert_eq!(as_set, computed(result(&edited, &[], &[])), "{set:?}");
        assert_ne!(as_set, computed(result(PLAN, &[], &[])), "{set:?} changes nothing");
    }
}

#[test]
fn a_plan_in_json_and_one_without_a_project() {
    let json = r#"{"call": 2025, "flow": [{"country": "KG", "direction": "outgoing",
        "activity": "STA", "days": 5, "participants": 2, "band": "4000-7999"}]}"#;
    // 2 x 5 x 190 = 1900.00, travel 2 x 1188 = 2376.00, 2 x 500: 5276.00
    let result = result(json, &["project.country=HU"], &[]);
    assert_eq!(result["totals"]["amounts"]["total"].to_string(), "5276.0");
}

#[test]
fn the_file_stays_what_it_is() {
    let plain = result(PLAN, &[], &[]);
    let set = result(PLAN, &["flow.flow-2.participants=9"], &[6]);
    assert_eq!(plain.get("what_if"), None);
    assert_eq!(set["plan"], plain["plan"]);
    assert_eq!(set["origins"]["flow-2"], plain["origins"]["flow-2"]);
}

/// A finding about what was set points into the argument, one about the file into the file; a line
/// of `--set` is one argument.
#[test]
fn findings_point_into_the_arguments() {
    let found = errors(&["flow.flow-2.days=6", "flow.osh-students-in.fewer_opportunities=5"], &[]);
    let at = |place: &Place| (place.file.path().to_owned(), place.line_column());
    assert_eq!(found.len(), 1);
    let place = found[0].place.as_ref().map(at);
    assert_eq!(place, Some(("--set".to_owned(), (2, 42))));
    let related = found[0].related.as_ref().map(|(place, _)| at(place));
    assert_eq!(related, Some(("plan".to_owned(), (13, 16))));
}

/// The key stands behind the last point.
#[test]
fn an_id_may_have_points() {
    let plan = PLAN.replace("osh-students-in", "osh.students.in");
    let result = result(&plan, &["flow.osh.students.in.participants=6"], &[1]);
    assert_eq!(result["totals"]["amounts"]["total"].to_string(), "35697.98");
}

#[test]
fn the_heading_says_it_within_the_width() {
    let set = ["flow.osh-students-in.participants=6", "flow.flow-2.note=\u{1b}[31mred"];
    let loaded = loaded(PLAN, &set, &[1]).expect("no errors");
    let budget = ka171::engine::budget(&loaded.plan);
    let table = ka171::report::table::render(&budget, By::Region, Some(60));
    let heading: Vec<&str> = table.lines().take_while(|line| !line.is_empty()).collect();
    assert!(heading.iter().all(|line| line.chars().count() <= 60), "{heading:?}");
    let expected = "What-if: flow.osh-students-in.participants = 6; \
        flow.flow-2.note = \u{fffd}[31mred; without Region 1";
    assert_eq!(heading[2..].join(" "), expected);
}

#[test]
fn a_faulty_flow_is_not_left_out() {
    let found = errors(&["flow.osh-students-in.participants=0"], &[6]);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["out-of-bounds"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is set, there is a result or a finding in a text that there is.
    #[test]
    fn nothing_that_is_set_breaks_the_program(
        path in prop_oneof![
            "\\PC{0,12}",
            "(call|project|flow|envelope|score)(\\.(flow-2|osh-students-in|6|é))?(\\.[a-z_]{0,9})?",
            "flow\\.flow-2\\.(days|participants|country|travel|id|distance_km|start|zero_grant)",
        ],
        value in prop_oneof!["\\PC{0,12}", "[0-9.\"'\\[{=# \n-]{0,6}", Just("true".to_owned())],
        drop in 0_u32..15,
    ) {
        let setting = format!("{path}={value}");
        let outcome = loaded(PLAN, &["call=2025", &setting], &[drop]);
        if let Err(Refusal::Faults(errors)) = outcome {
            prop_assert!(!errors.list.is_empty());
            for finding in &errors.list {
                let related = finding.related.iter().map(|(place, _)| place);
                for place in finding.place.iter().chain(related) {
                    prop_assert!(place.file.text().get(place.span.clone()).is_some(), "{setting:?}");
                }
                prop_assert!(ka171::diag::render(finding).contains(finding.code.as_str()));
            }
        }
    }
}
