//! Plans for the reports, and what their results say, exactly.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ka171::diag::Diagnostic;
use ka171::engine::{Budget, budget};
use ka171::notices::notices;
use ka171::plan::{Loaded, Overrides, PlanText, load};
use ka171::rates::{EnvelopeFile, RateStore};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Calls a test with a budget and its notices.
pub fn with_budget<T>(loaded: &Loaded, test: impl FnOnce(&Budget<'_>, &[Diagnostic]) -> T) -> T {
    let budget = budget(&loaded.plan);
    test(&budget, &notices(loaded, &budget))
}

/// Every example and golden plan by its path.
pub fn plans() -> Vec<(PathBuf, Loaded)> {
    let mut paths = toml_files(Path::new("examples"));
    paths.extend(toml_files(Path::new("tests/golden")));
    assert!(paths.len() > 20, "{paths:?}");
    paths.sort();
    let loaded = |path: PathBuf| {
        let plan = super::loaded(&fs::read(&path).expect("a plan")).expect("no errors");
        (path, plan)
    };
    paths.into_iter().map(loaded).collect()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let files = |path: PathBuf| match path.is_dir() {
        true => toml_files(&path),
        false => vec![path],
    };
    entries
        .flat_map(|entry| files(entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect()
}

/// The Hungarian consortium, compared with the published list, with a what-if.
pub fn with_everything() -> Loaded {
    let mut plan = fs::read_to_string("examples/consortium-hungary-2023.toml").expect("a plan");
    plan.push_str("\n[[score]]\nregion = 1\ndesign = 20\nrelevance = 25.5\nimpact = 9\n");
    let text = PlanText::from_bytes("hungary.toml", plan.into(), None).expect("a plan");
    let set = ["flow.pecs-sarajevo-students-in.participants=5", "project.months=24"];
    let set = set.iter().map(|text| ka171::model::Setting::from_text(text).expect("a setting"));
    let envelopes = EnvelopeFile::find(Path::new("HU-2023"), &RateStore::Embedded);
    let overrides = Overrides {
        envelopes: Some(envelopes.expect("a published list")),
        what_if: ka171::model::WhatIf { set: set.collect(), ..Default::default() },
        ..Overrides::default()
    };
    load(&text, &overrides, &RateStore::Embedded).expect("no errors")
}

/// What a reader may not be harmed by.
pub const FORMULA: &str = "=HYPERLINK(\"http://x\")";
pub const SCRIPT: &str = "<script>alert(1)</script>";
pub const PIPES: &str = "| a | b |";
/// Characters that move, hide or turn round what stands beside them, and what is no character.
pub const CONTROLS: &str = "a\u{0}\u{1b}[31m\u{202e}b\u{200f}\r\nc\t\u{7}d\u{fffe}";
/// What follows a separator of another dialect.
pub const SMUGGLED: &str = "Fee;=1+1,@SUM(A1); \"-2+3\", '+4\t=5";

/// A text of five thousand characters without a blank.
pub fn long() -> String {
    "Długanazwą".repeat(500)
}

/// A plan that says such things wherever a plan may say what it likes.
pub fn hostile() -> Loaded {
    let texts = [
        FORMULA,
        SCRIPT,
        PIPES,
        CONTROLS,
        SMUGGLED,
        &long(),
        "-1",
        "+2",
        "@x #1 **b** [l](http://y)",
    ];
    let flow = |(at, text): (usize, &&str)| {
        serde_json::json!({
            "id": format!("{text}{}", if at == 0 { "" } else { " " }),
            "partner": text, "oid": text, "note": text, "city": text, "home_city": text,
            "country": "KG", "direction": "incoming", "activity": "STT", "days": 5,
            "participants": 1, "band": "4000-7999",
        })
    };
    let flows: Vec<_> = texts.iter().enumerate().map(flow).collect();
    let plan = serde_json::json!({
        "call": 2025,
        "project": { "country": "HU", "applicant": format!("{SCRIPT}{FORMULA}{CONTROLS}"), "city": SCRIPT },
        "envelope": [{ "region": 6, "amount": 1 }],
        "flow": flows,
    });
    super::loaded(plan.to_string().as_bytes())
        .map_err(|refusal| super::words(&refusal))
        .expect("no errors")
}

/// A plan with this text as partner, city and note; `None` where a plan may not say it.
pub fn saying(text: &str) -> Option<Loaded> {
    let plan = serde_json::json!({
        "call": 2025,
        "project": { "country": "HU" },
        "flow": [{
            "partner": text, "city": text, "note": text, "country": "KG", "direction": "incoming",
            "activity": "STT", "days": 5, "participants": 1, "band": "4000-7999",
        }],
    });
    super::loaded(plan.to_string().as_bytes()).ok()
}

/// What somebody would try.
const TRIED: [&str; 22] = [
    "*a*",
    "**a**",
    "_a_",
    "~~a~~",
    "`a`",
    "[a](http://b)",
    "![a](b)",
    "<b>a</b>",
    "<!--",
    "]]>",
    "&lt;",
    "# a",
    "- a",
    "\n\na",
    "\\",
    "|",
    "---",
    "=1+1",
    ";",
    ",",
    "\"",
    "'",
];

/// Any text, and more often one of what somebody would try.
pub fn text() -> impl Strategy<Value = String> {
    let characters = "[=+@\\-;,|\"'<>&\\]\\[*_`#!\\\\ \\t\\r\\na1＝\u{202e}\u{fffe}]{1,12}";
    let pieces = prop::collection::vec(prop::sample::select(&TRIED[..]), 1..5);
    prop_oneof![any::<String>(), characters, pieces.prop_map(|pieces| pieces.concat())]
}

/// The exact amounts of a JSON result.
#[derive(Deserialize)]
pub struct Result {
    pub totals: Totals,
    pub regions: Vec<Region>,
}

#[derive(Deserialize)]
pub struct Totals {
    pub participants: u64,
    pub incoming_participants: u64,
    pub outgoing_participants: u64,
    pub amounts: BTreeMap<String, Box<RawValue>>,
}

#[derive(Deserialize)]
pub struct Region {
    pub region: u8,
    pub amounts: BTreeMap<String, Box<RawValue>>,
    pub envelope: Option<Envelope>,
}

#[derive(Deserialize)]
pub struct Envelope {
    pub amount: Box<RawValue>,
    pub remaining: Box<RawValue>,
}

/// The number that JSON writes.
pub fn exact(number: &RawValue) -> Decimal {
    Decimal::from_str_exact(number.get()).expect("a decimal")
}

/// The JSON result of a plan.
pub fn result(loaded: &Loaded) -> Result {
    serde_json::from_str(&super::text_of(loaded)).expect("the result is JSON")
}
