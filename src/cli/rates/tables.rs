//! Rate tables as the command line names them.

use crate::cli::args::rates::TableName;
use crate::error::Refusal;
use crate::rates::{RateStore, RateTable, TableFile, read_table};

/// The table of a call or file.
pub(super) fn named(name: &TableName, store: &RateStore) -> Result<RateTable, Refusal> {
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
pub(super) fn all(store: &RateStore) -> Result<Vec<RateTable>, Refusal> {
    let calls = store.calls()?.into_iter();
    calls.map(|call| named(&TableName::Call(call), store)).collect()
}
