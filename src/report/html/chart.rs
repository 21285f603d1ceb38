//! A bar for each region: its costs by category, and its envelope.

use super::markup::Markup;
use crate::engine::{Amounts, Budget, CostItem, EnvelopeUse, RegionBudget};
use crate::model::{EnvelopeKind, Eur};
use crate::report::facts::against_envelope;
use crate::report::number::hundredths;
use crate::report::rows::region_label;
use crate::report::style::Style;

/// An envelope so many times as large as the largest region would leave no room for the bars: its mark
/// stands at the end and says so.
const MOST_SCALE: u32 = 2;
/// The length of the longest bar, in hundredths of a unit of the drawing.
const LENGTH: i128 = 100_000;

/// The bars of all regions, with what the colours mean.
pub(super) fn write(html: &mut Markup, budget: &Budget<'_>, style: &Style) {
    let words = style.words;
    let scale = Scale::of(budget);
    legend(html, budget, &scale, style);
    html.open("ol", &[("class", "bars")]);
    for region in &budget.regions {
        let name = region_label(budget.plan, region.region, usize::MAX);
        html.open("li", &[]);
        let target = format!("#region-{}", region.region.number());
        html.open("p", &[("class", "name")]);
        html.element("a", &[("href", &target)], &name);
        html.close("p");
        bar(html, region, &name, &scale, style);
        html.element("p", &[("class", "sum")], &style.eur(region.amounts.total()));
        if let Some(used) = region.envelope {
            let class = if used.is_exceeded() { "note over" } else { "note" };
            html.element("p", &[("class", class)], &against(&used, &scale, style));
        }
        html.close_line("li");
    }
    html.close_line("ol");
    html.line("p", &[("class", "help")], words.chart_help);
}

/// What the length of bars stands for.
struct Scale {
    /// Cents of the longest bar, at least 1.
    cents: i128,
}

impl Scale {
    fn of(budget: &Budget<'_>) -> Self {
        let totals = budget.regions.iter().map(|region| region.amounts.total());
        let largest = totals.max().unwrap_or(Eur::ZERO);
        let fits = |amount: &Eur| *amount <= largest * MOST_SCALE;
        let envelopes = budget.regions.iter().filter_map(|region| region.envelope);
        let envelopes = envelopes.map(|used| used.envelope.amount).filter(fits);
        Self { cents: cents(envelopes.max().unwrap_or(largest).max(largest)).max(1) }
    }

    /// Where an amount ends, in hundredths of a unit; the end of the bar where it lies beyond.
    fn at(&self, amount: Eur) -> i128 {
        (cents(amount) * LENGTH / self.cents).min(LENGTH)
    }

    fn holds(&self, amount: Eur) -> bool {
        cents(amount) <= self.cents
    }
}

fn cents(amount: Eur) -> i128 {
    amount.as_decimal().mantissa()
}

fn bar(html: &mut Markup, region: &RegionBudget<'_>, name: &str, scale: &Scale, style: &Style) {
    let number = region.region.number();
    let (title, text) = (format!("bar-{number}-title"), format!("bar-{number}-text"));
    html.open(
        "svg",
        &[
            ("class", "bar"),
            ("viewBox", "0 0 1000 40"),
            ("preserveAspectRatio", "none"),
            ("role", "img"),
            ("aria-labelledby", &format!("{title} {text}")),
        ],
    );
    html.element("title", &[("id", &title)], &(style.words.chart)(name));
    html.element("desc", &[("id", &text)], &in_words(region, style));
    let end = scale.at(region.amounts.total());
    let envelope = region.envelope.map(|used| used.envelope.amount);
    if let Some(limit) = envelope.map(|amount| scale.at(amount)) {
        piece(html, "room", (end.min(limit), limit), (8, 24));
    }
    let mut begin = Eur::ZERO;
    for (at, item) in CostItem::ALL.into_iter().enumerate() {
        let next = begin + region.amounts.get(item);
        piece(html, &format!("item-{}", at + 1), (scale.at(begin), scale.at(next)), (8, 24));
        begin = next;
    }
    if let Some(used) = region.envelope {
        mark(html, &used, scale);
    }
    html.close("svg");
}

/// A part of a bar from left to right, if it has a length; its top and its height.
fn piece(html: &mut Markup, class: &str, (from, to): (i128, i128), (top, height): (u32, u32)) {
    if to > from {
        let (x, width) = (hundredths(from), hundredths(to - from));
        let (y, height) = (top.to_string(), height.to_string());
        let place = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
        html.empty("rect", &[&[("class", class)], &place[..]].concat());
    }
}

/// The envelope: a line across the bar, dashed where it is not the project's own; an arrow at the end
/// where it lies beyond.
fn mark(html: &mut Markup, used: &EnvelopeUse<'_>, scale: &Scale) {
    let limit = scale.at(used.envelope.amount);
    if used.is_exceeded() {
        piece(html, "beyond", (limit, scale.at(used.total)), (35, 5));
    }
    let across = format!("M{} 0V40", hundredths(limit));
    let (class, path) = match (scale.holds(used.envelope.amount), used.envelope.kind) {
        (true, EnvelopeKind::Award) => ("mark", across.as_str()),
        (true, EnvelopeKind::National) => ("mark national", across.as_str()),
        (false, _) => ("mark", "M982 11L995 20L982 29"),
    };
    // A line of the ground's colour below it sets the mark off from the pieces.
    html.empty("path", &[("class", "halo"), ("d", path)]);
    html.empty("path", &[("class", class), ("d", path)]);
}

/// The bar for those who do not see it.
fn in_words(region: &RegionBudget<'_>, style: &Style) -> String {
    let paid = CostItem::ALL.into_iter().filter(|item| !region.amounts.get(*item).is_zero());
    let part =
        |item| format!("{} {} EUR", (style.words.item)(item), style.eur(region.amounts.get(item)));
    let total = format!("{} {} EUR", style.words.total, style.eur(region.amounts.total()));
    let envelope = region.envelope.map(|used| against_envelope(&used, style));
    paid.map(part).chain([total]).chain(envelope).collect::<Vec<_>>().join(", ")
}

fn against(used: &EnvelopeUse<'_>, scale: &Scale, style: &Style) -> String {
    let text = against_envelope(used, style);
    match scale.holds(used.envelope.amount) {
        true => text,
        false => format!("{text} ({})", style.words.beyond_scale),
    }
}

/// What the colours mean, with the total of each category and its share of all.
fn legend(html: &mut Markup, budget: &Budget<'_>, scale: &Scale, style: &Style) {
    let totals = &budget.totals.amounts;
    html.open("ul", &[("class", "legend"), ("aria-label", style.words.legend)]);
    for (at, item) in CostItem::ALL.into_iter().enumerate() {
        if !totals.get(item).is_zero() {
            html.open("li", &[]);
            key(html, &format!("item-{}", at + 1));
            html.element("span", &[], (style.words.item)(item));
            html.element("b", &[], &style.eur(totals.get(item)));
            html.element("small", &[], &share_of_all(totals, item, style));
            html.close("li");
        }
    }
    let used = || budget.regions.iter().filter_map(|region| region.envelope);
    let is_left = |used: EnvelopeUse<'_>| scale.at(used.envelope.amount) > scale.at(used.total);
    let marks = [
        (used().next().is_some(), "mark-key", style.words.envelope_mark),
        (used().any(is_left), "room", style.words.room_mark),
        (used().any(|used| used.is_exceeded()), "beyond", style.words.over_mark),
    ];
    for (_, class, name) in marks.into_iter().filter(|(is_drawn, ..)| *is_drawn) {
        html.open("li", &[("class", "of-envelope")]);
        key(html, class);
        html.element("span", &[], name);
        html.close("li");
    }
    html.close_line("ul");
}

/// A piece of colour beside its name.
fn key(html: &mut Markup, class: &str) {
    let size = [("class", "key"), ("viewBox", "0 0 12 12"), ("aria-hidden", "true")];
    html.open("svg", &size);
    let (x, width) = if class == "mark-key" { ("5", "2.5") } else { ("0", "12") };
    let place = [("x", x), ("y", "0"), ("width", width), ("height", "12")];
    html.empty("rect", &[&[("class", class)], &place[..]].concat());
    html.close("svg");
}

/// Half up to two decimals; the total is more than nothing where a category is.
fn share_of_all(totals: &Amounts, item: CostItem, style: &Style) -> String {
    let (part, all) = (cents(totals.get(item)), cents(totals.total()).max(1));
    style.percent((part * 20_000 + all) / (all * 2))
}
