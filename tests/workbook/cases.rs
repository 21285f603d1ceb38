//! Plans with rate tables: the shipped examples, and random ones.

use std::fs;

use ka171::engine::budget;
use ka171::model::WhatIf;
use ka171::notices::notices;
use ka171::plan::{Loaded, Overrides, PlanText, load};
use ka171::rates::RateStore;
use ka171::report::xlsx;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::package::Package;
use super::support;

/// A plan, what the command line says to it, and the rate table of its call where it is not shipped.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub plan: String,
    pub set: Vec<&'static str>,
    pub table: Option<(u16, String)>,
}

impl Case {
    pub fn new(name: impl Into<String>, plan: impl Into<String>) -> Self {
        Self { name: name.into(), plan: plan.into(), set: Vec::new(), table: None }
    }

    /// `None` where the plan or its table has errors.
    pub fn load(&self) -> Option<Loaded> {
        let name = format!("{}.toml", self.name);
        let text = PlanText::from_bytes(&name, self.plan.clone().into_bytes(), None).ok()?;
        let set =
            self.set.iter().map(|text| ka171::model::Setting::from_text(text).expect("a setting"));
        let what_if = WhatIf { set: set.collect(), ..WhatIf::default() };
        let overrides = Overrides { what_if, ..Overrides::default() };
        let Some((call, table)) = &self.table else {
            return load(&text, &overrides, &RateStore::Embedded).ok();
        };
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(format!("{call}.toml")), table).expect("a table");
        load(&text, &overrides, &RateStore::Folder(folder.path().to_owned())).ok()
    }

    /// The JSON result.
    pub fn result(&self) -> Value {
        let loaded = self.load().unwrap_or_else(|| panic!("{} has errors", self.name));
        support::result_of(&loaded)
    }

    /// The bytes of the workbook.
    pub fn bytes(&self) -> Vec<u8> {
        let loaded = self.load().unwrap_or_else(|| panic!("{} has errors", self.name));
        let budget = budget(&loaded.plan);
        let notices = notices(&loaded, &budget);
        xlsx::render(&budget, &loaded.table, &notices).expect("a workbook")
    }

    pub fn workbook(&self) -> Package {
        Package::open(&self.bytes())
    }
}

/// The shipped examples.
pub fn examples() -> Vec<Case> {
    let mut paths: Vec<_> = fs::read_dir("examples")
        .expect("examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    let case = |path: &std::path::PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        Case::new(name, fs::read_to_string(path).expect("a plan"))
    };
    paths.iter().map(case).collect()
}

/// So many random plans, the same in every run. Every second one has a random rate table as well, and
/// some stays are given in months or by dates.
pub fn random(number: usize) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let (plans, tables) = (support::random::plan(), support::tables::table_text());
    let mut cases = Vec::new();
    let mut tries = 0;
    while cases.len() < number {
        tries += 1;
        assert!(tries < number * 4, "too many random plans have errors");
        let mut plan = plans.new_tree(&mut runner).expect("a plan").current();
        let table = match tries % 2 {
            0 => Some(tables.new_tree(&mut runner).expect("a table").current()),
            _ => None,
        };
        plan.call = table.as_ref().map_or(plan.call, |(call, _)| *call);
        let text = other_lengths(&plan.toml(), tries);
        let case = Case { table, ..Case::new(format!("random-{}", cases.len()), text) };
        if case.load().is_some() {
            cases.push(case);
        }
    }
    cases
}

/// The last days of stays that begin on 15 September 2025.
const LAST_DAYS: [&str; 5] = ["2025-12-31", "2026-01-30", "2026-02-28", "2026-03-01", "2026-08-31"];

/// Some lengths in days as months and days, or as dates.
fn other_lengths(plan: &str, seed: usize) -> String {
    let mut flows = plan.split("[[flow]]");
    let head = flows.next().expect("a head").to_owned();
    flows
        .enumerate()
        .fold(head, |text, (index, flow)| text + "[[flow]]" + &other(flow, seed + index))
}

fn other(flow: &str, seed: usize) -> String {
    let (before, after) = flow.split_once("\ndays = ").expect("days");
    let (days, after) = after.split_once('\n').expect("a line");
    let number: usize = days.parse().expect("a number");
    let is_long = flow.contains("\"SM") && !flow.contains("term = \"short\"");
    let length = match (seed % 3, is_long) {
        (0, true) => format!("months = {}\ndays = {}", number / 30, number % 30),
        (1, true) => {
            format!("start = 2025-09-15\nend = {}", LAST_DAYS[seed / 3 % LAST_DAYS.len()])
        }
        (1, false) if number < 30 => format!("start = 2026-03-02\nend = 2026-03-{:02}", number + 1),
        _ => format!("days = {number}"),
    };
    format!("{before}\n{length}\n{after}")
}

/// Stays before March 1900, which spreadsheets date differently.
pub fn early() -> Case {
    let flow = |dates: &str, activity: &str| {
        format!(
            "[[flow]]\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"{activity}\"\n{dates}\n\
             participants = 3\nband = \"4000-7999\"\n"
        )
    };
    let flows = [
        flow("start = 1900-01-31\nend = 1900-04-15", "SMS"),
        flow("start = 1900-02-20\nend = 1900-03-05", "STT"),
        flow("start = 1900-03-01\nend = 1900-03-20", "STT"),
    ];
    let plan = format!("call = 2025\nproject = {{ country = \"HU\" }}\n{}", flows.concat());
    Case::new("early", plan)
}

/// Amounts with exactly half a cent, which binary floating point does not have: 800.15 x 63 / 30 =
/// 1680.315, 250.05 x 63 / 30 = 525.105, 148.05 x 70 % = 103.635, 75 % of 9061.02 = 6795.765.
pub fn halves() -> Case {
    let table = [
        ("monthly = 800", "monthly = 800.15"),
        ("monthly = 250 ", "monthly = 250.05 "),
        ("daily = 148", "daily = 148.05"),
        ("paid_percent = 80", "paid_percent = 75"),
        ("percent = 100 ", "percent = 75 "),
    ];
    let text = fs::read_to_string("rates/2025.toml").expect("a table");
    let text = table.iter().fold(text, |text, (find, put)| {
        assert_eq!(text.matches(find).count(), 1, "{find:?}");
        text.replace(find, put)
    });
    let student = |days: u32| {
        format!(
            "[[flow]]\nid = \"long-{days}\"\ncountry = \"KG\"\ndirection = \"incoming\"\n\
             activity = \"SMS\"\ndays = {days}\nparticipants = 7\nfewer_opportunities = 3\n\
             distance_km = 4222\ntravel_cost = {}.02\ninclusion_support = {days}.02\n",
            9_000 + days
        )
    };
    let staff = |days: u32| {
        format!(
            "[[flow]]\nid = \"staff-{days}\"\ncountry = \"KG\"\ndirection = \"incoming\"\n\
             activity = \"STT\"\ndays = {days}\nparticipants = 9\nband = \"4000-7999\"\n"
        )
    };
    let mut plan = "call = 2025\nproject = { country = \"HU\" }\n".to_owned();
    plan.extend((61..=99).step_by(2).map(student));
    plan.extend((15..=59).step_by(2).map(staff));
    Case { table: Some((2025, text)), ..Case::new("halves", plan) }
}
