//! Sources that nothing cites, marks that their sources do not earn.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, all_of, quoted};
use crate::model::{Basis, Citation, Confidence, Locator, Source};
use crate::rates::RateTable;
use crate::rates::catalogue::bases;

pub(super) fn lints(table: &RateTable) -> Vec<Diagnostic> {
    let bases = bases(table);
    let cited: BTreeSet<&str> = bases
        .iter()
        .flat_map(|basis| basis.sources().iter().chain(basis.other_sources()))
        .map(|source| source.key.as_str())
        .collect();
    let mut found = Vec::new();
    for source in table.sources.values() {
        found.extend((!cited.contains(source.key.as_str())).then(|| unused(table, source)));
        found.extend(http(table, source));
    }
    for basis in &bases {
        found.extend(confirmed_on_one_source(table, basis));
        found.extend(carried_figure_confirmed(table, basis));
    }
    found
}

fn unused(table: &RateTable, source: &Source) -> Diagnostic {
    let message = format!("nothing cites the source {}", quoted(&source.key));
    let help = "cite it in the `cite` or `other_cite` of what it states, or take its table out";
    table.fault(Code::UnusedSource, &source.span, message).help(help)
}

fn http(table: &RateTable, source: &Source) -> Option<Diagnostic> {
    let Locator::Url(url) = &source.locator else { return None };
    let message = format!("the `url` of {} begins with http://", quoted(&source.key));
    let help = "write https:// if the page can be read there; if not, leave it as it is";
    let is_http = url.get(..7).is_some_and(|begin| begin.eq_ignore_ascii_case("http://"));
    is_http.then(|| table.doubt(Code::HttpUrl, &source.span, message).help(help))
}

/// `confirmed` is an official text, or two documents that agree. A page under two keys is one.
fn confirmed_on_one_source(table: &RateTable, basis: &Citation) -> Option<Diagnostic> {
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
    Some(table.fault(Code::ConfirmedOnOneSource, &basis.basis_span, message).help(help))
}

fn carried_figure_confirmed(table: &RateTable, basis: &Citation) -> Option<Diagnostic> {
    let Basis::Sourced { confidence: Confidence::Confirmed, carried: true, .. } = basis.basis
    else {
        return None;
    };
    let message = "a figure that is carried over from another call is not confirmed for this one";
    let help = "write `confidence = \"inferred\"`; where a document of this call states the figure, add `carried = false`";
    let code = Code::CarriedFigureConfirmed;
    Some(table.fault(code, &basis.basis_span, message.to_owned()).help(help))
}
