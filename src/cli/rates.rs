//! `ka171 rates`

use std::path::PathBuf;

use super::Exit;
use super::args::{RatesArgs, RatesCommand};
use super::output::Output;
use crate::error::Refusal;
use crate::rates::{RateStore, TableFile, read_table};

pub(super) fn run(args: &RatesArgs, output: &Output) -> Result<Exit, Refusal> {
    match &args.command {
        RatesCommand::Check { paths } => check(paths, output),
    }
}

/// Validates every table and says what is wrong with each.
fn check(paths: &[PathBuf], output: &Output) -> Result<Exit, Refusal> {
    let mut exit = Exit::Done;
    let mut stores = Vec::new();
    let mut tables = Vec::new();
    if paths.is_empty() {
        stores.push(RateStore::Embedded);
    }
    for path in paths {
        if path.is_dir() {
            stores.push(RateStore::Folder(path.clone()));
        } else {
            tables.push(TableFile::read(path)?);
        }
    }
    for store in &stores {
        for call in store.calls()? {
            tables.extend(store.table(call)?);
        }
        match store.country_names() {
            Ok(_) => {}
            Err(Refusal::Faults(errors)) => {
                output.errors(&errors, "");
                exit = Exit::Input;
            }
            Err(machine) => return Err(machine),
        }
    }
    let mut valid = String::new();
    for table in &tables {
        match read_table(table) {
            Ok(read) => {
                let rates = &read.identity;
                let line =
                    format!("{}: {}, {}, valid\n", table.file().path(), rates.id, rates.status);
                valid.push_str(&line);
            }
            Err(errors) => {
                output.errors(&errors, "");
                exit = Exit::Input;
            }
        }
    }
    if exit == Exit::Done {
        output.result(&valid)?;
    }
    Ok(exit)
}
