//! A budget as Markdown, for pull requests and wikis: what counts first, details folded.

use super::columns::{columns, name_total_once, points_and_verdict};
use super::facts::{Line, about, against_envelope, facts};
use super::footnotes::{Footnotes, ranges};
use super::grid::{Grid, number, text};
use super::heading::{applicant, envelopes_line, rates_line};
use super::page::{Form, Page};
use super::rates::{mark, remark};
use super::rows::{LONGEST_LABEL, region_label, rows};
use super::style::Style;
use super::verdict::verdict;
use super::{estimate_lines, what_if_line};
use crate::diag::{Diagnostic, shortened};
use crate::engine::{Budget, FlowBudget, RegionBudget};
use crate::model::Locator;

/// Writes a budget.
pub fn render(budget: &Budget<'_>, notices: &[Diagnostic], style: impl Into<Style>) -> String {
    let (style, footnotes) = (&style.into(), &Footnotes::of(budget));
    let plan = budget.plan;
    let name = plan.project.applicant.as_ref();
    let name = name.map(|name| shortened(name, LONGEST_LABEL).into_owned());
    let mut page = Page::default();
    page.title((style.words.title)(plan.call, &applicant(plan, name, style)));
    let sum = (style.words.sum)(&style.eur(budget.totals.amounts.total()));
    let verdict = verdict(budget, notices, style).into_iter().map(|sentence| sentence.text);
    page.line(std::iter::once(sum).chain(verdict).collect::<Vec<_>>().join(" "));
    page.line(rates_line(plan, style));
    envelopes_line(plan, style).into_iter().for_each(|line| page.line(line));
    what_if_line(&plan.what_if).into_iter().for_each(|line| page.line(line));
    page.grid(table(budget, style));
    page.line(style.words.amounts_in_eur);
    if plan.places.is_some() {
        estimate_lines(style.words.marked_rests_on).into_iter().for_each(|line| page.line(line));
    }
    for region in &budget.regions {
        let (heading, details) = region_part(budget, region, footnotes, style);
        page.folded(heading, details);
    }
    if !notices.is_empty() {
        page.folded(style.words.notices, notices_part(notices, style));
    }
    page.folded(style.words.figures_and_sources, sources_part(footnotes, style));
    page.folded(style.words.about, identity_part(budget, style));
    page.write(Form::Markdown)
}

/// The table of the rows that were asked for.
fn table(budget: &Budget<'_>, style: &Style) -> Grid {
    let rows = rows(budget, style.by);
    let mut columns = columns(budget, &rows, style, LONGEST_LABEL, None);
    name_total_once(&mut columns);
    Grid::of_columns(&columns)
}

fn region_part(
    budget: &Budget<'_>,
    region: &RegionBudget<'_>,
    footnotes: &Footnotes<'_>,
    style: &Style,
) -> (String, Page) {
    let name = region_label(budget.plan, region.region, LONGEST_LABEL);
    let heading = (style.words.region_heading)(&name, &style.eur(region.amounts.total()));
    let mut page = Page::default();
    region.envelope.iter().for_each(|used| page.item(against_envelope(used, style)));
    if let Some(score) = &region.score {
        page.item(format!("{}: {}", style.words.score, points_and_verdict(score, style)));
    }
    for flow in region.countries.iter().flat_map(|country| &country.flows) {
        flow_part(&mut page, budget, flow, footnotes, style);
    }
    (heading, page)
}

fn flow_part(
    page: &mut Page,
    budget: &Budget<'_>,
    computed: &FlowBudget<'_>,
    footnotes: &Footnotes<'_>,
    style: &Style,
) {
    let words = style.words;
    page.subheading(computed.flow.inputs.id.as_str());
    page.line(about(budget, computed, style));
    for (name, fact) in facts(computed, style) {
        page.item(format!("{name}: {fact}"));
    }
    let mut grid = Grid::new([
        text(words.cost),
        number(words.per_participant),
        number(words.participants),
        number(words.amount),
        text(words.calculation),
        text(words.figures),
    ]);
    for line in &computed.lines {
        let line = Line::of(line, footnotes, style);
        let figures = ranges(&line.figures.into_iter().collect());
        let cells = [line.each, line.participants, line.amount, line.calculation, figures];
        grid.row([vec![line.item.to_owned()], cells.to_vec()].concat());
    }
    let total = [words.total, "", "", &style.eur(computed.amounts.total()), "", ""];
    grid.total(total.map(str::to_owned));
    page.grid(grid);
}

fn notices_part(notices: &[Diagnostic], style: &Style) -> Page {
    let mut page = Page::default();
    for notice in notices {
        page.line(format!("{}[{}]: {}", notice.severity.as_str(), notice.code, notice.message));
        notice.details.iter().for_each(|detail| page.item(detail.as_str()));
        if let Some(help) = &notice.help {
            page.item(format!("{} {help}", style.words.what_to_do));
        }
    }
    page
}

fn sources_part(footnotes: &Footnotes<'_>, style: &Style) -> Page {
    let words = style.words;
    let headings = [
        text(words.figure),
        text(words.value),
        text(words.mark),
        text(words.sources),
        text(words.remark),
    ];
    let mut grid = Grid::new([vec![number(words.number)], headings.to_vec()].concat());
    for (at, figure) in footnotes.figures() {
        let citation = figure.citation;
        grid.row([
            at.to_string(),
            citation.figure.clone(),
            style.locale.value(&citation.value),
            mark(citation).to_owned(),
            figure.sources.join(", "),
            remark(citation).unwrap_or_default(),
        ]);
    }
    let mut page = Page::default();
    page.grid(grid);
    for (key, source) in footnotes.sources() {
        let name = format!("{key}: {}, {}", source.publisher, source.title);
        match &source.locator {
            Locator::Url(url) => page.linked_item(name, url),
            offline @ Locator::Offline(_) => page.item(format!("{name}, {offline}")),
        }
    }
    page
}

/// Which rates and which files it was computed from, by their hashes.
fn identity_part(budget: &Budget<'_>, style: &Style) -> Page {
    let (plan, words) = (budget.plan, style.words);
    let mut page = Page::default();
    page.item(format!("{}: ka171 {}", words.program, env!("CARGO_PKG_VERSION")));
    page.item(format!("{}, {}", rates_line(plan, style), (words.hash)(&plan.rates.sha256)));
    if let (Some(line), Some(list)) = (envelopes_line(plan, style), &plan.envelope_list) {
        page.item(format!("{line}, {}", (words.hash)(&list.sha256)));
    }
    for file in &plan.files {
        page.item(format!("{} {}, {}", words.plan_file, file.name, (words.hash)(&file.sha256)));
    }
    page.item(words.not_official);
    page
}
