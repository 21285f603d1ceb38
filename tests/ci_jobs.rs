//! The two jobs of docs/ci.md: their commands run in the repository of a made-up office, with programs
//! that stand in for those of the network.

#![cfg(unix)] // a shell and git
#![allow(clippy::expect_used)] // a failing test may stop

mod support;

use support::office::{Office, TABLE, blocks, has, office, raise};

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
