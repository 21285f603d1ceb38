//! `ka171 explain`

use super::Exit;
use super::args::explain::ExplainArgs;
use super::output::Output;
use crate::diag::Diagnostic;
use crate::engine;
use crate::error::Refusal;
use crate::explain::{Scope, Subject, explain};
use crate::model::MobilityPlan;
use crate::notices::notices;
use crate::plan;
use crate::report::explain::{render, render_json};

pub(super) fn run(args: &ExplainArgs, output: &Output) -> Result<Exit, Refusal> {
    let texts = args.plan.texts()?;
    let (overrides, store) = (args.plan.overrides()?, args.plan.store());
    let loaded = plan::load_all(&texts, &overrides, &store)?;
    let budget = engine::budget(&loaded.plan);
    let scope = args.scope();
    let subject = Subject {
        loaded: &loaded,
        budget: &budget,
        written: &plan::written(&texts, &overrides),
        overrides: &overrides,
        names: &store.country_names()?,
    };
    let explanation = explain(subject, &scope)?;
    let mut notices = args.strict.check(notices(&loaded, &budget))?;
    notices.retain(|notice| concerns(&loaded.plan, &scope, notice));
    let result = match args.format.form() {
        Some(form) => render(&explanation, form),
        None => render_json(&explanation, &notices)?,
    };
    output.result(&result)?;
    if !args.quiet {
        output.notices(&notices);
    }
    Ok(Exit::Done)
}

/// Whether a notice is about what is explained, or about the plan as a whole.
fn concerns(plan: &MobilityPlan, scope: &Scope, notice: &Diagnostic) -> bool {
    let mut flows = plan.flows.iter().map(|flow| &flow.inputs);
    notice.flows.is_empty()
        || match scope {
            Scope::All => true,
            Scope::Flow(id) => notice.flows.contains(id),
            Scope::Region(region) => {
                flows.any(|flow| flow.region == *region && notice.flows.contains(&flow.id))
            }
        }
}
