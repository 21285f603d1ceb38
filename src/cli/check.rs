//! `ka171 check`

use serde::Serialize;

use super::Exit;
use super::args::{CheckArgs, FindingsFormat};
use super::output::{Output, is_denied};
use crate::diag::{Diagnostic, Errors, FindingRecord};
use crate::engine;
use crate::error::Refusal;
use crate::notices::notices;
use crate::plan::{self, PlanText};
use crate::report::json;

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let checked = PlanText::read(&args.plan.plan, args.plan.format()).and_then(|text| {
        let loaded = plan::load(&text, &args.plan.overrides(), &args.plan.store())?;
        Ok(notices(&loaded, &engine::budget(&loaded.plan)))
    });
    let (findings, exit) = match checked {
        Ok(notices) => {
            let denied = notices.iter().any(|notice| is_denied(notice, &args.deny));
            let exit = if denied { Exit::Guardrail } else { Exit::Done };
            (Errors { list: notices, omitted: 0 }, exit)
        }
        Err(Refusal::Faults(errors)) => (errors, Exit::Input),
        Err(machine) => return Err(machine),
    };
    match args.format {
        FindingsFormat::Json => output.result(&json::document(&Check::new(&findings))?)?,
        FindingsFormat::Text if exit == Exit::Input => output.errors(&findings, ""),
        FindingsFormat::Text => {
            output.notices(&findings.list);
            output.result("The plan has no errors.\n")?;
        }
    }
    Ok(exit)
}

/// Format `ka171-check`, version 1.
#[derive(Serialize)]
struct Check<'d> {
    format: &'static str,
    format_version: u32,
    engine_version: &'static str,
    diagnostics: Vec<FindingRecord<'d>>,
    /// Errors beyond the first hundred.
    omitted: usize,
}

impl<'d> Check<'d> {
    fn new(findings: &'d Errors) -> Self {
        let record = |finding: &'d Diagnostic| FindingRecord::new(finding);
        Self {
            format: "ka171-check",
            format_version: 1,
            engine_version: env!("CARGO_PKG_VERSION"),
            diagnostics: findings.list.iter().map(record).collect(),
            omitted: findings.omitted,
        }
    }
}
