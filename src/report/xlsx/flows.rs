//! The sheet Flows: one row for each flow and cost item.

use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};

use super::cell::{Place, Sheet, fixed, name};
use super::columns::{Column, Columns, dates};
use super::figures::{Figures, flows};
use super::formulas::Formulas;
use super::room;
use super::style::{Kind, Role, Styles};
use super::values::Values;
use super::words;
use crate::engine::{Budget, CostItem, FlowBudget};
use crate::model::{Eur, MobilityFlow, MobilityPlan, ParticipantKind, StayLength, Term, Word};

const HEADINGS: u32 = 3;
const FIRST: u32 = HEADINGS + 1;
/// The rows of a sheet.
const SHEET_ROWS: u32 = 1_048_576;
/// The most rows of flows and cost items: headings and totals take some.
pub(super) const MOST_ROWS: u32 = SHEET_ROWS - FIRST - 1;

/// Where the rows stand, for the formulas of other sheets.
pub(super) struct Extent {
    columns: Columns,
    last: u32,
}

impl Extent {
    /// `None` where a sheet has too few rows.
    pub fn of(budget: &Budget<'_>) -> Option<Self> {
        let rows: usize = flows(budget).map(|computed| items_of(computed.flow).len()).sum();
        // One more for the totals.
        let last = u32::try_from(rows).ok()?.checked_add(FIRST)?.checked_sub(1)?;
        (last + 1 < SHEET_ROWS).then(|| Self { columns: Columns::of(budget), last })
    }

    /// The rows of a column as other sheets name them.
    pub fn range(&self, column: Column) -> String {
        let place = |row| self.columns.place(row, column).unwrap_or((row, 0));
        format!("{}!{}:{}", words::FLOWS, fixed(place(FIRST)), fixed(place(self.last)))
    }
}

/// The cost items that a flow may get, also those that it does not get yet: each has a row.
fn items_of(flow: &MobilityFlow) -> Vec<CostItem> {
    let has = |item: &CostItem| match item {
        CostItem::IndividualSupport => flow.individual_support.is_some(),
        CostItem::TopUp => {
            flow.individual_support.is_some()
                && flow.inputs.activity.participants() == ParticipantKind::Students
        }
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
    let mut sheet = Sheet::new(words::FLOWS)?;
    let widths: Vec<u16> = columns.iter().map(|column| width(budget, figures, column)).collect();
    sheet.widths(&widths)?;
    sheet.text((0, 0), words::FLOWS, &styles.title)?;
    sheet.text((1, 0), words::SAMPLE, &styles.sample)?;
    sheet.text((1, 1), words::INPUTS, &styles.remark)?;
    sheet.text((2, 0), words::FLOWS_REMARK, &styles.remark)?;
    for (place, column) in (0..).zip(columns.iter()) {
        let heading = if column.is_count() { &styles.upright } else { &styles.heading };
        sheet.text((HEADINGS, place), column.heading(), heading)?;
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
            room::width(labels.iter().map(String::as_str), 10, 24)
        }
        Column::Direction | Column::Start | Column::End => 12,
        Column::Mark => 14,
        Column::Item => room::width(CostItem::ALL.map(words::title), 10, 24),
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
    for (place, column) in (0..).zip(columns.iter()) {
        let at = (row, place);
        match column {
            Column::Region => sheet.text(at, words::TOTAL, styles.cell(Kind::Text, Role::Total))?,
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
        .set_error_title(words::WHOLE_NUMBER_TITLE)?
        .set_error_message(words::WHOLE_NUMBER)?;
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

/// One flow and cost item.
struct Row<'r> {
    plan: &'r MobilityPlan,
    computed: &'r FlowBudget<'r>,
    formulas: &'r Formulas<'r>,
    styles: &'r Styles,
    row: u32,
    item: CostItem,
}

impl Row<'_> {
    fn is_first(&self) -> bool {
        self.row == self.formulas.first
    }

    fn style(&self, kind: Kind, role: Role) -> &rust_xlsxwriter::Format {
        self.styles.at(kind, role, self.is_first())
    }

    fn write(&self, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let values = Values::of(self.computed, self.formulas.figures.table(), self.item);
        for (place, column) in (0..).zip(self.formulas.columns.iter()) {
            let at = (self.row, place);
            match column {
                Column::RealCost => self.real_cost(at, sheet)?,
                Column::Figure => {
                    let text = values.words(self.formulas.figures);
                    sheet.text(at, text, self.style(Kind::Text, Role::Plain))?;
                }
                Column::Rate | Column::Each | Column::Amount => {
                    self.amount(at, column, &values, sheet)?;
                }
                Column::Mark => {
                    let mark = values.line.and_then(|line| line.confidence());
                    let mark = mark.map_or("", Word::as_str);
                    sheet.text(at, mark, self.style(Kind::Text, Role::Plain))?;
                }
                _ => match self.label(column) {
                    Some(label) => self.labelled(at, column, &label, sheet)?,
                    None => self.input(at, column, sheet)?,
                },
            }
        }
        Ok(())
    }

    fn labelled(
        &self,
        at: Place,
        column: Column,
        label: &str,
        sheet: &mut Sheet,
    ) -> Result<(), XlsxError> {
        let is_own = self.is_first() || column == Column::Item;
        let role = if is_own { Role::Plain } else { Role::Muted };
        match column {
            Column::Region => {
                let region = self.computed.flow.inputs.region.number();
                sheet.number(at, region, self.style(Kind::Name, role))
            }
            _ => sheet.text(at, label, self.style(Kind::Text, role)),
        }
    }

    /// What the row is about; `None` for a column of inputs.
    fn label(&self, column: Column) -> Option<String> {
        match column {
            Column::Item => Some(words::title(self.item).to_owned()),
            _ => label(self.plan, self.computed.flow, column),
        }
    }

    /// People and days: typed in the first row of a flow, repeated in the others.
    fn input(&self, at: Place, column: Column, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let flow = self.computed.flow;
        let kind = match column {
            Column::Start | Column::End => Kind::Date,
            _ => Kind::Count,
        };
        let Some(value) = input(flow, column) else {
            return sheet.blank(at, self.style(kind, Role::Plain));
        };
        if let (false, Input::Empty) = (self.is_first(), value) {
            return sheet.blank(at, self.style(kind, Role::Plain));
        }
        if !self.is_first() {
            let formula = format!("={}", self.formulas.columns.cell(self.formulas.first, column));
            return sheet.formula(at, &formula, value.serial(), self.style(kind, Role::Muted));
        }
        let formula = match column {
            Column::ActivityDays => Some(self.formulas.activity_days()),
            Column::FundedDays => Some(self.formulas.funded_days()),
            Column::FirstDays => Some(self.formulas.first_days()),
            _ => None,
        };
        // Only participants count where there is no grant.
        let is_live = flow.individual_support.is_some() || column == Column::Participants;
        let role = if is_live { Role::Input } else { Role::Plain };
        match (formula, value) {
            (Some(formula), value) => {
                sheet.formula(at, &formula, value.serial(), self.style(kind, Role::Plain))
            }
            (None, Input::Number(number)) => sheet.number(at, number, self.style(kind, role)),
            (None, Input::Date(date)) => sheet.date(at, date, self.style(kind, role)),
            (None, Input::Empty) => sheet.blank(at, self.style(kind, role)),
        }
    }

    /// What things really cost is typed in the row that it concerns.
    fn real_cost(&self, at: Place, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let inputs = &self.computed.flow.inputs;
        let cost = match self.item {
            CostItem::ExceptionalCosts => inputs.travel_cost,
            CostItem::InclusionSupport => inputs.inclusion_support,
            _ => return sheet.blank(at, self.style(Kind::Money, Role::Plain)),
        };
        let format = self.style(Kind::Money, Role::Input);
        match cost {
            Some(cost) => sheet.number(at, cost.as_decimal(), format),
            None => sheet.blank(at, format),
        }
    }

    fn amount(
        &self,
        at: Place,
        column: Column,
        values: &Values<'_>,
        sheet: &mut Sheet,
    ) -> Result<(), XlsxError> {
        let (formulas, row, item) = (self.formulas, self.row, self.item);
        let money = self.style(Kind::Money, Role::Plain);
        match column {
            Column::Rate => {
                let kind = if values.rate_is_share() { Kind::Percent } else { Kind::Money };
                let formula = formulas.rate(row, item);
                sheet.formula(at, &formula, values.rate, self.style(kind, Role::Plain))
            }
            Column::Each => match formulas.each(row, item) {
                Some(formula) => sheet.formula(at, &formula, values.each, money),
                None => sheet.blank(at, money),
            },
            _ => {
                let format = self.style(Kind::Money, Role::Sum);
                sheet.formula(at, &formulas.amount(row, item), values.amount, format)
            }
        }
    }
}

/// What a flow is called in a column; `None` where the column holds something else.
fn label(plan: &MobilityPlan, flow: &MobilityFlow, column: Column) -> Option<String> {
    let inputs = &flow.inputs;
    match column {
        Column::Region => Some(inputs.region.number().to_string()),
        Column::Country => {
            let name = plan.country_names.get(&inputs.country);
            Some(format!("{} {}", inputs.country, name.map_or("", |name| name)))
        }
        Column::Flow => Some(inputs.id.clone()),
        Column::Partner => Some(inputs.partner.clone().unwrap_or_default()),
        Column::Activity => {
            let mut words = vec![inputs.activity.as_str()];
            words.extend((inputs.term == Some(Term::Short)).then_some(words::SHORT));
            words.extend((inputs.from_enterprise == Some(true)).then_some(words::ENTERPRISE));
            words.extend(inputs.zero_grant.then_some(words::ZERO_GRANT));
            Some(words.join(", "))
        }
        Column::Direction => Some(inputs.direction.as_str().to_owned()),
        _ => None,
    }
}

/// What stands in a column of inputs.
#[derive(Clone, Copy)]
enum Input {
    Number(u32),
    Date(crate::model::Date),
    /// Nothing yet.
    Empty,
}

impl Input {
    /// As the value of a formula that repeats it.
    fn serial(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Date(date) => super::values::serial(date).to_string(),
            Self::Empty => "0".to_owned(),
        }
    }
}

/// `None` where the flow has nothing to do with the column.
fn input(flow: &MobilityFlow, column: Column) -> Option<Input> {
    let inputs = &flow.inputs;
    let dates = dates(inputs);
    let is_student = inputs.activity.participants() == ParticipantKind::Students;
    let is_long = is_student && inputs.term != Some(Term::Short);
    let number = |number: Option<u32>| number.map_or(Input::Empty, Input::Number);
    let counted = |of: fn(Option<u32>, Option<u32>) -> Option<u32>| match inputs.length {
        StayLength::Counted { months, days } => of(months, days),
        StayLength::Dates { .. } => of(None, Some(flow.duration.stay_days)),
    };
    match column {
        Column::Participants => Some(Input::Number(inputs.participants)),
        Column::FewerOpportunities => {
            is_student.then(|| Input::Number(inputs.fewer_opportunities.unwrap_or(0)))
        }
        Column::Months => (is_long && dates.is_none()).then(|| number(counted(|months, _| months))),
        Column::Days => dates.is_none().then(|| number(counted(|_, days| days))),
        Column::Start => dates.map(|(start, _)| Input::Date(start)),
        Column::End => dates.map(|(_, end)| Input::Date(end)),
        Column::InterruptionDays => Some(Input::Number(inputs.interruption_days)),
        Column::UnfundedDays => Some(Input::Number(inputs.unfunded_days)),
        Column::ActivityDays => Some(Input::Number(flow.duration.activity_days)),
        Column::FundedDays => Some(Input::Number(flow.duration.funded_days)),
        Column::TravelDays => Some(Input::Number(inputs.travel_days)),
        Column::FirstDays => super::values::first_days(flow).map(Input::Number),
        _ => None,
    }
}
