//! Saved results: those that this version wrote hold, changed ones do not.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::fs;

use ka171::diag::SourceFile;
use ka171::model::{Setting, WhatIf};
use ka171::places::Places;
use ka171::plan::{Overrides, PlanText};
use ka171::rates::RateStore;
use ka171::saved::SavedResult;
use ka171::verify::{PlanState, Verification, verify};
use proptest::prelude::*;
use support::random::plan;

const EXAMPLES: [&str; 3] =
    ["examples/small.toml", "examples/six-regions.toml", "examples/consortium-hungary-2023.toml"];

fn verified(result: &str, plan: Option<&str>) -> Result<Verification, String> {
    let plans = plan.map(|path| PlanText::read(path.as_ref(), None).expect("a plan"));
    let file = SourceFile::new("result.json", result.to_owned());
    verify(file, plans.as_slice(), &Places::default(), &RateStore::Embedded)
        .map_err(|refusal| support::words(&refusal))
}

fn result(path: &str) -> String {
    let text = PlanText::read(path.as_ref(), None).expect("a plan");
    support::result_of_text(&text)
}

#[test]
fn results_of_the_examples_hold() {
    for example in EXAMPLES {
        let result = result(example);
        let alone = verified(&result, None).expect("a result");
        assert!(alone.holds(), "{example}: {:?}", alone.differences);
        assert_eq!(alone.plans[0].1, PlanState::NotChecked);
        let with_plan = verified(&result, Some(example)).expect("a result");
        assert!(with_plan.holds(), "{example}: {:?}", with_plan.differences);
        assert_eq!(with_plan.plans[0].1, PlanState::Same);
        assert!(with_plan.compared > alone.compared);
    }
}

/// Every digit of every number and every character of every hash and formula, each changed alone:
/// amounts, rates, days, participants, hashes. What is no amount, hash or rate is told apart.
#[test]
fn every_changed_character_is_found() {
    let example = "examples/small.toml";
    let result = result(example);
    let mut tried = 0;
    for (at, line) in lines(&result) {
        let key = line.trim_start().split('"').nth(1).unwrap_or_default();
        // The version of the program may be another one; lines and columns say where a notice is.
        if ["engine_version", "line", "column", "format_version"].contains(&key) {
            continue;
        }
        let value_at = line.find(": ").map_or(0, |colon| colon + 2);
        let is_text = line[value_at..].trim_start().starts_with('"');
        let is_checked_text = ["sha256", "formula", "id", "band", "confidence"].contains(&key);
        if is_text && !is_checked_text || !is_text && !line.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if key == "id" && !line.contains("2025.1") {
            continue;
        }
        for (offset, found) in line.char_indices().filter(|(offset, _)| *offset >= value_at) {
            let put = match found {
                '0'..='8' => char::from(found as u8 + 1),
                '9' => '8',
                'a'..='e' if key == "sha256" => char::from(found as u8 + 1),
                'f' if key == "sha256" => 'a',
                _ => continue,
            };
            let mut changed = result.clone();
            changed.replace_range(at + offset..at + offset + 1, &put.to_string());
            tried += 1;
            if let Ok(verification) = verified(&changed, Some(example)) {
                assert!(!verification.holds(), "{line} with {put} at {offset} holds");
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// Lines with where they begin.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let line = |line: &'_ str| {
        let begin = at;
        at += line.len();
        begin
    };
    let begins: Vec<usize> = text.split_inclusive('\n').map(line).collect();
    begins.into_iter().zip(text.split_inclusive('\n')).collect()
}

#[test]
fn a_result_of_another_table_does_not_hold_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = support::tables::text(2025).replace("standard = 1188", "standard = 1200");
    fs::write(folder.path().join("2025.toml"), table).expect("written");
    let file = SourceFile::new("result.json", result("examples/small.toml"));
    let store = RateStore::Folder(folder.path().to_owned());
    let verification = verify(file, &[], &Places::default(), &store).expect("a result");
    assert!(!verification.has_same_table() && !verification.holds());
    assert!(verification.reason().contains("rate table at hand"));
    // Six participants in Kyrgyzstan, four of them by green travel, which pays as before.
    let travel = "regions[6].countries[KG].flows[osh-teachers-out].amounts.travel";
    let found = verification.differences.iter().find(|this| this.path == travel).expect("travel");
    assert_eq!((found.saved.as_deref(), found.fresh.as_str()), (Some("2376.00"), "2400.00"));
}

#[test]
fn another_plan_does_not_pass_for_the_one_it_was_computed_from() {
    let result = result("examples/small.toml");
    let verification = verified(&result, Some("examples/six-regions.toml")).expect("a result");
    assert!(!verification.holds());
    let states: Vec<_> = verification.plans.iter().map(|(_, state)| *state).collect();
    assert_eq!(states, [PlanState::NotChecked, PlanState::Unknown]);
}

#[test]
fn a_changed_plan_of_the_same_name_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.toml");
    let plan = fs::read_to_string("examples/small.toml").expect("a plan");
    fs::write(&path, plan.replace("participants = 4", "participants = 5")).expect("written");
    let result = result("examples/small.toml");
    let verification = verified(&result, path.to_str()).expect("a result");
    assert!(!verification.holds());
    assert_eq!(verification.plans[0].1, PlanState::Changed);
}

/// Inputs and amounts that fit each other and not the plan: only the plan tells.
#[test]
fn a_forged_result_is_found_beside_its_plan() {
    let plan = fs::read_to_string("examples/small.toml").expect("a plan");
    let honest = result("examples/small.toml");
    let forged = support::result_text(&plan.replace("participants = 4", "participants = 5"));
    let hash = |text: &str| {
        let at = text.find("\"files\"").expect("files");
        let from = text[at..].find("\"sha256\": \"").expect("a hash") + at + 11;
        text[from..from + 64].to_owned()
    };
    let forged = forged.expect("a result");
    let forged = forged.replace(&hash(&forged), &hash(&honest));
    let forged = forged.replace("\"name\": \"plan\"", "\"name\": \"small.toml\"");
    assert!(verified(&forged, None).expect("a result").holds());
    let verification = verified(&forged, Some("examples/small.toml")).expect("a result");
    assert!(!verification.holds());
    let paths = verification.differences.iter().map(|this| this.path.as_str());
    assert!(paths.into_iter().any(|path| path.ends_with("inputs.participants")));
}

/// The same bytes under another name, or from standard input, are the same plan.
#[test]
fn the_name_of_the_plan_plays_no_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan-final.toml");
    fs::copy("examples/small.toml", &path).expect("copied");
    let verification = verified(&result("examples/small.toml"), path.to_str()).expect("a result");
    assert!(verification.holds(), "{:?}", verification.differences);
    assert!(verification.has_plan());
}

fn what_if(set: &str) -> String {
    let text = PlanText::read("examples/small.toml".as_ref(), None).expect("a plan");
    let set = vec![Setting::from_text(set).expect("a setting")];
    let what_if = WhatIf { set, ..WhatIf::default() };
    support::result_with(&text, &Overrides { what_if, ..Overrides::default() })
}

#[test]
fn a_what_if_holds_as_what_it_says_it_is() {
    let honest = what_if("flow.osh-students-in.participants=9");
    let verification = verified(&honest, Some("examples/small.toml")).expect("a result");
    assert!(verification.holds(), "{:?}", verification.differences);
    // As if another number had been set, or none.
    let other = honest.replace("participants=9", "participants=6");
    assert_ne!(other, honest);
    assert!(!verified(&other, Some("examples/small.toml")).expect("a result").holds());
    let from = honest.find("\"what_if\"").expect("a what-if");
    let to = honest[from..].find("},").expect("an end") + from + 2;
    let mut none = honest.clone();
    none.replace_range(from..to, "");
    assert!(!verified(&none, Some("examples/small.toml")).expect("a result").holds());
}

#[test]
fn a_newer_format_is_refused_with_what_to_do() {
    let newer =
        result("examples/small.toml").replace("\"format_version\": 1", "\"format_version\": 2");
    let words = verified(&newer, None).err().expect("refused");
    assert!(words.contains("unsupported-result"), "{words}");
    assert!(words.contains("take the ka171 that wrote the result"), "{words}");
}

#[test]
fn keys_that_are_not_known_are_ignored() {
    let grown = result("examples/small.toml");
    let grown = grown.replacen("\"action\"", "\"mood\": \"good\",\n  \"action\"", 1);
    let grown = grown.replace("\"inputs\": {", "\"inputs\": {\n \"mood\": 1,");
    let grown = grown.replace("\"project\": {", "\"project\": {\n \"mood\": 1,");
    assert!(verified(&grown, Some("examples/small.toml")).expect("a result").holds());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_holds(plan in plan()) {
        let result = support::result_text(&plan.toml()).expect("no errors");
        let verification = verified(&result, None).expect("a result");
        prop_assert!(verification.holds(), "{:?}", verification.differences);
    }

    #[test]
    fn nothing_makes_it_panic(at in any::<prop::sample::Index>(), put in ".{0,3}") {
        let mut text = result("examples/small.toml");
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = ends[at.index(ends.len())];
        text.replace_range(at..(at + 1).min(text.len()), &put);
        drop(verified(&text, None));
    }
}

/// A result beyond the limit is too large, whatever its encoding: it is not called no text.
#[test]
fn a_result_that_is_too_large_is_told_so_in_utf_16_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.json");
    let text = format!("{{{}", " ".repeat(9 * 1024 * 1024));
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    fs::write(&path, [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()).expect("written");
    let words = SavedResult::read(&path).map_err(|refusal| support::words(&refusal));
    assert!(words.expect_err("refused").contains("too-large"));
}

/// Windows PowerShell's `>` writes UTF-16 with a byte-order mark.
#[test]
fn a_result_in_utf_16_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let result = result("examples/small.toml");
    for (mark, unit) in
        [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
    {
        let path = folder.path().join("result.json");
        let bytes = mark.into_iter().chain(result.encode_utf16().flat_map(unit));
        fs::write(&path, bytes.collect::<Vec<u8>>()).expect("written");
        let file = SavedResult::read(&path).expect("text");
        let verification =
            verify(file, &[], &Places::default(), &RateStore::Embedded).expect("a result");
        assert!(verification.holds());
    }
}
