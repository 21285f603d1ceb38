//! One row of the sheet Flows.

use rust_xlsxwriter::XlsxError;

use super::cell::{Place, Sheet};
use super::columns::Column;
use super::formulas::Formulas;
use super::kind::{dates, is_long, is_short, is_student};
use super::style::{Kind, Role, Styles};
use super::values::{Values, first_days, serial};
use super::{SHARED, WORDS};
use crate::engine::{CostItem, FlowBudget};
use crate::model::{Date, MobilityFlow, MobilityPlan, StayLength, Word};
use crate::report::rows::is_estimated;

/// One flow and cost item.
pub(super) struct Row<'r> {
    pub plan: &'r MobilityPlan,
    pub computed: &'r FlowBudget<'r>,
    pub formulas: &'r Formulas<'r>,
    pub styles: &'r Styles,
    pub row: u32,
    pub item: CostItem,
}

impl Row<'_> {
    fn is_first(&self) -> bool {
        self.row == self.formulas.first
    }

    fn style(&self, kind: Kind, role: Role) -> &rust_xlsxwriter::Format {
        self.styles.at(kind, role, self.is_first())
    }

    pub fn write(&self, sheet: &mut Sheet) -> Result<(), XlsxError> {
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
                    let mark = match self.rests_on_estimate() {
                        true => (WORDS.estimated)(mark),
                        false => mark.to_owned(),
                    };
                    sheet.text(at, &mark, self.style(Kind::Text, Role::Plain))?;
                }
                _ => match self.label(column) {
                    Some(label) => self.labelled(at, column, &label, sheet)?,
                    None => self.input(at, column, sheet)?,
                },
            }
        }
        Ok(())
    }

    /// Whether the row's amount is one of an estimated distance.
    fn rests_on_estimate(&self) -> bool {
        let is_of_travel = matches!(self.item, CostItem::Travel | CostItem::ExceptionalCosts);
        is_of_travel && is_estimated(self.computed)
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
            Column::Item => Some((SHARED.item)(self.item).to_owned()),
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
        let Some(value) = input(self.computed, column) else {
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
pub(super) fn label(plan: &MobilityPlan, flow: &MobilityFlow, column: Column) -> Option<String> {
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
            words.extend(is_short(inputs).then_some(WORDS.short));
            words.extend((inputs.from_enterprise == Some(true)).then_some(WORDS.enterprise));
            words.extend(inputs.zero_grant.then_some(SHARED.zero_grant));
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
    Date(Date),
    /// Nothing yet.
    Empty,
}

impl Input {
    /// As the value of a formula that repeats it.
    fn serial(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Date(date) => serial(date).to_string(),
            Self::Empty => "0".to_owned(),
        }
    }
}

/// `None` where the flow has nothing to do with the column.
fn input(computed: &FlowBudget<'_>, column: Column) -> Option<Input> {
    let flow = computed.flow;
    let inputs = &flow.inputs;
    let dates = dates(inputs);
    let number = |number: Option<u32>| number.map_or(Input::Empty, Input::Number);
    let counted = |of: fn(Option<u32>, Option<u32>) -> Option<u32>| match inputs.length {
        StayLength::Counted { months, days } => of(months, days),
        StayLength::Dates { .. } => of(None, Some(flow.duration.stay_days)),
    };
    match column {
        Column::Participants => Some(Input::Number(inputs.participants)),
        Column::FewerOpportunities => {
            is_student(inputs).then(|| Input::Number(inputs.fewer_opportunities.unwrap_or(0)))
        }
        Column::Months => {
            (is_long(inputs) && dates.is_none()).then(|| number(counted(|months, _| months)))
        }
        Column::Days => dates.is_none().then(|| number(counted(|_, days| days))),
        Column::Start => dates.map(|(start, _)| Input::Date(start)),
        Column::End => dates.map(|(_, end)| Input::Date(end)),
        Column::InterruptionDays => Some(Input::Number(inputs.interruption_days)),
        Column::UnfundedDays => Some(Input::Number(inputs.unfunded_days)),
        Column::ActivityDays => Some(Input::Number(flow.duration.activity_days)),
        Column::FundedDays => Some(Input::Number(flow.duration.funded_days)),
        Column::TravelDays => Some(Input::Number(inputs.travel_days)),
        Column::FirstDays => first_days(computed).map(Input::Number),
        _ => None,
    }
}
