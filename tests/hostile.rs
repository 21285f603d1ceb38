//! Inputs that no office writes and a program must survive: nothing at all, far too much of
//! something, characters that a terminal would act upon.
//!
//! Each ends in time, with the right exit code, with nothing on standard output but a result, and
//! with messages that a person can read.

#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ka171::diag::{Code, Errors, render};
use ka171::plan::{Loaded, Overrides, PlanText, Refusal, load};
use ka171::rates::RateStore;

/// Far more than any of these takes, even in a debug build on a busy machine.
const IN_TIME: Duration = Duration::from_secs(60);
/// A hundred findings, each with its line and its help, are shorter than this.
const MOST_OUTPUT: usize = 100_000;

const HEAD: &str = "call = 2025\n\n[project]\ncountry = \"HU\"\n\n";
const FLOW: &str = "\
[[flow]]
country = \"KG\"
direction = \"incoming\"
activity = \"SMS\"
months = 5
participants = 4
travel_days = 2
distance_km = 4222
";
/// A plan in one line of JSON; `FLOWS` stands for its flows.
const JSON: &str = r#"{"call":2025,"project":{"country":"HU"},"flow":[FLOWS]}"#;
/// The keys of a flow in JSON.
const JSON_FLOW: &str = r#""country":"KG","direction":"incoming","activity":"SMS","months":5,"participants":4,"distance_km":4222"#;

/// How a run ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program on a file of these bytes and holds what is true of every run.
fn run(arguments: &[&str], name: &str, bytes: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    command.args(arguments).arg(name).current_dir(folder.path());
    let begin = Instant::now();
    let output = command.output().expect("the program runs");
    assert!(begin.elapsed() < IN_TIME, "{name} took {:?}", begin.elapsed());
    let code = output.status.code().expect("the program ends by itself");
    let text = |bytes| String::from_utf8(bytes).expect("output in UTF-8");
    let run = Run { code, out: text(output.stdout), err: text(output.stderr) };
    assert!(matches!(run.code, 0 | 3) || run.out.is_empty(), "{name}: {}", run.out);
    assert!(run.err.len() < MOST_OUTPUT, "{name}: {} bytes of messages", run.err.len());
    run
}

/// Runs `ka171 check`, which must refuse the file.
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let run = run(&["check"], name, bytes.as_ref());
    assert_eq!(run.code, 1, "{name}: {}", run.err);
    run.err
}

/// Reads and resolves a plan without a process.
fn loaded(name: &str, text: &str) -> Result<Loaded, Errors> {
    let text = PlanText::from_bytes(name, text.as_bytes().to_vec(), None);
    let loaded = text.and_then(|text| load(&text, &Overrides::default(), &RateStore::Embedded));
    loaded.map_err(|refusal| match refusal {
        Refusal::Faults(errors) => errors,
        Refusal::Machine(error) => panic!("{name}: {error}"),
    })
}

fn codes(errors: &Errors) -> Vec<Code> {
    errors.list.iter().map(|error| error.code).collect()
}

// ---- Nothing -----------------------------------------------------------------------------------

#[test]
fn files_with_nothing_in_them() {
    for nothing in ["", " \t\r\n\n  ", "\u{feff}", "\u{feff}\r\n"] {
        for name in ["plan.toml", "plan", "plan.txt"] {
            let errors = refused(name, nothing);
            assert!(errors.contains("error[no-flows]"), "{errors}");
            assert!(errors.contains("error[missing-key]"), "{errors}");
            assert!(errors.contains("2 errors found"), "{errors}");
        }
        let errors = refused("plan.json", nothing);
        assert!(errors.contains("error[syntax]"), "{errors}");
        assert!(errors.contains("1 error found"), "{errors}");
    }
}

#[test]
fn nothing_on_standard_input() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let output = command.args(["check", "-"]).stdin(Stdio::null()).output().expect("a run");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_folder_is_no_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("plan.toml")).expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let command = command.args(["check", "plan.toml"]).current_dir(folder.path());
    let output = command.output().expect("the program runs");
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(4));
    assert!(output.stdout.is_empty());
    assert!(errors.contains("plan.toml") && errors.contains("folder"), "{errors}");
}

// ---- Too much ----------------------------------------------------------------------------------

#[test]
fn a_hundred_thousand_brackets() {
    let deep = |text: &str| text.repeat(100_000);
    let toml = [
        format!("a = {}", deep("[")),
        format!("a = {}{}", deep("["), deep("]")),
        format!("a = {}", deep("{a=")),
        format!("{}a = 1", deep("a.")),
        format!("[{}a]", deep("a.")),
        deep("["),
        deep("[a]\n"),
    ];
    for text in toml {
        let errors = refused("plan.toml", &text);
        let begin = text.get(..9).expect("a beginning");
        assert!(errors.contains("error[syntax]") || begin == "[a]\n[a]\n[", "{begin}: {errors}");
    }
    let json = [
        deep("["),
        format!("{}{}", deep("["), deep("]")),
        deep("{\"a\":"),
        JSON.replace("FLOWS", &format!("{}{}", deep("["), deep("]"))),
        JSON.replace("FLOWS", &format!("{{{JSON_FLOW},\"note\":{}{}}}", deep("["), deep("]"))),
    ];
    for text in json {
        refused("plan.json", &text);
    }
}

#[test]
fn a_line_of_five_megabytes() {
    let long = "x".repeat(5_000_000);
    let errors = refused("plan.toml", format!("{HEAD}{FLOW}note = \"{long}\"\n"));
    assert!(errors.contains("error[text-length]"), "{errors}");
    assert!(errors.contains("plan.toml:14:8\n"), "{errors}");
    assert!(errors.len() < 1_000, "the line is not shown: {} bytes", errors.len());

    let flow = format!("{{\"note\":\"Őszi félév\",{JSON_FLOW}}}");
    let flows = vec![flow.as_str(); 5_000_000 / flow.len()].join(",");
    let text = JSON.replace("FLOWS", &flows).replace("]}", "],\"flows\":[]}");
    let before = text.split("\"flows\"").next().expect("what stands before the key");
    let errors = refused("plan.json", &text);
    assert!(errors.contains("error[unknown-key]"), "{errors}");
    let place = format!("plan.json:1:{}\n", before.chars().count() + 1);
    assert!(errors.contains(&place), "{place}{errors}");
    assert!(errors.len() < 1_000, "the line is not shown: {} bytes", errors.len());
}

/// The place of each flow is found without counting the line anew.
#[test]
fn forty_thousand_flows_in_one_line() {
    let flows = vec![format!("{{{JSON_FLOW}}}"); 40_000].join(",");
    let json = run(
        &["budget", "--format", "json", "--by", "region"],
        "plan.json",
        JSON.replace("FLOWS", &flows).as_bytes(),
    );
    assert_eq!(json.code, 0, "{}", json.err);
    let keys = "country=\"KG\",direction=\"incoming\",activity=\"SMS\",months=5,participants=4,distance_km=4222";
    let flows = vec![format!("{{{keys}}}"); 40_000].join(",");
    let toml = format!("call = 2025\nproject = {{ country = \"HU\" }}\nflow = [{flows}]\n");
    let toml = run(&["budget", "--format", "json", "--by", "region"], "plan.toml", toml.as_bytes());
    assert_eq!(toml.code, 0, "{}", toml.err);
}

#[test]
fn a_million_equal_keys() {
    let errors = refused("plan.toml", format!("{HEAD}{FLOW}{}", "days = 0\n".repeat(1_000_000)));
    assert!(errors.ends_with("999999 errors found, 999899 not shown\n"));
    assert_eq!(errors.matches("error[duplicate-key]").count(), 100);

    let keys = vec!["\"days\":0"; 1_000_000].join(",");
    let errors = refused("plan.json", JSON.replace("FLOWS", &format!("{{{JSON_FLOW},{keys}}}")));
    assert!(errors.ends_with("999999 errors found, 999899 not shown\n"));
    assert_eq!(errors.matches("error[duplicate-key]").count(), 100);
}

/// Looking for the nearest key takes its time; it is done for what is shown.
#[test]
fn half_a_million_unknown_keys() {
    let keys: String = (0..500_000).map(|number| format!("k{number} = 1\n")).collect();
    let errors = refused("plan.toml", format!("{HEAD}{FLOW}{keys}"));
    assert!(errors.ends_with("500000 errors found, 499900 not shown\n"));

    let keys: Vec<String> = (0..500_000).map(|number| format!("\"k{number}\":1")).collect();
    let flow = format!("{{{JSON_FLOW},{}}}", keys.join(","));
    let errors = refused("plan.json", JSON.replace("FLOWS", &flow));
    assert!(errors.ends_with("500000 errors found, 499900 not shown\n"));
}

/// Faults of form are found on reading, faults of meaning on resolving: both are cut at a hundred.
#[test]
fn a_thousand_faulty_flows() {
    let faults = [("activity = \"SMS\"", "activity = \"SMX\""), ("months = 5", "months = 1")];
    for (right, wrong) in faults {
        let flow = FLOW.replace(right, wrong);
        assert_ne!(flow, FLOW);
        let text = format!("{HEAD}{}", flow.repeat(1_000));
        let errors = loaded("plan.toml", &text).expect_err("every flow is faulty");
        assert_eq!((errors.list.len(), errors.omitted), (100, 900));
        let lines = errors.list.iter().map(|error| error.place.as_ref().expect("a place"));
        let lines: Vec<u32> = lines.map(|place| place.line_column().0).collect();
        let first = text.lines().position(|line| line == wrong).expect("a line") + 1;
        let wanted: Vec<usize> = (0..100).map(|flow| first + 8 * flow).collect();
        assert!(lines.iter().map(|&line| line as usize).eq(wanted), "the first hundred, in order");

        let printed = refused("plan.toml", &text);
        assert!(printed.ends_with("1000 errors found, 900 not shown\n"));
        assert_eq!(printed.matches("\nerror[").count() + 1, 100);
    }
}

#[test]
fn numbers_beyond_everything() {
    let nines = "9".repeat(100_000);
    let numbers = [
        "18446744073709551616",
        "-9223372036854775809",
        "79228162514264337593543950336",
        "1e999999999",
        "1e-999999999",
        "-0.0",
        "0.0000000000000000000000000000000000000001",
        &nines,
        &format!("-{nines}"),
        &format!("0.{nines}"),
        &format!("{nines}.{nines}"),
        &format!("1e{nines}"),
    ];
    let in_toml_alone = ["inf", "-inf", "nan", "0xffffffffffffffffffff", "1_000_000_000_000"];
    let keys = ["participants", "months", "distance_km", "travel_cost", "unfunded_days", "region"];
    for key in keys {
        let flow = |line: &str| {
            let kept = FLOW.lines().filter(|line| line.split(' ').next() != Some(key));
            format!("{}\n{line}\n", kept.collect::<Vec<_>>().join("\n"))
        };
        for number in numbers.iter().copied().chain(in_toml_alone) {
            let plan = format!("{HEAD}{}", flow(&format!("{key} = {number}")));
            survives("plan.toml", &plan, key, number);
        }
        for number in numbers {
            let plan = JSON.replace("FLOWS", &format!("{{\"x\":0,{JSON_FLOW}}}"));
            survives(
                "plan.json",
                &plan.replace("\"x\":0", &format!("\"{key}\":{number}")),
                key,
                number,
            );
        }
    }
}

/// The plan is refused with short messages, or it is computed.
fn survives(name: &str, plan: &str, key: &str, number: &str) {
    match loaded(name, plan) {
        Ok(loaded) => {
            ka171::engine::budget(&loaded.plan);
        }
        Err(errors) => {
            let printed: String = errors.list.iter().map(render).collect();
            let begin: String = number.chars().take(40).collect();
            assert!(printed.len() < 5_000, "{key} = {begin}: {} bytes", printed.len());
        }
    }
}

/// Every number at its bound, in a thousand flows: sums stay exact.
#[test]
fn the_largest_plan_adds_up() {
    let flow = FLOW
        .replace("participants = 4", "participants = 100000")
        .replace("months = 5", "months = 12")
        .replace("4222", "20040\ntravel_cost = 1000000000\ninclusion_support = 1000000000");
    let result = run(
        &["budget", "--format", "json"],
        "plan.toml",
        format!("{HEAD}{}", flow.repeat(1_000)).as_bytes(),
    );
    assert_eq!(result.code, 0, "{}", result.err);
    // 80 % of 1,000,000,000 for each of 100,000 participants of 1,000 flows.
    assert!(result.out.contains("\"exceptional_costs\": 80000000000000000.00"), "{}", result.err);
}

// ---- Characters --------------------------------------------------------------------------------

/// What a terminal would act upon: NUL, bell, clear screen, set title, the one-character CSI, text
/// from right to left.
const HARMFUL: [&str; 6] = ["\0", "\u{7}", "\u{1b}[2J", "\u{1b}]0;", "\u{9b}", "\u{202e}"];

/// Styles are written as they are with `--color always`; what a plan holds must not be among them.
fn assert_harmless(output: &str) {
    for harmful in HARMFUL {
        assert!(!output.contains(harmful), "{harmful:?} in {output:?}");
    }
}

#[test]
fn terminal_escapes_in_faulty_plans() {
    for harmful in HARMFUL {
        let escaped: String = harmful.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        for text in [harmful, &escaped] {
            let toml = [
                format!("{HEAD}{FLOW}id = \"a{text}b\"\n{FLOW}id = \"a{text}b\"\n"),
                format!("{HEAD}{FLOW}\"a{text}b\" = 1\n"),
                format!("{HEAD}{FLOW}a{text}b = 1\n"),
                format!("{HEAD}{FLOW}band = \"a{text}b\"\n"),
                format!("{HEAD}{FLOW}x = 1 # {text}\n"),
                format!("{HEAD}{FLOW}start = \"{text}\"\nend = \"2026-02-3{text}\"\n"),
                text.to_owned(),
            ];
            for plan in toml {
                let run = run(&["--color", "always", "check"], "plan.toml", plan.as_bytes());
                assert_eq!(run.code, 1, "{plan:?}");
                assert_harmless(&run.err);
            }
            let json = [
                format!("{{\"id\":\"{text}\",{JSON_FLOW}}},{{\"id\":\"{text}\",{JSON_FLOW}}}"),
                format!("{{\"a{text}b\":1,{JSON_FLOW}}}"),
                format!("{{\"id\":{text},{JSON_FLOW}}}"),
            ];
            for flows in json {
                let plan = JSON.replace("FLOWS", &flows);
                let run = run(&["--color", "always", "check"], "plan.json", plan.as_bytes());
                assert_eq!(run.code, 1, "{plan:?}");
                assert_harmless(&run.err);
            }
        }
    }
}

#[test]
fn terminal_escapes_in_valid_plans() {
    let harmful: String = HARMFUL.concat();
    let escaped: String = harmful.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let texts = ["id", "partner", "oid", "note", "city", "home_city"];
    let texts: String = texts.map(|key| format!("{key} = \"a{escaped}b\"\n")).concat();
    let head = HEAD.replace("[project]\n", &format!("[project]\napplicant = \"{escaped}\"\n"));
    let plan = format!("{head}{FLOW}{texts}");
    for arguments in [
        &["check"][..],
        &["budget"],
        &["budget", "--by", "flow"],
        &["budget", "--by", "country"],
        &["budget", "--by", "activity"],
        &["explain"],
        &["explain", "--format", "markdown"],
    ] {
        let arguments = [&["--color", "always"], arguments].concat();
        let run = run(&arguments, "plan.toml", plan.as_bytes());
        assert_eq!(run.code, 0, "{}", run.err);
        assert_harmless(&run.out);
        assert_harmless(&run.err);
    }
}

#[test]
fn ids_of_ten_thousand_characters() {
    let id = "ő".repeat(10_000);
    let flow = |id: &str| format!("{FLOW}id = \"{id}\"\n");
    let valid = format!("{HEAD}{}", flow(&id));
    let check = run(&["check"], "plan.toml", valid.as_bytes());
    assert_eq!(check.code, 0, "{}", check.err);
    assert!(!check.err.contains(&id), "messages cut long ids");
    let budget = run(&["budget", "--format", "json"], "plan.toml", valid.as_bytes());
    let result: serde_json::Value = serde_json::from_str(&budget.out).expect("JSON");
    let flow_id = &result["regions"][0]["countries"][0]["flows"][0]["id"];
    assert_eq!(flow_id.as_str(), Some(id.as_str()), "results keep them");
    assert!(!budget.err.contains(&id), "messages cut long ids");
    assert_eq!(run(&["budget", "--by", "flow"], "plan.toml", valid.as_bytes()).code, 0);

    let doubled = refused("plan.toml", format!("{valid}{}", flow(&id)));
    assert!(doubled.contains("error[duplicate-id]") && !doubled.contains(&id), "{doubled}");
    let too_long = loaded("plan.toml", &format!("{HEAD}{}", flow(&format!("{id}x"))));
    assert_eq!(codes(&too_long.expect_err("it is too long")), [Code::TextLength]);
}

/// Windows ends lines with CR and LF: findings, lines, columns and marked texts stay the same.
#[test]
fn line_ends_of_windows_change_nothing() {
    let printed = |path: &str, text: &str| -> Vec<String> {
        let errors = loaded(path, text).expect_err("a faulty plan");
        errors.list.iter().map(render).collect()
    };
    let mut number = 0;
    for entry in fs::read_dir("tests/bad/plan").expect("the faulty plans") {
        let path = entry.expect("an entry").path();
        let shown = path.to_str().expect("a path in Unicode");
        // Workbooks have no lines.
        if shown.ends_with(".txt") || shown.ends_with(".xlsx") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a plan");
        assert_eq!(printed(shown, &text.replace('\n', "\r\n")), printed(shown, &text), "{shown}");
        let with_mark = format!("\u{feff}{text}");
        assert_eq!(printed(shown, &with_mark), printed(shown, &text), "{shown} with a mark");
        number += 1;
    }
    assert!(number > 100, "only {number} plans were found");
}

/// A reader that goes away, as `| head` does, is no fault.
#[test]
fn a_closed_pipe_is_no_fault() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ka171"));
    let command = command.args(["budget", "-", "--format", "json"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(format!("{HEAD}{FLOW}").as_bytes()).expect("the program reads");
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
