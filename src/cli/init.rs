//! `ka171 init`

use clap::error::ErrorKind;

use super::Exit;
use super::args::init::{InitArgs, StarterFormat};
use super::args::rates::TableName;
use super::args::usage_error;
use super::output::Output;
use super::rates::tables;
use super::write::write_file;
use crate::error::{Error, Refusal};
use crate::model::Status;
use crate::rates::RateStore;
use crate::starter;

/// Writes a starter; says nothing, as other commands that write a file.
pub(super) fn run(args: &InitArgs, _: &Output) -> Result<Exit, Refusal> {
    let format = match args.format() {
        Ok(format) => format,
        Err(message) => usage_error("init", ErrorKind::InvalidValue, &message),
    };
    let call = call(args.call, &args.folder.store())?;
    let text = match format {
        StarterFormat::Toml => starter::toml(call),
        StarterFormat::Csv => starter::csv(call),
    };
    write_file(&args.file, text.as_bytes(), args.force)?;
    Ok(Exit::Done)
}

/// The call that is asked for, or the latest published one; where none is, the latest.
fn call(given: Option<u16>, store: &RateStore) -> Result<u16, Refusal> {
    if let Some(call) = given {
        return Ok(tables::named(&TableName::Call(call), store)?.call);
    }
    let tables = tables::all(store)?;
    let of = |status| tables.iter().filter(move |table| table.identity.status == status);
    let latest = of(Status::Published).map(|table| table.call).max();
    let latest = latest.or_else(|| of(Status::Provisional).map(|table| table.call).max());
    // A store without a table is an error of its own before this.
    latest.ok_or_else(|| Error::NoRateTable(store.country_names_path()).into())
}
