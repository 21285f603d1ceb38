//! `ka171 rates`: one file for each subcommand.

mod check;
mod diff;
mod envelopes;
mod list;
mod show;
pub(super) mod tables;

use super::Exit;
use super::args::rates::{RatesArgs, RatesCommand};
use super::output::Output;
use crate::error::Refusal;

pub(super) fn run(args: &RatesArgs, output: &Output) -> Result<Exit, Refusal> {
    match &args.command {
        RatesCommand::List(args) => list::run(args, output),
        RatesCommand::Show(args) => show::run(args, output),
        RatesCommand::Check(args) => check::run(args, output),
        RatesCommand::Diff(args) => diff::run(args, output),
        RatesCommand::Envelopes(args) => envelopes::run(args, output),
    }
}
