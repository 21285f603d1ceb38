//! `ka171 rates show`

use std::collections::BTreeSet;

use super::tables;
use crate::cli::Exit;
use crate::cli::args::rates::RatesShowArgs;
use crate::cli::output::Output;
use crate::diag::{Code, Diagnostic, Errors, Severity, quoted};
use crate::error::Refusal;
use crate::rates::RateTable;
use crate::report::rates::{country, show};

pub(super) fn run(args: &RatesShowArgs, output: &Output) -> Result<Exit, Refusal> {
    let table = tables::named(&args.table, &args.folder.store())?;
    let text = match &args.country {
        Some(text) => look_up(text, &table, args)?,
        None => match args.format.form() {
            Some(form) => show::render(&table, args.section, form),
            None => show::render_json(&table, args.section)?,
        },
    };
    output.result(&text)?;
    Ok(Exit::Done)
}

/// The files that errors are about, each once.
fn files(errors: &Errors) -> Vec<String> {
    let places = errors.list.iter().filter_map(|error| error.place.as_ref());
    let names: BTreeSet<String> = places.map(|place| place.file.name().to_owned()).collect();
    names.into_iter().collect()
}

fn look_up(text: &str, table: &RateTable, args: &RatesShowArgs) -> Result<String, Refusal> {
    let store = args.folder.store();
    let names = store.country_names()?;
    let Some(code) = names.find(text) else {
        let message = format!("--country: {} is no country that is known", quoted(text));
        let help = match names.by_name(text) {
            Some(near) => format!("the nearest name is that of {near}, {}", names.name(near)),
            None => "write the ISO code, such as KG, or the English name".to_owned(),
        };
        return Err(Diagnostic::new(Severity::Error, Code::UnknownCountry, message)
            .help(help)
            .into());
    };
    let name = names.name(code);
    let (mut tables, faults) = tables::readable(&store)?;
    // The table that was asked for stands in for the one of its call.
    tables.retain(|other| other.call != table.call);
    tables.push(table.clone());
    tables.sort_by_key(|table| table.call);
    let faulty = faults.map(|errors| files(&errors)).unwrap_or_default();
    let lookup = country::Lookup { code, name: &name, table, tables: &tables, faulty };
    Ok(match args.format.form() {
        Some(form) => country::render(&lookup, form),
        None => country::render_json(&lookup)?,
    })
}
