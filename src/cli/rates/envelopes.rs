//! `ka171 rates envelopes`

use crate::cli::Exit;
use crate::cli::args::rates::{ListFormat, RatesEnvelopesArgs};
use crate::cli::output::{Output, terminal_width};
use crate::error::Refusal;
use crate::rates::{EnvelopeFile, RateStore, RateTable, read_envelopes, read_table};
use crate::report::rates::envelopes::{
    NamedList, RegionNames, render_all, render_json, render_one,
};

pub(super) fn run(args: &RatesEnvelopesArgs, output: &Output) -> Result<Exit, Refusal> {
    let store = args.folder.store();
    let lists = match &args.named {
        Some(named) => vec![list(&EnvelopeFile::find(named, &store)?, &store)?],
        None => all(&store)?,
    };
    let result = match (args.format, lists.as_slice()) {
        (ListFormat::Json, _) => render_json(&lists)?,
        (ListFormat::Table, [only]) if args.named.is_some() => render_one(only, terminal_width()),
        (ListFormat::Table, _) => render_all(&lists, terminal_width()),
    };
    output.result(&result)?;
    Ok(Exit::Done)
}

/// Every published list, by country and call.
fn all(store: &RateStore) -> Result<Vec<NamedList>, Refusal> {
    let mut lists = Vec::new();
    for id in store.envelope_ids()? {
        if let Some(file) = store.envelopes(id)? {
            lists.push(list(&file, store)?);
        }
    }
    Ok(lists)
}

fn list(file: &EnvelopeFile, store: &RateStore) -> Result<NamedList, Refusal> {
    let names = store.country_names()?;
    let list = read_envelopes(file, &names)?;
    let country_name = list.identity.country.map(|country| names.name(country));
    let table = match list.identity.call {
        Some(call) => store.table(call)?.map(|table| read_table(&table)).transpose()?,
        None => None,
    };
    let region_names = table.as_ref().map(region_names).unwrap_or_default();
    Ok(NamedList { list, country_name, region_names })
}

fn region_names(table: &RateTable) -> RegionNames {
    table.regions.iter().map(|(region, entry)| (*region, entry.name.clone())).collect()
}
