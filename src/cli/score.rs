//! `ka171 score`

use super::Exit;
use super::args::score::ScoreArgs;
use super::output::Output;
use crate::diag::{Code, Diagnostic, Place, Severity, listed};
use crate::engine::scores;
use crate::error::Refusal;
use crate::model::Word;
use crate::notices::score_notices;
use crate::plan::Loaded;
use crate::report::score;

pub(super) fn run(args: &ScoreArgs, output: &Output) -> Result<Exit, Refusal> {
    let loaded = args.plan.load()?;
    let scores = scores(&loaded.plan);
    if scores.is_empty() {
        return Err(no_score(&loaded).into());
    }
    let notices = score_notices(&loaded);
    let result = match args.format.form() {
        Some(form) => score::render(&loaded.plan, &scores, form),
        None => score::render_json(&loaded.plan, &scores, &notices)?,
    };
    output.result(&result)?;
    if !args.quiet {
        output.notices(&notices);
    }
    Ok(Exit::Done)
}

fn no_score(loaded: &Loaded) -> Diagnostic {
    let place = loaded.files.first().map(|file| Place { file: file.clone(), span: 0..0 });
    let message = "the plan has no score";
    let criteria = loaded.table.award.criteria.iter().map(|criterion| criterion.key.as_str());
    let keys: Vec<String> =
        std::iter::once("region").chain(criteria).map(|key| format!("`{key}`")).collect();
    let keys = listed(&keys, "and");
    let help = match place.as_ref().and_then(Place::cell) {
        Some(_) => format!(
            "add a sheet `Scores` with a row for each region, and the columns {keys}; or columns beside the flows, `score_region` and so on"
        ),
        None => format!(
            "add one for each region to the list `score`, with {keys}; in TOML it begins with a line `[[score]]`"
        ),
    };
    let fault = Diagnostic::new(Severity::Error, Code::MissingKey, message).help(help);
    Diagnostic { place, ..fault }
}
