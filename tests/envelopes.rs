//! Lists of envelopes: what `--envelope` compares with, and what it reads.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ka171::diag::Code;
use ka171::engine::budget;
use ka171::model::{EnvelopeKind, EnvelopeListId};
use ka171::notices::notices;
use ka171::plan::{Loaded, Overrides, PlanText, Refusal, load};
use ka171::rates::{EnvelopeFile, EnvelopeList, RateStore, read_envelopes};
use proptest::prelude::*;
use serde_json::Value;

/// As published, by region; see `rates/envelopes/HU-2023.toml`.
const HUNGARY_2023: [u32; 12] = [
    1_019_000, 880_366, 726_414, 67_226, 414_369, 100_766, 32_956, 39_385, 1_128_272, 125_670,
    25_722, 137_454,
];

/// Two teachers to Bishkek for 5 days and 2 of travel, call 2023: 2 x 7 x 180 = 2520.00, travel
/// 2 x 820 = 1640.00, organisational support 2 x 500: 5160.00 in Region 6.
const PLAN: &str = "call = 2023\nproject = { country = \"HU\" }\n[[flow]]\ncountry = \"KG\"\n\
    direction = \"outgoing\"\nactivity = \"STA\"\ndays = 5\ntravel_days = 2\nparticipants = 2\n\
    band = \"4000-7999\"\n";

fn list_of(file: &EnvelopeFile) -> Result<EnvelopeList, Refusal> {
    Ok(read_envelopes(file, &RateStore::Embedded.country_names()?)?)
}

/// A list of the user with this name and these bytes.
fn file(name: &str, bytes: &[u8]) -> EnvelopeFile {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    EnvelopeFile::read(&path).expect("readable")
}

fn list(name: &str, text: &str) -> EnvelopeList {
    let read = list_of(&file(name, text.as_bytes()));
    read.unwrap_or_else(|refusal| panic!("{text:?}: {}", support::words(&refusal)))
}

/// The regions and amounts of a list in CSV.
fn amounts(csv: &str) -> Vec<(u8, String)> {
    let list = list("a.csv", csv);
    list.envelopes.iter().map(|(region, of)| (region.number(), of.amount.to_string())).collect()
}

fn loaded_with(plan: &str, envelopes: EnvelopeFile) -> Result<Loaded, Refusal> {
    let text = PlanText::from_bytes("plan.toml", plan.into(), None)?;
    let overrides = Overrides { envelopes: Some(envelopes), ..Overrides::default() };
    load(&text, &overrides, &RateStore::Embedded)
}

fn published(id: &str) -> EnvelopeFile {
    EnvelopeFile::find(Path::new(id), &RateStore::Embedded).expect("a published list")
}

fn result_with(plan: &str, envelopes: EnvelopeFile) -> Value {
    let loaded = loaded_with(plan, envelopes);
    support::result_of(&loaded.unwrap_or_else(|refusal| panic!("{}", support::words(&refusal))))
}

#[test]
fn hungary_2023_is_as_published() {
    let list = list_of(&published("HU-2023")).expect("valid");
    let amounts: Vec<String> =
        list.envelopes.values().map(|envelope| envelope.amount.to_string()).collect();
    let expected: Vec<String> = HUNGARY_2023.iter().map(|amount| format!("{amount}.00")).collect();
    assert_eq!(amounts, expected);
    assert_eq!(list.total.to_string(), "4697600.00");
    assert_eq!(list.identity.kind, EnvelopeKind::National);
    let citation = list.identity.citation.expect("a source");
    assert_eq!(citation.sources()[0].key, "ppke");
    assert_eq!(citation.mark(), " (single)");
}

#[test]
fn the_folder_of_lists_is_embedded_as_it_is() {
    let in_folder = RateStore::Folder("rates".into());
    let ids = in_folder.envelope_ids().expect("readable");
    assert_eq!(ids, RateStore::Embedded.envelope_ids().expect("embedded"));
    assert_eq!(ids.iter().map(EnvelopeListId::to_string).collect::<Vec<_>>(), ["HU-2023"]);
    let texts = |store: &RateStore| {
        let files = store.own_envelopes().expect("readable");
        files.iter().map(|file| file.file().text().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&in_folder), texts(&RateStore::Embedded));
}

/// 5160.00 of 100766.00 is 5.1207... %; 95606.00 remains.
#[test]
fn shares_of_a_published_list() {
    let result = result_with(PLAN, published("hu-2023"));
    let region = &result["regions"][0];
    assert_eq!(region["amounts"]["total"].to_string(), "5160.0");
    let expected = serde_json::json!({
        "kind": "national", "amount": 100_766.0, "share_percent": 5.12, "remaining": 95_606.0
    });
    assert_eq!(region["envelope"], expected);
    let used = &result["envelopes"];
    assert_eq!(used["id"], "HU-2023");
    assert_eq!(used["file"], Value::Null);
    assert_eq!((&used["country"], &used["call"]), (&"HU".into(), &2023.into()));
    assert_eq!((&used["origin"], &used["confidence"]), (&"embedded".into(), &"single".into()));
    assert_eq!(used["sources"], serde_json::json!(["ppke"]));
    assert_eq!(result["sources"]["ppke"]["url"], "https://ppke.hu/en/about-the-programme-12");
    assert_eq!(used["sha256"].as_str().map(str::len), Some(64));
}

/// The list gives the same as the envelopes typed into the plan, whose shares were worked out by hand.
#[test]
fn a_list_gives_what_the_same_envelopes_in_the_plan_give() {
    let folder = "tests/golden/2023/hungary-national-envelopes";
    let plan = fs::read_to_string(format!("{folder}/plan.toml")).expect("a plan");
    let typed = support::result(&plan).expect("no errors");
    let (flows, _) = plan.split_once("[[envelope]]").expect("envelopes below the flows");
    let listed = result_with(flows, published("HU-2023"));
    assert_eq!(listed["regions"], typed["regions"]);
    assert_eq!(typed["envelopes"], Value::Null);
}

/// All envelopes of the plan give way, those of other regions and of other countries too.
#[test]
fn a_list_takes_the_place_of_all_envelopes_of_the_plan() {
    let austrian = "[[envelope]]\nregion = 6\namount = 5\nkind = \"national\"\ncountry = \"AT\"\n\
        [[envelope]]\nregion = 7\namount = 5\n";
    let plan = format!("{PLAN}{austrian}");
    assert!(support::loaded(plan.as_bytes()).is_err(), "Austrian envelopes of a Hungarian plan");
    let loaded = loaded_with(&plan, file("a.csv", b"region,amount\n6,5160\n")).expect("no errors");
    let envelopes: Vec<(u8, String)> = loaded
        .plan
        .envelopes
        .iter()
        .map(|(region, envelope)| (region.number(), envelope.amount.to_string()))
        .collect();
    assert_eq!(envelopes, [(6, "5160.00".to_owned())]);
    let notices = notices(&loaded, &budget(&loaded.plan));
    let replaced = notices.iter().find(|notice| notice.code == Code::EnvelopesReplaced);
    let place = replaced.and_then(|notice| notice.place.clone()).expect("a note with a place");
    assert_eq!((place.file.name(), place.line_column().0), ("plan.toml", 11));
    assert!(!notices.iter().any(|notice| notice.code == Code::UnusedEnvelope));
}

/// Notices about envelopes point into the list's file, not into the plan's.
#[test]
fn notices_name_the_file_of_the_list() {
    let place = |name: &str, text: &str, code: Code| {
        let loaded = loaded_with(PLAN, file(name, text.as_bytes())).expect("no errors");
        let notices = notices(&loaded, &budget(&loaded.plan));
        let notice = notices.iter().find(|notice| notice.code == code).expect("the notice");
        let place = notice.place.clone().expect("a place");
        (place.file.name().to_owned(), place.line_column().0)
    };
    let over = "region,amount\n7,10\n6,5159.99\n";
    assert_eq!(place("awards.csv", over, Code::EnvelopeExceeded), ("awards.csv".to_owned(), 3));
    assert_eq!(place("plan.toml.csv", over, Code::UnusedEnvelope), ("plan.toml.csv".to_owned(), 2));
    let other = "kind = \"national\"\ncall = 2022\n\n[[envelope]]\nregion = 6\namount = 5160\n";
    assert_eq!(place("na.toml", other, Code::EnvelopeOfAnotherCall), ("na.toml".to_owned(), 4));
    assert_eq!(place("plan.toml", other, Code::EnvelopeOfAnotherCall), ("plan.toml".to_owned(), 4));
}

/// A national list has every region: none of them is unused.
#[test]
fn only_awards_are_unused() {
    let loaded = loaded_with(PLAN, published("HU-2023")).expect("no errors");
    let notices = notices(&loaded, &budget(&loaded.plan));
    assert!(!notices.iter().any(|notice| notice.code == Code::UnusedEnvelope));
}

/// Keys of sources belong to their file: two that are alike name what each means by them.
#[test]
fn sources_of_a_list_and_a_table_are_told_apart() {
    let text = "cite = [\"neo-kg\"]\nconfidence = \"confirmed\"\n[[envelope]]\nregion = 6\n\
        amount = 9000\n[source.neo-kg]\npublisher = \"NA\"\ntitle = \"Award letter\"\n\
        offline = \"letter\"\n";
    let result = result_with(PLAN, file("a.toml", text.as_bytes()));
    let lines = &result["regions"][0]["countries"][0]["flows"][0]["lines"];
    assert!(
        lines.to_string().contains("\"neo-kg\""),
        "the table of the call cites NEO-KG: {lines}"
    );
    assert_eq!(result["envelopes"]["sources"], serde_json::json!(["envelopes.neo-kg"]));
    assert_eq!(result["sources"]["envelopes.neo-kg"]["title"], "Award letter");
    assert_ne!(result["sources"]["neo-kg"]["title"], "Award letter");
}

#[test]
fn csv_as_spreadsheets_write_it() {
    let expected = [(1, "4278.00".to_owned()), (6, "6035.90".to_owned())];
    let forms = [
        "region,amount\n1,4278\n6,6035.90\n",
        "amount;region\n4278;1\n6035,9;6\n",
        "\u{feff}region;name;amount_eur;;\r\n1;Western Balkans;4278,00;;\r\n\r\n;;;;\r\n6;\"Asia; Central\";6035,90;;\r\n",
        "\"region\"\t\"amount\"\n\"1\"\t\"4278\"\n \"6\" \t 6035.9",
        "\n\nname,amount,region,kind\n\"a \"\"b\"\",\nc\",4278,1,award\n,6035.90,6,award\n",
    ];
    for form in forms {
        // A quotation mark behind a blank is a part of the cell.
        let form = form.replace(" \"6\" ", "6 ");
        assert_eq!(amounts(&form), expected, "{form:?}");
    }
    let national = "call,kind,country,region,amount\n2023,national,EL,6,5\n2023,national,EL,7,0\n";
    let identity = list("a.csv", national).identity;
    assert_eq!(identity.kind, EnvelopeKind::National);
    assert_eq!(identity.country.map(|country| country.to_string()).as_deref(), Some("GR"));
    assert_eq!(identity.call, Some(2023));
}

/// Without an extension that says it, the first line decides.
#[test]
fn the_form_is_told_by_the_name_or_the_text() {
    let toml = "# awards\n[[envelope]]\nregion = 6\namount = 5\n";
    for (name, text) in [
        ("a.TOML", toml),
        ("a.txt", toml),
        ("a", "kind = \"award\"\nenvelope = [{region=6,amount=5}]"),
    ] {
        assert_eq!(list(name, text).total.to_string(), "5.00", "{name}");
    }
    for name in ["a.CSV", "a.txt", "a.tsv", "a"] {
        assert_eq!(list(name, "region\tamount\n6\t5\n").total.to_string(), "5.00", "{name}");
    }
}

/// With `--rates`, the folder's lists and no others; the program's where it has no folder of them.
#[test]
fn a_folder_of_lists_replaces_the_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = RateStore::Folder(folder.path().to_owned());
    fs::copy("rates/2023.toml", folder.path().join("2023.toml")).expect("copied");
    assert_eq!(store.envelope_ids().expect("the program's").len(), 1);
    assert!(store.own_envelopes().expect("none of its own").is_empty());
    fs::create_dir(folder.path().join("envelopes")).expect("a folder");
    assert!(store.envelope_ids().expect("readable").is_empty());
    let refusal = EnvelopeFile::find(Path::new("HU-2023"), &store).expect_err("no such list");
    assert!(support::words(&refusal).contains("there is none at all"));
    let shipped = fs::read_to_string("rates/envelopes/HU-2023.toml").expect("a list");
    let austrian = shipped.replace("country = \"HU\"", "country = \"AT\"");
    fs::write(folder.path().join("envelopes/AT-2023.toml"), austrian).expect("written");
    fs::write(folder.path().join("envelopes/notes.txt"), "no list").expect("written");
    let found = EnvelopeFile::find(Path::new("at-2023"), &store).expect("found");
    let identity = list_of(&found).expect("valid").identity;
    assert_eq!(identity.origin, "envelopes/AT-2023.toml");
    assert_eq!(identity.name.to_string(), "AT-2023");
}

/// The faults of the plan and of the list are reported in one run, those of the plan first, the
/// first hundred of them all.
#[test]
fn faults_of_both_files_come_together() {
    let faults = |flows: usize, rows: usize| {
        let bad = "[[flow]]\ncountry = \"KG\"\n";
        let plan = format!("call = 2023\nproject = {{ country = \"HU\" }}\n{}", bad.repeat(flows));
        let csv = format!("region,amount\n{}", "Total,5\n".repeat(rows));
        match loaded_with(&plan, file("a.csv", csv.as_bytes())) {
            Err(Refusal::Faults(errors)) => errors,
            other => panic!("no faults: {other:?}"),
        }
    };
    let few = faults(1, 2);
    let files: Vec<&str> =
        few.list.iter().filter_map(|e| e.place.as_ref()).map(|place| place.file.name()).collect();
    assert!(files.starts_with(&["plan.toml"]) && files.ends_with(&["a.csv", "a.csv"]), "{files:?}");
    let of_plan = few.list.len() - 2;
    let many = faults(3, 150);
    assert_eq!(many.list.len(), 100);
    assert_eq!(many.list.len() + many.omitted, of_plan * 3 + 150);
}

/// Runs `ka171 check` on a list of these bytes: it ends in time, with an error and nothing else.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, path) = (folder.path().join("plan.toml"), folder.path().join(name));
    fs::write(&plan, PLAN).expect("written");
    fs::write(&path, bytes).expect("written");
    let begin = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let command = command.arg("check").arg(&plan).arg("--envelope").arg(&path);
    let output = command.args(["--color", "never"]).output().expect("the program runs");
    assert!(begin.elapsed() < Duration::from_secs(60), "{name} took {:?}", begin.elapsed());
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{name}: {errors}");
    assert!(output.stdout.is_empty() && errors.len() < 100_000, "{name}");
    assert!(!errors.contains('\u{1b}') && !errors.contains('\0'), "{name}");
    errors
}

#[test]
fn hostile_lists_are_refused_in_time() {
    let most = 4 * 1024 * 1024;
    let wide = |cell: &str| format!("region,amount{}\n6,5\n", cell.repeat(1_000_000));
    let cases: [(&str, Vec<u8>, &str); 14] = [
        ("wide", wide(",x").into(), "unknown-key"),
        (
            "wide-row",
            format!("region,amount\n6,5{}x\n", ",".repeat(1_000_000)).into(),
            "unknown-key",
        ),
        ("same", "region,".repeat(1_000_000).into(), "duplicate-key"),
        ("commas", vec![b','; most], "the list is empty"),
        ("long", format!("region,amount\n{}", "6,5\n".repeat(4_000_000)).into(), "more than 1000"),
        ("large", vec![b'5'; 20 * 1024 * 1024], "too-large"),
        ("nul", b"region,amount\n6,5\0\n\0,5\n".to_vec(), "wrong-type"),
        ("nuls", vec![0; 100_000], "does not name the columns"),
        (
            "open",
            format!("region,amount\n6,\"5{}", "\n7,5".repeat(3_000_000)).into(),
            "never closed",
        ),
        ("quotes", vec![b'"'; 1_000_001], "never closed"),
        ("amount", format!("region,amount\n6,{}\n", "9".repeat(1_000_000)).into(), "wrong-type"),
        ("escapes", "region,amount\n\u{1b}[31m6,\u{202e}5\n".into(), "wrong-type"),
        ("bytes", b"region,name,amount\n6,K\xf6z\xe9p-\xc1zsia,5\n".to_vec(), "as CSV UTF-8"),
        ("workbook", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xb5".to_vec(), "this is a workbook"),
    ];
    for (name, bytes, expected) in cases {
        let errors = refused(&format!("{name}.csv"), &bytes);
        assert!(errors.contains(expected), "{name}: {errors}");
    }
    let rows = "[[envelope]]\nregion = 6\namount = 5\n".repeat(1_001);
    assert!(refused("rows.toml", rows.as_bytes()).contains("more than 1000"));
}

proptest! {
    /// Whatever stands in a list, it is read or refused with places that its text has.
    #[test]
    fn any_list_is_read_or_refused(
        lines in prop::collection::vec("[,;\t\"\r\n .0-9éx]{0,12}|region|amount|6,5|\n", 0..30),
        delimiter in prop::sample::select(vec![",", ";", "\n"]),
        name in prop::sample::select(vec!["a.csv", "a.toml", "a.txt"]),
    ) {
        let text = format!("region{delimiter}amount\n{}", lines.concat());
        let file = file(name, text.as_bytes());
        match list_of(&file) {
            Ok(list) => prop_assert!(!list.envelopes.is_empty()),
            Err(Refusal::Faults(errors)) => for error in &errors.list {
                let place = error.place.as_ref().expect("a place");
                prop_assert!(text.get(place.span.clone()).is_some(), "{:?} {}", text, error.message);
                prop_assert!(error.help.is_some(), "{}", error.message);
            },
            Err(Refusal::Machine(error)) => prop_assert!(false, "{error}"),
        }
    }
}
