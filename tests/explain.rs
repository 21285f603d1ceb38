//! Explanations, recomputed by hand from their own text.
//!
//! `tests/explain/` holds plans with what is said about them, without figures and sources. The program
//! printed these texts and their arithmetic was checked by hand afterwards: they hold the wording. What
//! holds the numbers is the recomputation below. Read every change.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

#[path = "explain/arithmetic.rs"]
mod arithmetic;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use arithmetic::{check, number, result};
use ka171::engine::budget;
use ka171::explain::{Scope, Subject, explain};
use ka171::notices::notices;
use ka171::plan::{Overrides, PlanText, load, written};
use ka171::rates::RateStore;
use ka171::report::explain::{render, render_json};
use ka171::report::page::Form;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::Value;
use support::random::{Plan, plan};

/// A plan explained as text and as JSON, with the JSON result of its budget.
struct Explained {
    text: String,
    json: Value,
    result: Value,
}

fn explained_with(name: &str, plan: &str, store: &RateStore) -> Explained {
    let text = PlanText::from_bytes(name, plan.as_bytes().to_vec(), None).expect("a text");
    let overrides = Overrides::default();
    let loaded = load(&text, &overrides, store);
    let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
    let budget = budget(&loaded.plan);
    let names = store.country_names().expect("names");
    let subject = Subject {
        loaded: &loaded,
        budget: &budget,
        written: &written(std::slice::from_ref(&text), &overrides),
        overrides: &overrides,
        names: &names,
    };
    let explanation = explain(subject, &Scope::All).expect("all of it");
    let notices = notices(&loaded, &budget);
    let json = render_json(&explanation, &notices).expect("JSON");
    Explained {
        text: render(&explanation, Form::Text(None)),
        json: serde_json::from_str(&json).expect("JSON"),
        result: support::result_of(&loaded),
    }
}

fn explained(plan: &str) -> Explained {
    explained_with("plan", plan, &RateStore::Embedded)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn cents(value: &Value) -> i128 {
    let text = value.as_number().expect("an amount").to_string();
    let (euros, decimals) = text.split_once('.').expect("decimals");
    let decimals = format!("{decimals:0<2}");
    format!("{euros}{decimals}").parse().expect("cents")
}

/// The flows of a budget's JSON result.
fn flows(result: &Value) -> Vec<&Value> {
    let regions = list(&result["regions"]).iter();
    let countries = regions.flat_map(|region| list(&region["countries"]));
    countries.flat_map(|country| list(&country["flows"])).collect()
}

/// Every sentence gives, recomputed from itself, the amount of the budget.
fn assert_adds_up(explained: &Explained) {
    let said = list(&explained.json["regions"]).iter();
    let said: Vec<&Value> = said.flat_map(|region| list(&region["flows"])).collect();
    let computed = flows(&explained.result);
    assert_eq!(said.len(), computed.len());
    for (said, computed) in said.iter().zip(computed) {
        assert_eq!(said["id"], computed["id"]);
        assert_flow_adds_up(said, computed);
    }
    for (said, computed) in
        list(&explained.json["regions"]).iter().zip(list(&explained.result["regions"]))
    {
        assert_sums(&said["sums"], &computed["amounts"]);
        let countries = list(&computed["countries"]).iter();
        let countries: Vec<(&str, &Value)> =
            countries.map(|country| (text(&country["name"]), &country["amounts"])).collect();
        let parts = if countries.len() > 1 { countries } else { Vec::new() };
        assert_parts(&said["sums"]["parts"], &parts);
    }
    let totals = &explained.result["totals"];
    let directions = [("Incoming", &totals["incoming"]), ("Outgoing", &totals["outgoing"])];
    let directions: Vec<(&str, &Value)> =
        directions.into_iter().filter(|(_, amounts)| cents(&amounts["total"]) > 0).collect();
    assert_parts(&explained.json["totals"]["parts"], &directions);
    assert_sums(&explained.json["totals"], &explained.result["totals"]["amounts"]);
    assert_text(explained);
}

fn assert_flow_adds_up(said: &Value, computed: &Value) {
    let mut days: Vec<i128> = Vec::new();
    for sentence in list(&said["days"]) {
        days.push(check(text(sentence)).expect("days").whole());
    }
    let counts = ["stay_days", "activity_days", "funded_days"].map(|key| &computed[key]);
    let counts = counts.map(|count| i128::from(count.as_u64().expect("days")));
    assert_eq!(days[0], counts[0], "{said}");
    assert_eq!(days[days.len() - 1], counts[2], "{said}");
    assert!(days.iter().all(|day| counts.contains(day)), "{said}");

    let paid: Vec<&Value> =
        list(&said["lines"]).iter().filter(|line| cents(&line["amount"]) > 0).collect();
    let lines: Vec<&Value> =
        list(&computed["lines"]).iter().filter(|line| cents(&line["amount"]) > 0).collect();
    assert_eq!(paid.len(), lines.len(), "{said}");
    for (said, line) in paid.iter().zip(lines) {
        let sentence = text(&said["sentence"]);
        for key in ["item", "participants", "per_participant", "amount", "confidence"] {
            assert_eq!(said[key], line[key], "{sentence}");
        }
        let amount = check(sentence).unwrap_or_else(|fault| panic!("{sentence}: {fault}"));
        assert_eq!(amount.cents(), cents(&line["amount"]), "{sentence}");
        if let Some(each) = arithmetic::each(sentence) {
            assert_eq!(each.cents(), cents(&line["per_participant"]), "{sentence}");
        }
        for step in list(&said["steps"]) {
            check(text(step)).unwrap_or_else(|fault| panic!("{step}: {fault}"));
        }
        assert!(said["rule"].is_string(), "{said}");
        assert!(!list(&said["figures"]).is_empty(), "{said}");
        assert!(!list(&said["inputs"]).is_empty(), "{said}");
    }
    for nothing in list(&said["lines"]).iter().filter(|line| cents(&line["amount"]) == 0) {
        let sentence = text(&nothing["sentence"]);
        let is_zero_cost = sentence.contains("0.00");
        assert!(sentence.starts_with("Nothing: ") || is_zero_cost, "{sentence}");
    }
    let sum = &said["sum"];
    assert_eq!(cents(&sum["amount"]), cents(&computed["amounts"]["total"]));
    assert_eq!(result(text(&sum["sentence"])).expect("a sum").cents(), cents(&sum["amount"]));
    assert_alternatives(said, cents(&sum["amount"]));
}

fn assert_alternatives(said: &Value, taken: i128) {
    for other in list(&said["alternatives"]) {
        let sentence = text(&other["sentence"]);
        let (_, amounts) = sentence.rsplit_once(": ").expect("amounts");
        let amounts: Vec<i128> = amounts
            .split(' ')
            .filter(|word| word.contains('.'))
            .map(|word| number(word).expect("an amount").cents())
            .collect();
        let (total, difference) = (cents(&other["total"]), cents(&other["difference"]));
        assert_eq!(amounts[..2], [total, taken], "{sentence}");
        assert_eq!(difference, total - taken, "{sentence}");
        assert_eq!(amounts.get(2).copied().unwrap_or(0), difference.abs(), "{sentence}");
        let direction = match difference {
            0 => ", no difference",
            1.. => " EUR more",
            _ => " EUR less",
        };
        assert!(sentence.ends_with(direction), "{sentence}");
    }
}

fn assert_parts(said: &Value, amounts: &[(&str, &Value)]) {
    assert_eq!(list(said).len(), amounts.len(), "{said}");
    for (said, (name, amounts)) in list(said).iter().zip(amounts) {
        assert_eq!(text(&said["name"]), *name);
        let total = result(text(&said["sentence"])).expect("a sum").cents();
        let stated = cents(&said["amount"]);
        assert_eq!([total, stated], [cents(&amounts["total"]); 2], "{said}");
    }
}

fn assert_sums(said: &Value, amounts: &Value) {
    let mut sum = 0;
    for line in list(&said["lines"]) {
        let amount = result(text(&line["sentence"])).expect("a sum").cents();
        assert_eq!(amount, cents(&line["amount"]), "{line}");
        assert_eq!(amount, cents(&amounts[text(&line["item"])]), "{line}");
        sum += amount;
    }
    let total = result(text(&said["total"]["sentence"])).expect("a sum").cents();
    assert_eq!((total, sum), (cents(&amounts["total"]), cents(&amounts["total"])), "{said}");
}

/// The text says every sentence of the JSON, every mark and every source.
fn assert_text(explained: &Explained) {
    let lines: Vec<&str> = explained.text.lines().collect();
    let says = |what: &str| lines.iter().any(|line| line.contains(what));
    let flows = list(&explained.json["regions"]).iter();
    for flow in flows.flat_map(|region| list(&region["flows"])) {
        for sentence in list(&flow["days"]) {
            assert!(says(text(sentence)), "{sentence}");
        }
        for line in list(&flow["lines"]).iter().chain(list(&flow["alternatives"])) {
            assert!(says(text(&line["sentence"])), "{line}");
            for figure in list(&line["figures"]) {
                let mark = figure["confidence"].as_str().unwrap_or("own choice");
                let (name, value) = (text(&figure["figure"]), text(&figure["value"]));
                assert!(says(&format!("- Figure: {name}: {value}; {mark}")), "{figure}");
                for source in list(&figure["sources"]) {
                    let source = &explained.json["sources"][text(source)];
                    let place = source["url"].as_str().or(source["offline"].as_str());
                    assert!(says(place.expect("a place")), "{source}");
                }
            }
            for step in list(&line["steps"]) {
                assert!(says(text(step)), "{step}");
            }
        }
    }
}

/// Plans of a folder, whatever lies below it.
fn plans(folder: &Path) -> Vec<PathBuf> {
    let mut plans = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            plans.extend(self::plans(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            plans.push(path);
        }
    }
    plans.sort();
    plans
}

#[test]
fn explanations_of_examples_and_golden_plans_add_up() {
    let mut number = 0;
    for folder in ["examples", "tests/golden", "tests/explain"] {
        for path in plans(Path::new(folder)) {
            let plan = fs::read_to_string(&path).expect("a plan");
            assert_adds_up(&explained(&plan));
            number += 1;
        }
    }
    assert!(number > 50, "only {number} plans were found");
}

/// Amounts, marks and sentences that were worked out without the program, before it was asked: each line
/// is said, in this order.
#[test]
fn explanations_worked_out_beforehand() {
    let mut kinds = BTreeSet::new();
    let mut number = 0;
    for path in plans(Path::new("tests/explain/beforehand")) {
        let plan = fs::read_to_string(&path).expect("a plan");
        let explained = explained(&plan);
        let mut said = explained.text.lines();
        let expected = fs::read_to_string(path.with_extension("txt")).expect("what must be said");
        let expected = expected.lines().filter(|line| !line.is_empty());
        for line in expected {
            assert!(
                said.any(|said| said == line),
                "{}: not said, or not here: {line}",
                path.display()
            );
            number += 1;
        }
        for flow in flows(&explained.result) {
            let inputs = &flow["inputs"];
            let key = |key: &str| inputs[key].as_str().unwrap_or_default().to_owned();
            kinds.insert([key("activity"), key("direction"), key("term")]);
        }
    }
    // Two activities of students, long and short, two of staff, both directions.
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    assert!(number > 400, "only {number} lines");
}

/// The wording of whole explanations, without figures and sources.
#[test]
fn golden_explanations() {
    let mut number = 0;
    for path in plans(Path::new("tests/explain/wording")) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let plan = fs::read_to_string(&path).expect("a plan");
        let text = explained_with(name, &plan, &RateStore::Embedded).text;
        let (text, _) = text.split_once("\nSources\n").expect("sources");
        let lines = text.lines().filter(|line| !line.starts_with("- Figure: "));
        let said: String = lines.flat_map(|line| [line, "\n"]).collect();
        let expected = fs::read_to_string(path.with_extension("txt")).expect("what is said");
        assert_eq!(said.trim_end(), expected.trim_end(), "{name}");
        number += 1;
    }
    assert!(number >= 7, "only {number} golden explanations were found");
}

/// The line that an input is said to stand in holds its key and value.
#[test]
fn inputs_stand_where_they_are_said_to_stand() {
    for path in plans(Path::new("tests/golden")) {
        let plan = fs::read_to_string(&path).expect("a plan");
        let lines: Vec<&str> = plan.lines().collect();
        let json = explained(&plan).json;
        let flows = list(&json["regions"]).iter().flat_map(|region| list(&region["flows"]));
        let amounts = flows.flat_map(|flow| list(&flow["lines"]));
        let inputs: Vec<&Value> = amounts.flat_map(|amount| list(&amount["inputs"])).collect();
        assert!(!inputs.is_empty());
        for input in inputs.iter().filter(|input| input["from"] == "plan") {
            let line =
                lines[usize::try_from(input["line"].as_u64().expect("a line")).expect("u") - 1];
            let key = text(&input["key"]);
            let key = key.strip_prefix("project.").unwrap_or(key);
            assert!(line.contains(key) && line.contains(text(&input["value"])), "{input}: {line}");
        }
    }
}

/// Alternatives give what the changed plan gives.
fn assert_alternatives_are_those_of_changed_plans(plan: &Plan, inside: &RateStore) {
    let explained = explained(&plan.toml());
    let totals = |plan: &Plan, store: &RateStore| {
        let result = explained_with("plan", &plan.toml(), store).result;
        let total =
            |flow: &&Value| (text(&flow["id"]).to_owned(), flow["amounts"]["total"].clone());
        flows(&result).iter().map(total).collect::<std::collections::BTreeMap<_, _>>()
    };
    let with_other_reading = totals(plan, inside);
    let regions = list(&explained.json["regions"]).iter();
    for flow in regions.flat_map(|region| list(&region["flows"])) {
        let id = text(&flow["id"]);
        let index = id["flow-".len()..].parse::<usize>().expect("a number") - 1;
        for other in list(&flow["alternatives"]) {
            let mut changed = plan.clone();
            let flow = &mut changed.flows[index];
            match text(&other["kind"]) {
                "green-travel" => flow.green = true,
                "standard-travel" => {
                    flow.green = false;
                    flow.travel_days = flow.travel_days.min(2);
                }
                "fewer-opportunities" => flow.fewer_opportunities += 1,
                "first-period-reading" => {
                    assert_eq!(other["total"], with_other_reading[id], "{other}");
                    continue;
                }
                kind => panic!("{kind}"),
            }
            assert_eq!(other["total"], totals(&changed, &RateStore::Embedded)[id], "{other}");
        }
        // The other reading is there wherever it differs.
        let has_reading =
            list(&flow["alternatives"]).iter().any(|other| other["kind"] == "first-period-reading");
        assert_eq!(has_reading, with_other_reading[id] != flow["sum"]["amount"], "{flow}");
    }
}

/// The shipped tables with the other reading of the first period.
fn other_reading() -> (tempfile::TempDir, RateStore) {
    let folder = tempfile::tempdir().expect("a folder");
    for call in 2022..=2026 {
        let table = fs::read_to_string(format!("rates/{call}.toml")).expect("a table");
        let changed = table.replace("rule = \"outside\"", "rule = \"inside\"");
        assert_ne!(changed, table);
        fs::write(folder.path().join(format!("{call}.toml")), changed).expect("a table");
    }
    let store = RateStore::Folder(folder.path().to_owned());
    (folder, store)
}

/// The shipped tables with other figures and rules, of which amounts have fractions of a cent.
fn other_figures() -> (tempfile::TempDir, RateStore) {
    let (folder, store) = other_reading();
    let swaps = [
        ("\nmonthly = 800\n", "\nmonthly = 801.37\n"),
        ("\nmonthly = 250 ", "\nmonthly = 251.03 "),
        ("\ndaily = 1", "\ndaily = 11.07 # 1"),
        ("\npercent = 70 ", "\npercent = 65 "),
        ("\ndays = 14 ", "\ndays = 3 "),
        ("\ndays = 30 ", "\ndays = 31 "),
        ("paid_percent = 80 ", "paid_percent = 93 "),
        ("covered_below_percent = 70 ", "covered_below_percent = 77 "),
        ("\npercent = 100 ", "\npercent = 37 "),
        ("rule = \"counted\"", "rule = \"not-counted\""),
    ];
    for call in 2022..=2026 {
        let path = folder.path().join(format!("{call}.toml"));
        let mut table = fs::read_to_string(&path).expect("a table");
        for (from, to) in swaps {
            assert!(table.contains(from), "{from:?}, call {call}");
            table = table.replace(from, to);
        }
        fs::write(path, table).expect("a table");
    }
    (folder, store)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn explanations_of_random_plans_add_up(plan in plan()) {
        assert_adds_up(&explained(&plan.toml()));
    }

    #[test]
    fn alternatives_of_random_plans_are_right(plan in plan()) {
        let (_folder, inside) = other_reading();
        assert_alternatives_are_those_of_changed_plans(&plan, &inside);
    }

    /// The same arithmetic where travel days use up the first period.
    #[test]
    fn explanations_under_the_other_reading_add_up(plan in plan()) {
        let (_folder, inside) = other_reading();
        assert_adds_up(&explained_with("plan", &plan.toml(), &inside));
    }
}

#[test]
fn explanations_of_other_figures_add_up() {
    let (_folder, store) = other_figures();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut rounded = 0;
    for _ in 0..60 {
        let plan = plan().new_tree(&mut runner).expect("a plan").current();
        let explained = explained_with("plan", &plan.toml(), &store);
        rounded += explained.text.matches(", rounded half up to ").count();
        assert_adds_up(&explained);
    }
    assert!(rounded > 100, "only {rounded} amounts were rounded");
}

/// Names and ids that a terminal or Markdown would act upon.
#[test]
fn hostile_texts_are_harmless() {
    let hostile = "\\u001b[2J | <b>x</b> [a](b) *c* : 1.00 = 2.00 EUR";
    let plan = format!(
        "call = 2025\n[project]\ncountry = \"HU\"\napplicant = \"{hostile}\"\n[[flow]]\nid = \"{hostile}\"\n\
         partner = \"{hostile}\"\nactivity = \"STA\"\ncountry = \"KG\"\ndirection = \"\"\"\nincoming\"\"\"\n\
         days = 5\nparticipants = 1\nband = \"8000+\"\n"
    );
    let text = PlanText::from_bytes("p\u{1b}.toml", plan.into_bytes(), None).expect("a text");
    let overrides = Overrides::default();
    let loaded = load(&text, &overrides, &RateStore::Embedded).map_err(|r| support::words(&r));
    let loaded = loaded.expect("no errors");
    let budget = budget(&loaded.plan);
    let names = RateStore::Embedded.country_names().expect("names");
    let written = written(std::slice::from_ref(&text), &overrides);
    let subject = Subject {
        loaded: &loaded,
        budget: &budget,
        written: &written,
        overrides: &overrides,
        names: &names,
    };
    let explanation = explain(subject, &Scope::All).expect("all of it");
    for form in [Form::Text(None), Form::Markdown] {
        let text = render(&explanation, form);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(!text.contains('\r'));
    }
    let markdown = render(&explanation, Form::Markdown);
    assert!(!markdown.contains("<b>") && !markdown.contains("[a](") && !markdown.contains(" *c*"));
    let json = render_json(&explanation, &[]).expect("JSON");
    assert!(serde_json::from_str::<Value>(&json).is_ok() && !json.contains('\u{1b}'));
}
