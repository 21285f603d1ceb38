//! Writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::AutoStream;
use clap::ColorChoice;

use super::Exit;
use super::args::Deny;
use super::write::write_file;
use crate::diag::{Code, Diagnostic, Errors, Severity, count, listed, render, render_in_file};
use crate::error::Error;
use crate::error::Refusal;

/// The two streams.
pub(super) struct Output {
    color: ColorChoice,
}

impl Output {
    pub fn new(color: ColorChoice) -> Self {
        Self { color }
    }

    /// Writes a result. A reader that has closed the pipe has what it wanted.
    pub fn result(&self, text: &str) -> Result<(), Refusal> {
        self.bytes(text.as_bytes())
    }

    /// Writes a result that need not be text.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Refusal::Machine(Error::Write(error)))
            }
            _ => Ok(()),
        }
    }

    /// Writes a result in which lines may begin with `+`, `-` or `~`: coloured where colour is wanted.
    pub fn result_with_marks(&self, text: &str) -> Result<(), Refusal> {
        let stdout = io::stdout();
        let choice = self.choice(&stdout);
        if matches!(choice, anstream::ColorChoice::Never) {
            return self.result(text);
        }
        let coloured = |line: &str| {
            let colour = match line.get(..2) {
                Some("+ ") => "32",
                Some("- ") => "31",
                Some("~ ") => "33",
                _ => return format!("{line}\n"),
            };
            format!("\u{1b}[{colour}m{line}\u{1b}[0m\n")
        };
        self.result(&text.lines().map(coloured).collect::<String>())
    }

    /// Whether a stream gets colour.
    fn choice(&self, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
        match self.color {
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => AutoStream::choice(stream),
        }
    }

    /// Writes a result to a file, which is replaced where there is one, or to standard output.
    pub fn result_to(&self, file: Option<&Path>, bytes: &[u8]) -> Result<(), Refusal> {
        match file {
            Some(file) => Ok(write_file(file, bytes, true)?),
            None => self.bytes(bytes),
        }
    }

    /// Writes notices to standard error, below the result.
    pub fn notices(&self, notices: &[Diagnostic]) {
        let texts: Vec<String> = notices.iter().map(render).collect();
        if !texts.is_empty() {
            self.say(&format!("\n{}", texts.join("\n\n")));
        }
    }

    /// Says why there is no result.
    pub fn refuse(&self, refusal: &Refusal) -> Exit {
        match refusal {
            Refusal::Faults(errors) => {
                self.errors(errors, "; nothing was computed");
                Exit::Input
            }
            Refusal::Machine(error) => {
                self.say(&format!("error: {error}"));
                Exit::Machine
            }
        }
    }

    /// Writes errors, how many there are, and what follows from that.
    pub fn errors(&self, errors: &Errors, consequence: &str) {
        for error in &errors.list {
            self.say(&format!("{}\n", render(error)));
        }
        let number = errors.list.len() + errors.omitted;
        let found = count(number as u64, "error");
        self.say(&format!("{found} found{}{consequence}", not_shown(errors.omitted)));
    }

    /// Writes findings about files, each with the line that it is about, and where there are errors
    /// how many.
    pub fn findings_in_files(&self, findings: &[Diagnostic], omitted: usize) {
        for finding in findings {
            self.say(&format!("{}\n", render_in_file(finding)));
        }
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let errors = findings.iter().filter(is_error).count();
        if errors == 0 {
            return;
        }
        let mut found = vec![count((errors + omitted) as u64, "error")];
        if findings.len() > errors {
            found.push(count((findings.len() - errors) as u64, "warning"));
        }
        self.say(&format!("{} found{}", listed(&found, "and"), not_shown(omitted)));
    }

    /// Says something about a run that is no finding about its input.
    pub fn remark(&self, text: &str) {
        self.say(&format!("note: {text}"));
    }

    /// One piece of text on standard error. Nobody can be told that this failed.
    fn say(&self, text: &str) {
        let stderr = io::stderr();
        let choice = self.choice(&stderr);
        let _ = writeln!(AutoStream::new(stderr.lock(), choice), "{text}");
    }
}

/// How many errors are only counted.
fn not_shown(omitted: usize) -> String {
    match omitted {
        0 => String::new(),
        omitted => format!(", {omitted} not shown"),
    }
}

/// The width of the terminal that standard output goes to; `None` where it is no terminal.
pub(super) fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Whether a notice is one that `--deny` asks about.
pub(super) fn is_denied(notice: &Diagnostic, deny: &[Deny]) -> bool {
    deny.iter().any(|deny| match deny {
        Deny::Warnings => notice.severity == Severity::Warning,
        Deny::Provisional => notice.code == Code::ProvisionalRates,
        Deny::Inferred => {
            matches!(notice.code, Code::InferredFigures | Code::ContradictedFigures)
        }
    })
}
