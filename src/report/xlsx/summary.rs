//! The sheet Summary: each region with its cost categories, its envelope and its score.

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use super::cell::{Place, Sheet, fixed, name};
use super::chart;
use super::columns::Column;
use super::flows::Extent;
use super::room::{amount_width, width};
use super::style::{Kind, Role, Styles, TOTAL_HEIGHT};
use super::{SHARED, WORDS};
use crate::engine::{Amounts, Budget, CostItem, EnvelopeUse, Headcount, RegionBudget};
use crate::model::{Direction, Eur, Status, Word};
use crate::report::heading::{applicant, envelopes_line, rates_line};
use crate::report::{estimate_lines, what_if_line};

/// The columns that every summary has.
const REGION: u16 = 0;
pub(super) const NAME: u16 = 1;
const INCOMING: u16 = 2;
const OUTGOING: u16 = 3;
pub(super) const ITEMS: u16 = 4;
pub(super) const TOTAL: u16 = 10;
/// Those of envelopes, where there are any: amount, kind, share, what is left.
pub(super) const ENVELOPE: u16 = 11;
const KIND: u16 = 12;
const SHARE: u16 = 13;
const REMAINING: u16 = 14;

/// Where things stand on the sheet.
pub(super) struct Layout {
    pub headings: u32,
    pub first: u32,
    /// The last region.
    pub last: u32,
    pub has_envelopes: bool,
    /// The column of scores, where there are any.
    score: Option<u16>,
}

impl Layout {
    fn new(budget: &Budget<'_>, headings: u32) -> Self {
        let has_envelopes = budget.regions.iter().any(|region| region.envelope.is_some());
        let has_scores = budget.regions.iter().any(|region| region.score.is_some());
        let after = if has_envelopes { REMAINING + 1 } else { TOTAL + 1 };
        let regions = u32::try_from(budget.regions.len()).unwrap_or(u32::MAX);
        Self {
            headings,
            first: headings + 1,
            last: headings.saturating_add(regions),
            has_envelopes,
            score: has_scores.then_some(after),
        }
    }

    fn last_column(&self) -> u16 {
        match (self.score, self.has_envelopes) {
            (Some(score), _) => score + 1,
            (None, true) => REMAINING,
            (None, false) => TOTAL,
        }
    }
}

/// Writes the sheet.
pub(super) fn write(
    budget: &Budget<'_>,
    extent: &Extent,
    styles: &Styles,
) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(WORDS.summary)?;
    let head = head(budget, styles, &mut sheet)?;
    let layout = Layout::new(budget, head);
    let widths = widths(budget, &layout);
    sheet.widths(&widths)?;
    headings(&layout, styles, &mut sheet)?;
    let writer = Writer { extent, styles, layout: &layout };
    for (row, region) in (layout.first..).zip(&budget.regions) {
        writer.region(budget, region, row, &mut sheet)?;
    }
    writer.total(budget, &mut sheet)?;
    writer.directions(budget, &mut sheet)?;
    sheet.chart((layout.last + 5, 0), &chart::of(budget, &layout, &widths))?;
    sheet.headings_at(layout.headings, ITEMS - 2)?;
    sheet.print_area((layout.last + 5 + chart::ROWS, layout.last_column()))?;
    sheet.fit_on_one_page();
    Ok(sheet)
}

/// What stands above the table; the row of its headings.
fn head(budget: &Budget<'_>, styles: &Styles, sheet: &mut Sheet) -> Result<u32, XlsxError> {
    let plan = budget.plan;
    let (style, alert) = (super::style(), styles.cell(Kind::Text, Role::Alert));
    let mut lines = vec![
        ((SHARED.kicker)(plan.call), &styles.title),
        (applicant(plan, plan.project.applicant.clone(), &style), &styles.section),
        (rates_line(plan, &style), &styles.remark),
    ];
    if plan.rates.status == Status::Provisional {
        lines.push((WORDS.provisional.to_owned(), alert));
    }
    lines.extend(envelopes_line(plan, &style).map(|line| (line, &styles.remark)));
    lines.extend(what_if_line(&plan.what_if).map(|line| (line, alert)));
    if plan.places.is_some() {
        let estimates = estimate_lines(WORDS.travel_rests_on);
        lines.extend(estimates.into_iter().map(|line| (line, &styles.remark)));
    }
    lines.push((WORDS.in_euros.to_owned(), &styles.remark));
    lines.push((WORDS.inputs_elsewhere.to_owned(), &styles.remark));
    let mut row = 0;
    for (text, format) in lines {
        sheet.text((row, 0), &text, format)?;
        // It runs on over these cells, which have its ground.
        for column in NAME..=TOTAL {
            sheet.blank((row, column), format)?;
        }
        row += 1;
    }
    Ok(row + 1)
}

fn widths(budget: &Budget<'_>, layout: &Layout) -> Vec<u16> {
    let names = budget.plan.region_names.values().map(|name| &**name);
    let money = amount_width(budget.totals.amounts.total()).max(15);
    let mut widths = vec![6, width(names, 20, 40), 10, 10];
    widths.extend([money; 7]);
    if layout.has_envelopes {
        let envelopes = budget.regions.iter().filter_map(|region| region.envelope);
        let largest = envelopes.map(|used| used.envelope.amount).max().unwrap_or(Eur::ZERO);
        let money = amount_width(largest).max(money);
        widths.extend([money, 10, 10, money]);
    }
    if layout.score.is_some() {
        widths.extend([9, 9]);
    }
    widths
}

fn headings(layout: &Layout, styles: &Styles, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let mut headings = WORDS.region_headings.to_vec();
    headings.extend(CostItem::ALL.map(SHARED.item));
    headings.push(SHARED.total);
    if layout.has_envelopes {
        headings.extend(WORDS.envelope_headings);
    }
    if layout.score.is_some() {
        headings.extend(WORDS.score_headings);
    }
    for (column, heading) in (0..).zip(headings) {
        sheet.heading((layout.headings, column), heading, &styles.heading)?;
    }
    sheet.height(layout.headings, 34)
}

struct Writer<'w> {
    extent: &'w Extent,
    styles: &'w Styles,
    layout: &'w Layout,
}

impl Writer<'_> {
    fn region(
        &self,
        budget: &Budget<'_>,
        region: &RegionBudget<'_>,
        row: u32,
        sheet: &mut Sheet,
    ) -> Result<(), XlsxError> {
        let count = self.styles.cell(Kind::Count, Role::Plain);
        let name_of = budget.plan.region_names.get(&region.region).map_or("", |name| name);
        let number = self.styles.cell(Kind::Name, Role::Plain);
        sheet.number((row, REGION), region.region.number(), number)?;
        sheet.text((row, NAME), name_of, self.styles.cell(Kind::Text, Role::Plain))?;
        let of_region = format!("{},${}", self.extent.range(Column::Region), name((row, REGION)));
        for (column, direction, heads) in heads(&region.headcount) {
            let of = format!("{of_region},{}", self.is_direction(direction));
            sheet.formula((row, column), &self.participants(&of), heads, count)?;
        }
        self.amounts(row, &of_region, &region.amounts, Role::Plain, sheet)?;
        if let Some(used) = &region.envelope {
            self.envelope(row, used, sheet)?;
        }
        if let Some((column, score)) = self.layout.score.zip(region.score.as_ref()) {
            let points = self.styles.cell(Kind::Points, Role::Plain);
            let text = self.styles.cell(Kind::Text, Role::Plain);
            sheet.number((row, column), score.total.as_decimal(), points)?;
            let verdict = if score.passes() { SHARED.passes } else { SHARED.fails };
            sheet.text((row, column + 1), verdict, text)?;
        }
        Ok(())
    }

    fn is_direction(&self, direction: Direction) -> String {
        format!("{},\"{}\"", self.extent.range(Column::Direction), direction.as_str())
    }

    /// Every flow has one row for organisational support: there its participants are counted.
    fn participants(&self, of: &str) -> String {
        let item = self.item_heading(TOTAL - 1);
        format!(
            "=SUMIFS({},{of},{},{item})",
            self.extent.range(Column::Participants),
            self.extent.range(Column::Item)
        )
    }

    fn item_heading(&self, column: u16) -> String {
        fixed((self.layout.headings, column))
    }

    /// The sums of flows, by cost category, and their total.
    fn amounts(
        &self,
        row: u32,
        of: &str,
        amounts: &Amounts,
        role: Role,
        sheet: &mut Sheet,
    ) -> Result<(), XlsxError> {
        let money = self.styles.cell(Kind::Money, role);
        for (column, item) in (ITEMS..).zip(CostItem::ALL) {
            let formula = format!(
                "=ROUND(SUMIFS({},{of},{},{}),2)",
                self.extent.range(Column::Amount),
                self.extent.range(Column::Item),
                self.item_heading(column)
            );
            sheet.formula((row, column), &formula, amounts.get(item), money)?;
        }
        let sum = sum((row, ITEMS), (row, TOTAL - 1));
        sheet.formula(
            (row, TOTAL),
            &sum,
            amounts.total(),
            self.styles.cell(Kind::Money, bold(role)),
        )
    }

    fn envelope(
        &self,
        row: u32,
        used: &EnvelopeUse<'_>,
        sheet: &mut Sheet,
    ) -> Result<(), XlsxError> {
        let (envelope, total) = (name((row, ENVELOPE)), name((row, TOTAL)));
        let (input, plain) = (
            self.styles.cell(Kind::Money, Role::Input),
            self.styles.cell(Kind::Money, Role::Plain),
        );
        let text = self.styles.cell(Kind::Name, Role::Plain);
        sheet.number((row, ENVELOPE), used.envelope.amount.as_decimal(), input)?;
        sheet.text((row, KIND), used.envelope.kind.as_str(), text)?;
        let share = used.share_hundredths();
        let share = share.map(|share| Decimal::from_i128_with_scale(share, 4).to_string());
        sheet.formula(
            (row, SHARE),
            &format!("=IF({envelope}=0,\"-\",ROUND({total}/{envelope},4))"),
            share.unwrap_or_else(|| "-".to_owned()),
            self.styles.cell(Kind::Share, Role::Plain),
        )?;
        let remaining = format!("=ROUND({envelope}-{total},2)");
        sheet.formula((row, REMAINING), &remaining, used.remaining(), plain)
    }

    fn total(&self, budget: &Budget<'_>, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let row = self.layout.last + 1;
        sheet.height(row, TOTAL_HEIGHT)?;
        let cell = |kind| self.styles.cell(kind, Role::Total);
        for column in 0..=self.layout.last_column() {
            sheet.blank((row, column), cell(Kind::Text))?;
        }
        sheet.text((row, NAME), SHARED.total, cell(Kind::Text))?;
        let above = |column| sum((self.layout.first, column), (self.layout.last, column));
        for (column, _, heads) in heads(&budget.totals.headcount) {
            sheet.formula((row, column), &above(column), heads, cell(Kind::Count))?;
        }
        for (column, item) in (ITEMS..).zip(CostItem::ALL) {
            let amount = budget.totals.amounts.get(item);
            sheet.formula((row, column), &above(column), amount, cell(Kind::Money))?;
        }
        let total: Eur = budget.totals.amounts.total();
        sheet.formula((row, TOTAL), &above(TOTAL), total, cell(Kind::Money))
    }

    /// What of the total is incoming and outgoing.
    fn directions(&self, budget: &Budget<'_>, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let (totals, count) = (&budget.totals, self.styles.cell(Kind::Count, Role::Muted));
        let amounts = [&totals.incoming, &totals.outgoing];
        let rows = (self.layout.last + 2..).zip(heads(&totals.headcount)).zip(amounts);
        for ((row, (column, direction, heads)), amounts) in rows {
            let label = (WORDS.of_which)(direction);
            sheet.text((row, NAME), &label, self.styles.cell(Kind::Text, Role::Muted))?;
            let of = self.is_direction(direction);
            sheet.formula((row, column), &self.participants(&of), heads, count)?;
            self.amounts(row, &of, amounts, Role::Muted, sheet)?;
        }
        Ok(())
    }
}

fn heads(count: &Headcount) -> [(u16, Direction, u64); 2] {
    [
        (INCOMING, Direction::Incoming, count.incoming),
        (OUTGOING, Direction::Outgoing, count.outgoing),
    ]
}

fn sum(first: Place, last: Place) -> String {
    format!("=ROUND(SUM({}:{}),2)", name(first), name(last))
}

/// A total of a row stands out; one of a row that repeats others does not.
fn bold(role: Role) -> Role {
    match role {
        Role::Plain => Role::Sum,
        other => other,
    }
}
