//! What stands below the amounts: notices, figures with their sources, hashes.

use std::collections::BTreeMap;

use super::markup::Markup;
use crate::diag::{Diagnostic, Severity};
use crate::engine::Budget;
use crate::model::{Confidence, Locator};
use crate::report::estimate_lines;
use crate::report::footnotes::{Footnote, Footnotes};
use crate::report::heading::{envelopes_line, rates_line};
use crate::report::rates::{mark, remark};
use crate::report::style::Style;

/// The notices of a budget.
pub(super) fn notices(html: &mut Markup, notices: &[Diagnostic], style: &Style) {
    if notices.is_empty() {
        html.line("p", &[], style.words.no_notices);
    }
    html.open("ul", &[("class", "notices")]);
    for notice in notices {
        let severity = notice.severity.as_str();
        let class = if notice.severity == Severity::Note { "note" } else { "warning" };
        html.open("li", &[("class", class)]);
        html.element("p", &[("class", "severity")], severity);
        html.open("div", &[]);
        html.sentence("p", &[("class", "message")], &notice.message);
        if !notice.details.is_empty() {
            html.open("ul", &[]);
            notice.details.iter().for_each(|detail| html.sentence("li", &[], detail));
            html.close("ul");
        }
        if let Some(help) = &notice.help {
            html.sentence("p", &[], &format!("{} {help}", style.words.what_to_do));
        }
        html.element("p", &[("class", "code")], notice.code.as_str());
        html.close("div");
        html.close_line("li");
    }
    html.close_line("ul");
}

/// Every figure with its mark and its sources, then the documents.
pub(super) fn figures(html: &mut Markup, footnotes: &Footnotes<'_>, style: &Style) {
    let places: BTreeMap<&str, String> =
        footnotes.sources().zip(1..).map(|((key, _), at)| (key, format!("source-{at}"))).collect();
    html.open("ol", &[("class", "figures")]);
    for (number, figure) in footnotes.figures() {
        one_figure(html, number, figure, &places, style);
    }
    html.close_line("ol");
    html.line("h3", &[], style.words.sources);
    html.open("dl", &[("class", "sources")]);
    for (key, source) in footnotes.sources() {
        html.open("div", &[("id", places.get(key).map_or("", |place| place))]);
        html.element("dt", &[], key);
        html.open("dd", &[]);
        html.text(&format!("{}, {}", source.publisher, source.title));
        html.text(", ");
        match &source.locator {
            Locator::Url(url) => html.element("a", &[("href", url)], url),
            offline @ Locator::Offline(_) => html.text(&offline.to_string()),
        }
        html.close("dd");
        html.close_line("div");
    }
    html.close_line("dl");
}

fn one_figure(
    html: &mut Markup,
    number: usize,
    figure: &Footnote<'_>,
    places: &BTreeMap<&str, String>,
    style: &Style,
) {
    let citation = figure.citation;
    let is_firm = matches!(citation.confidence(), None | Some(Confidence::Confirmed));
    html.open("li", &[("id", &format!("figure-{number}"))]);
    html.element("span", &[("class", "figure")], &citation.figure);
    html.text(" ");
    html.element("b", &[], &style.locale.value(&citation.value));
    html.text(" ");
    html.element("span", &[("class", if is_firm { "mark" } else { "mark weak" })], mark(citation));
    for key in &figure.sources {
        html.text(" ");
        let place = places.get(key.as_str()).map_or("", |place| place);
        html.element("a", &[("href", &format!("#{place}"))], key);
    }
    if let Some(remark) = remark(citation) {
        html.element("p", &[], &remark);
    }
    html.close_line("li");
}

/// Program, rates, files, by their hashes.
pub(super) fn identity(html: &mut Markup, budget: &Budget<'_>, style: &Style) {
    let (plan, words) = (budget.plan, style.words);
    html.open("dl", &[("class", "identity")]);
    fact(html, words.program, concat!("ka171 ", env!("CARGO_PKG_VERSION")), None);
    let hash = |sha256: &str| Some((words.hash)(sha256));
    fact(html, words.rate_table, &rates_line(plan, style), hash(&plan.rates.sha256));
    if let (Some(line), Some(list)) = (envelopes_line(plan, style), &plan.envelope_list) {
        fact(html, words.list_of_envelopes, &line, hash(&list.sha256));
    }
    for file in &plan.files {
        fact(html, words.plan_file, &file.name, hash(&file.sha256));
    }
    html.close_line("dl");
    if plan.places.is_some() {
        for line in estimate_lines(words.marked_rests_on) {
            html.line("p", &[("class", "help")], &line);
        }
    }
    html.line("p", &[("class", "help")], words.not_official);
}

fn fact(html: &mut Markup, name: &str, text: &str, hash: Option<String>) {
    html.open("div", &[]);
    html.element("dt", &[], name);
    html.open("dd", &[]);
    html.text(text);
    if let Some(hash) = hash {
        html.text(" ");
        html.element("code", &[], &hash);
    }
    html.close("dd");
    html.close_line("div");
}
