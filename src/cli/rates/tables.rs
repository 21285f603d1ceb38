//! Rate tables as the command line names them.

use crate::cli::args::rates::TableName;
use crate::diag::Errors;
use crate::error::Refusal;
use crate::rates::{RateStore, RateTable, TableFile, read_table};

/// The table of a call or file.
pub(in crate::cli) fn named(name: &TableName, store: &RateStore) -> Result<RateTable, Refusal> {
    let file = match name {
        TableName::File(path) => TableFile::read(path)?,
        TableName::Call(call) => match store.table(*call)? {
            Some(file) => file,
            None => return Err(store.unknown_call((*call).into(), None)?.into()),
        },
    };
    Ok(read_table(&file)?)
}

/// Every table at hand, by call.
///
/// The errors of all of them come at once.
pub(in crate::cli) fn all(store: &RateStore) -> Result<Vec<RateTable>, Refusal> {
    let (tables, errors) = readable(store)?;
    match errors {
        None => Ok(tables),
        Some(errors) => Err(errors.into()),
    }
}

/// The tables at hand that have no errors, by call, and the errors of the others.
pub(super) fn readable(store: &RateStore) -> Result<(Vec<RateTable>, Option<Errors>), Refusal> {
    let mut tables = Vec::new();
    let mut faults: Option<Errors> = None;
    for call in store.calls()? {
        match named(&TableName::Call(call), store) {
            Ok(table) => tables.push(table),
            Err(Refusal::Faults(errors)) => {
                faults = Some(Errors::joined(faults, errors));
            }
            Err(machine) => return Err(machine),
        }
    }
    Ok((tables, faults))
}
