//! `ka171 schema`

use super::Exit;
use super::args::schema::{SchemaArgs, SchemaOf};
use super::output::Output;
use crate::error::Refusal;
use crate::schema;

/// Prints a schema as it is committed, byte for byte.
pub(super) fn run(args: &SchemaArgs, output: &Output) -> Result<Exit, Refusal> {
    let text = match args.what {
        SchemaOf::Plan => schema::PLAN,
        SchemaOf::Budget => schema::BUDGET,
        SchemaOf::Rates => schema::RATES,
    };
    output.result(text)?;
    Ok(Exit::Done)
}
