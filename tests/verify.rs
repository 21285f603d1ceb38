//! Saved results: those that this version wrote hold, changed ones do not.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::fs;

use ka171::diag::SourceFile;
use ka171::model::{Setting, WhatIf};
use ka171::plan::{Overrides, PlanText};
use ka171::rates::{EnvelopeFile, RateStore};
use ka171::saved::SavedResult;
use ka171::verify::{AtHand, ComputedFrom, FileState, Reason, Verification, verify};
use proptest::prelude::*;
use support::random::plan;

const EXAMPLES: [&str; 3] =
    ["examples/small.toml", "examples/six-regions.toml", "examples/consortium-hungary-2023.toml"];

fn verified(result: &str, plan: Option<&str>) -> Result<Verification, String> {
    let plans = plan.map(|path| PlanText::read(path.as_ref(), None).expect("a plan"));
    let file = SourceFile::new("result.json", result.to_owned());
    verify(file, plans.as_slice(), AtHand::default(), &RateStore::Embedded)
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
        assert_eq!(alone.plans[0].1, FileState::NotChecked);
        let with_plan = verified(&result, Some(example)).expect("a result");
        assert!(with_plan.holds(), "{example}: {:?}", with_plan.differences);
        assert_eq!(with_plan.plans[0].1, FileState::Same);
        assert!(with_plan.compared > alone.compared);
    }
}

/// Every digit of every number and every character of every hash and formula, each changed alone:
/// amounts, also those that notices name, rates, days, participants, points, hashes. Without the plan
/// all is found but the plan's own hash, and with the plan that too.
fn assert_every_changed_character_is_found(result: &str, path: &str) -> usize {
    let mut tried = 0;
    let mut in_plan_files = false;
    for (at, line) in lines(result) {
        let key = line.trim_start().split('"').nth(1).unwrap_or_default();
        in_plan_files = key == "files" || in_plan_files && key != "project" && key != "what_if";
        // The version of the program may be another one; lines and columns say where a notice is.
        if ["engine_version", "line", "column", "format_version"].contains(&key) {
            continue;
        }
        let value_at = line.find(": ").map_or(0, |colon| colon + 2);
        let is_text = line[value_at..].trim_start().starts_with('"');
        let is_checked_text =
            ["sha256", "formula", "band", "confidence"].contains(&key) || line.contains(" EUR");
        let is_rates_id = key == "id" && line.contains("\"20");
        if is_text && !is_checked_text && !is_rates_id {
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
            let mut changed = result.to_owned();
            changed.replace_range(at + offset..at + offset + 1, &put.to_string());
            tried += 1;
            let plan = (in_plan_files && key == "sha256").then_some(path);
            if let Ok(verification) = verified(&changed, plan) {
                assert!(!verification.holds(), "{line} with {put} at {offset} holds");
            }
        }
    }
    tried
}

#[test]
fn every_changed_character_is_found() {
    let path = "examples/small.toml";
    let tried = assert_every_changed_character_is_found(&result(path), path);
    assert!(tried > 1_000, "{tried}");
}

/// Envelopes of a published list, their hash, and the points of a score.
#[test]
fn every_changed_character_of_envelopes_and_scores_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.toml");
    fs::write(&path, WITH_SCORE).expect("written");
    let text = PlanText::read(&path, None).expect("a plan");
    let list = EnvelopeFile::find("HU-2023".as_ref(), &RateStore::Embedded).expect("a list");
    let overrides = Overrides { envelopes: Some(list), ..Overrides::default() };
    let result = support::result_with(&text, &overrides);
    let path = path.to_str().expect("a path");
    let verification = verified(&result, Some(path)).expect("a result");
    assert!(verification.holds(), "{:?}", verification.differences);
    let tried = assert_every_changed_character_is_found(&result, path);
    assert!(tried > 300, "{tried}");
}

const WITH_SCORE: &str = r#"call = 2023

[project]
country = "HU"

[[flow]]
country = "KG"
direction = "incoming"
activity = "STA"
days = 15
participants = 2
travel_days = 2
distance_km = 4222

[[score]]
region = 6
design = 28
relevance = 19.5
impact = 16
"#;

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
    let verification = verify(file, &[], AtHand::default(), &store).expect("a result");
    assert!(!verification.has_same_table() && !verification.holds());
    assert!(verification.differences.iter().all(|this| this.reason == Reason::Rates));
    // Six participants in Kyrgyzstan, four of them by green travel, which pays as before.
    let travel = "regions[6].countries[KG].flows[osh-teachers-out].amounts.travel";
    let found = verification.differences.iter().find(|this| this.path == travel).expect("travel");
    assert_eq!(
        (found.saved.as_deref(), found.fresh.as_deref()),
        (Some("2376.00"), Some("2400.00"))
    );
}

#[test]
fn another_plan_does_not_pass_for_the_one_it_was_computed_from() {
    let result = result("examples/small.toml");
    let verification = verified(&result, Some("examples/six-regions.toml")).expect("a result");
    assert!(!verification.holds());
    let states: Vec<_> = verification.plans.iter().map(|(_, state)| *state).collect();
    assert_eq!(states, [FileState::NotChecked, FileState::Unknown]);
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
    assert_eq!(verification.plans[0].1, FileState::Changed);
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

/// What a result says is never opened as a file.
#[test]
fn a_result_names_no_file_to_be_read() {
    let list = EnvelopeFile::find("HU-2023".as_ref(), &RateStore::Embedded).expect("a list");
    let text = PlanText::from_bytes("plan", WITH_SCORE.into(), None).expect("a plan");
    let overrides = Overrides { envelopes: Some(list), ..Overrides::default() };
    let honest = support::result_with(&text, &overrides);
    assert!(verified(&honest, None).expect("a result").holds());
    for id in ["rates/envelopes/HU-2023.toml", "Cargo.toml", "HU-20233", "HU-2024", ""] {
        let other = honest.replace("\"id\": \"HU-2023\"", &format!("\"id\": \"{id}\""));
        assert_ne!(other, honest);
        let words = verified(&other, None).err().expect("refused");
        assert!(
            words.contains("unknown-envelopes") && words.contains("there is no list"),
            "{words}"
        );
        assert!(!words.contains("-->"), "{words}");
    }
}

/// In Windows PowerShell `>` spoils all that is not ASCII.
#[test]
fn results_are_ascii_and_say_all_the_same() {
    let plan =
        WITH_SCORE.replace("country = \"HU\"", "country = \"HU\"\napplicant = \"Şırnak 🎓\"");
    let text = support::result_text(&plan).expect("a result");
    assert!(text.is_ascii());
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["project"]["applicant"], "Şırnak 🎓");
    assert_eq!(value["sources"]["prz"]["publisher"], "Rzeszów University of Technology (PL)");
    assert!(verified(&text, None).expect("a result").holds());
}

/// Another program may have written the numbers; a text is no number.
#[test]
fn numbers_are_compared_by_value() {
    let honest = result("examples/small.toml");
    let other = honest.replace("4053.33", "4053.330").replace(".00,\n", ".0,\n");
    assert_ne!(other, honest);
    let verification = verified(&other, None).expect("a result");
    assert!(verification.holds(), "{:?}", verification.differences);
    let text = honest.replacen("\"stay_days\": 150", "\"stay_days\": \"150\"", 1);
    assert_ne!(text, honest);
    assert!(!verified(&text, None).expect("a result").holds());
}

/// What the plan does not have, beside the plan.
#[test]
fn additions_are_found() {
    let honest = result("examples/small.toml");
    for (before, added) in [
        ("\"partner\": \"Osh State University\"", "\"note\": \"agreed\""),
        ("\"region\": 6,\n      \"name\"", "\"envelope\": {\"kind\": \"award\", \"amount\": 9.00}"),
        ("\"ansbach\": {", "\"made-up\": {}"),
    ] {
        let forged = honest.replacen(before, &format!("{added},\n{before}"), 1);
        assert_ne!(forged, honest, "{before}");
        let verification = verified(&forged, Some("examples/small.toml")).expect("a result");
        assert!(!verification.holds(), "{added}");
    }
}

/// The applicant is the plan's, unless the result says that an option gave another one.
#[test]
fn options_are_told_and_checked() {
    let text = PlanText::read("examples/small.toml".as_ref(), None).expect("a plan");
    let applicant = Some("Foo".to_owned());
    let overrides = Overrides { applicant, call: Some(2024), ..Overrides::default() };
    let honest = support::result_with(&text, &overrides);
    assert!(
        honest.contains("\"options\": {\n    \"call\": 2024,\n    \"applicant\": \"Foo\"\n  }")
    );
    let verification = verified(&honest, Some("examples/small.toml")).expect("a result");
    assert!(verification.holds(), "{:?}", verification.differences);
    let forged = result("examples/small.toml").replace("University of Szeged", "Foo");
    let verification = verified(&forged, Some("examples/small.toml")).expect("a result");
    let found: Vec<_> = verification.differences.iter().map(|this| this.path.as_str()).collect();
    assert_eq!(found, ["project.applicant"]);
    assert!(verification.differences.iter().all(|this| this.reason == Reason::Plan));
}

/// The table at hand allows no four travel days in standard travel.
#[test]
fn a_result_that_the_table_at_hand_does_not_allow_does_not_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = support::tables::text(2023);
    let other = table.replace("max = 2\n", "max = 4\n");
    assert_ne!(table, other);
    fs::write(folder.path().join("2023.toml"), other).expect("written");
    let store = RateStore::Folder(folder.path().to_owned());
    let plan = WITH_SCORE.replace("travel_days = 2", "travel_days = 4");
    let text = PlanText::from_bytes("plan", plan.into(), None).expect("a plan");
    let loaded = ka171::plan::load(&text, &Overrides::default(), &store);
    let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
    let result = support::result_of(&loaded).to_string();
    let verification = verified(&result, None).expect("an answer");
    assert!(!verification.holds() && !verification.has_same_table());
    let (from, faults) = verification.faults.expect("faults");
    assert_eq!(from, ComputedFrom::Inputs);
    assert_eq!(faults.list[0].place.as_ref().map(|place| place.file.name()), Some("result.json"));
}

/// Git and editors change line ends.
#[test]
fn line_ends_play_no_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.toml");
    let plan = fs::read_to_string("examples/small.toml").expect("a plan");
    fs::write(&path, plan.replace('\n', "\r\n")).expect("written");
    let verification = verified(&result("examples/small.toml"), path.to_str()).expect("a result");
    assert!(verification.holds() && verification.has_plan(), "{:?}", verification.differences);
    assert_eq!(verification.plans[0].1, FileState::SameText);
}

/// A list of the user is checked where it is named, and told apart where it is not.
#[test]
fn a_list_of_ones_own_is_checked_where_it_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("awards.csv");
    fs::write(&path, "region,amount\n6,9000\n").expect("written");
    let list = || EnvelopeFile::find(&path, &RateStore::Embedded).expect("a list");
    let text = PlanText::from_bytes("plan", WITH_SCORE.into(), None).expect("a plan");
    let overrides = Overrides { envelopes: Some(list()), ..Overrides::default() };
    let honest = support::result_with(&text, &overrides);
    let verified = |result: &str, list| {
        let file = SourceFile::new("result.json", result.to_owned());
        let verification = verify(
            file,
            std::slice::from_ref(&text),
            AtHand { envelopes: list, ..AtHand::default() },
            &RateStore::Embedded,
        );
        verification.map_err(|refusal| support::words(&refusal)).expect("a result")
    };
    let without = verified(&honest, None);
    assert!(without.holds(), "{:?}", without.differences);
    assert_eq!(without.envelopes, Some(("awards.csv".to_owned(), FileState::NotChecked)));
    let with = verified(&honest, Some(list()));
    assert!(with.holds(), "{:?}", with.differences);
    assert_eq!(with.envelopes, Some(("awards.csv".to_owned(), FileState::Same)));
    fs::write(&path, "region,amount\n6,9500\n").expect("written");
    let other = verified(&honest, Some(list()));
    assert!(!other.holds());
    assert!(other.differences.iter().all(|this| this.reason == Reason::Envelopes));
}

/// Several plans as one, under other names too; without one of them only the inputs are checked.
#[test]
fn consolidated_results_are_verified_with_all_their_plans() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |name: &str| {
        fs::copy("examples/small.toml", folder.path().join(name)).expect("copied");
        PlanText::read(&folder.path().join(name), None).expect("a plan")
    };
    let one = copy("law.toml");
    fs::write(folder.path().join("arts.toml"), WITH_SCORE.replace("2023", "2025"))
        .expect("written");
    let other = PlanText::read(&folder.path().join("arts.toml"), None).expect("a plan");
    let plans = [one, other];
    let loaded = ka171::plan::load_all(&plans, &Overrides::default(), &RateStore::Embedded);
    let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
    let result = support::text_of(&loaded);
    let verified = |plans: &[PlanText]| {
        let file = SourceFile::new("result.json", result.clone());
        let verification = verify(file, plans, AtHand::default(), &RateStore::Embedded);
        verification.map_err(|refusal| support::words(&refusal)).expect("a result")
    };
    let both = verified(&plans);
    assert!(both.holds() && both.has_plan() && both.has_notices, "{:?}", both.differences);
    let renamed = verified(&[copy("law-final.toml"), plans[1].clone()]);
    assert!(renamed.holds() && renamed.has_plan(), "{:?}", renamed.differences);
    let half = verified(&plans[..1]);
    assert!(half.holds() && !half.has_plan(), "{:?}", half.differences);
    assert_eq!(half.plans[1].1, FileState::NotChecked);
}

/// A list that the result was not compared with plays no part.
#[test]
fn a_list_that_is_not_needed_is_told_and_not_used() {
    let file = SourceFile::new("result.json", result("examples/small.toml"));
    let list = EnvelopeFile::find("HU-2023".as_ref(), &RateStore::Embedded).expect("a list");
    let at_hand = AtHand { envelopes: Some(list), ..AtHand::default() };
    let verification = verify(file, &[], at_hand, &RateStore::Embedded);
    let verification = verification.map_err(|refusal| support::words(&refusal)).expect("a result");
    assert!(verification.differences.is_empty(), "{:?}", verification.differences);
    assert_eq!(verification.envelopes, Some(("HU-2023.toml".to_owned(), FileState::Unknown)));
    assert!(!verification.holds());
}

/// The format may grow: what an older version did not write is no difference.
#[test]
fn results_of_an_older_version_may_lack_keys() {
    let honest = result("examples/small.toml");
    let lacking = honest.replace("\"country_group\": 3,", "");
    let lacking_groups = honest.matches("\"country_group\": 3,").count();
    assert_ne!(lacking, honest);
    assert!(!verified(&lacking, None).expect("a result").holds());
    let older =
        lacking.replacen("\"engine_version\": \"0.1.0\"", "\"engine_version\": \"0.0.9\"", 1);
    let verification = verified(&older, None).expect("a result");
    assert!(verification.holds() && !verification.has_same_engine());
    assert_eq!(verification.absent, lacking_groups);
    // The seven amounts are those of the first version.
    let without_amounts = older.replacen("\"travel\": 4752.00,", "", 1);
    assert_ne!(without_amounts, older);
    assert!(!verified(&without_amounts, None).expect("a result").holds());
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

/// A result may be larger than a plan, also in UTF-16.
#[test]
fn a_result_larger_than_any_plan_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.json");
    let result =
        result("examples/small.toml").replacen('{', &format!("{{{}", " ".repeat(9 << 20)), 1);
    let units = result.encode_utf16().flat_map(u16::to_le_bytes);
    fs::write(&path, [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()).expect("written");
    let file =
        SavedResult::read(&path).map_err(|refusal| support::words(&refusal)).expect("a text");
    let verification = verify(file, &[], AtHand::default(), &RateStore::Embedded);
    assert!(verification.map_err(|refusal| support::words(&refusal)).expect("a result").holds());
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
            verify(file, &[], AtHand::default(), &RateStore::Embedded).expect("a result");
        assert!(verification.holds());
    }
}
