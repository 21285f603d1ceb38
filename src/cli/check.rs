//! `ka171 check`

use super::Exit;
use super::args::{CheckArgs, FindingsFormat};
use super::findings::FindingsRecord;
use super::output::{Output, is_denied};
use crate::diag::Errors;
use crate::engine;
use crate::error::Refusal;
use crate::notices::notices;
use crate::report::{json, what_if_line};

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let checked = args.plan.load();
    let checked = checked
        .and_then(|loaded| args.strict.check(notices(&loaded, &engine::budget(&loaded.plan))));
    let what_if = args.plan.what_if();
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
        FindingsFormat::Json => {
            let record = FindingsRecord::new(&findings.list, findings.omitted);
            let record = record.of_what_if(&what_if);
            output.result(&json::record("ka171-check", &record)?)?;
        }
        FindingsFormat::Text if exit == Exit::Input => output.errors(&findings, ""),
        FindingsFormat::Text => {
            output.notices(&findings.list);
            let heading = what_if_line(&what_if).map(|line| line + "\n").unwrap_or_default();
            output.result(&format!("{heading}The plan has no errors.\n"))?;
        }
    }
    Ok(exit)
}
