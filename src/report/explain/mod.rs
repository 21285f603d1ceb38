//! Explanations as text, Markdown or JSON.

mod json;

pub use json::render_json;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::page::{Form, Page};
use super::rates::{heading, keys, mark, remark};
use super::{estimate_lines, what_if_line};
use crate::diag::shortened;
use crate::engine::CostItem;
use crate::explain::{
    Alternative, Derivation, Explanation, FlowExplanation, Input, InputOrigin, RegionExplanation,
    Sums,
};
use crate::model::{Citation, Source};

/// Longer ids and names are cut.
const LONGEST_NAME: usize = 60;

/// An explanation for people.
pub fn render(explanation: &Explanation<'_>, form: Form) -> String {
    let subject = &explanation.subject;
    let plan = &subject.loaded.plan;
    let applicant = match &plan.project.applicant {
        Some(name) => {
            format!("{} ({})", shortened(name, LONGEST_NAME), plan.project.country)
        }
        None => format!("applicant in {}", plan.project.country),
    };
    let mut page = Page::default();
    page.title(format!("KA171 budget explained, call {}: {applicant}", plan.call));
    page.line(heading(&subject.loaded.table));
    what_if_line(&plan.what_if).into_iter().for_each(|line| page.line(line));
    page.line(format!("Plan: {}", inputs(&explanation.inputs)));
    for region in &explanation.regions {
        region_part(&mut page, region);
    }
    // Of one region and one direction it would say the same again.
    let says_more = |total: &&Sums| explanation.regions.len() > 1 || total.parts.len() > 1;
    if let Some(total) = explanation.total.as_ref().filter(says_more) {
        page.heading(format!("Total: {} EUR", total.total.amount.grouped()));
        sums(&mut page, total);
    }
    if plan.places.is_some() {
        page.heading("Estimated distances");
        estimate_lines("Some amounts rest on").into_iter().for_each(|line| page.line(line));
    }
    let sources = sources(explanation);
    if !sources.is_empty() {
        page.heading("Sources");
        for (key, source) in sources {
            let Source { publisher, title, locator, .. } = source;
            page.item(format!("{key}: {publisher}, {title}, {locator}"));
        }
    }
    page.write(form)
}

fn region_part(page: &mut Page, region: &RegionExplanation<'_>) {
    for flow in &region.flows {
        flow_part(page, flow);
    }
    let name = format!("{} {}", region.computed.region, shortened(region.name, LONGEST_NAME));
    if let Some(of_region) = &region.sums {
        page.heading(format!("{name}: {} EUR", of_region.total.amount.grouped()));
        sums(page, of_region);
    }
    if let Some(envelope) = &region.envelope {
        page.item(envelope.as_str());
    }
}

fn sums(page: &mut Page, sums: &Sums) {
    page.line(format!("{}:", sums.terms));
    for (item, sum) in &sums.items {
        page.item(format!("{}: {}", title(*item), sum.sentence));
    }
    for (name, sum) in &sums.parts {
        page.item(format!("{name}: {}", sum.sentence));
    }
    page.item(format!("Together: {}", sums.total.sentence));
}

fn flow_part(page: &mut Page, flow: &FlowExplanation<'_>) {
    let computed = flow.computed.flow;
    let id = shortened(&computed.inputs.id, LONGEST_NAME);
    page.heading(format!("Flow {id}: {} EUR", flow.sum.amount.grouped()));
    let origin = &computed.origin;
    let line = match &origin.sheet {
        Some(sheet) => format!("{sheet}, row {}", origin.line),
        None => format!("line {}", origin.line),
    };
    page.line(format!("{}, {} ({}, {line})", flow.about, computed.inputs.region, origin.file));
    let mut days = Page::default();
    days.subheading("Days");
    flow.days.iter().for_each(|sentence| days.item(sentence.as_str()));
    days.item(format!("Plan: {}", inputs(&flow.inputs)));
    figures(&mut days, &flow.figures);
    page.append(days);
    for amount in &flow.amounts {
        amount_part(page, amount);
    }
    page.subheading("Together");
    page.item(format!("Flow: {}", flow.sum.sentence));
    if !flow.alternatives.is_empty() {
        page.subheading("Not taken");
        flow.alternatives.iter().for_each(|alternative| alternative_part(page, alternative));
    }
}

fn amount_part(page: &mut Page, amount: &Derivation<'_>) {
    let mark = amount.line.and_then(|line| line.confidence());
    let mark = mark.map(|mark| format!(", {mark}")).unwrap_or_default();
    page.subheading(format!("{}: {} EUR{mark}", title(amount.item), amount.amount().grouped()));
    page.item(amount.sentence.as_str());
    amount.steps.iter().for_each(|step| page.item(step.as_str()));
    if let Some(rule) = &amount.rule {
        page.item(format!("Rule: {rule}"));
    }
    if !amount.inputs.is_empty() {
        page.item(format!("Plan: {}", inputs(&amount.inputs)));
    }
    figures(page, &amount.figures);
}

fn alternative_part(page: &mut Page, alternative: &Alternative) {
    page.item(alternative.sentence.as_str());
    figures(page, &alternative.figures);
}

fn figures(page: &mut Page, citations: &[Arc<Citation>]) {
    for citation in citations {
        page.item(format!("Figure: {}", figure(citation)));
    }
}

/// `staff, outgoing, per day: 190 EUR; confirmed (zut, ytu)`, with what a reader should know.
fn figure(citation: &Citation) -> String {
    let sources = match citation.sources() {
        [] => String::new(),
        sources => format!(" ({})", keys(sources)),
    };
    let remark = remark(citation).map(|remark| format!(". {remark}")).unwrap_or_default();
    format!("{}: {}; {}{sources}{remark}", citation.figure, citation.value, mark(citation))
}

/// `months = 5 (line 20), travel_days = 0 (by default)`
fn inputs(inputs: &[Input]) -> String {
    let input = |input: &Input| {
        let origin = match &input.origin {
            InputOrigin::Plan(place) => match place.cell() {
                Some(cell) => cell.to_string(),
                None => format!("line {}", place.file.line_number(place.span.start)),
            },
            InputOrigin::CommandLine => "command line".to_owned(),
            InputOrigin::Default => "by default".to_owned(),
        };
        format!("{} = {} ({origin})", input.key, input.value)
    };
    inputs.iter().map(input).collect::<Vec<_>>().join(", ")
}

/// A cost category as a heading.
fn title(item: CostItem) -> &'static str {
    match item {
        CostItem::IndividualSupport => "Individual support",
        CostItem::TopUp => "Top-up",
        CostItem::Travel => "Travel",
        CostItem::ExceptionalCosts => "Exceptional costs",
        CostItem::InclusionSupport => "Inclusion support",
        CostItem::OrganisationalSupport => "Organisational support",
    }
}

/// Every figure that an explanation names.
fn citations<'e>(explanation: &'e Explanation<'_>) -> impl Iterator<Item = &'e Citation> {
    let flows = explanation.regions.iter().flat_map(|region| &region.flows);
    let of_flow = |flow: &'e FlowExplanation<'_>| {
        let amounts = flow.amounts.iter().flat_map(|amount| &amount.figures);
        let others = flow.alternatives.iter().flat_map(|alternative| &alternative.figures);
        flow.figures.iter().chain(amounts).chain(others)
    };
    flows.flat_map(of_flow).map(Arc::as_ref)
}

/// The sources of every figure that an explanation names, by key.
fn sources<'e>(explanation: &'e Explanation<'_>) -> BTreeMap<&'e str, &'e Source> {
    let cited = citations(explanation)
        .flat_map(|citation| citation.sources().iter().chain(citation.other_sources()));
    cited.map(|source| (source.key.as_str(), source.as_ref())).collect()
}
