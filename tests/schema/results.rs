//! `schemas/budget.json` and the results that the program writes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, iter};

use boon::Draft;
use ka171::diag::Severity;
use ka171::engine::CostItem;
use ka171::model::{
    Activity, AwardCriterion, Confidence, Direction, DistanceBasis, EnvelopeKind, Level,
    PlaceOrigin, Status, Term, TravelMode, Word,
};
use ka171::plan::{Overrides, PlanText, load};
use ka171::rates::RateStore;
use ka171::schema::BUDGET;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use crate::plans::valid_plans;
use crate::reader::PLAN;
use crate::schema::Schema;
use crate::support;

/// Command lines that bring in what no plan in TOML has by itself: sheets, several files, options.
const COMMANDS: [&str; 15] = [
    "examples/faculty-law.csv examples/faculty-medicine.csv --call 2025 --country HU --applicant X",
    "examples/faculty-law.csv --call 2026 --country AT",
    "examples/small.toml --applicant X",
    "examples/small.toml --by region",
    "examples/small.toml --by country",
    "examples/small.toml --set flow.osh-students-in.participants=6 --drop-region 2",
    "examples/small.toml --call 2023 --envelope HU-2023",
    "examples/cities.toml --set flow.osh-students-in.city=40.53,72.8",
    "tests/sheets/workbook.xlsx",
    "tests/sheets/workbook.ods",
    "tests/sheets/twelve.toml",
    "tests/support/plan.json",
    "tests/cmd/plans/two-envelopes.toml --envelope tests/cmd/envelopes/awards.toml",
    "tests/cmd/plans/one-flow.toml --call 2023 --envelope tests/cmd/envelopes/envelopes-hu-2023.csv",
    "tests/cmd/plans/one-flow.toml --rates tests/bad/rates/valid",
];

/// A place of one's own, for an estimate.
const OWN_PLACES: &str =
    "[[place]]\nname = \"Osh\"\ncountry = \"KG\"\nlatitude = 40.53\nlongitude = 72.8\n";

/// Where keys stand that results may lack although all of these have them: an amount that rests on
/// choices of this project alone has no mark, and another call may have other award criteria.
const MAY_LACK: [&str; 2] =
    ["#/$defs/line/properties/confidence", "#/$defs/score/properties/marks/properties/"];

fn of_command(line: &str) -> Json {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(["budget", "--format", "json"]).args(line.split(' '));
    let output = command.output().expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line}: {errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn with_own_places() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let places = folder.path().join("places.toml");
    fs::write(&places, OWN_PLACES).expect("a file");
    of_command(&format!("examples/cities.toml --places {}", places.display()))
}

fn of_large_file() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = support::large::csv(folder.path(), "");
    of_command(&format!("{plan} --call 2025 --country HU --by region"))
}

/// The result of a plan's file. Those with a notice are plans under the small table of their call.
fn of_plan(path: &Path) -> Json {
    let text = PlanText::read(path, None).expect("a plan");
    let is_small =
        path.starts_with("tests/bad/notices") && !text.file.text().contains("call = 2026");
    let store = match is_small {
        true => RateStore::Folder("tests/bad/rates/valid".into()),
        false => RateStore::Embedded,
    };
    match load(&text, &Overrides::default(), &store) {
        Ok(loaded) => support::result_of(&loaded),
        Err(refusal) => panic!("{}: {}", path.display(), support::words(&refusal)),
    }
}

/// The results of every valid plan that there is, of random ones and of command lines, by name.
fn results() -> Vec<(String, Json)> {
    let plans = valid_plans().into_iter().chain(iter::once(PLAN.files[0].into()));
    let mut results: Vec<(String, Json)> =
        plans.map(|path| (path.display().to_string(), of_plan(&path))).collect();
    let mut runner = TestRunner::deterministic();
    for number in 0..50 {
        let plan = support::random::plan().new_tree(&mut runner).expect("a plan").current();
        let result = support::result(&plan.toml()).expect("a random plan has no errors");
        results.push((format!("random plan {number}"), result));
    }
    results.extend(COMMANDS.map(|line| (line.to_owned(), of_command(line))));
    results.push(("own places".to_owned(), with_own_places()));
    results.push(("a large file".to_owned(), of_large_file()));
    results
}

/// How many objects there were in results, by what the schema says about them, and how many of
/// them had each key.
#[derive(Default)]
struct Seen {
    objects: BTreeMap<String, usize>,
    keys: BTreeMap<String, usize>,
    strays: Vec<String>,
}

impl Seen {
    /// Goes through a value beside what the schema says about it, at a pointer into the schema.
    fn walk(&mut self, schema: &Schema, pointer: &str, value: &Json) {
        let here = schema.json.pointer(pointer.trim_start_matches('#')).expect("a schema");
        if let Some(name) = here["$ref"].as_str() {
            return self.walk(schema, name, value);
        }
        match value {
            Json::Array(items) => {
                items.iter().for_each(|item| self.walk(schema, &format!("{pointer}/items"), item));
            }
            Json::Object(entries) => {
                *self.objects.entry(pointer.to_owned()).or_default() += 1;
                for (key, value) in entries {
                    let of_key = format!("{pointer}/properties/{key}");
                    if here["properties"].get(key).is_some() {
                        *self.keys.entry(of_key.clone()).or_default() += 1;
                        self.walk(schema, &of_key, value);
                    } else if here["additionalProperties"].is_object() {
                        self.walk(schema, &format!("{pointer}/additionalProperties"), value);
                    } else {
                        self.strays.push(of_key);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Every object of a schema that has keys, by its pointer.
fn objects<'s>(pointer: &str, schema: &'s Json) -> Vec<(String, &'s Json)> {
    let Json::Object(entries) = schema else { return Vec::new() };
    let own = schema["properties"].is_object().then(|| (pointer.to_owned(), schema));
    let deeper =
        entries.iter().flat_map(|(key, value)| objects(&format!("{pointer}/{key}"), value));
    own.into_iter().chain(deeper).collect()
}

#[test]
fn results_are_valid() {
    let schemas = Schema::in_both_drafts(BUDGET);
    let results = results();
    assert!(results.len() > 130, "{} results", results.len());
    for (name, result) in results {
        for schema in &schemas {
            assert_eq!(schema.refusal(&result), None, "{name}");
        }
    }
}

/// A new key of results is a line in the schema, and what the schema says of a key is tried: it is
/// required exactly where every result has it.
#[test]
fn the_schema_has_the_keys_of_results() {
    let schema = Schema::of(BUDGET, Draft::V2020_12);
    let mut seen = Seen::default();
    results().iter().for_each(|(_, result)| seen.walk(&schema, "#", result));
    assert!(seen.strays.is_empty(), "keys that the schema lacks: {:#?}", seen.strays);
    let mut faults = Vec::new();
    for (pointer, object) in objects("#", &schema.json) {
        let number = seen.objects.get(&pointer).copied().unwrap_or(0);
        let required = object["required"].as_array();
        for key in object["properties"].as_object().expect("keys").keys() {
            let of_key = format!("{pointer}/properties/{key}");
            let times = seen.keys.get(&of_key).copied().unwrap_or(0);
            let may_lack = MAY_LACK.iter().any(|place| of_key.starts_with(place));
            let always = times == number && !may_lack;
            let is_required = required.is_some_and(|keys| keys.contains(&json!(key)));
            if times == 0 {
                faults.push(format!("{of_key} is in no result"));
            } else if always != is_required {
                let what = if is_required { "required" } else { "not required" };
                faults.push(format!("{of_key} is in {times} of {number} and {what}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn words<W: Word>() -> Json {
    W::ALL.iter().map(|word| word.as_str()).collect()
}

#[test]
fn words_are_those_of_results() {
    let schema = Schema::of(BUDGET, Draft::V2020_12).json;
    let of = |pointer: &str| schema.pointer(pointer).expect(pointer)["enum"].clone();
    let input = |key: &str| of(&format!("/$defs/inputs/properties/{key}"));
    assert_eq!(input("direction"), words::<Direction>());
    assert_eq!(input("activity"), words::<Activity>());
    assert_eq!(input("term"), words::<Term>());
    assert_eq!(input("level"), words::<Level>());
    assert_eq!(input("travel"), words::<TravelMode>());
    assert_eq!(of("/$defs/kind"), words::<EnvelopeKind>());
    assert_eq!(of("/$defs/confidence"), words::<Confidence>());
    assert_eq!(of("/properties/rates/properties/status"), words::<Status>());
    assert_eq!(of("/$defs/distance/properties/basis"), words::<DistanceBasis>());
    for end in ["home", "partner"] {
        let origins = of(&format!("/$defs/{end}/properties/origin"));
        assert_eq!(origins, words::<PlaceOrigin>());
    }
    let items: Json = CostItem::ALL.iter().map(|item| item.key()).collect();
    assert_eq!(of("/$defs/line/properties/item"), items);
    let severities = json!([Severity::Warning.as_str(), Severity::Note.as_str()]);
    assert_eq!(of("/$defs/notice/properties/severity"), severities);
    let marks = schema.pointer("/$defs/score/properties/marks/properties").expect("marks");
    let marks: Vec<&String> = marks.as_object().expect("marks").keys().collect();
    let mut criteria: Vec<&str> = AwardCriterion::ALL.iter().map(|word| word.as_str()).collect();
    criteria.sort_unstable();
    assert_eq!(marks, criteria);
}

/// The inputs of a flow are the keys of plans.
#[test]
fn inputs_are_the_keys_of_a_flow() {
    let keys = |text: &str, name: &str| -> Vec<String> {
        let schema = Schema::of(text, Draft::V2020_12).json;
        schema["$defs"][name]["properties"].as_object().expect("keys").keys().cloned().collect()
    };
    assert_eq!(keys(BUDGET, "inputs"), keys(PLAN.schema, "flow"));
}

/// Programs ignore keys that they do not know, wherever they stand. The keys of `sources` and
/// `origins` are names, under each of which stands a record.
#[test]
fn results_may_have_other_keys() {
    fn with_another_key(value: &mut Json) {
        match value {
            Json::Object(entries) => {
                entries.values_mut().for_each(with_another_key);
                entries.insert("another_key".to_owned(), json!(1));
            }
            Json::Array(items) => items.iter_mut().for_each(with_another_key),
            _ => {}
        }
    }
    let mut result = of_command(COMMANDS[0]);
    with_another_key(&mut result);
    for names in ["sources", "origins"] {
        result[names].as_object_mut().expect("records").remove("another_key");
    }
    assert_eq!(Schema::of(BUDGET, Draft::V2020_12).refusal(&result), None);
}

#[test]
fn what_is_no_result_is_refused() {
    let schema = Schema::of(BUDGET, Draft::V2020_12);
    let result = of_command("examples/six-regions.toml");
    assert_eq!(schema.refusal(&result), None);
    let flow = "/regions/0/countries/0/flows/0";
    let changes = [
        ("/format", json!("ka171-check")),
        ("/format_version", json!(2)),
        ("/currency", json!("HUF")),
        ("/call", json!("2025")),
        ("/rates/status", json!("draft")),
        ("/rates/sha256", json!("abc")),
        ("/regions", json!([])),
        ("/regions/0/region", json!(15)),
        ("/regions/0/amounts/total", json!("30251.32")),
        ("/regions/0/amounts/travel", json!(-0.01)),
        ("/regions/0/envelope/share_percent", json!("75.63")),
        ("/totals/incoming", json!(0)),
        ("/notices/0/severity", json!("error")),
        (&format!("{flow}/inputs/activity"), json!("HE-SMS")),
        (&format!("{flow}/inputs/participants"), json!(0)),
        (&format!("{flow}/distance/basis"), json!("guessed")),
        (&format!("{flow}/distance/km"), json!(20_041)),
        (&format!("{flow}/lines/0/item"), json!("total")),
        (&format!("{flow}/lines/0/confidence"), json!("certain")),
    ];
    for (pointer, value) in changes {
        let mut changed = result.clone();
        *changed.pointer_mut(pointer).expect(pointer) = value;
        assert!(!schema.takes(&changed), "{pointer}");
    }
    for key in ["regions", "totals", "sources", "origins", "notices", "rates", "plan", "project"] {
        let mut changed = result.clone();
        changed.as_object_mut().expect("an object").remove(key);
        assert!(!schema.takes(&changed), "without {key}");
    }
}
