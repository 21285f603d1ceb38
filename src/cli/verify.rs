//! `ka171 verify`

use super::Exit;
use super::args::verify::VerifyArgs;
use super::output::Output;
use crate::error::Refusal;
use crate::plan::PlanText;
use crate::report::verify::{render, render_json};
use crate::saved::SavedResult;
use crate::verify::verify;

pub(super) fn run(args: &VerifyArgs, output: &Output) -> Result<Exit, Refusal> {
    let file = SavedResult::read(&args.result)?;
    let plans = args.plans.iter().map(|plan| PlanText::read(plan, None));
    let plans = plans.collect::<Result<Vec<_>, _>>()?;
    let store = args.folder.store();
    let verification = verify(file, &plans, &args.places.read(&store)?, &store)?;
    output.result(&match args.format.form() {
        Some(form) => render(&verification, form),
        None => render_json(&verification)?,
    })?;
    Ok(if verification.holds() { Exit::Done } else { Exit::Input })
}
