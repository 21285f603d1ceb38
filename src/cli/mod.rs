//! The command line: the only place that prints.

mod args;
mod budget;
mod check;
mod convert;
mod diff;
mod distance;
mod explain;
mod findings;
mod init;
mod large;
mod output;
mod paths;
mod rates;
mod schema;
mod score;
mod verify;
mod write;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use output::Output;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Done.
    Done,
    /// The input is at fault.
    Input,
    /// A guardrail asked for by flag was crossed; everything was printed.
    Guardrail,
    /// The machine is at fault.
    Machine,
}

impl Exit {
    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Input => 1,
            // 2 is clap's: wrong usage of the command line.
            Self::Guardrail => 3,
            Self::Machine => 4,
        }
    }
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.color);
    let exit = match &cli.command {
        Command::Budget(args) => budget::run(args, &output),
        Command::Check(args) => check::run(args, &output),
        Command::Diff(args) => diff::run(args, &output),
        Command::Distance(args) => distance::run(args, &output),
        Command::Verify(args) => verify::run(args, &output),
        Command::Score(args) => score::run(args, &output),
        Command::Explain(args) => explain::run(args, &output),
        Command::Rates(args) => rates::run(args, &output),
        Command::Init(args) => init::run(args, &output),
        Command::Convert(args) => convert::run(args, &output),
        Command::Schema(args) => schema::run(args, &output),
    };
    let exit = exit.unwrap_or_else(|refusal| output.refuse(&refusal));
    ExitCode::from(exit.code())
}
