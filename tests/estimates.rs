//! Plans without distances: estimated, marked, warned about, saved, compared, filled in.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use ka171::diag::{Code, Diagnostic, Severity};
use ka171::engine::budget;
use ka171::notices::{notices, refuse_uncertain};
use ka171::plan::{Overrides, PlanText, load, written};
use ka171::rates::RateStore;
use proptest::prelude::*;
use serde_json::Value;
use support::random::plan;
use tempfile::TempDir;

/// Belgrade to Tbilisi: 1996.1 km, 3.9 km below an edge; two teachers.
const NEAR_EDGE: &str = r#"call = 2025
[project]
country = "RS"
city = "Belgrade"
[[flow]]
country = "GE"
city = "Tbilisi"
direction = "outgoing"
activity = "STA"
days = 5
travel_days = 2
participants = 2
"#;

fn of(plan: &str) -> Vec<Diagnostic> {
    let loaded = support::loaded(plan.as_bytes())
        .unwrap_or_else(|refusal| panic!("{}", support::words(&refusal)));
    notices(&loaded, &budget(&loaded.plan))
}

fn warning(plan: &str) -> Option<Diagnostic> {
    of(plan).into_iter().find(|notice| notice.code == Code::EstimateNearEdge)
}

fn flow(result: &Value) -> &Value {
    &result["regions"][0]["countries"][0]["flows"][0]
}

fn ka171(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(arguments).args(["--color", "never"]).current_dir(folder);
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// 2 x 309 in the band 500-1999, 2 x 395 in the next one: 172 more.
#[test]
fn the_warning_says_what_is_at_stake() {
    let warning = warning(NEAR_EDGE).expect("a warning");
    assert_eq!(warning.severity, Severity::Warning);
    assert_eq!(warning.flows, ["flow-1"]);
    assert_eq!(warning.place.as_ref().map(|place| place.line_column()), Some((5, 1)));
    let help = warning.help.as_deref().unwrap_or_default();
    for words in [
        "1,996.0 km lies 3.9 km from the edge of a distance band at 2,000 km",
        "`500-1999` pays 309.00 EUR",
        "`2000-2999` pays 395.00 EUR",
        ": 172.00 EUR more for the flow (flow flow-1)",
    ] {
        assert!(warning.message.contains(words), "{words}: {}", warning.message);
    }
    assert!(help.contains("https://erasmus-plus.ec.europa.eu/"), "{help}");
    assert!(help.contains("`distance_km`"), "{help}");
}

/// Green: 417 and 535, 236 more for two. At a real cost of 500 each, 309 is less than 350 and 80 % =
/// 400 are paid instead; 395 is not less than 350, so the other side pays 5 less each.
#[test]
fn what_is_at_stake_follows_the_rules_of_the_flow() {
    let green = warning(&format!("{NEAR_EDGE}travel = \"green\"\n")).expect("a warning");
    assert!(green.message.contains(": 236.00 EUR more"), "{}", green.message);
    assert!(green.message.contains("`500-1999` pays 417.00 EUR"), "{}", green.message);
    let costly = warning(&format!("{NEAR_EDGE}travel_cost = 500\n")).expect("a warning");
    assert!(costly.message.contains(": 10.00 EUR less"), "{}", costly.message);
}

/// Just above an edge the other band is the one below; below the lowest edge nothing is paid. The
/// points lie on the equator, where a degree is 111.19 km: 0.09 is 10.007 km, 0.0899 is 9.996 km.
#[test]
fn both_sides_of_an_edge() {
    let at = |longitude: &str| {
        NEAR_EDGE.replace("\"Belgrade\"", "\"0, 0\"").replace("Tbilisi", &format!("0, {longitude}"))
    };
    let above = warning(&at("0.09")).expect("a warning");
    assert!(above.message.contains("`10-99` pays 28.00 EUR"), "{}", above.message);
    assert!(
        above.message.contains("below it nothing is paid: 56.00 EUR less"),
        "{}",
        above.message
    );
    let below = warning(&at("0.0899")).expect("a warning");
    assert!(below.message.contains("`10-99` pays 28.00 EUR: 56.00 EUR more"), "{}", below.message);
    // 4.4967 degrees are 500.01 km: 500 is the edge, and 309 - 211 = 98 less each below it.
    let above = warning(&at("4.4967")).expect("a warning");
    assert!(
        above.message.contains("`100-499` pays 211.00 EUR: 196.00 EUR less"),
        "{}",
        above.message
    );
    // 300 km: 10 + 1.05 km from the edges is far.
    assert!(warning(&at("2.698")).is_none());
}

/// A thousand flows near an edge have no thousand warnings; all of them are named.
#[test]
fn many_warnings_are_counted() {
    let (head, flow) = NEAR_EDGE.split_once("[[flow]]").expect("a flow");
    let plan = format!("{head}{}", format!("[[flow]]{flow}").repeat(1_000));
    let warnings: Vec<Diagnostic> =
        of(&plan).into_iter().filter(|notice| notice.code == Code::EstimateNearEdge).collect();
    assert_eq!(warnings.len(), 51);
    assert!(warnings[50].message.starts_with("950 more flows"), "{}", warnings[50].message);
    let named: usize = warnings.iter().map(|warning| warning.flows.len()).sum();
    assert_eq!(named, 1_000);
}

#[test]
fn a_stated_distance_or_band_is_not_estimated() {
    for stated in ["distance_km = 1999\n", "band = \"2000-2999\"\n", "zero_grant = true\n"] {
        let plan = format!("{NEAR_EDGE}{stated}");
        let estimated = of(&plan).into_iter().any(|notice| notice.code == Code::EstimatedDistances);
        assert!(!estimated, "{stated}");
        let result = support::result(&plan).expect("a result");
        assert!(result.get("places").is_none(), "{stated}");
    }
    // A zero-grant flow needs no city that is known.
    let nowhere = NEAR_EDGE.replace("Tbilisi", "Nowhere");
    assert!(support::result(&format!("{nowhere}zero_grant = true\n")).is_ok());
    assert!(support::result(&nowhere).is_err());
}

#[test]
fn the_result_says_what_was_estimated_from_what() {
    let result = support::result(NEAR_EDGE).expect("a result");
    let distance = &flow(&result)["distance"];
    assert_eq!(distance["basis"], "estimated");
    assert_eq!(distance["band"], "500-1999");
    assert_eq!(distance["home"]["name"], "Belgrade");
    assert_eq!(distance["partner"]["country"], "GE");
    assert_eq!(distance["partner"]["origin"], "geonames");
    let places = &result["places"];
    assert_eq!(places["sha256"].as_str().map(str::len), Some(64));
    assert!(places["notice"].as_str().expect("a notice").contains("GeoNames"));
    assert!(places.get("own").is_none());
    // The inputs are those of the plan: the estimate is none of them.
    assert!(flow(&result)["inputs"].get("distance_km").is_none());
    assert_eq!(flow(&result)["inputs"]["home_city"], "Belgrade");
}

#[test]
fn the_mode_that_is_strict_refuses() {
    let refused = refuse_uncertain(of(NEAR_EDGE)).expect_err("a refusal");
    assert_eq!(refused.list.len(), 1);
    assert_eq!(refused.list[0].severity, Severity::Error);
    let certain = NEAR_EDGE.replace("Tbilisi", "Batumi");
    assert!(refuse_uncertain(of(&certain)).is_ok());
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    for command in ["budget", "check", "explain"] {
        let output = ka171(folder.path(), &[command, "plan.toml", "--strict-distance"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(output.stdout.is_empty(), "{command}");
        let errors = text(&output.stderr);
        assert!(errors.starts_with("error[estimate-near-edge]: --strict-distance"), "{errors}");
        let lenient = ka171(folder.path(), &[command, "plan.toml"]);
        assert_eq!(lenient.status.code(), Some(0), "{command}");
    }
    let pair = ["distance", "Belgrade, RS", "Tbilisi, GE", "--strict-distance"];
    assert_eq!(ka171(folder.path(), &pair).status.code(), Some(1));
    let diff = ["diff", "plan.toml", "plan.toml", "--strict-distance"];
    assert_eq!(ka171(folder.path(), &diff).status.code(), Some(1));
}

/// Every report for people says that there are estimates, and whose the places are.
#[test]
fn every_report_marks_estimates() {
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    let saved = ka171(folder.path(), &["budget", "plan.toml", "--format", "json"]);
    fs::write(folder.path().join("result.json"), &saved.stdout).expect("a file");
    let notice =
        "City data (c) GeoNames, https://www.geonames.org/, CC BY 4.0, filtered and names folded";
    let commands: [&[&str]; 14] = [
        &["budget", "plan.toml"],
        &["budget", "plan.toml", "--by", "flow"],
        &["budget", "plan.toml", "--by", "activity"],
        &["budget", "plan.toml", "--format", "json"],
        &["explain", "plan.toml"],
        &["explain", "plan.toml", "--format", "markdown"],
        &["explain", "plan.toml", "--format", "json"],
        &["diff", "plan.toml", "result.json"],
        &["diff", "plan.toml", "--call", "2024", "--call", "2025"],
        &["rates", "diff", "2024", "2025", "--impact", "plan.toml"],
        &["verify", "result.json"],
        &["diff", "plan.toml", "result.json", "--format", "json"],
        &["rates", "diff", "2024", "2025", "--impact", "plan.toml", "--format", "json"],
        &["verify", "result.json", "--format", "json"],
    ];
    for command in commands {
        let output = ka171(folder.path(), command);
        let report = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", text(&output.stderr));
        assert!(report.contains(notice), "{command:?}: {report}");
        assert!(report.contains("estimate"), "{command:?}: {report}");
    }
    let rows = ["region", "country", "flow", "activity"];
    for rows in rows {
        let output = ka171(folder.path(), &["budget", "plan.toml", "--by", rows]);
        let marked = text(&output.stdout).lines().filter(|line| line.contains(" ~618.00 ")).count();
        assert_eq!(marked, 2, "{rows}: the row and the total");
    }
    // Nothing is said where nothing was estimated.
    let stated = folder.path().join("stated.toml");
    fs::write(stated, format!("{NEAR_EDGE}distance_km = 1999\n")).expect("a file");
    let output = ka171(folder.path(), &["budget", "stated.toml"]);
    assert!(!text(&output.stdout).contains("GeoNames"));
}

#[test]
fn an_explanation_names_both_points_and_their_keys() {
    let plan_text = PlanText::from_bytes("plan.toml", NEAR_EDGE.into(), None).expect("a text");
    let overrides = Overrides::default();
    assert_eq!(
        written(std::slice::from_ref(&plan_text), &overrides).cities[&0].value,
        "\"Belgrade\""
    );
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    let said = text(&ka171(folder.path(), &["explain", "plan.toml", "--quiet"]).stdout);
    for words in [
        "2 staff members, standard travel, an estimated 1,996.0 km one way (band 500-1999): 309.00 each, x 2 = 618.00 EUR",
        "the distance is estimated from Belgrade, RS (44.80401, 20.46513) to Tbilisi, GE (41.69143, 44.83412), great circle on a sphere of radius 6,371 km",
        "city = \"Tbilisi\" (line 7), country = \"GE\" (line 6), project.city = \"Belgrade\" (line 4), project.country = \"RS\" (line 3)",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_what_if_moves_a_city() {
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    let set = ["budget", "plan.toml", "--format", "json", "--set", "flow.flow-1.city=Baku"];
    let output = ka171(folder.path(), &set);
    // Baku is in Azerbaijan: the fault stands in the argument.
    assert!(text(&output.stderr).contains("`Baku` is no known place of Georgia"));
    let set = ["budget", "plan.toml", "--format", "json", "--set", "project.city=Novi Sad"];
    let output = ka171(folder.path(), &set);
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(flow(&result)["distance"]["home"]["name"], "Novi Sad");
    assert_eq!(flow(&result)["distance"]["band"], "2000-2999");
}

/// From Tbilisi (309) to a point 2,130 km away (395), both estimated: 172 of distance and nothing else.
/// The same where the new distance is stated, and where the places file gave the old one.
#[test]
fn another_city_is_another_distance() {
    let farther = NEAR_EDGE.replace("\"Tbilisi\"", "\"41.7, 46.6\"");
    let stated = format!("{NEAR_EDGE}distance_km = 2001\n");
    let of_own = NEAR_EDGE.replace("Tbilisi", "Our campus");
    let own =
        "[[place]]\nname = \"Our campus\"\ncountry = \"GE\"\nlatitude = 41.7\nlongitude = 44.8\n";
    let folder = folder(&[
        ("old.toml", NEAR_EDGE),
        ("farther.toml", &farther),
        ("stated.toml", &stated),
        ("own.toml", &of_own),
        ("places.toml", own),
    ]);
    for (old, new) in [("old", "farther"), ("old", "stated"), ("own", "farther")] {
        let (old, new) = (format!("{old}.toml"), format!("{new}.toml"));
        let arguments = ["diff", &old, &new, "--format", "json", "--places", "places.toml"];
        let output = ka171(folder.path(), &arguments);
        let result: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{old} {new}: {}", text(&output.stderr)));
        let causes = result["causes"].as_array().expect("causes");
        assert_eq!(causes.len(), 1, "{old} {new}: {causes:?}");
        assert_eq!(causes[0]["cause"], "distance");
        assert_eq!(causes[0]["amount"].to_string(), "172.0");
    }
}

#[test]
fn saved_estimates_are_computed_again() {
    let of_own = NEAR_EDGE.replace("Tbilisi", "Our campus");
    let own =
        "[[place]]\nname = \"Our campus\"\ncountry = \"GE\"\nlatitude = 41.7\nlongitude = 44.8\n";
    let folder = folder(&[
        ("plan.toml", &of_own),
        ("places.toml", own),
        ("moved.toml", &own.replace("44.8", "44.9")),
    ]);
    let arguments = ["budget", "plan.toml", "--format", "json", "--places", "places.toml"];
    let saved = text(&ka171(folder.path(), &arguments).stdout);
    let result: Value = serde_json::from_str(&saved).expect("JSON");
    assert_eq!(flow(&result)["distance"]["partner"]["origin"], "own");
    assert_eq!(result["places"]["own"]["name"], "places.toml");
    let verify = |result: &str, places: &[&str]| {
        fs::write(folder.path().join("result.json"), result).expect("a file");
        let output =
            ka171(folder.path(), &[&["verify", "result.json", "plan.toml"][..], places].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, report) = verify(&saved, &["--places", "places.toml"]);
    assert_eq!(code, Some(0), "{report}");
    fs::copy(folder.path().join("places.toml"), folder.path().join("renamed.toml"))
        .expect("a copy");
    assert_eq!(verify(&saved, &["--places", "renamed.toml"]).0, Some(0));
    for places in [&[][..], &["--places", "moved.toml"]] {
        let (code, report) = verify(&saved, places);
        assert_eq!(code, Some(1), "{report}");
        assert!(report.contains("error[places-file-needed]"), "{report}");
    }
    let km = flow(&result)["distance"]["km"].to_string();
    let changed = saved.replacen(&km, "1995.5", 1);
    let (code, report) = verify(&changed, &["--places", "places.toml"]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains("distance.km"), "{report}");
    // Another table of places is named as the reason.
    let sha256 = result["places"]["sha256"].as_str().expect("a hash");
    let changed = saved.replacen(sha256, &"0".repeat(64), 1);
    let (code, report) = verify(&changed, &["--places", "places.toml"]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains("the places at hand are not those"), "{report}");
}

/// Kilometres between two points by the vectors to them, worked out apart from the program.
#[allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "angles need floating point")]
fn kilometres(distance: &Value) -> f64 {
    let vector = |end: &Value| {
        let angle = |key: &str| end[key].as_f64().expect("degrees").to_radians();
        let (latitude, longitude) = (angle("latitude"), angle("longitude"));
        let across = latitude.cos();
        [across * longitude.cos(), across * longitude.sin(), latitude.sin()]
    };
    let ([a, b, c], [x, y, z]) = (vector(&distance["home"]), vector(&distance["partner"]));
    let cross = [b * z - c * y, c * x - a * z, a * y - b * x];
    let length = cross.iter().map(|part| part * part).sum::<f64>().sqrt();
    6371.0 * length.atan2(a * x + b * y + c * z)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The oracle takes the kilometres from the result; here they are recomputed.
    #[test]
    fn estimated_kilometres_are_those_between_the_points(plan in plan()) {
        let result = support::result(&plan.toml()).expect("a result");
        let mut estimated = 0;
        for region in result["regions"].as_array().expect("regions") {
            for country in region["countries"].as_array().expect("countries") {
                for flow in country["flows"].as_array().expect("flows") {
                    let distance = &flow["distance"];
                    if distance["basis"] != "estimated" {
                        continue;
                    }
                    estimated += 1;
                    #[allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "as above")]
                    let cut = kilometres(distance) - distance["km"].as_f64().expect("km");
                    prop_assert!((-0.000_001..0.001_001).contains(&cut), "{distance}: {cut}");
                }
            }
        }
        prop_assert_eq!(result.get("places").is_some(), estimated > 0);
    }
}

/// Comments are added and nothing else is touched, whatever the line ends.
#[test]
fn filling_in_leaves_everything_else_as_it_is() {
    let flow = "[[flow]] # a comment\ncountry = \"GE\"\n  city   =  \"Tbilisi\"   # as written\ndirection = \"outgoing\"\nactivity = \"STA\"\ndays = 5\nparticipants = 2";
    let stated = format!("{flow}\nband = \"2000-2999\"");
    let zero = format!("{flow}\nzero_grant = true");
    let note = flow.replace("days = 5", "days = 5\nnote = \"\"\"\n[[flow]]\nband = \"x\"\n\"\"\"");
    let head = "call = 2025\n# Bölcsész\n[project]\ncountry = \"RS\"\ncity = \"Belgrade\"\n\n";
    let plan = [head, flow, "\n\n", &stated, "\n", &zero, "\n", &note, "\n\n# behind\n\n", flow];
    let plan = plan.concat();
    for plan in [plan.clone(), plan.clone() + "\n", plan.replace('\n', "\r\n")] {
        let folder = folder(&[("plan.toml", &plan)]);
        let output =
            ka171(folder.path(), &["distance", "--fill", "plan.toml", "-o", "filled.toml"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
        let filled = fs::read_to_string(folder.path().join("filled.toml")).expect("a plan");
        let end = if plan.contains('\r') { "\r\n" } else { "\n" };
        let is_comment =
            |line: &&str| line.starts_with("# band = \"500-1999\"  # estimated 1996.0 km");
        let lines: Vec<&str> = filled.split_inclusive('\n').collect();
        assert_eq!(lines.iter().filter(|line| is_comment(line)).count(), 3, "{filled}");
        let comment = lines.iter().find(|line| is_comment(line)).expect("a comment");
        assert!(comment.ends_with(end));
        for words in [
            "3.9 km from the edge at 2000 km",
            "it may as well be \"2000-2999\"",
            "check with the official Distance Calculator",
        ] {
            assert!(comment.contains(words), "{comment}");
        }
        let rest: String = lines.iter().filter(|line| !is_comment(line)).copied().collect();
        let expected = if plan.ends_with('\n') { plan.clone() } else { format!("{plan}{end}") };
        assert_eq!(rest, expected);
        // With the comments the plan means the same; without the sign it states the band.
        let totals = |text: &str| {
            let text = PlanText::from_bytes("plan.toml", text.into(), None).expect("a text");
            let loaded = load(&text, &Overrides::default(), &RateStore::Embedded);
            let loaded = loaded.unwrap_or_else(|refusal| panic!("{}", support::words(&refusal)));
            budget(&loaded.plan).totals.amounts.total()
        };
        assert_eq!(totals(&plan), totals(&filled));
        assert_eq!(totals(&plan), totals(&filled.replace("# band", "band")));
    }
}

#[test]
fn a_plan_without_room_for_comments_is_refused() {
    let inline = "call = 2025\nproject = { country = \"RS\", city = \"Belgrade\" }\nflow = [{ country = \"GE\", city = \"Tbilisi\", direction = \"outgoing\", activity = \"STA\", days = 5, participants = 2 }]\n";
    let json = "{\"call\": 2025, \"project\": {\"country\": \"RS\", \"city\": \"Belgrade\"}, \"flow\": [{\"country\": \"GE\", \"city\": \"Tbilisi\", \"direction\": \"outgoing\", \"activity\": \"STA\", \"days\": 5, \"participants\": 2}]}";
    let faulty = NEAR_EDGE.replace("Tbilisi", "Atlantis").replace("days = 5", "days = 3");
    let folder = folder(&[("inline.toml", inline), ("plan.json", json), ("faulty.toml", &faulty)]);
    for (plan, words) in [
        ("inline.toml", "inline.toml:3:9"),
        ("plan.json", "JSON has no room for comments"),
        ("faulty.toml", "2 errors found"),
    ] {
        let output = ka171(folder.path(), &["distance", "--fill", plan, "-o", "filled.toml"]);
        assert_eq!(output.status.code(), Some(1), "{plan}");
        assert!(text(&output.stderr).contains(words), "{plan}: {}", text(&output.stderr));
        assert!(!folder.path().join("filled.toml").exists(), "{plan}");
    }
}

/// A failed write leaves what was there, and nothing beside it.
#[test]
fn files_are_written_as_a_whole_or_not_at_all() {
    let folder = folder(&[("plan.toml", NEAR_EDGE), ("there.toml", "mine")]);
    fs::create_dir(folder.path().join("folder")).expect("a folder");
    let names = || {
        let entries = fs::read_dir(folder.path()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let before = names();
    let fill = |target: &str, more: &[&str]| {
        let arguments = ["distance", "--fill", "plan.toml", "-o", target];
        ka171(folder.path(), &[&arguments[..], more].concat())
    };
    for (target, more, words) in [
        ("there.toml", &[][..], "--force overwrites it"),
        ("folder", &["--force"], "it is a folder"),
        ("folder", &[], "it is a folder"),
        ("missing/filled.toml", &["--force"], "there is no such folder"),
    ] {
        let output = fill(target, more);
        assert_eq!(output.status.code(), Some(4), "{target}");
        assert!(text(&output.stderr).contains(words), "{target}: {}", text(&output.stderr));
        assert_eq!(names(), before, "{target}");
        assert_eq!(fs::read_to_string(folder.path().join("there.toml")).expect("text"), "mine");
    }
    assert_eq!(fill("there.toml", &["--force"]).status.code(), Some(0));
    assert_ne!(fs::read_to_string(folder.path().join("there.toml")).expect("text"), "mine");
    assert_eq!(fill("new.toml", &[]).status.code(), Some(0));
    assert_eq!(names().len(), before.len() + 1);
    // Even onto the plan itself.
    assert_eq!(fill("plan.toml", &["--force"]).status.code(), Some(0));
    let filled = fs::read_to_string(folder.path().join("plan.toml")).expect("text");
    assert!(filled.contains("# band = \"500-1999\""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing() {
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    let output = ka171(
        folder.path(),
        &["distance", "Belgrade, RS", "Tbilisi, GE", "-o", "/dev/full/x.json"],
    );
    assert_eq!(output.status.code(), Some(4));
    // A limit of the file's size stands in for a disk that is full.
    let program = env!("CARGO_BIN_EXE_ka171");
    let script = format!(
        "ulimit -f 0; trap '' XFSZ; {program} distance 'Belgrade, RS' 'Tbilisi, GE' -o out.json"
    );
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output();
    let output = output.expect("a shell");
    assert_eq!(output.status.code(), Some(4), "{}", text(&output.stderr));
    let entries = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(entries, 1);
}

/// Pairs in a file: every fault at once, and no part of a result.
#[test]
fn pairs_of_a_file() {
    let good = "from,to\n\"Belgrade, RS\",\"Tbilisi, GE\"\n\"0, 0\",\"0,90\"\n";
    let columns = "to_country;to;from;from_country\nGE;Tbilisi;Belgrade;Serbia\n";
    let bad = "from,to\n\"Belgrade, RS\",\"Tbilisi, XX\"\nBelgrade,\"Tbilisi, GE\"\nBelgrade, RS,Tbilisi\n\"Belgrade, RS\",\n";
    let folder = folder(&[
        ("good.csv", good),
        ("columns.csv", columns),
        ("bad.csv", bad),
        ("headings.csv", "from,too,from\n"),
        ("empty.csv", ""),
        ("none.csv", "from,to\n"),
    ]);
    let pairs = |file: &str, format: &str| {
        let arguments = ["distance", "--pairs", file, "--call", "2025", "--format", format];
        ka171(folder.path(), &arguments)
    };
    let output = pairs("good.csv", "json");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(result["format"], "ka171-distance");
    assert_eq!(result["pairs"][0]["calls"][0]["near_edge"], true);
    assert_eq!(result["pairs"][0]["calls"][0]["beyond"]["standard"].to_string(), "395.0");
    // A quarter of 2 pi x 6371.
    assert_eq!(result["pairs"][1]["km"].to_string(), "10007.543");
    assert_eq!(result["notices"].as_array().map(Vec::len), Some(1));
    let output = text(&pairs("good.csv", "csv").stdout);
    let line = "\"Belgrade, RS\",\"Tbilisi, GE\",";
    assert!(output.lines().nth(1).is_some_and(|first| first.starts_with(line)), "{output}");
    assert_eq!(output.lines().count(), 3);
    let said = text(&pairs("good.csv", "csv").stderr);
    assert!(said.contains("City data (c) GeoNames"), "{said}");
    let other = text(&pairs("columns.csv", "csv").stdout);
    assert_eq!(other.lines().nth(1), output.lines().nth(1));
    let output = pairs("bad.csv", "json");
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    for place in ["bad.csv:2:17", "bad.csv:3:1", "bad.csv:4:14", "bad.csv:5:1", "4 errors found"] {
        assert!(errors.contains(place), "{place}: {errors}");
    }
    for (file, words) in [
        ("headings.csv", "the nearest is `to`"),
        ("headings.csv", "the column `from` stands twice"),
        ("empty.csv", "the file is empty"),
        ("none.csv", "the file has no pair"),
    ] {
        let output = pairs(file, "table");
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(text(&output.stderr).contains(words), "{file}: {}", text(&output.stderr));
    }
}

/// Ambiguous where the bands differ, and only there.
#[test]
fn several_places_of_a_name() {
    let folder = folder(&[]);
    let distance = |from: &str, to: &str| {
        let output = ka171(folder.path(), &["distance", from, to, "--call", "2025"]);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, report) = distance("Szeged, HU", "Springfield, US");
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains("\"Springfield, IL\" (39.80172, -89.64371)"), "{report}");
    // From Sydney all of them are farther than 8,000 km.
    let (code, report) = distance("-33.9, 151.2", "Springfield, US");
    assert_eq!(code, Some(0), "{report}");
    let (code, report) = distance("Szeged, HU", "Springfield, IL, US");
    assert_eq!(code, Some(0), "{report}");
    assert!(report.contains("8000+"), "{report}");
}

/// A table with one band for all distances has no edge.
#[test]
fn a_call_with_one_band_has_no_edge() {
    let table = fs::read_to_string("rates/2025.toml").expect("a shipped table");
    let (before, bands) = table.split_once("[[travel.band]]").expect("bands");
    let last = bands.rsplit_once("[[travel.band]]").expect("bands").1;
    let one = last.replacen("label = \"8000+\"\nfrom_km = 8000", "label = \"0+\"\nfrom_km = 0", 1);
    assert_ne!(one, last, "the last band begins elsewhere");
    let folder = folder(&[("plan.toml", NEAR_EDGE)]);
    fs::create_dir(folder.path().join("rates")).expect("a folder");
    let table = format!("{before}[[travel.band]]{one}");
    fs::write(folder.path().join("rates/2025.toml"), table).expect("a table");
    let pair = ["distance", "Belgrade, RS", "Tbilisi, GE", "--rates", "rates"];
    for (format, words) in [
        ("table", "0+    1,735.00"),
        ("json", "\"band\": \"0+\",\n          \"standard\": 1735.00"),
        ("csv", ",2025,0+,1735.00,1735.00,,,false,,"),
    ] {
        let output = ka171(folder.path(), &[&pair[..], &["--format", format]].concat());
        let report = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(report.contains(words), "{report}");
    }
    let fill = ["distance", "--fill", "plan.toml", "-o", "filled.toml", "--rates", "rates"];
    assert_eq!(ka171(folder.path(), &fill).status.code(), Some(0));
    let filled = fs::read_to_string(folder.path().join("filled.toml")).expect("a plan");
    assert!(filled.contains("# band = \"0+\"  # estimated 1996.0 km: check"), "{filled}");
}

const STAFF: &str = "call = 2025\n[project]\ncountry = \"RS\"\ncity = \"Belgrade\"\n[[flow]]\nid = \"tbilisi\"\ncountry = \"GE\"\ncity = \"Tbilisi\"\ndirection = \"outgoing\"\nactivity = \"STA\"\ndays = 5\nparticipants = 2\n";

/// Each file has its own city, in the estimate and in what is said of it.
#[test]
fn consolidated_flows_start_in_the_city_of_their_file() {
    let other = STAFF.replace("Belgrade", "Subotica").replace("\"tbilisi\"", "\"other\"");
    let folder = folder(&[("a.toml", STAFF), ("b.toml", &other)]);
    for (id, city) in [("tbilisi", "Belgrade"), ("other", "Subotica")] {
        let output = ka171(folder.path(), &["explain", "a.toml", "b.toml", "--flow", id, "-q"]);
        let said = text(&output.stdout);
        assert!(said.contains(&format!("is estimated from {city}, RS")), "{said}");
        assert!(said.contains(&format!("project.city = \"{city}\"")), "{said}");
    }
}

/// A share of the real cost that is paid because of an estimate is marked, and the travel amount, which is
/// nothing, is not. 80 % of 700 is 560; in the other band 535 is not less than 70 % of 700, which is 490,
/// while 417 is: 2 x 560 - 2 x 535 = 50.
#[test]
fn real_costs_that_rest_on_an_estimate_are_marked() {
    let plan = format!("{STAFF}travel = \"green\"\ntravel_cost = 700\n");
    let folder = folder(&[("plan.toml", &plan)]);
    let output = ka171(folder.path(), &["budget", "plan.toml"]);
    let (table, notices) = (text(&output.stdout), text(&output.stderr));
    assert!(table.contains("~1,120.00") && !table.contains("~0.00"), "{table}");
    assert!(notices.contains("`500-1999` pays 560.00 EUR, a share of the real cost"), "{notices}");
    assert!(notices.contains("`2000-2999` pays 535.00 EUR: 50.00 EUR less"), "{notices}");
}

/// What is saved is refused like what is computed, and a difference says which distances are uncertain.
#[test]
fn saved_results_are_held_to_strict_distances() {
    let folder = folder(&[("plan.toml", STAFF)]);
    let output = ka171(folder.path(), &["budget", "plan.toml", "--format", "json", "-q"]);
    std::fs::write(folder.path().join("saved.json"), &output.stdout).expect("written");
    let strict = ka171(folder.path(), &["diff", "saved.json", "saved.json", "--strict-distance"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(text(&strict.stderr).contains("near a band's edge: `tbilisi`"));
    let diff = ka171(folder.path(), &["diff", "saved.json", "plan.toml"]);
    assert_eq!(diff.status.code(), Some(0));
    let said = text(&diff.stdout);
    assert_eq!(said.matches("estimated near the edge of a distance band").count(), 2, "{said}");
}
