//! What the engine computed, for each cell that has a formula.

use rust_decimal::Decimal;

use super::WORDS;
use super::figures::Figures;
use super::kind::is_short;
use crate::engine::{CostItem, FlowBudget, Formula, LineItem};
use crate::model::{Date, Eur, Grounds, MobilityFlow, SupportRate, calendar_days};
use crate::rates::RateTable;

/// The values of one flow and cost item.
pub(super) struct Values<'b> {
    flow: &'b MobilityFlow,
    item: CostItem,
    /// What was computed; `None` where nothing is paid.
    pub line: Option<&'b LineItem<'b>>,
    /// EUR, or a percentage.
    pub rate: Decimal,
    /// Of one participant.
    pub each: Eur,
    /// Of the flow.
    pub amount: Eur,
}

impl<'b> Values<'b> {
    pub fn of(computed: &'b FlowBudget<'b>, table: &RateTable, item: CostItem) -> Self {
        let flow = computed.flow;
        let line = computed.lines.iter().find(|line| line.item == item);
        let each = match (line.and_then(|line| line.each), item) {
            (Some(each), _) => each.amount,
            (None, CostItem::TopUp) => top_up(table, flow).amount(),
            (None, _) => Eur::ZERO,
        };
        let amount = line.map_or(Eur::ZERO, |line| line.amount);
        Self { flow, item, line, rate: rate(table, flow, item), each, amount }
    }

    /// Whether the rate is a percentage.
    pub fn rate_is_share(&self) -> bool {
        matches!(self.item, CostItem::ExceptionalCosts | CostItem::InclusionSupport)
    }

    /// What the rate is.
    pub fn words<'w>(&self, figures: &'w Figures<'_>) -> &'w str
    where
        'b: 'w,
    {
        let table = figures.table();
        let first = |grounds: Option<&'b Grounds>| -> &'b str {
            grounds.and_then(|grounds| grounds.first()).map_or("", |citation| &citation.figure)
        };
        match self.item {
            CostItem::IndividualSupport => {
                first(self.flow.individual_support.as_ref().map(|support| &support.grounds))
            }
            CostItem::TopUp if is_short(&self.flow.inputs) => WORDS.short_top_up,
            CostItem::TopUp => &table.long_term.top_up.citation.figure,
            CostItem::Travel => first(self.flow.travel.as_ref().map(|travel| &travel.grounds)),
            CostItem::ExceptionalCosts => figures.paid_words(),
            CostItem::InclusionSupport => &table.inclusion_support.citation.figure,
            CostItem::OrganisationalSupport => &table.organisational_support.citation.figure,
        }
    }
}

fn rate(table: &RateTable, flow: &MobilityFlow, item: CostItem) -> Decimal {
    let euros = |amount: Option<Eur>| amount.unwrap_or(Eur::ZERO).as_decimal();
    match item {
        CostItem::IndividualSupport => {
            euros(flow.individual_support.as_ref().map(|support| match support.rate {
                SupportRate::Monthly { monthly, .. } => monthly,
                SupportRate::Daily { first, .. } => first,
            }))
        }
        CostItem::TopUp => match top_up(table, flow) {
            Formula::ShareOfMonths { monthly, .. } => monthly.as_decimal(),
            once => once.amount().as_decimal(),
        },
        CostItem::Travel => euros(flow.travel.as_ref().map(|travel| travel.unit)),
        CostItem::ExceptionalCosts => table.travel.expensive.paid.number().into(),
        CostItem::InclusionSupport => table.inclusion_support.value.number().into(),
        CostItem::OrganisationalSupport => table.organisational_support.value.as_decimal(),
    }
}

/// The top-up of a student of the flow, whether or not anybody gets it yet.
fn top_up(table: &RateTable, flow: &MobilityFlow) -> Formula {
    if is_short(&flow.inputs) {
        let amount = table.short_term.top_up(flow.duration.activity_days);
        return Formula::Unit(amount.map_or(Eur::ZERO, |amount| amount.value));
    }
    Formula::ShareOfMonths {
        monthly: table.long_term.top_up.value,
        funded_days: flow.duration.funded_days,
        travel_days: 0,
        days_in_month: table.long_term.month.value,
    }
}

/// Funded days within the first period; `None` where the rate is monthly or there is none.
pub(super) fn first_days(computed: &FlowBudget<'_>) -> Option<u32> {
    let formulas = computed.lines.iter().map(|line| line.formula);
    let mut first_days = formulas.filter_map(|formula| match formula {
        Formula::Days { first_days, .. } => Some(first_days),
        _ => None,
    });
    first_days.next()
}

/// A day from March 1900 on as spreadsheets count it.
pub(super) fn serial(date: Date) -> u32 {
    // The first of March 1900 is day 61 there.
    let march = Date::new(1900, 3, 1);
    march.and_then(|march| calendar_days(march, date)).map_or(0, |days| days + 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_as_in_spreadsheets() {
        let of = |text| serial(Date::from_iso(text).expect("a date"));
        assert_eq!(of("1900-03-01"), 61);
        assert_eq!(of("2000-01-01"), 36_526);
        assert_eq!(of("2024-02-29"), 45_351);
    }
}
