//! `ka171 verify`

use std::path::PathBuf;

use clap::error::ErrorKind;

use super::Exit;
use super::args::usage_error;
use super::args::verify::VerifyArgs;
use super::output::Output;
use super::paths;
use crate::error::Refusal;
use crate::plan::PlanText;
use crate::rates::EnvelopeFile;
use crate::report::verify::{render, render_json};
use crate::saved::SavedResult;
use crate::verify::{AtHand, verify};

pub(super) fn run(args: &VerifyArgs, output: &Output) -> Result<Exit, Refusal> {
    let is_standard_input = |path: &&PathBuf| path.as_os_str() == "-";
    if std::iter::once(&args.result).chain(&args.plans).filter(is_standard_input).count() > 1 {
        let message = "standard input holds one of them: name a file for the other";
        usage_error("verify", ErrorKind::ArgumentConflict, message)
    }
    let file = SavedResult::read(&args.result)?;
    let plans = paths::expanded(&args.plans)?;
    args.reading.refuse_idle(&plans);
    let plans = plans.iter().map(|plan| PlanText::read_as(plan, args.reading.reading()));
    let plans = plans.collect::<Result<Vec<_>, _>>()?;
    let store = args.folder.store();
    let envelopes = args.envelope.as_ref().map(|named| EnvelopeFile::find(named, &store));
    let at_hand = AtHand { envelopes: envelopes.transpose()?, places: args.places.read(&store)? };
    let verification = verify(file, &plans, at_hand, &store)?;
    output.result(&match args.format.form() {
        Some(form) => render(&verification, form),
        None => render_json(&verification)?,
    })?;
    if let (Some((_, faults)), Some(_)) = (&verification.faults, args.format.form()) {
        output.errors(faults, "");
    }
    Ok(if verification.holds() { Exit::Done } else { Exit::Input })
}
