//! The sheet Flows: one row for each flow and cost item.

use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};

use super::cell::{Sheet, fixed, name};
use super::columns::{Column, Columns};
use super::figures::{Figures, flows};
use super::formulas::Formulas;
use super::kind::is_student;
use super::room;
use super::row::{Row, label};
use super::style::{Kind, Role, Styles, TOTAL_HEIGHT};
use super::values::Values;
use super::{SHARED, WORDS};
use crate::engine::{Budget, CostItem};
use crate::model::{Eur, MobilityFlow};

const HEADINGS: u32 = 3;
const FIRST: u32 = HEADINGS + 1;
/// The most rows of flows and cost items. A sheet has a million, which would take more memory than most
/// computers have, here and in the spreadsheet.
pub(super) const MOST_ROWS: u32 = 200_000;

/// Where the rows stand, for the formulas of other sheets.
pub(super) struct Extent {
    columns: Columns,
    last: u32,
}

impl Extent {
    /// `None` where there are too many rows.
    pub fn of(budget: &Budget<'_>) -> Option<Self> {
        let rows: usize = flows(budget).map(|computed| items_of(computed.flow).len()).sum();
        let rows = u32::try_from(rows).ok().filter(|rows| *rows <= MOST_ROWS)?;
        Some(Self { columns: Columns::of(budget), last: (FIRST + rows).saturating_sub(1) })
    }

    /// The rows of a column as other sheets name them.
    pub fn range(&self, column: Column) -> String {
        let place = |row| self.columns.place(row, column).unwrap_or((row, 0));
        format!("{}!{}:{}", WORDS.flows, fixed(place(FIRST)), fixed(place(self.last)))
    }
}

/// The cost items that a flow may get, also those that it does not get yet: each has a row.
fn items_of(flow: &MobilityFlow) -> Vec<CostItem> {
    let has = |item: &CostItem| match item {
        CostItem::IndividualSupport => flow.individual_support.is_some(),
        CostItem::TopUp => flow.individual_support.is_some() && is_student(&flow.inputs),
        CostItem::Travel | CostItem::ExceptionalCosts => flow.travel.is_some(),
        CostItem::InclusionSupport | CostItem::OrganisationalSupport => true,
    };
    CostItem::ALL.into_iter().filter(has).collect()
}

/// Writes the sheet.
pub(super) fn write(
    budget: &Budget<'_>,
    figures: &Figures<'_>,
    extent: &Extent,
    styles: &Styles,
) -> Result<Sheet, XlsxError> {
    let columns = &extent.columns;
    let mut sheet = Sheet::new(WORDS.flows)?;
    let widths: Vec<u16> = columns.iter().map(|column| width(budget, figures, column)).collect();
    sheet.widths(&widths)?;
    sheet.text((0, 0), WORDS.flows, &styles.title)?;
    sheet.text((1, 0), WORDS.sample, &styles.sample)?;
    sheet.text((1, 1), WORDS.inputs, &styles.remark)?;
    sheet.text((2, 0), WORDS.flows_remark, &styles.remark)?;
    for (place, column) in (0..).zip(columns.iter()) {
        let heading = if column.is_count() { &styles.upright } else { &styles.heading };
        sheet.heading((HEADINGS, place), column.heading(), heading)?;
    }
    sheet.height(HEADINGS, 80)?;
    let mut first = FIRST;
    for computed in flows(budget) {
        let items = items_of(computed.flow);
        let formulas = Formulas { columns, figures, flow: computed.flow, items: &items, first };
        for (row, item) in (first..).zip(&items) {
            Row { plan: budget.plan, computed, formulas: &formulas, styles, row, item: *item }
                .write(&mut sheet)?;
        }
        first = first.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
    }
    total(budget, extent, styles, &mut sheet)?;
    let last_column = u16::try_from(columns.iter().count()).unwrap_or(u16::MAX).saturating_sub(1);
    let fixed_columns = columns.find(Column::Flow).map_or(0, |flow| flow + 1);
    sheet.headings_at(HEADINGS, fixed_columns)?;
    sheet.print_area((extent.last + 1, last_column))?;
    whole_numbers(extent, &mut sheet)?;
    Ok(sheet)
}

/// How wide a column is, in digits: as its texts and amounts need, within bounds.
fn width(budget: &Budget<'_>, figures: &Figures<'_>, column: Column) -> u16 {
    let table = figures.table();
    match column {
        Column::Country | Column::Flow | Column::Partner | Column::Activity => {
            let labels = flows(budget).filter_map(|of| label(budget.plan, of.flow, column));
            let labels: Vec<String> = labels.collect();
            room::width(labels.iter().map(String::as_str), 10, 34)
        }
        Column::Direction | Column::Start | Column::End => 12,
        Column::Mark if budget.plan.places.is_some() => 32,
        Column::Mark => 14,
        Column::Item => room::width(CostItem::ALL.map(SHARED.item), 10, 24),
        Column::Figure => {
            let rows =
                flows(budget).flat_map(|of| items_of(of.flow).into_iter().map(move |i| (of, i)));
            let texts =
                rows.map(|(of, item)| Values::of(of, table, item).words(figures).to_owned());
            let texts: Vec<String> = texts.collect();
            room::width(texts.iter().map(String::as_str), 20, 48)
        }
        Column::RealCost => {
            let costs = flows(budget).map(|of| &of.flow.inputs);
            let costs = costs.flat_map(|inputs| [inputs.travel_cost, inputs.inclusion_support]);
            room::amount_width(costs.flatten().max().unwrap_or(Eur::ZERO))
        }
        Column::Rate | Column::Each => {
            let lines = flows(budget).flat_map(|of| &of.lines);
            let amounts = lines.filter_map(|line| line.each).map(|each| each.amount);
            room::amount_width(amounts.max().unwrap_or(Eur::ZERO))
        }
        Column::Amount => room::amount_width(budget.totals.amounts.total()),
        _ => 7,
    }
}

fn total(
    budget: &Budget<'_>,
    extent: &Extent,
    styles: &Styles,
    sheet: &mut Sheet,
) -> Result<(), XlsxError> {
    let (columns, row) = (&extent.columns, extent.last + 1);
    sheet.height(row, TOTAL_HEIGHT)?;
    for (place, column) in (0..).zip(columns.iter()) {
        let at = (row, place);
        match column {
            Column::Region => sheet.text(at, SHARED.total, styles.cell(Kind::Text, Role::Total))?,
            Column::Amount => {
                let of = |row| columns.place(row, column).map(name).unwrap_or_default();
                let sum = format!("=ROUND(SUM({}:{}),2)", of(FIRST), of(extent.last));
                let format = styles.cell(Kind::Money, Role::Total);
                sheet.formula(at, &sum, budget.totals.amounts.total(), format)?;
            }
            _ => sheet.blank(at, styles.cell(Kind::Text, Role::Total))?,
        }
    }
    Ok(())
}

/// Numbers of people and days are whole and not negative.
fn whole_numbers(extent: &Extent, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let allowed = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(0, 100_000))
        .set_error_title(WORDS.whole_number)?
        .set_error_message(WORDS.whole_number_help)?;
    let inputs = [
        Column::Participants,
        Column::FewerOpportunities,
        Column::Months,
        Column::Days,
        Column::InterruptionDays,
        Column::UnfundedDays,
        Column::TravelDays,
    ];
    for column in inputs {
        let places =
            extent.columns.place(FIRST, column).zip(extent.columns.place(extent.last, column));
        if let Some((first, last)) = places {
            sheet.allow(first, last, &allowed)?;
        }
    }
    Ok(())
}
