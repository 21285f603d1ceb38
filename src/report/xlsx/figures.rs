//! The figures of the rate table that the workbook shows, and the cell in which each stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::WORDS;
use super::cell::{Place, fixed};
use super::kind::{dates, is_long, is_student};
use crate::engine::{Budget, FlowBudget};
use crate::explain::figures_of_line;
use crate::model::{Citation, MobilityFlow, SupportRate};
use crate::rates::RateTable;
use crate::rates::catalogue::{Entry, Quantity, entries};

/// The row of the first figure on the sheet, from 0.
pub(super) const FIRST_ROW: u32 = 6;
/// The column of the values.
pub(super) const VALUE: u16 = 1;

const COVERED_BELOW: &str = "travel.expensive.covered_below_percent";
const PAID: &str = "travel.expensive.paid_percent";

/// The figures in the order of the table.
pub(super) struct Figures<'t> {
    table: &'t RateTable,
    live: Vec<Shown>,
    others: Vec<Shown>,
    by_key: BTreeMap<String, u32>,
    by_citation: BTreeMap<Id, u32>,
}

/// A figure on the sheet.
pub(super) struct Shown {
    pub key: String,
    pub figure: String,
    pub value: Quantity,
    pub unit: &'static str,
    pub citation: Arc<Citation>,
}

/// A citation by the places of its value and of its basis in the table's text.
type Id = (usize, usize);

fn id(citation: &Citation) -> Id {
    (citation.span.start, citation.basis_span.start)
}

impl<'t> Figures<'t> {
    /// What the amounts of a budget rest on, and what its formulas refer to.
    pub fn new(budget: &Budget<'_>, table: &'t RateTable) -> Self {
        let (mut used, mut live) = (BTreeSet::new(), BTreeSet::new());
        used.insert(id(&table.rounding.citation));
        for computed in flows(budget) {
            let of_lines =
                computed.lines.iter().flat_map(|line| figures_of_line(table, computed.flow, line));
            used.extend(computed.flow.grounds.iter().cloned().chain(of_lines).map(|c| id(&c)));
            live.extend(live_figures(table, computed.flow).into_iter().map(id));
        }
        let scores = budget.regions.iter().filter_map(|region| region.score.as_ref());
        used.extend(scores.map(|score| id(&score.score.citation)));
        let mut figures = Self {
            table,
            live: Vec::new(),
            others: Vec::new(),
            by_key: BTreeMap::new(),
            by_citation: BTreeMap::new(),
        };
        for entry in entries(table) {
            if live.contains(&id(&entry.citation)) {
                figures.threshold(&entry);
                figures.show(entry);
            } else if used.contains(&id(&entry.citation)) {
                figures.others.push(entry.into());
            }
        }
        figures
    }

    /// Top-ups of short mobilities go by activity days: from how many is a figure as well.
    fn threshold(&mut self, entry: &Entry) {
        let mut top_ups = self.table.short_term.top_ups.iter();
        let Some(top_up) = top_ups.find(|top_up| is_of(&top_up.amount.citation, entry)) else {
            return;
        };
        let threshold = Entry {
            key: format!("{}.from_days", entry.key),
            figure: (WORDS.paid_from)(&entry.figure),
            value: Quantity::Count(top_up.from_days),
            unit: WORDS.activity_days,
            ..entry.clone()
        };
        self.show(threshold);
    }

    fn show(&mut self, entry: Entry) {
        let row = FIRST_ROW.saturating_add(u32::try_from(self.live.len()).unwrap_or(u32::MAX));
        self.by_key.insert(entry.key.clone(), row);
        // An amount comes after its threshold and takes its place.
        self.by_citation.insert(id(&entry.citation), row);
        self.live.push(entry.into());
    }

    /// What formulas refer to, from [`FIRST_ROW`] on.
    pub fn live(&self) -> &[Shown] {
        &self.live
    }

    /// What the budget rests on besides.
    pub fn others(&self) -> &[Shown] {
        &self.others
    }

    /// The cell of a figure, for formulas.
    pub fn cell(&self, citation: &Citation) -> String {
        at(self.by_citation.get(&id(citation)))
    }

    /// The share of the real cost below which travel is expensive.
    pub fn covered_below(&self) -> String {
        at(self.by_key.get(COVERED_BELOW))
    }

    /// The share of the real cost that is paid for expensive travel.
    pub fn paid(&self) -> String {
        at(self.by_key.get(PAID))
    }

    /// From how many activity days a top-up is paid.
    pub fn threshold_cell(&self, amount: &Citation) -> String {
        let row = self.by_citation.get(&id(amount)).and_then(|row| row.checked_sub(1));
        at(row.as_ref())
    }

    /// What the share of the real cost that is paid is called.
    pub fn paid_words(&self) -> &str {
        let paid = self.live.iter().find(|shown| shown.key == PAID);
        paid.map_or("", |shown| &shown.figure)
    }

    /// The table that they are from.
    pub fn table(&self) -> &'t RateTable {
        self.table
    }
}

/// What is not on the sheet shows as an error in the cell that refers to it.
fn at(row: Option<&u32>) -> String {
    let place = |row: &u32| -> Place { (*row, VALUE) };
    row.map_or_else(|| "NA()".to_owned(), |row| format!("{}!{}", WORDS.rates, fixed(place(row))))
}

fn is_of(citation: &Citation, entry: &Entry) -> bool {
    id(citation) == id(&entry.citation)
}

impl From<Entry> for Shown {
    fn from(entry: Entry) -> Self {
        let Entry { key, figure, value, unit, citation, .. } = entry;
        Self { key, figure, value, unit, citation }
    }
}

/// Every flow of a budget, in the order of its result.
pub(super) fn flows<'b>(budget: &'b Budget<'b>) -> impl Iterator<Item = &'b FlowBudget<'b>> {
    budget.regions.iter().flat_map(|region| &region.countries).flat_map(|country| &country.flows)
}

/// What the formulas of a flow refer to, also where its amounts do not rest on it yet.
fn live_figures<'f>(table: &'f RateTable, flow: &'f MobilityFlow) -> Vec<&'f Citation> {
    let mut live: Vec<&Citation> =
        vec![&table.organisational_support.citation, &table.inclusion_support.citation];
    if flow.inputs.zero_grant {
        live.push(&table.zero_grant.citation);
    }
    if is_long(&flow.inputs) {
        live.push(&table.long_term.month.citation);
        live.extend(dates(&flow.inputs).map(|_| &*table.long_term.february.citation));
    }
    if let Some(support) = &flow.individual_support {
        live.extend(support.grounds.first().map(Arc::as_ref));
        live.extend(support_figures(table, flow, support.rate));
    }
    if let Some(travel) = &flow.travel {
        live.extend(travel.grounds.first().map(Arc::as_ref));
        live.push(&table.travel.expensive.citation);
    }
    live
}

/// What individual support and top-ups go by beside the first rate.
fn support_figures<'f>(
    table: &'f RateTable,
    flow: &'f MobilityFlow,
    rate: SupportRate,
) -> Vec<&'f Citation> {
    let mut figures: Vec<&Citation> = Vec::new();
    if let SupportRate::Daily { .. } = rate {
        let period = &table.first_period;
        figures.extend([later(table, flow), &*period.days.citation, &*period.reading.citation]);
    }
    if is_long(&flow.inputs) {
        figures.push(&table.long_term.top_up.citation);
    } else if is_student(&flow.inputs) {
        let top_ups = table.short_term.top_ups.iter();
        figures.extend(top_ups.map(|top_up| &*top_up.amount.citation));
    }
    figures
}

/// What a day after the first period pays.
pub(super) fn later<'t>(table: &'t RateTable, flow: &MobilityFlow) -> &'t Citation {
    match is_student(&flow.inputs) {
        true => &table.short_term.later_daily.citation,
        false => &table.staff.later.citation,
    }
}
