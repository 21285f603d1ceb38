//! `ka171 distance`

use std::path::Path;

use clap::error::ErrorKind;
use indicatif::{ProgressBar, ProgressStyle};

use super::Exit;
use super::args::distance::{DistanceArgs, DistanceFormat};
use super::args::rates::TableName;
use super::args::usage_error;
use super::output::{Output, terminal_width};
use super::rates::tables;
use super::write::write_file;
use crate::diag::Findings;
use crate::distance::{End, Measure, Measured, fill, pair_rows};
use crate::document::HashedText;
use crate::engine::budget;
use crate::error::Refusal;
use crate::notices::{about_places, is_about_estimates, near_edges, notices};
use crate::plan::{Overrides, PlanText, load};
use crate::report::distance::{render, render_csv, render_json};
use crate::report::page::Form;

pub(super) fn run(args: &DistanceArgs, output: &Output) -> Result<Exit, Refusal> {
    if let Some(plan) = &args.fill {
        return filled(plan, args, output);
    }
    let form = match args.form() {
        Ok(form) => form,
        Err(message) => usage_error("distance", ErrorKind::ArgumentConflict, &message),
    };
    let store = args.folder.store();
    let places = args.places.read(&store)?;
    let names = store.country_names()?;
    let tables = match args.call {
        Some(call) => vec![tables::named(&TableName::Call(call), &store)?],
        None => tables::all(&store)?,
    };
    let measure = Measure { places: &places, names: &names, tables: &tables };
    let measured = match (&args.pairs, &args.from, &args.to) {
        (Some(file), ..) => pairs(file, measure)?,
        (None, Some(from), Some(to)) => vec![one_pair(from, to, measure)?],
        // clap asks for them.
        (None, ..) => return Ok(Exit::Done),
    };
    let mut notices = args.strict.check(near_edges(&measured))?;
    let text = match form {
        DistanceFormat::Table => {
            let width = terminal_width().filter(|_| args.file().is_none());
            render(&measured, Form::Text(width))
        }
        DistanceFormat::Json => render_json(&measured, &places.identity(), &notices)?,
        DistanceFormat::Csv => {
            notices.push(about_places());
            render_csv(&measured)?
        }
    };
    write(args, &text, output)?;
    output.notices(&notices);
    Ok(Exit::Done)
}

/// To the file that is named, or to standard output.
fn write(args: &DistanceArgs, text: &str, output: &Output) -> Result<(), Refusal> {
    match args.file() {
        Some(path) => Ok(write_file(path, text.as_bytes(), args.force)?),
        None => output.result(text),
    }
}

fn one_pair<'m>(from: &str, to: &str, measure: Measure<'m>) -> Result<Measured<'m>, Refusal> {
    let [from, to] = [from, to].map(|text| End::read(text, None, None, measure.names));
    Ok(measure.measure(from, to)?)
}

/// The pairs of a file, with a bar on a terminal.
fn pairs<'m>(path: &Path, measure: Measure<'m>) -> Result<Vec<Measured<'m>>, Refusal> {
    let text = HashedText::read(path)?;
    let findings = Findings::default();
    let rows = pair_rows(&text.file, &findings);
    let bar = ProgressBar::new(rows.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} pairs") {
        bar.set_style(style);
    }
    let mut measured = Vec::with_capacity(rows.len());
    for row in &rows {
        bar.inc(1);
        if findings.is_full() {
            // The first hundred are shown, and the nearest name takes its time.
            findings.count_only();
            continue;
        }
        let ends = row.ends(measure.names);
        match ends.and_then(|[from, to]| measure.measure(from, to)) {
            Ok(pair) => measured.push(pair),
            Err(faults) => faults.list.into_iter().for_each(|fault| findings.push(fault)),
        }
    }
    bar.finish_and_clear();
    if findings.is_empty() { Ok(measured) } else { Err(findings.into_errors().into()) }
}

/// A plan with the bands that are missing in it.
fn filled(plan: &Path, args: &DistanceArgs, output: &Output) -> Result<Exit, Refusal> {
    let store = args.folder.store();
    let text = PlanText::read(plan, None)?;
    let places = args.places.read(&store)?;
    let overrides = Overrides { call: args.call, places, ..Overrides::default() };
    let loaded = load(&text, &overrides, &store)?;
    let mut notices = args.strict.check(notices(&loaded, &budget(&loaded.plan)))?;
    notices.retain(is_about_estimates);
    write(args, &fill(&text, &loaded)?, output)?;
    output.notices(&notices);
    Ok(Exit::Done)
}
