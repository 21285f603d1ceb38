//! `ka171 rates list`

use super::tables;
use crate::cli::Exit;
use crate::cli::args::rates::{ListFormat, RatesListArgs};
use crate::cli::output::{Output, terminal_width};
use crate::error::Refusal;
use crate::report::rates::list;

pub(super) fn run(args: &RatesListArgs, output: &Output) -> Result<Exit, Refusal> {
    let tables = tables::all(&args.folder.store())?;
    output.result(&match args.format {
        ListFormat::Table => list::render(&tables, terminal_width()),
        ListFormat::Json => list::render_json(&tables)?,
    })?;
    Ok(Exit::Done)
}
