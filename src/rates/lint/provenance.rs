//! Sources that nothing cites, marks that their sources do not earn.

use std::collections::BTreeSet;

use super::cited::Cited;
use crate::diag::{Code, Diagnostic, all_of, quoted};
use crate::model::{Basis, Citation, Confidence, Locator, Source};

pub(super) fn lints(file: &Cited<'_>) -> Vec<Diagnostic> {
    let cited: BTreeSet<&str> = file
        .bases
        .iter()
        .flat_map(|basis| basis.sources().iter().chain(basis.other_sources()))
        .map(|source| source.key.as_str())
        .collect();
    let mut found = Vec::new();
    for source in file.sources.values() {
        found.extend((!cited.contains(source.key.as_str())).then(|| unused(file, source)));
        found.extend(http(file, source));
    }
    for basis in &file.bases {
        found.extend(confirmed_on_one_source(file, basis));
        found.extend(carried_figure_confirmed(file, basis));
    }
    found
}

fn unused(file: &Cited<'_>, source: &Source) -> Diagnostic {
    let message = format!("nothing cites the source {}", quoted(&source.key));
    let help = "cite it in the `cite` or `other_cite` of what it states, or take its table out";
    file.fault(Code::UnusedSource, &source.span, message).help(help)
}

fn http(file: &Cited<'_>, source: &Source) -> Option<Diagnostic> {
    let Locator::Url(url) = &source.locator else { return None };
    let message = format!("the `url` of {} begins with http://", quoted(&source.key));
    let help = "write https:// if the page can be read there; if not, leave it as it is";
    let is_http = url.get(..7).is_some_and(|begin| begin.eq_ignore_ascii_case("http://"));
    is_http.then(|| file.doubt(Code::HttpUrl, &source.span, message).help(help))
}

/// `confirmed` is an official text, or two documents that agree. A page under two keys is one.
fn confirmed_on_one_source(file: &Cited<'_>, basis: &Citation) -> Option<Diagnostic> {
    let sources = basis.sources();
    let keys: BTreeSet<&str> = sources.iter().map(|source| source.key.as_str()).collect();
    let documents: BTreeSet<&Locator> = sources.iter().map(|source| &source.locator).collect();
    let earned = documents.len() > 1 || sources.iter().any(|source| source.official);
    if earned || basis.confidence() != Some(Confidence::Confirmed) {
        return None;
    }
    let which = match keys.len() {
        1 => "alone, which is not official",
        _ => "alone, which are one document and not official",
    };
    let message = format!("`confirmed` rests on {} {which}", all_of(keys));
    let help = "cite a second source that agrees, or write `confidence = \"single\"`";
    Some(file.fault(Code::ConfirmedOnOneSource, &basis.basis_span, message).help(help))
}

fn carried_figure_confirmed(file: &Cited<'_>, basis: &Citation) -> Option<Diagnostic> {
    let Basis::Sourced { confidence: Confidence::Confirmed, carried: true, .. } = basis.basis
    else {
        return None;
    };
    let message = "a figure that is carried over from another call is not confirmed for this one";
    let help = "write `confidence = \"inferred\"`; where a document of this call states the figure, add `carried = false`";
    let code = Code::CarriedFigureConfirmed;
    Some(file.fault(code, &basis.basis_span, message.to_owned()).help(help))
}
