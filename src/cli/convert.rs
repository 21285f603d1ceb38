//! `ka171 convert`

use clap::error::ErrorKind;

use super::Exit;
use super::args::convert::ConvertArgs;
use super::args::usage_error;
use super::output::Output;
use super::write::write_file;
use crate::convert::convert;
use crate::diag::{listed, quoted};
use crate::error::Refusal;

/// Writes the plan, and says what of it was left behind.
pub(super) fn run(args: &ConvertArgs, output: &Output) -> Result<Exit, Refusal> {
    let target = match args.target() {
        Ok(target) => target,
        Err(message) => usage_error("convert", ErrorKind::InvalidValue, &message),
    };
    let names = args.folder.store().country_names()?;
    let converted = match args.text().and_then(|text| convert(&text, target, &names)) {
        Err(Refusal::Faults(errors)) => {
            output.errors(&errors, "; nothing was written");
            return Ok(Exit::Input);
        }
        other => other?,
    };
    match args.file() {
        Some(path) => write_file(path, &converted.bytes, args.force)?,
        None => output.bytes(&converted.bytes)?,
    }
    if converted.had_comments {
        output.remark("comments were left out");
    }
    let own: Vec<String> = converted.left_out.iter().map(|heading| quoted(heading)).collect();
    if !own.is_empty() {
        output.remark(&format!("columns of your own were left out: {}", listed(&own, "and")));
    }
    Ok(Exit::Done)
}
