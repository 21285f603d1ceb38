//! Region by region: each flow, what the plan says of it, and how its amounts came about.

use super::markup::Markup;
use super::table::{self, Cell};
use crate::engine::{Budget, FlowBudget, LineItem, RegionBudget};
use crate::report::columns::points_and_verdict;
use crate::report::facts::{Line, about, facts};
use crate::report::footnotes::Footnotes;
use crate::report::rows::region_label;
use crate::report::style::Style;

/// The regions, each folded away.
pub(super) fn write(
    html: &mut Markup,
    budget: &Budget<'_>,
    footnotes: &Footnotes<'_>,
    style: &Style,
) {
    for region in &budget.regions {
        let id = format!("region-{}", region.region.number());
        html.open("details", &[]);
        summary(html, budget, region, style);
        // A link to something folded away unfolds it; a link to what folds does not.
        html.open("div", &[("class", "flows"), ("id", &id)]);
        for flow in region.countries.iter().flat_map(|country| &country.flows) {
            flow_part(html, budget, flow, footnotes, style);
        }
        html.close("div");
        html.close_line("details");
    }
}

fn summary(html: &mut Markup, budget: &Budget<'_>, region: &RegionBudget<'_>, style: &Style) {
    let words = style.words;
    let flows = region.countries.iter().map(|country| country.flows.len()).sum();
    let heads = region.headcount.total();
    let flows = (words.flows)(&style.whole(flows), flows);
    let heads = (words.heads)(&style.whole(heads), heads);
    let score = region.score.map(|score| points_and_verdict(&score, style));
    let score = score.map(|score| format!(", {} {score}", words.score)).unwrap_or_default();
    html.open("summary", &[]);
    html.element("h3", &[], &region_label(budget.plan, region.region, usize::MAX));
    html.element("span", &[("class", "counts")], &format!("{flows}, {heads}{score}"));
    html.element("span", &[("class", "sum")], &style.eur(region.amounts.total()));
    html.close_line("summary");
}

fn flow_part(
    html: &mut Markup,
    budget: &Budget<'_>,
    computed: &FlowBudget<'_>,
    footnotes: &Footnotes<'_>,
    style: &Style,
) {
    let id = computed.flow.inputs.id.as_str();
    html.open("article", &[("class", "flow")]);
    html.open("h4", &[]);
    html.element("bdi", &[], id);
    html.close("h4");
    html.line("p", &[("class", "about")], &about(budget, computed, style));
    html.open("dl", &[("class", "facts")]);
    for (name, fact) in facts(computed, style) {
        html.open("div", &[("class", room(&fact))]);
        html.element("dt", &[], name);
        html.open("dd", &[]);
        html.element("bdi", &[], &fact);
        html.close("dd");
        html.close("div");
    }
    html.close_line("dl");
    lines(html, computed, footnotes, style);
    html.open("p", &[("class", "rests")]);
    html.text(style.words.rests_on);
    references(html, footnotes.beyond_amounts(computed));
    html.close("p");
    html.close_line("article");
}

/// How many columns a fact takes.
fn room(fact: &str) -> &'static str {
    match fact.chars().count() {
        0..=16 => "fact",
        17..=40 => "wide",
        _ => "full",
    }
}

fn lines(html: &mut Markup, computed: &FlowBudget<'_>, footnotes: &Footnotes<'_>, style: &Style) {
    let words = style.words;
    table::begin(html, "lines", &(words.costs_of)(&computed.flow.inputs.id));
    table::head(
        html,
        &[
            (words.cost, false),
            (words.calculation, false),
            (words.per_participant, true),
            (words.participants, true),
            (words.amount, true),
        ],
    );
    html.open("tbody", &[("role", "rowgroup")]);
    for item in &computed.lines {
        line(html, item, footnotes, style);
    }
    html.close_line("tbody");
    html.open("tfoot", &[("role", "rowgroup")]);
    let total = style.eur(computed.amounts.total());
    let cell = |heading, text, is_number, names_row| Cell {
        heading,
        text,
        is_number,
        names_row,
        is_sum: false,
    };
    table::row(
        html,
        &[
            cell(words.cost, words.total, false, true),
            cell(words.calculation, "", false, false),
            cell(words.per_participant, "", true, false),
            cell(words.participants, "", true, false),
            cell(words.amount, &total, true, false),
        ],
    );
    html.close_line("tfoot");
    html.close_line("table");
}

fn line(html: &mut Markup, item: &LineItem<'_>, footnotes: &Footnotes<'_>, style: &Style) {
    let words = style.words;
    let Line { item, each, participants, amount, calculation, figures } =
        Line::of(item, footnotes, style);
    let name =
        Cell { heading: words.cost, text: item, is_number: false, names_row: true, is_sum: false };
    html.open("tr", &[("role", "row")]);
    table::open_cell(html, &name);
    html.text(name.text);
    references(html, figures);
    table::close_cell(html, &name);
    let cells = [
        (words.calculation, &calculation, false),
        (words.per_participant, &each, true),
        (words.participants, &participants, true),
        (words.amount, &amount, true),
    ];
    for (heading, text, is_number) in cells {
        let cell = Cell { heading, text, is_number, names_row: false, is_sum: false };
        table::open_cell(html, &cell);
        html.text(text);
        table::close_cell(html, &cell);
    }
    html.close_line("tr");
}

/// The numbers of figures, each leading to where it stands.
fn references(html: &mut Markup, figures: impl IntoIterator<Item = usize>) {
    html.open("sup", &[]);
    for figure in figures {
        html.text(" ");
        html.element("a", &[("href", &format!("#figure-{figure}"))], &figure.to_string());
    }
    html.close("sup");
}
