//! `ka171 rates diff`

use std::path::Path;

use super::tables;
use crate::cli::Exit;
use crate::cli::args::rates::RatesDiffArgs;
use crate::cli::output::Output;
use crate::cli::paths;
use crate::diag::{Diagnostic, Errors, Severity};
use crate::error::Refusal;
use crate::impact::{Impact, impact};
use crate::plan::{Overrides, PlanText, Reading};
use crate::rates::diff::{TableDiff, diff};
use crate::rates::{CountryNames, RateTable, revision_not_raised};
use crate::report::rates::diff::{Report, render, render_json};

pub(super) fn run(args: &RatesDiffArgs, output: &Output) -> Result<Exit, Refusal> {
    let store = args.folder.store();
    let old = tables::named(&args.old, &store)?;
    let new = tables::named(&args.new, &store)?;
    let names = store.country_names()?;
    let diff = diff(&old, &new);
    let places = args.places.read(&store)?;
    let overrides = Overrides { country: args.country.clone(), places, ..Overrides::default() };
    let plans = paths::expanded(&args.impact)?;
    args.reading.refuse_idle(&plans);
    let reading = args.reading.reading();
    let mut impacts = Vec::with_capacity(args.impact.len());
    let mut faults: Option<Errors> = None;
    for plan in &plans {
        match measure(plan, (&old, &new), &diff, &names, &overrides, reading) {
            Ok(impact) => impacts.push(impact),
            Err(Refusal::Faults(errors)) => faults = Some(Errors::joined(faults, errors)),
            Err(machine) => return Err(machine),
        }
    }
    if let Some(errors) = faults {
        return Err(errors.into());
    }
    // A diff is how a change is looked at: it is shown all the same.
    let unraised = revision_not_raised(&new, &old, "the old table");
    let unraised = unraised.map(|error| Diagnostic { severity: Severity::Warning, ..error });
    let notices: Vec<Diagnostic> = unraised.into_iter().collect();
    let report = Report {
        old: &old,
        new: &new,
        diff: &diff,
        impacts: &impacts,
        names: &names,
        notices: &notices,
    };
    output.result(&match args.format.form() {
        Some(form) => render(&report, form),
        None => render_json(&report)?,
    })?;
    output.findings_in_files(&notices, 0);
    let moves = impacts.iter().any(Impact::moves);
    Ok(if args.fail_on_impact && moves { Exit::Guardrail } else { Exit::Done })
}

fn measure(
    plan: &Path,
    tables: (&RateTable, &RateTable),
    diff: &TableDiff,
    names: &CountryNames,
    overrides: &Overrides,
    reading: Reading,
) -> Result<Impact, Refusal> {
    let text = PlanText::read_as(plan, reading)?;
    Ok(impact(&text, tables, diff, names, overrides)?)
}
