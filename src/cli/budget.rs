//! `ka171 budget`

use clap::error::ErrorKind;

use super::Exit;
use super::args::budget::{BudgetArgs, BudgetFormat};
use super::args::usage_error;
use super::large::LargeCsv;
use super::output::{Output, is_denied, terminal_width};
use crate::diag::Diagnostic;
use crate::engine::{self, Budget};
use crate::error::{Error, Refusal};
use crate::notices::notices;
use crate::plan::Loaded;
use crate::report::{csv, html, json, markdown, table, xlsx};

pub(super) fn run(args: &BudgetArgs, output: &Output) -> Result<Exit, Refusal> {
    let format = match args.format() {
        Ok(format) => format,
        Err(message) => usage_error("budget", ErrorKind::ArgumentConflict, &message),
    };
    if let Some(large) = LargeCsv::of(args)? {
        let streamed = large.budget(args, format)?;
        let budget = streamed.budget();
        let notices = streamed.notices(&budget);
        return written(args, format, (&streamed.loaded, &budget, notices), output);
    }
    let loaded = args.plan.load()?;
    let budget = engine::budget(&loaded.plan);
    let notices = notices(&loaded, &budget);
    written(args, format, (&loaded, &budget, notices), output)
}

/// Writes a budget and says how the run ends.
fn written(
    args: &BudgetArgs,
    format: BudgetFormat,
    (loaded, budget, notices): (&Loaded, &Budget<'_>, Vec<Diagnostic>),
    output: &Output,
) -> Result<Exit, Refusal> {
    let notices = args.strict.check(notices)?;
    output.result_to(args.file(), &report(args, format, loaded, budget, &notices)?)?;
    if !args.quiet {
        output.notices(&notices);
    }
    let over = budget.regions.iter().filter_map(|region| region.envelope);
    let over = args.fail_over_envelope && over.into_iter().any(|used| used.is_exceeded());
    let denied = notices.iter().any(|notice| is_denied(notice, &args.deny));
    Ok(if over || denied { Exit::Guardrail } else { Exit::Done })
}

fn report(
    args: &BudgetArgs,
    format: BudgetFormat,
    loaded: &Loaded,
    budget: &Budget<'_>,
    notices: &[Diagnostic],
) -> Result<Vec<u8>, Error> {
    let style = args.style();
    let text = match format {
        BudgetFormat::Table => {
            let width = if args.file().is_none() { terminal_width() } else { None };
            match args.sources {
                true => table::render_with_sources(budget, style, width),
                false => table::render(budget, style, width),
            }
        }
        BudgetFormat::Json => json::render(budget, notices, args.by())?,
        BudgetFormat::Csv => return csv::render(budget, notices, style.by, args.dialect()),
        BudgetFormat::Markdown => markdown::render(budget, notices, style),
        BudgetFormat::Html => html::render(budget, notices, style),
        BudgetFormat::Xlsx => return xlsx::render(budget, &loaded.table, notices),
    };
    Ok(text.into_bytes())
}
