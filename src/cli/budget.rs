//! `ka171 budget`

use super::Exit;
use super::args::{BudgetArgs, BudgetFormat};
use super::output::{Output, is_denied, terminal_width};
use crate::engine;
use crate::error::Refusal;
use crate::notices::notices;
use crate::plan::{self, PlanText};
use crate::report::{By, json, table};

pub(super) fn run(args: &BudgetArgs, output: &Output) -> Result<Exit, Refusal> {
    let text = PlanText::read(&args.plan.plan, args.plan.format())?;
    let loaded = plan::load(&text, &args.plan.overrides()?, &args.plan.store())?;
    let budget = engine::budget(&loaded.plan);
    let notices = args.strict.check(notices(&loaded, &budget))?;
    let by = args.by.map(By::from);
    let result = match args.format {
        BudgetFormat::Table => table::render(&budget, by.unwrap_or(By::Region), terminal_width()),
        BudgetFormat::Json => json::render(&budget, &notices, by)?,
    };
    output.result(&result)?;
    if !args.quiet {
        output.notices(&notices);
    }
    let over = budget.regions.iter().filter_map(|region| region.envelope);
    let over = args.fail_over_envelope && over.into_iter().any(|used| used.is_exceeded());
    let denied = notices.iter().any(|notice| is_denied(notice, &args.deny));
    Ok(if over || denied { Exit::Guardrail } else { Exit::Done })
}
