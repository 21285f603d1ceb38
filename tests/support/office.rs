//! The git repository of an office that keeps rate tables of its own, in a folder that goes away.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A repository, and beside it programs that stand in for others.
pub struct Office {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a command ended.
pub struct Ended {
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Office {
    /// A repository with the branch `main` and no commit.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let office = Self { folder, variables: Vec::new() };
        for name in ["programs", "home", "repository"] {
            fs::create_dir(office.folder.path().join(name)).expect("a folder");
        }
        office.git(&["init", "--quiet", "--initial-branch=main"]);
        office
    }

    /// The repository.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    /// Sets a variable for the commands that follow.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a text that stands there once.
    pub fn edit(&self, name: &str, find: &str, put: &str) {
        let text = self.read(name).expect(name);
        assert_eq!(text.matches(find).count(), 1, "{find:?} in {name}");
        self.write(name, &text.replace(find, put));
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect(name);
    }

    /// A file's text; `None` where there is no such file.
    pub fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path().join(name)).ok()
    }

    /// A program of this name that writes its arguments, one on a line, to `NAME.arguments`.
    pub fn stand_in(&self, name: &str) {
        let path = self.folder.path().join("programs").join(name);
        fs::write(&path, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >{name}.arguments\n"))
            .expect("a program");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }

    /// Commits everything.
    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A change"]);
    }

    /// Runs git and gives what it prints; it must not fail.
    pub fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        let ended = self.run(command.args(arguments));
        assert_eq!(ended.code, Some(0), "git {arguments:?}: {}", ended.err);
        ended.out.trim().to_owned()
    }

    /// Runs a text in the shell.
    pub fn shell(&self, text: &str) -> Ended {
        self.run(Command::new("sh").args(["-e", "-c", text]))
    }

    /// Nothing of the user's own configuration, and no variable of a job that runs this test.
    fn run(&self, command: &mut Command) -> Ended {
        let program = Path::new(env!("CARGO_BIN_EXE_ka171")).parent().expect("a folder");
        let path = std::env::var("PATH").expect("a path");
        let programs = self.folder.path().join("programs");
        let output = command
            .current_dir(self.path())
            .env_clear()
            .env("PATH", format!("{}:{}:{path}", programs.display(), program.display()))
            .env("HOME", self.folder.path().join("home"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"].map(|name| (name, "An office")))
            .envs(
                ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"].map(|name| (name, "office@localhost")),
            )
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub const TABLE: &str = "rates/2031.toml";
pub const PLAN: &str = "plans/osh-teachers.toml";

/// Two participants: 2 x 7 x 190 + 2 x 1188 + 2 x 500 = 2660 + 2376 + 1000 = 6036.
pub const TEACHERS: &str = r#"call = 2031

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
pub fn blocks(language: &str) -> Vec<String> {
    let document = document();
    let fence = format!("\n```{language}\n");
    let parts = document.split(&fence).skip(1);
    parts.map(|part| part.split("```\n").next().unwrap_or_default().to_owned()).collect()
}

pub fn block(language: &str) -> String {
    let mut found = blocks(language);
    assert_eq!(found.len(), 1, "blocks of {language}");
    found.remove(0)
}

/// A table of a call that the program does not have, checked on 15 January 2031.
pub fn table(call: u16) -> String {
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

/// An office with the script, one table and one plan on `main`, on a branch for a change.
pub fn office() -> Office {
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
pub fn raise(office: &Office) {
    office.edit(TABLE, "per_participant = 500", "per_participant = 550");
}

pub fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}
