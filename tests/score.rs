//! Scores: totals, what passes, and what is missing, worked out by hand from section 10 of the
//! collected rules: 40, 40 and 20 points; at least 60 in all, at least half of each.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::fs;
use std::process::Command;

use ka171::engine::scores;
use ka171::notices::score_notices;
use ka171::plan::{Overrides, PlanText, Refusal, load};
use ka171::rates::RateStore;
use ka171::report::score::render_json;
use serde_json::Value;

const FLOWS: &str = "project = { country = \"HU\" }\n[[flow]]\ncountry = \"KG\"\n\
    direction = \"outgoing\"\nactivity = \"STA\"\ndays = 5\ntravel_days = 2\nparticipants = 2\n\
    band = \"4000-7999\"\n";

fn score(region: u8, [design, relevance, impact]: [&str; 3]) -> String {
    format!(
        "[[score]]\nregion = {region}\ndesign = {design}\nrelevance = {relevance}\nimpact = {impact}\n"
    )
}

fn result_from(store: &RateStore, plan: &str) -> Result<Value, Refusal> {
    let text = PlanText::from_bytes("plan", plan.into(), None)?;
    let loaded = load(&text, &Overrides::default(), store)?;
    let json = render_json(&loaded.plan, &scores(&loaded.plan), &score_notices(&loaded))?;
    Ok(serde_json::from_str(&json).expect("JSON"))
}

fn result(call: u16, scores: &str) -> Value {
    let result = result_from(&RateStore::Embedded, &format!("call = {call}\n{FLOWS}{scores}"));
    result.unwrap_or_else(|refusal| panic!("{}", support::words(&refusal)))
}

/// Total; points that would do; missing in the total, in design, relevance and impact. It passes
/// where no points are missing.
#[test]
fn what_regions_reach_and_lack() {
    let cases = [
        // As good as can be.
        (["40", "40", "20"], ["100", "0", "0", "0", "0", "0"]),
        // 60 and each half exactly, in three ways.
        (["30", "20", "10"], ["60", "0", "0", "0", "0", "0"]),
        (["20", "30", "10"], ["60", "0", "0", "0", "0", "0"]),
        (["20", "20", "20"], ["60", "0", "0", "0", "0", "0"]),
        // Half a point below 60.
        (["29.5", "20", "10"], ["59.5", "0.5", "0.5", "0", "0", "0"]),
        (["20", "20", "19.75"], ["59.75", "0.25", "0.25", "0", "0", "0"]),
        // Each half, and no more: ten points below 60.
        (["20", "20", "10"], ["50", "10", "10", "0", "0", "0"]),
        // Well above 60, half a point below one half.
        (["19.5", "40", "20"], ["79.5", "0.5", "0", "0.5", "0", "0"]),
        (["40", "19.5", "20"], ["79.5", "0.5", "0", "0", "0.5", "0"]),
        (["40", "40", "9.5"], ["89.5", "0.5", "0", "0", "0", "0.5"]),
        // Points that a criterion lacks count for the total: 15 would do, 5 of them in design.
        (["15", "20", "10"], ["45", "15", "15", "5", "0", "0"]),
        // 57.5 lacks 2.5; the halves lack 1 and 4.5, which is more.
        (["33", "19", "5.5"], ["57.5", "5.5", "2.5", "0", "1", "4.5"]),
        (["0", "0", "0"], ["0", "60", "60", "20", "20", "10"]),
    ];
    for (marks, [total, points, in_total, design, relevance, impact]) in cases {
        let result = result(2025, &score(6, marks));
        let region = &result["regions"][0];
        // Numbers of JSON: 60 and 60.0 are alike, digits are not.
        let number = |value: &Value| value.to_string().trim_end_matches(".0").to_owned();
        assert_eq!(number(&region["total"]), total, "{marks:?}");
        assert_eq!(region["passes"], points == "0", "{marks:?}");
        assert_eq!(number(&region["missing"]["points"]), points, "{marks:?}");
        assert_eq!(number(&region["missing"]["in_total"]), in_total, "{marks:?}");
        for (key, missing) in [("design", design), ("relevance", relevance), ("impact", impact)] {
            assert_eq!(number(&region["marks"][key]["missing"]), missing, "{marks:?}, {key}");
        }
    }
}

/// PPKE states the thresholds for call 2024; elsewhere they are inferred, and users are told.
#[test]
fn every_call_has_the_thresholds_with_their_mark() {
    for call in 2022..=2026 {
        let result = result(call, &score(6, ["24", "30", "15"]));
        let award = &result["award"];
        assert_eq!((&award["pass_points"], &award["max_points"]), (&60.into(), &100.into()));
        let criteria = award["criteria"].as_array().expect("a list").iter();
        let of = |c: &Value| {
            format!("{} {} {} {}", c["key"], c["per"], c["max_points"], c["pass_points"])
        };
        let expected = [
            "\"design\" \"project\" 40 20",
            "\"relevance\" \"region\" 40 20",
            "\"impact\" \"region\" 20 10",
        ];
        assert_eq!(criteria.map(of).collect::<Vec<_>>(), expected, "{call}");
        let (mark, code) = match call {
            2024 => ("single", "single-source-figures"),
            _ => ("inferred", "inferred-figures"),
        };
        assert_eq!(award["confidence"], mark, "{call}");
        let notices = result["notices"].as_array().expect("a list");
        let codes: Vec<&str> = notices.iter().filter_map(|n| n["code"].as_str()).collect();
        assert!(codes.contains(&code), "{call}: {codes:?}");
        assert_eq!(codes.contains(&"provisional-rates"), call == 2026);
    }
}

/// Regions come by number, whatever the order of the plan.
#[test]
fn several_regions() {
    let marks = [(9, ["24", "20", "9"]), (6, ["24", "31.5", "14"]), (1, ["24", "19.5", "16"])];
    let scores: String = marks.iter().map(|(region, marks)| score(*region, *marks)).collect();
    let result = result(2025, &scores);
    let regions = result["regions"].as_array().expect("a list").iter();
    let of = |r: &Value| format!("{} {} {}", r["region"], r["total"], r["passes"]);
    assert_eq!(regions.map(of).collect::<Vec<_>>(), ["1 59.5 false", "6 69.5 true", "9 53 false"]);
    // Two of them are planned for nothing.
    let notices = result["notices"].to_string();
    assert!(notices.contains("no flow goes to the region of a score: Region 1 and Region 9"));
}

/// 24 + 31.5 + 14; the region's money is what it is without a score.
#[test]
fn the_budget_shows_scores_beside_its_regions() {
    let plan = format!("call = 2025\n{FLOWS}");
    let plain = support::result(&plan).expect("a result");
    let scored = score(6, ["24", "31.5", "14"]) + &score(1, ["24", "20", "10"]);
    let scored = support::result(&(plan + &scored)).expect("a result");
    assert_eq!(plain["regions"][0].get("score"), None);
    assert_eq!(scored["regions"][0]["score"]["total"].to_string(), "69.5");
    assert_eq!(scored["regions"][0]["score"]["passes"], true);
    assert_eq!(scored["totals"], plain["totals"]);
    let regions = scored["regions"].as_array().map(Vec::len);
    assert_eq!(regions, Some(1), "a score plans nothing");
}

/// A made-up table: 25 points for impact, at least half of them, and 62 of 105 in all.
#[test]
fn thresholds_are_those_of_the_table() {
    let table = fs::read_to_string("rates/2025.toml").expect("a table");
    let edited = table.replace("max_points = 20", "max_points = 25");
    let edited = edited.replace("pass_points = 60", "pass_points = 62");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("2025.toml"), edited).expect("a table");
    let store = RateStore::Folder(folder.path().to_owned());
    // 12.25 is 0.25 below 12.5; 25 + 24.5 + 12.25 = 61.75 is 0.25 below 62.
    let plan = format!("call = 2025\n{FLOWS}{}", score(6, ["25", "24.5", "12.25"]));
    let result = result_from(&store, &plan).unwrap_or_else(|r| panic!("{}", support::words(&r)));
    let region = &result["regions"][0];
    assert_eq!(region["total"].to_string(), "61.75");
    assert_eq!(region["missing"]["in_total"].to_string(), "0.25");
    assert_eq!(region["marks"]["impact"]["missing"].to_string(), "0.25");
    assert_eq!(region["missing"]["points"].to_string(), "0.25");
    assert_eq!(region["passes"], false);
}

/// The table in `tests/bad/rates/valid` has relevance alone.
#[test]
fn a_criterion_that_the_call_does_not_have() {
    let store = RateStore::Folder("tests/bad/rates/valid".into());
    let plan = FLOWS.replace("4000-7999", "500+");
    let plan = format!("call = 2025\n{plan}{}", score(6, ["25", "24.5", "12"]));
    let Err(refusal) = result_from(&store, &plan) else { panic!("accepted") };
    let words = support::words(&refusal);
    assert_eq!(words.matches("key-does-not-apply").count(), 2, "{words}");
    assert!(words.contains("the call has no award criterion `design`"), "{words}");
    assert!(words.contains("its criteria are `relevance`"), "{words}");
}

/// A score that fails is a result, not a fault.
#[test]
fn a_score_below_the_thresholds_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.toml");
    let plan = format!("call = 2025\n{FLOWS}{}", score(6, ["0", "0", "0"]));
    fs::write(&path, plan).expect("a plan");
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
        command.arg("score").arg(&path).args(more).output().expect("the program runs")
    };
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stderr.is_empty(), "the thresholds are inferred");
    assert!(run(&["--quiet"]).stderr.is_empty());
}
