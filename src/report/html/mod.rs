//! A budget as one page of HTML that needs nothing else: no script, no file beside it, no network.

mod chart;
mod details;
mod ends;
mod markup;
mod palette;
mod table;

use markup::Markup;

use super::By;
use super::footnotes::Footnotes;
use super::heading::{applicant, envelopes_line, rates_line};
use super::style::Style;
use super::verdict::verdict;
use super::what_if_line;
use crate::diag::{Diagnostic, shortened};
use crate::engine::Budget;
use crate::model::Status;

/// The title of a window has no room for more; a longer heading is written smaller.
const LONGEST_TITLE: usize = 60;

const STYLE_SHEET: &str = include_str!("style.css");

/// Nothing may run and nothing be fetched, whatever the page holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes a budget.
pub fn render(budget: &Budget<'_>, notices: &[Diagnostic], style: impl Into<Style>) -> String {
    let (style, footnotes) = (&style.into(), &Footnotes::of(budget));
    let words = style.words;
    let mut html = Markup::default();
    html.raw("<!DOCTYPE html>\n");
    html.open("html", &[("lang", words.language)]);
    head(&mut html, budget, style);
    html.open("body", &[]);
    masthead(&mut html, budget, notices, style);
    html.open("main", &[]);
    section(&mut html, words.regions, |html| chart::write(html, budget, style));
    let caption = match style.by {
        By::Region => words.by_region,
        By::Country => words.by_country,
        By::Flow => words.by_flow,
        By::Activity => words.by_activity,
    };
    section(&mut html, caption, |html| {
        table::of_budget(html, budget, words.amounts_in_eur, style);
    });
    section(&mut html, words.details, |html| details::write(html, budget, footnotes, style));
    section(&mut html, words.notices, |html| ends::notices(html, notices, style));
    section(&mut html, words.figures_and_sources, |html| ends::figures(html, footnotes, style));
    html.close_line("main");
    html.open("footer", &[]);
    section(&mut html, words.about, |html| ends::identity(html, budget, style));
    html.close_line("footer");
    html.close("body");
    html.close_line("html");
    html.finish()
}

fn head(html: &mut Markup, budget: &Budget<'_>, style: &Style) {
    let plan = budget.plan;
    let name = plan.project.applicant.as_ref();
    let name = name.map(|name| shortened(name, LONGEST_TITLE).into_owned());
    html.open("head", &[]);
    html.empty("meta", &[("charset", "utf-8")]);
    html.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    let width = "width=device-width, initial-scale=1";
    html.empty("meta", &[("name", "viewport"), ("content", width)]);
    html.empty("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    let title = (style.words.title)(plan.call, &applicant(plan, name, style));
    html.line("title", &[], &title);
    html.open("style", &[]);
    html.raw(&palette::properties());
    html.raw(STYLE_SHEET);
    html.close("style");
    html.close_line("head");
}

/// Who, what, how much, and what to look at.
fn masthead(html: &mut Markup, budget: &Budget<'_>, notices: &[Diagnostic], style: &Style) {
    let (plan, words) = (budget.plan, style.words);
    html.open("header", &[]);
    html.line("p", &[("class", "kicker")], &(words.kicker)(plan.call));
    let applicant = applicant(plan, plan.project.applicant.clone(), style);
    let is_long = applicant.chars().count() > LONGEST_TITLE;
    html.open("h1", &[("class", if is_long { "long" } else { "short" })]);
    html.element("bdi", &[], &applicant);
    html.close_line("h1");
    let class = if plan.rates.status == Status::Provisional { "rates weak" } else { "rates" };
    html.line("p", &[("class", class)], &rates_line(plan, style));
    if let Some(line) = envelopes_line(plan, style) {
        html.line("p", &[("class", "rates")], &line);
    }
    if let Some(line) = what_if_line(&plan.what_if) {
        html.line("p", &[("class", "what-if")], &line);
    }
    html.open("div", &[("class", "result")]);
    html.open("p", &[("class", "total")]);
    html.element("span", &[("class", "amount")], &style.eur(budget.totals.amounts.total()));
    html.text(" ");
    html.element("span", &[("class", "unit")], "EUR");
    html.close_line("p");
    html.open("ul", &[("class", "verdict")]);
    for sentence in verdict(budget, notices, style) {
        let class = if sentence.is_bad { "bad" } else { "good" };
        html.element("li", &[("class", class)], &sentence.text);
    }
    html.close_line("ul");
    html.close_line("div");
    html.close_line("header");
}

fn section(html: &mut Markup, heading: &str, write: impl FnOnce(&mut Markup)) {
    html.open("section", &[]);
    html.line("h2", &[], heading);
    write(html);
    html.close_line("section");
}
