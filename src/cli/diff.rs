//! `ka171 diff`

use std::path::Path;
use std::sync::Arc;

use clap::error::ErrorKind;

use super::Exit;
use super::args::diff::{DiffArgs, Increase};
use super::args::usage_error;
use super::output::Output;
use crate::compare::{Comparison, Side, compare};
use crate::diag::{Code, Diagnostic, Severity, SourceFile};
use crate::engine::budget;
use crate::error::Refusal;
use crate::impact::{Shift, Under, impact};
use crate::model::Options;
use crate::notices::notices;
use crate::places::Places;
use crate::plan::{Overrides, load};
use crate::rates::diff::diff;
use crate::rates::{RateStore, RateTable, read_table};
use crate::report::compare::{Named, Report, render, render_json};
use crate::report::json;
use crate::report::page::Form;
use crate::saved::{PlanOrResult, SavedResult};

pub(super) fn run(args: &DiffArgs, output: &Output) -> Result<Exit, Refusal> {
    let is_standard_input = |path: &Path| path.as_os_str() == "-";
    if is_standard_input(&args.old) && args.new.as_deref().is_some_and(is_standard_input) {
        let message = "standard input holds one budget: name a file for the other";
        usage_error("diff", ErrorKind::ArgumentConflict, message)
    }
    let crossed = match (&args.new, args.call.as_slice()) {
        (None, [old, new]) => two_calls(args, (*old, *new), output)?,
        (Some(new), [] | [_]) => two_budgets(args, new, output)?,
        (None, _) => {
            let message =
                "one plan is compared in two calls: add --call OLD --call NEW, or a second file";
            usage_error("diff", ErrorKind::MissingRequiredArgument, message)
        }
        (Some(_), _) => {
            let message = "two files are compared in one call: give --call once, or leave it out";
            usage_error("diff", ErrorKind::ArgumentConflict, message)
        }
    };
    Ok(if crossed { Exit::Guardrail } else { Exit::Done })
}

fn two_calls(args: &DiffArgs, (old, new): (u16, u16), output: &Output) -> Result<bool, Refusal> {
    let store = args.folder.store();
    let (old, new) = (table(old, &store)?, table(new, &store)?);
    let text = match PlanOrResult::read(&args.old, args.reading.reading())? {
        PlanOrResult::Plan(text) => text,
        PlanOrResult::Result(file) => {
            let message = format!("{} is a result, which is of one call", file.name());
            return Err(of_a_result(message).into());
        }
    };
    let differences = diff(&old, &new);
    let (names, places) = (store.country_names()?, args.places.read(&store)?);
    let overrides = Overrides { country: args.country.clone(), places, ..Overrides::default() };
    let impact = impact(&text, (&old, &new), &differences, &names, &overrides)?;
    let comparison = Comparison::of_impact(impact, &differences);
    let file = text.file.name();
    let options = Options { country: args.country.clone(), ..Options::default() };
    let (old, new) = (of_table(file, &old, &options), of_table(file, &new, &options));
    show(args, output, old, new, &comparison)
}

fn two_budgets(args: &DiffArgs, new: &Path, output: &Output) -> Result<bool, Refusal> {
    let store = args.folder.store();
    let call = args.call.first().copied();
    let places = args.places.read(&store)?;
    let read = |path: &Path| PlanOrResult::read(path, args.reading.reading());
    let (old, new) = (read(&args.old)?, read(new)?);
    let are_results = [&old, &new].iter().all(|one| matches!(one, PlanOrResult::Result(_)));
    if are_results && (args.country.is_some() || args.reading.is_given()) {
        let message =
            "--country, --from, --encoding and --decimal are for plans, and both are results";
        usage_error("diff", ErrorKind::ArgumentConflict, message)
    }
    let result = |one| result(one, call, args, &places, &store);
    let (old, new) = (result(old)?, result(new)?);
    let (old_table, new_table) = (table(old.call, &store)?, table(new.call, &store)?);
    let old_side = Side { result: &old, table: &old_table };
    let new_side = Side { result: &new, table: &new_table };
    let comparison = compare(&old_side, &new_side, &store.country_names()?)?;
    let (old, new) = (named(&old, &old_table), named(&new, &new_table));
    show(args, output, old, new, &comparison)
}

/// A plan under one table.
fn of_table<'r>(file: &'r str, table: &'r RateTable, options: &'r Options) -> Named<'r> {
    Named {
        file,
        rates_id: &table.identity.id,
        table,
        is_at_hand: true,
        what_if: None,
        options: Some(options),
        near_edge: &[],
    }
}

fn named<'r>(result: &'r SavedResult, table: &'r RateTable) -> Named<'r> {
    let (file, rates_id) = (result.file.name(), result.rates_id.as_str());
    let is_at_hand = result.rates_sha256 == table.identity.sha256;
    let (what_if, options) = (Some(&result.what_if), Some(&result.options));
    let near_edge = &result.near_edge;
    Named { file, rates_id, table, is_at_hand, what_if, options, near_edge }
}

fn show(
    args: &DiffArgs,
    output: &Output,
    old: Named<'_>,
    new: Named<'_>,
    comparison: &Comparison,
) -> Result<bool, Refusal> {
    let report = Report { old, new, comparison };
    match args.format.form() {
        Some(Form::Markdown) => output.result(&render(&report, Form::Markdown))?,
        Some(form) => output.result_with_marks(&render(&report, form))?,
        None => output.result(&render_json(&report)?)?,
    }
    // A flow that only the new call allows costs something that it did not.
    let is_new = comparison.apart.iter().any(|flow| flow.under == Under::New);
    let crosses = |most| is_new || is_above(comparison.total, most);
    Ok(args.fail_on_increase.is_some_and(crosses))
}

fn table(call: u16, store: &RateStore) -> Result<RateTable, Refusal> {
    match store.table(call)? {
        Some(file) => Ok(read_table(&file)?),
        None => Err(store.unknown_call(call.into(), None)?.into()),
    }
}

/// A saved result, or the result of a plan.
fn result(
    one: PlanOrResult,
    call: Option<u16>,
    args: &DiffArgs,
    places: &Places,
    store: &RateStore,
) -> Result<SavedResult, Refusal> {
    let text = match one {
        PlanOrResult::Result(file) => return saved(file, call, args),
        PlanOrResult::Plan(text) => text,
    };
    let (country, places) = (args.country.clone(), places.clone());
    let overrides = Overrides { call, country, places, ..Overrides::default() };
    let loaded = load(&text, &overrides, store)?;
    let budget = budget(&loaded.plan);
    let notices = args.strict.check(notices(&loaded, &budget))?;
    let result = json::render(&budget, &notices, None)?;
    SavedResult::of(SourceFile::new(text.file.path(), result))
}

/// A saved result as it is: another call would be another result.
fn saved(
    file: Arc<SourceFile>,
    call: Option<u16>,
    args: &DiffArgs,
) -> Result<SavedResult, Refusal> {
    let result = SavedResult::of(file)?;
    result.check_sum()?;
    args.strict.check_saved(&result)?;
    match call.filter(|call| *call != result.call) {
        None => Ok(result),
        Some(call) => {
            let file = result.file.name();
            let message = format!("--call {call}: {file} is a result of call {}", result.call);
            Err(of_a_result(message).into())
        }
    }
}

/// A result stands where a plan is needed.
fn of_a_result(message: String) -> Diagnostic {
    let help = "name the plan instead: it can be computed for any call";
    Diagnostic::new(Severity::Error, Code::UnsupportedResult, message).help(help)
}

fn is_above(total: Shift, most: Increase) -> bool {
    let change = total.change();
    match most {
        Increase::Eur(most) => change > most,
        Increase::Percent(percent) => {
            let hundred = rust_decimal::Decimal::ONE_HUNDRED;
            let most = percent.as_decimal().checked_mul(total.old.as_decimal());
            // No total is beyond what cannot be written.
            most.is_some_and(|most| change.as_decimal() * hundred > most)
        }
    }
}
