//! What docs/ci.md says is what happens: its script runs in repositories of made-up offices, and the
//! commands of its two jobs run with programs that stand in for those of the network.

#![cfg(unix)] // a shell and git
#![allow(clippy::expect_used)] // a failing test may stop

mod support;

use std::fs;

use support::office::{Ended, Office};

const TABLE: &str = "rates/2031.toml";
const PLAN: &str = "plans/osh-teachers.toml";
const FILES: [&str; 2] = ["rates-diff.md", "rates-comment.md"];

/// Two participants: 2 x 7 x 190 + 2 x 1188 + 2 x 500 = 2660 + 2376 + 1000 = 6036.
const TEACHERS: &str = r#"call = 2031

[project]
country = "HU"

[[flow]]
id = "osh-teachers-out"
country = "KG"
direction = "outgoing"
activity = "STA"
days = 5
travel_days = 2
participants = 2
band = "4000-7999"
"#;

fn document() -> String {
    fs::read_to_string("docs/ci.md").expect("docs/ci.md").replace("\r\n", "\n")
}

/// The fenced blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let document = document();
    let fence = format!("\n```{language}\n");
    let parts = document.split(&fence).skip(1);
    parts.map(|part| part.split("```\n").next().unwrap_or_default().to_owned()).collect()
}

fn block(language: &str) -> String {
    let mut found = blocks(language);
    assert_eq!(found.len(), 1, "blocks of {language}");
    found.remove(0)
}

/// A table of a call that the program does not have, checked on 15 January 2031.
fn table(call: u16) -> String {
    let shipped = fs::read_to_string("rates/2025.toml").expect("a shipped table");
    let line = |line: &str| match line.split(" = ").next() {
        Some("call") => format!("call = {call}\n"),
        Some("revision") => "revision = 1\n".to_owned(),
        Some("checked_on") => "checked_on = 2031-01-15\n".to_owned(),
        Some("per_participant") => "per_participant = 500\n".to_owned(),
        _ => format!("{line}\n"),
    };
    shipped.lines().map(line).collect()
}

/// A table that carries call 2031 over.
fn provisional(call: u16) -> String {
    table(call)
        .replace(
            "status = \"published\"",
            "status = \"provisional\"\ncarried_from = 2031 # of the office",
        )
        .replace("confidence = \"confirmed\"", "confidence = \"inferred\"")
}

/// An office with the script, one table and one plan on `main`, on a branch for a change.
fn office() -> Office {
    let mut office = Office::new();
    office.set("TODAY", "2031-02-01");
    office.write("ci/rates.sh", &block("sh"));
    office.write(TABLE, &table(2031));
    office.write(PLAN, TEACHERS);
    office.commit();
    office.git(&["switch", "--quiet", "--create", "change"]);
    office
}

/// Organisational support is raised: 2 x 550 - 2 x 500 = 100 EUR more.
fn raise(office: &Office) {
    office.edit(TABLE, "per_participant = 500", "per_participant = 550");
}

fn raise_revision(office: &Office) {
    office.edit(TABLE, "revision = 1", "revision = 2");
}

/// Runs the script against `main`; it must end with this code.
fn script(office: &Office, code: i32) -> Ended {
    let ended = office.shell("sh ci/rates.sh main");
    assert_eq!(ended.code, Some(code), "{}{}", ended.out, ended.err);
    ended
}

/// What is posted after the script has ended well.
fn comment(office: &Office) -> String {
    office.commit();
    script(office, 0);
    let [all, comment] = FILES.map(|name| office.read(name).expect(name));
    assert_eq!(all, comment, "nothing is cut");
    comment
}

fn nothing_written(office: &Office) {
    assert_eq!(FILES.map(|name| office.read(name)), [None, None]);
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn the_sample_is_what_a_raised_figure_gives() {
    let office = office();
    raise(&office);
    raise_revision(&office);
    let comment = comment(&office);
    has(&comment, &["+100.00 EUR", "| 500.00 | 550.00 |", "6,036.00 EUR to 6,136.00 EUR"]);
    let base = office.git(&["rev-parse", "--short", "main"]);
    let sample = block("markdown").replace("830eaf3", &base);
    assert!(comment.contains(&base));
    assert_eq!(comment, sample, "docs/ci.md shows another comment than\n{comment}");
}

/// The ids of both tables are shown, so that a reviewer sees that they are one.
#[test]
fn a_figure_without_a_raised_revision_is_shown_all_the_same() {
    let office = office();
    raise(&office);
    has(&comment(&office), &["2031.1 to 2031.1", "+100.00 EUR"]);
}

/// The program has a table of this call: another text under its id is an error.
#[test]
fn another_text_of_a_table_of_the_program_is_refused() {
    let mut office = office();
    office.set("TODAY", "2026-11-21");
    office.remove(TABLE);
    let shipped = fs::read_to_string("rates/2025.toml").expect("a shipped table");
    office.write("rates/2025.toml", &format!("{shipped}# other\n"));
    office.commit();
    has(&script(&office, 1).err, &["revision-not-raised", "rates/2025.toml"]);
    nothing_written(&office);
}

#[test]
fn a_new_table_is_compared_with_the_call_that_it_carries_over() {
    let office = office();
    office.write("rates/2032.toml", &provisional(2032));
    office.edit("rates/2032.toml", "per_participant = 500", "per_participant = 510");
    let comment = comment(&office);
    has(&comment, &["`rates/2032.toml` is new. Compared with call 2031, which it carries over:"]);
    // 2 x 510 - 2 x 500
    has(&comment, &["2031.1 to 2032.1", "| 500.00 | 510.00 |", "+20.00 EUR"]);
}

#[test]
fn a_new_table_that_carries_a_call_of_the_program_is_compared_with_that() {
    let office = office();
    office.write("rates/2032.toml", &provisional(2032).replace("_from = 2031", "_from = 2025"));
    let comment = comment(&office);
    has(&comment, &["Compared with the program's own call 2025, which it carries over:"]);
    has(&comment, &["Total: 6,036.00 EUR to 6,036.00 EUR, 0.00 EUR"]);
}

#[test]
fn a_new_table_that_carries_nothing_is_shown_whole() {
    let office = office();
    office.write("rates/2032.toml", &table(2032));
    let comment = comment(&office);
    has(&comment, &["`rates/2032.toml` is new.\n", "## KA171 rates, call 2032"]);
    has(&comment, &["| organisational support, per participant | 500.00 |"]);
    assert!(!comment.contains("KA171 rates, 2031"), "{comment}");
}

#[test]
fn a_removed_table_is_named() {
    let office = office();
    office.write("rates/2032.toml", &table(2032));
    office.commit();
    office.git(&["branch", "--force", "main"]);
    office.remove("rates/2032.toml");
    let comment = comment(&office);
    has(&comment, &["`rates/2032.toml` was removed"]);
    assert!(!comment.contains("Impact"), "{comment}");
}

#[test]
fn where_no_table_has_changed_nothing_is_written() {
    let office = office();
    office.write("README.md", "Other work\n");
    office.write("rates/README.md", "Other work\n");
    office.commit();
    office.write("rates-diff.md", "An old result\n");
    has(&script(&office, 0).out, &["No rate table has changed: nothing to post."]);
    nothing_written(&office);
}

/// What `main` did in the meantime is not what the change does.
#[test]
fn a_change_is_compared_with_where_it_left() {
    let office = office();
    office.write("README.md", "Other work\n");
    office.commit();
    office.git(&["switch", "--quiet", "main"]);
    raise(&office);
    office.commit();
    office.git(&["switch", "--quiet", "change"]);
    has(&script(&office, 0).out, &["No rate table has changed"]);
}

#[test]
fn names_and_envelopes_that_change_are_named() {
    let office = office();
    let shipped = fs::read_to_string("rates/countries.toml").expect("names");
    office.write("rates/countries.toml", &shipped);
    let comment = comment(&office);
    has(&comment, &["not compared here:\n\n- `rates/countries.toml`"]);
}

#[test]
fn a_broken_table_ends_the_job_with_its_findings() {
    let office = office();
    raise(&office);
    office.edit(TABLE, "per_participant = 550", "per_participants = 550");
    office.commit();
    office.write("rates-comment.md", "An old result\n");
    let ended = script(&office, 1);
    has(&ended.err, &["error[unknown-key]", "rates/2031.toml:", "`per_participant`"]);
    nothing_written(&office);
}

#[test]
fn a_broken_table_can_be_repaired() {
    let office = office();
    office.edit(TABLE, "per_participant = 500", "per_participants = 500");
    office.commit();
    office.git(&["branch", "--force", "main"]);
    office.write(TABLE, &table(2031));
    has(&comment(&office), &["had errors before this change", "## KA171 rates, call 2031"]);
}

/// Checked on 15 January 2031: a year and a day is too long ago.
#[test]
fn a_warning_ends_the_job() {
    let mut office = office();
    raise(&office);
    office.commit();
    office.set("TODAY", "2032-01-16");
    has(&script(&office, 3).err, &["warning[checked-long-ago]"]);
    nothing_written(&office);
    office.set("TODAY", "2032-01-15");
    script(&office, 0);
}

#[test]
fn a_plan_with_errors_ends_the_job_with_them() {
    let office = office();
    raise(&office);
    office.edit(PLAN, "days = 5\n", "days = 500\n");
    office.commit();
    let ended = script(&office, 1);
    has(&ended.err, &["error[duration-too-long]", "plans/osh-teachers.toml:11:8"]);
    has(&ended.err, &["rates/2031.toml could not be compared"]);
    nothing_written(&office);
}

#[test]
fn names_may_have_blanks_and_accents() {
    let mut office = office();
    office.set("TABLES", "our rates/");
    office.set("PLANS", "our plans");
    office.write("our rates/2031.toml", &table(2031));
    office.write("our rates/2033.toml", &table(2033));
    office.write("our plans/Osh, féléves  mobilitás.toml", TEACHERS);
    office.write("our plans/second.json", &second_plan());
    office.commit();
    office.git(&["branch", "--force", "main"]);
    office.edit("our rates/2031.toml", "per_participant = 500", "per_participant = 550");
    office.remove("our rates/2033.toml");
    let comment = comment(&office);
    has(&comment, &["### Impact on Osh, féléves  mobilitás.toml", "### Impact on second.json"]);
    has(&comment, &["+100.00 EUR", "`our rates/2033.toml` was removed"]);
}

/// The same in JSON, with three participants.
fn second_plan() -> String {
    let flow = r#"{"country": "KG", "direction": "outgoing", "activity": "STA", "days": 5, "participants": 3, "band": "4000-7999"}"#;
    format!(r#"{{"call": 2031, "project": {{"country": "HU"}}, "flow": [{flow}]}}"#)
}

#[test]
fn without_plans_the_comment_says_so() {
    let office = office();
    raise(&office);
    office.remove(PLAN);
    has(&comment(&office), &["| 500.00 | 550.00 |", "There are no plans in `plans`"]);
}

#[test]
fn without_a_base_the_tables_are_only_checked() {
    let office = Office::new();
    office.write("ci/rates.sh", &block("sh"));
    office.write(TABLE, &table(2031));
    let ended = office.shell("TODAY=2031-02-01 sh ci/rates.sh");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    has(&ended.out, &["2031.1, published, valid", "the tables were only checked"]);
    nothing_written(&office);
}

#[test]
fn the_first_table_of_a_repository_is_new() {
    let mut office = Office::new();
    office.set("TODAY", "2031-02-01");
    office.write("ci/rates.sh", &block("sh"));
    office.commit();
    office.git(&["switch", "--quiet", "--create", "change"]);
    office.write(TABLE, &table(2031));
    has(&comment(&office), &["`rates/2031.toml` is new."]);
}

#[test]
fn a_base_that_is_not_there_is_wrong_usage() {
    let office = office();
    raise(&office);
    office.commit();
    for arguments in ["nowhere", "main --fail-on-impacts"] {
        let ended = office.shell(&format!("sh ci/rates.sh {arguments}"));
        assert_eq!(ended.code, Some(2), "{}", ended.err);
        nothing_written(&office);
    }
}

#[test]
fn the_guardrail_ends_with_3_after_everything_is_written() {
    let office = office();
    let guarded = || office.shell("sh ci/rates.sh main --fail-on-impact");
    office.edit(TABLE, "note = \"NEO-KG states it for call 2026.\"", "note = \"Another note.\"");
    office.commit();
    assert_eq!(guarded().code, Some(0));
    raise(&office);
    office.commit();
    assert_eq!(guarded().code, Some(3));
    has(&office.read("rates-comment.md").expect("a comment"), &["+100.00 EUR"]);
    office.remove(PLAN);
    assert_eq!(guarded().code, Some(0), "without a plan nothing can move");
}

#[test]
fn a_comment_that_is_too_long_is_cut_after_a_whole_line() {
    let office = office();
    for call in 2032..2036 {
        office.write(&format!("rates/{call}.toml"), &table(call));
    }
    office.commit();
    script(&office, 0);
    let [all, comment] = FILES.map(|name| office.read(name).expect(name));
    assert!(all.len() > 65_536, "{}", all.len());
    assert!(comment.len() < 65_536, "{}", comment.len());
    let (kept, note) = comment.rsplit_once("\n\n</details>\n").expect("the end of the fold");
    assert!(all.starts_with(&format!("{kept}\n")));
    has(note, &["Cut here: a comment holds no more.", "rates-diff.md"]);
    let count = |tag| comment.lines().filter(|line| line.starts_with(tag)).count();
    assert_eq!(count("<details>"), count("</details>"));
}

/// The values of a key of YAML that stand on its line.
fn values<'y>(yaml: &'y str, key: &str) -> Vec<&'y str> {
    yaml.lines().filter_map(|line| line.trim_start().strip_prefix(key)).map(str::trim).collect()
}

fn yaml(about: &str) -> String {
    let found = blocks("yaml").into_iter().find(|block| block.contains(about));
    found.expect(about)
}

/// The commands of the GitHub job, one after the other as the job runs them.
#[test]
fn the_github_job_runs() {
    let workflow = yaml("GITHUB_STEP_SUMMARY");
    let commands = values(&workflow, "run:");
    assert_eq!(commands.len(), 4, "{commands:?}");
    let mut office = office();
    raise(&office);
    office.commit();
    office.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    office.stand_in("cargo");
    office.stand_in("gh");
    let variables = [
        ("KA171_GIT", "an address"),
        ("KA171_REVISION", "abc"),
        ("GITHUB_BASE_REF", "main"),
        ("GITHUB_STEP_SUMMARY", "summary.md"),
        ("PULL_REQUEST", "17"),
    ];
    variables.iter().for_each(|(name, value)| office.set(name, value));
    for command in commands {
        let ended = office.shell(command);
        assert_eq!(ended.code, Some(0), "{command}: {}", ended.err);
    }
    let installed = "install\n--locked\n--git\nan address\n--rev\nabc\nka171\n";
    assert_eq!(office.read("cargo.arguments").as_deref(), Some(installed));
    assert_eq!(office.read("summary.md"), office.read("rates-diff.md"));
    has(&office.read("summary.md").expect("a summary"), &["+100.00 EUR"]);
    let posted = "pr\ncomment\n17\n--body-file\nrates-comment.md\n";
    assert_eq!(office.read("gh.arguments").as_deref(), Some(posted));
}

/// Every step that shows or posts asks first whether there is something.
#[test]
fn the_github_job_posts_only_what_was_written() {
    let workflow = yaml("GITHUB_STEP_SUMMARY");
    let conditions = values(&workflow, "if:");
    let asks = |file: &str| {
        let asked = format!("hashFiles('{file}') != ''");
        conditions.iter().filter(|condition| condition.contains(&asked)).count()
    };
    assert_eq!((asks("rates-diff.md"), asks("rates-comment.md")), (2, 1));
}

/// The lines of the GitLab job's `script`, as one text.
fn gitlab_script() -> String {
    let job = yaml("CI_PIPELINE_SOURCE");
    let (_, script) = job.split_once("  script:\n").expect("a script");
    let (script, _) = script.split_once("  artifacts:").expect("the next key");
    let line = |line: &str| match line.strip_prefix("    - ") {
        Some("|") => String::new(),
        Some(command) => format!("{command}\n"),
        None => format!("{}\n", line.strip_prefix("      ").expect("a line of a block")),
    };
    script.lines().map(line).collect()
}

fn gitlab_office() -> Office {
    let mut office = office();
    office.stand_in("cargo");
    office.stand_in("curl");
    let base = office.git(&["rev-parse", "main"]);
    let variables = [
        ("KA171_GIT", "an address"),
        ("KA171_REVISION", "abc"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base),
        ("CI_MERGE_REQUEST_PROJECT_ID", "5"),
        ("CI_MERGE_REQUEST_IID", "17"),
        ("CI_API_V4_URL", "https://gitlab.invalid/api/v4"),
        ("RATES_TOKEN", "a token"),
    ];
    variables.iter().for_each(|(name, value)| office.set(name, value));
    office
}

#[test]
fn the_gitlab_job_runs() {
    let office = gitlab_office();
    raise(&office);
    office.commit();
    let ended = office.shell(&gitlab_script());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let installed = "install\n--locked\n--root\n.ka171\n--git\nan address\n--rev\nabc\nka171\n";
    assert_eq!(office.read("cargo.arguments").as_deref(), Some(installed));
    has(&office.read("rates-diff.md").expect("a result"), &["+100.00 EUR"]);
    let posted = office.read("curl.arguments").expect("a note");
    has(&posted, &["PRIVATE-TOKEN: a token\n", "--data-urlencode\nbody@rates-comment.md\n"]);
    has(&posted, &["https://gitlab.invalid/api/v4/projects/5/merge_requests/17/notes\n"]);
}

#[test]
fn the_gitlab_job_posts_nothing_without_a_token() {
    let mut office = gitlab_office();
    office.set("RATES_TOKEN", "");
    raise(&office);
    office.commit();
    assert_eq!(office.shell(&gitlab_script()).code, Some(0));
    assert_eq!(office.read("curl.arguments"), None);
}

#[test]
fn the_gitlab_job_fails_with_a_broken_table_and_posts_nothing() {
    let office = gitlab_office();
    office.edit(TABLE, "per_participant = 500", "per_participants = 500");
    office.commit();
    let ended = office.shell(&gitlab_script());
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    has(&ended.err, &["error[unknown-key]"]);
    assert_eq!(office.read("curl.arguments"), None);
}

/// YAML that no tool here reads: at least no tab, and no line that the tests leave out.
#[test]
fn every_command_of_the_jobs_is_run_here() {
    let jobs = blocks("yaml");
    assert_eq!(jobs.len(), 2);
    assert!(jobs.iter().all(|job| !job.contains('\t')));
    let calls = |text: &str| {
        let line = |line: &&str| {
            let line = line.trim_start().trim_start_matches("- ");
            line.starts_with("run:") || line.contains("sh ci/rates.sh")
        };
        text.lines().filter(line).count()
    };
    assert_eq!(calls(&yaml("GITHUB_STEP_SUMMARY")), 4);
    assert_eq!(calls(&yaml("CI_PIPELINE_SOURCE")), 1);
    assert_eq!(calls(&gitlab_script()), 1);
}
