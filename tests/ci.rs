//! What docs/ci.md says of its script is what happens, in repositories of made-up offices.

#![cfg(unix)] // a shell and git
#![allow(clippy::expect_used)] // a failing test may stop

mod support;

use std::fs;

use support::office::{Ended, Office, PLAN, TABLE, TEACHERS, block, has, office, raise, table};

const FILES: [&str; 2] = ["rates-diff.md", "rates-comment.md"];

/// A table that carries call 2031 over.
fn provisional(call: u16) -> String {
    table(call)
        .replace(
            "status = \"published\"",
            "status = \"provisional\"\ncarried_from = 2031 # of the office",
        )
        .replace("confidence = \"confirmed\"", "confidence = \"inferred\"")
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
    has(
        &comment,
        &[
            "### Impact on our plans/Osh, féléves  mobilitás.toml",
            "### Impact on our plans/second.json",
        ],
    );
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
