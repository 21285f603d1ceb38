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
use crate::rates::{RateStore, RateTable};
use crate::starter;

/// Writes a starter; says nothing, as other commands that write a file.
pub(super) fn run(args: &InitArgs, output: &Output) -> Result<Exit, Refusal> {
    let format = match args.format() {
        Ok(format) => format,
        Err(message) => usage_error("init", ErrorKind::InvalidValue, &message),
    };
    let store = args.folder.store();
    let table = table(args.call, &store)?;
    let bytes = match format {
        StarterFormat::Toml => starter::toml(table.call).into_bytes(),
        StarterFormat::Csv => starter::csv(table.call).into_bytes(),
        StarterFormat::Xlsx => starter::xlsx(&table, &store.country_names()?)?,
    };
    match args.file() {
        Some(file) => write_file(file, &bytes, args.force)?,
        None => output.bytes(&bytes)?,
    }
    Ok(Exit::Done)
}

/// The table of the call that is asked for, or the latest published one; where none is, the latest.
fn table(given: Option<u16>, store: &RateStore) -> Result<RateTable, Refusal> {
    if let Some(call) = given {
        return tables::named(&TableName::Call(call), store);
    }
    let latest = tables::all(store)?
        .into_iter()
        .max_by_key(|table| (table.identity.status == Status::Published, table.call));
    // A store without a table is an error of its own before this.
    latest.ok_or_else(|| Error::NoRateTable(store.country_names_path()).into())
}
