//! How amounts add up.

use super::words;
use crate::engine::{
    Amounts, Budget, CostItem, CountryBudget, EnvelopeUse, FlowBudget, RegionBudget,
};
use crate::model::{Direction, EnvelopeKind, Eur};
use crate::rates::CountryNames;

/// A sum with its terms.
pub struct Sum {
    /// The sum.
    pub amount: Eur,
    /// `16,213.32 + 2,660.00 = 18,873.32 EUR`
    pub sentence: String,
}

/// The sums of several flows or regions.
pub struct Sums {
    /// What the terms are: "2 flows", "3 regions".
    pub terms: String,
    /// Each cost category that pays something.
    pub items: Vec<(CostItem, Sum)>,
    /// The flows of each country of a region that has several; those of each direction of a plan.
    pub parts: Vec<(String, Sum)>,
    /// Everything.
    pub total: Sum,
}

/// The sum of some amounts; those of zero say nothing.
fn sum(terms: impl Iterator<Item = Eur>) -> Sum {
    let terms: Vec<Eur> = terms.filter(|term| !term.is_zero()).collect();
    let amount: Eur = terms.iter().copied().sum();
    let sentence = match terms.as_slice() {
        [] | [_] => format!("{} EUR", amount.grouped()),
        terms => {
            let terms: Vec<String> = terms.iter().map(|term| term.grouped()).collect();
            format!("{} = {} EUR", terms.join(" + "), amount.grouped())
        }
    };
    Sum { amount, sentence }
}

fn sums(parts: &[Amounts], noun: &str, of_flows: Vec<(String, Sum)>) -> Sums {
    let item = |item: CostItem| (item, sum(parts.iter().map(|amounts| amounts.get(item))));
    let items = CostItem::ALL.into_iter().map(item).filter(|(_, sum)| !sum.amount.is_zero());
    Sums {
        terms: words::counted(u32::try_from(parts.len()).unwrap_or(u32::MAX), noun),
        items: items.collect(),
        parts: of_flows,
        total: sum(parts.iter().map(Amounts::total)),
    }
}

/// The lines of a flow.
pub(super) fn of_flow(flow: &FlowBudget<'_>) -> Sum {
    sum(flow.lines.iter().map(|line| line.amount))
}

/// The flows of a region.
pub(super) fn of_region(region: &RegionBudget<'_>, names: &CountryNames) -> Sums {
    let flows = region.countries.iter().flat_map(|country| &country.flows);
    let parts: Vec<Amounts> = flows.map(|flow| flow.amounts).collect();
    let of_country = |country: &CountryBudget<'_>| {
        let totals = country.flows.iter().map(|flow| flow.amounts.total());
        (names.name(country.country).to_string(), sum(totals))
    };
    let countries = region.countries.iter().filter(|_| region.countries.len() > 1);
    sums(&parts, "flow", countries.map(of_country).collect())
}

/// The regions of a plan.
pub(super) fn of_plan(budget: &Budget<'_>) -> Sums {
    let parts: Vec<Amounts> = budget.regions.iter().map(|region| region.amounts).collect();
    let flows = || {
        let countries = budget.regions.iter().flat_map(|region| &region.countries);
        countries.flat_map(|country| &country.flows)
    };
    let of_direction = |(direction, name): (Direction, &str)| {
        let flows = flows().filter(|flow| flow.flow.inputs.direction == direction);
        (name.to_owned(), sum(flows.map(|flow| flow.amounts.total())))
    };
    let directions = [(Direction::Incoming, "Incoming"), (Direction::Outgoing, "Outgoing")];
    let directions = directions.into_iter().map(of_direction);
    sums(&parts, "region", directions.filter(|(_, sum)| !sum.amount.is_zero()).collect())
}

/// What an envelope leaves, or by how much it is exceeded.
pub(super) fn envelope(used: &EnvelopeUse<'_>) -> String {
    let kind = match used.envelope.kind {
        EnvelopeKind::Award => "award",
        EnvelopeKind::National => "national envelope",
    };
    let (envelope, total) = (used.envelope.amount, used.total);
    match used.is_exceeded() {
        true => format!(
            "Above the {kind}: {} - {} = {} EUR too much",
            total.grouped(),
            envelope.grouped(),
            (total - envelope).grouped()
        ),
        false => format!(
            "Left of the {kind}: {} - {} = {} EUR",
            envelope.grouped(),
            total.grouped(),
            used.remaining().grouped()
        ),
    }
}
