//! rates/README.md, followed as a new user would in a folder of one's own: a call 2031 is added, a
//! source cited, a figure changed. The blocks and commands are those of the text, in its order.

#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A plan of two participants. With 550 EUR of organisational support:
/// 2 x 7 x 190 + 2 x 1188 + 2 x 550 = 2660 + 2376 + 1100 = 6136.
const PLAN: &str = r#"call = 2031

[project]
country = "HU"

[[flow]]
country = "KG"
direction = "outgoing"
activity = "STA"
days = 5
travel_days = 2
participants = 2
band = "4000-7999"
"#;

/// A fenced block of the text.
#[derive(Debug)]
struct Block {
    language: String,
    text: String,
}

/// The blocks of a section, without the indentation of the steps that they stand in.
fn blocks(section: &str) -> Vec<Block> {
    let text = fs::read_to_string("rates/README.md").expect("rates/README.md");
    let text = text.replace("\r\n", "\n");
    let (_, text) = text.split_once(&format!("\n{section}\n")).expect(section);
    let (text, _) = text.split_once("\n## ").expect("the next section");
    let mut lines = text.lines();
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        let Some((indentation, language)) = line.split_once("```") else { continue };
        let inner = lines.by_ref().take_while(|line| line.trim() != "```");
        let inner = inner.map(|line| line.strip_prefix(indentation).unwrap_or(line));
        let text = inner.map(|line| format!("{line}\n")).collect();
        blocks.push(Block { language: language.to_owned(), text });
    }
    blocks
}

/// What a command prints.
struct Printed {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Where the user works.
struct User {
    folder: TempDir,
}

impl User {
    fn new() -> Self {
        let user = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(user.path("my-rates")).expect("a folder");
        fs::write(user.path("plan.toml"), PLAN).expect("a plan");
        user
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn table(&self) -> String {
        fs::read_to_string(self.path("my-rates/2031.toml"))
            .expect("the table")
            .replace("\r\n", "\n")
    }

    fn write_table(&self, text: &str) {
        fs::write(self.path("my-rates/2031.toml"), text).expect("the table");
    }

    /// Runs a command of the text. No word of it has blanks.
    fn run(&self, command: &str) -> Printed {
        let arguments = command.strip_prefix("ka171 ").expect("a command of ka171").split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_ka171"))
            .args(arguments)
            .current_dir(self.folder.path())
            .envs([("COLUMNS", "100"), ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")])
            .output()
            .expect("the program runs");
        // `my-rates\2031.toml` on Windows.
        let text = |bytes| String::from_utf8(bytes).expect("text").replace('\\', "/");
        Printed { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs every command of a block; what the block shows must be what is printed.
    fn follow(&self, block: &Block, commands: &[&str], code: i32) -> Vec<Printed> {
        assert_eq!(block.language, "console", "{block:?}");
        let shown = shown_by(&block.text);
        assert_eq!(shown.iter().map(|(command, _)| *command).collect::<Vec<_>>(), commands);
        let run = |(command, shown): (&str, &str)| {
            let printed = self.run(command);
            assert_eq!(printed.code, Some(code), "{command}: {}", printed.err);
            let all = if code == 0 { &printed.out } else { &printed.err };
            let shown = shown.trim_end();
            assert!(shown.is_empty() || shown == all.trim_end(), "{command} prints\n{all}");
            printed
        };
        shown.into_iter().map(run).collect()
    }
}

/// The commands of a block, each with the output that is shown below it.
fn shown_by(block: &str) -> Vec<(&str, &str)> {
    let block = block.strip_prefix("$ ").expect("a command first");
    block.split("\n$ ").map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}

fn sole(text: &str, part: &str) {
    assert_eq!(text.matches(part).count(), 1, "{part:?}");
}

/// The lines between a heading of a page and the next one.
fn part<'t>(text: &'t str, heading: &str) -> &'t str {
    let (_, text) = text.split_once(&format!("\n{heading}\n\n")).expect(heading);
    text.split("\n\n").next().unwrap_or_default()
}

/// Step 2.
fn replace_head(user: &User, head: &Block) {
    let table = user.table();
    let project = "\n# ---- The project";
    sole(&table, project);
    let (_, rest) = table.split_once(project).expect("the project");
    user.write_table(&format!("{}{project}{rest}", head.text));
}

/// Step 3.
fn infer_all_marks(user: &User) {
    let marked = ["confirmed", "single"].iter().fold(user.table(), |table, mark| {
        let mark = format!("confidence = \"{mark}\"");
        assert!(table.contains(&mark), "{mark} stands nowhere");
        table.replace(&mark, "confidence = \"inferred\"")
    });
    let kept = marked.lines().filter(|line| !line.starts_with("carried = false"));
    let table: String = kept.map(|line| format!("{line}\n")).collect();
    assert!(table.len() < marked.len(), "no line to take out");
    user.write_table(&table);
}

/// Step 5.
fn enter_figure(user: &User, figure: &Block, source: &Block) {
    let table = user.table();
    let begin = "\n[organisational_support]\n";
    sole(&table, begin);
    let (before, after) = table.split_once(begin).expect("the figure");
    let (_, after) = after.split_once("\n\n").expect("the next table");
    user.write_table(&format!("{before}\n{}\n{after}\n{}", figure.text, source.text));
}

#[test]
fn a_call_can_be_added_as_the_text_says() {
    let blocks = blocks("## Adding a call");
    let [wrong, head, carried, figure, source, done, budget] = &blocks[..] else {
        panic!("other blocks: {blocks:?}");
    };
    let toml = [head, figure, source];
    assert!(toml.iter().all(|block| block.language == "toml"));
    let user = User::new();

    // 1. The newest table, copied.
    let newest = fs::read_dir("rates").expect("rates").filter_map(|entry| {
        entry.expect("a file").file_name().to_str()?.strip_suffix(".toml")?.parse::<u16>().ok()
    });
    assert_eq!(newest.max(), Some(2026), "the text names the newest table");
    fs::copy("rates/2026.toml", user.path("my-rates/2031.toml")).expect("a copy");
    user.follow(wrong, &["ka171 rates check my-rates"], 1);

    replace_head(&user, head);
    let early = user.run("ka171 rates check my-rates");
    assert_eq!(early.code, Some(0), "what 2026 says of itself is taken for 2031: {}", early.err);
    infer_all_marks(&user);

    // 4.
    user.follow(carried, &["ka171 rates check my-rates"], 0);
    let diff = user.run("ka171 rates diff 2026 my-rates/2031.toml").out;
    assert!(!diff.contains("\nFigures\n") && !diff.contains("\nRules\n"), "{diff}");

    enter_figure(&user, figure, source);

    // 6.
    let commands = [
        "ka171 rates check my-rates",
        "ka171 rates diff 2026 my-rates/2031.toml",
        "ka171 rates show my-rates/2031.toml",
    ];
    let printed = user.follow(done, &commands, 0);
    let [_, diff, show] = &printed[..] else { panic!("three results") };
    only_the_figure_has_changed(&diff.out);
    let line = show.out.lines().find(|line| line.starts_with("organisational support, per"));
    let words: Vec<&str> = line.expect("the figure").split_whitespace().collect();
    assert!(words.contains(&"550.00") && words.contains(&"confirmed"), "{words:?}");

    says_provisional(&user, budget);
}

/// Step 7.
fn says_provisional(user: &User, budget: &Block) {
    let budget = user.follow(budget, &["ka171 budget plan.toml --rates my-rates"], 0);
    let [budget] = &budget[..] else { panic!("one result") };
    let second = budget.out.lines().nth(1);
    assert_eq!(second, Some("Rates 2031.1, provisional, my-rates/2031.toml"));
    let total = budget.out.lines().find(|line| line.starts_with("Total"));
    assert!(total.expect("a total").ends_with(" 6,136.00"), "{}", budget.out);
    assert!(budget.err.contains("warning[provisional-rates]"), "{}", budget.err);
    assert!(budget.err.contains("2026"), "{}", budget.err);
}

fn only_the_figure_has_changed(diff: &str) {
    let figures = part(diff, "Figures").lines().filter(|line| line.starts_with(['~', '+', '-']));
    let changed: Vec<&str> = figures.filter(|line| !line.starts_with("--")).collect();
    let figure = "organisational support, per participant  500.00  550.00";
    assert!(matches!(changed[..], [line] if line.contains(figure)), "{diff}");
    assert!(!diff.contains("\nRules\n") && !diff.contains("\nCountries\n"), "{diff}");
    assert!(diff.contains("Figures: 1 changed."), "{diff}");
}

/// The steps of "Changing a figure", with a table that the program has too.
#[test]
fn a_figure_can_be_changed_as_the_text_says() {
    let text = fs::read_to_string("rates/README.md").expect("rates/README.md");
    let [check, diff] =
        ["ka171 rates check my-rates", "ka171 rates diff before.toml my-rates/2025.toml"];
    assert!([check, diff].iter().all(|command| text.contains(&format!("`{command}`"))));

    let user = User::new();
    let old = fs::read_to_string("rates/2025.toml").expect("a table");
    fs::write(user.path("before.toml"), &old).expect("a copy");
    sole(&old, "per_participant = 500");
    let new = old.replace("per_participant = 500", "per_participant = 550");
    fs::write(user.path("my-rates/2025.toml"), &new).expect("a table");
    let early = user.run(check);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("error[revision-not-raised]"), "{}", early.err);

    sole(&new, "\nrevision = 1");
    let raised = new.replace("\nrevision = 1", "\nrevision = 2");
    fs::write(user.path("my-rates/2025.toml"), raised).expect("a table");
    let done = user.run(check);
    assert_eq!(done.out, "my-rates/2025.toml: 2025.2, published, valid\n", "{}", done.err);
    only_the_figure_has_changed(&user.run(diff).out);

    // 2 x 550 - 2 x 500
    let impact = user.run(&format!("{diff} --impact plan.toml"));
    let total = "Total: 6,036.00 EUR to 6,136.00 EUR, +100.00 EUR (+1.66 %).";
    assert!(impact.out.contains(total), "{}", impact.out);
}

/// A source that is added and not cited, and the same one cited.
#[test]
fn a_source_that_nothing_cites_is_named() {
    let user = User::new();
    let blocks = blocks("### How to cite");
    let [source] = &blocks[..] else { panic!("other blocks: {blocks:?}") };
    let table = fs::read_to_string("rates/2026.toml").expect("a table").replace("\r\n", "\n");
    let table = table.replace("\ncall = 2026\n", "\ncall = 2031\n");
    user.write_table(&format!("{table}\n{}", source.text));
    let check = user.run("ka171 rates check my-rates");
    assert_eq!(check.code, Some(1));
    assert!(check.err.contains("error[unused-source]"), "{}", check.err);
    assert!(check.err.contains("office-letter"), "{}", check.err);

    let cite = "per_participant = 500\ncite = [\"neo-kg\"]\n";
    let cited = "per_participant = 500\ncite = [\"office-letter\", \"neo-kg\"]\n";
    sole(&table, cite);
    user.write_table(&format!("{}\n{}", table.replace(cite, cited), source.text));
    assert_eq!(user.run("ka171 rates check my-rates").code, Some(0));
}
