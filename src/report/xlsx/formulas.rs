//! The formulas of a flow: the engine's arithmetic on cells.
//!
//! Each amount per participant is rounded once, half up to the cent, as the engine does. What has two
//! decimals anyway is rounded all the same: binary floating point leaves dust behind.

use super::columns::{Column, Columns};
use super::figures::{Figures, later};
use super::kind::{dates, is_long, is_student};
use crate::engine::CostItem;
use crate::model::{
    Citation, Grounds, LastOfFebruary, MobilityFlow, SupportRate, TravelDayReading, Word,
    ZeroGrantParticipants,
};

/// A flow and the rows of its cost items.
pub(super) struct Formulas<'f> {
    pub columns: &'f Columns,
    pub figures: &'f Figures<'f>,
    pub flow: &'f MobilityFlow,
    /// Its cost items, in the order of their rows.
    pub items: &'f [CostItem],
    /// The row of the first one, which has the inputs.
    pub first: u32,
}

impl Formulas<'_> {
    fn cell(&self, row: u32, column: Column) -> String {
        self.columns.cell(row, column)
    }

    fn is_long(&self) -> bool {
        is_long(&self.flow.inputs)
    }

    fn figure(&self, citation: &Citation) -> String {
        self.figures.cell(citation)
    }

    /// The cell in the row of another cost item of the flow.
    fn beside(&self, item: CostItem, column: Column) -> String {
        let place = self.items.iter().position(|own| *own == item);
        let place = place.and_then(|place| u32::try_from(place).ok());
        place.map_or_else(|| "NA()".to_owned(), |place| self.cell(self.first + place, column))
    }

    /// Days of activity, from the length of the stay.
    pub fn activity_days(&self) -> String {
        let row = self.first;
        let stay = match dates(&self.flow.inputs) {
            Some(_) => self.days_between(),
            None if self.is_long() => format!(
                "{}*{}+{}",
                self.cell(row, Column::Months),
                self.figure(&self.figures.table().long_term.month.citation),
                self.cell(row, Column::Days)
            ),
            None => self.cell(row, Column::Days),
        };
        self.less(stay, Column::InterruptionDays)
    }

    /// Days that rates go by.
    pub fn funded_days(&self) -> String {
        self.less(self.cell(self.first, Column::ActivityDays), Column::UnfundedDays)
    }

    fn less(&self, days: String, column: Column) -> String {
        match self.columns.find(column) {
            Some(_) => format!("={days}-{}", self.cell(self.first, column)),
            None => format!("={days}"),
        }
    }

    /// First and last day included; long-term students by months of equal length.
    fn days_between(&self) -> String {
        let (start, end) =
            (self.cell(self.first, Column::Start), self.cell(self.first, Column::End));
        if !self.is_long() {
            return format!("{end}-{start}+1");
        }
        let rules = &self.figures.table().long_term;
        let (month, february) =
            (self.figure(&rules.month.citation), self.figure(&rules.february.citation));
        let as_last = LastOfFebruary::EndCountsAsDay30.as_str();
        format!(
            "((YEAR({end})-YEAR({start}))*12+MONTH({end})-MONTH({start}))*{month}\
             +IF(AND({february}=\"{as_last}\",MONTH({end})=2,DAY({end}+1)=1),{month},MIN(DAY({end}),{month}))\
             -MIN(DAY({start}),{month})+1"
        )
    }

    /// Funded days within the first period.
    pub fn first_days(&self) -> String {
        let period = &self.figures.table().first_period;
        let (days, reading) =
            (self.figure(&period.days.citation), self.figure(&period.reading.citation));
        let inside = TravelDayReading::Inside.as_str();
        format!(
            "=MIN({},IF({reading}=\"{inside}\",MAX(0,{days}-{}),{days}))",
            self.cell(self.first, Column::FundedDays),
            self.cell(self.first, Column::TravelDays)
        )
    }

    /// The figure of a cost item; for top-ups of short mobilities the one that the days lead to.
    pub fn rate(&self, row: u32, item: CostItem) -> String {
        let table = self.figures.table();
        let first = |grounds: Option<&Grounds>| {
            let citation = grounds.and_then(|grounds| grounds.first());
            citation.map_or_else(|| "NA()".to_owned(), |citation| self.figure(citation))
        };
        let rate = match item {
            CostItem::IndividualSupport => {
                first(self.flow.individual_support.as_ref().map(|support| &support.grounds))
            }
            CostItem::TopUp if self.is_long() => self.figure(&table.long_term.top_up.citation),
            CostItem::TopUp => self.short_top_up(row),
            CostItem::Travel => first(self.flow.travel.as_ref().map(|travel| &travel.grounds)),
            CostItem::ExceptionalCosts => self.figures.paid(),
            CostItem::InclusionSupport => self.figure(&table.inclusion_support.citation),
            CostItem::OrganisationalSupport => self.figure(&table.organisational_support.citation),
        };
        format!("={rate}")
    }

    /// The amount of the longest stay that the activity days reach.
    fn short_top_up(&self, row: u32) -> String {
        let days = self.cell(row, Column::ActivityDays);
        let top_ups = self.figures.table().short_term.top_ups.iter();
        top_ups.fold("0".to_owned(), |below, top_up| {
            let amount = &top_up.amount.citation;
            let from = self.figures.threshold_cell(amount);
            format!("IF({days}>={from},{},{below})", self.figure(amount))
        })
    }

    /// The amount of one participant; `None` where it is for the whole flow.
    pub fn each(&self, row: u32, item: CostItem) -> Option<String> {
        let rate = self.cell(row, Column::Rate);
        let amount = match item {
            CostItem::InclusionSupport => return None,
            CostItem::IndividualSupport => self.individual_support(row),
            CostItem::TopUp if self.is_long() => format!(
                "{rate}*{}/{}",
                self.cell(row, Column::FundedDays),
                self.figure(&self.figures.table().long_term.month.citation)
            ),
            CostItem::TopUp => rate,
            CostItem::Travel => format!("IF({},0,{rate})", self.is_expensive()),
            CostItem::ExceptionalCosts => format!(
                "IF({},{}*{rate}/100,0)",
                self.is_expensive(),
                self.cell(row, Column::RealCost)
            ),
            CostItem::OrganisationalSupport if self.flow.inputs.zero_grant => format!(
                "IF({}=\"{}\",{rate},0)",
                self.figure(&self.figures.table().zero_grant.citation),
                ZeroGrantParticipants::Counted.as_str()
            ),
            CostItem::OrganisationalSupport => rate,
        };
        Some(format!("=ROUND({amount},2)"))
    }

    fn individual_support(&self, row: u32) -> String {
        let cell = |column| self.cell(row, column);
        let (rate, funded, travel) =
            (cell(Column::Rate), cell(Column::FundedDays), cell(Column::TravelDays));
        let table = self.figures.table();
        let Some(SupportRate::Daily { .. }) =
            self.flow.individual_support.as_ref().map(|support| support.rate)
        else {
            let month = self.figure(&table.long_term.month.citation);
            return format!("{rate}*({funded}+{travel})/{month}");
        };
        let first = cell(Column::FirstDays);
        let later = self.figure(later(table, self.flow));
        let later = match is_student(&self.flow.inputs) {
            true => later,
            false => format!("{rate}*{later}/100"),
        };
        format!("{rate}*({first}+{travel})+{later}*({funded}-{first})")
    }

    /// Whether the amount of the band covers too little. Compared in whole numbers: a share of just
    /// that size is enough.
    fn is_expensive(&self) -> String {
        format!(
            "ROUND({}*100,0)*100<ROUND({}*100,0)*{}",
            self.beside(CostItem::Travel, Column::Rate),
            self.beside(CostItem::ExceptionalCosts, Column::RealCost),
            self.figures.covered_below()
        )
    }

    /// The amount of the flow.
    pub fn amount(&self, row: u32, item: CostItem) -> String {
        match item {
            CostItem::InclusionSupport => format!(
                "=ROUND({}*{}/100,2)",
                self.cell(row, Column::RealCost),
                self.cell(row, Column::Rate)
            ),
            CostItem::TopUp => self.times(row, Column::FewerOpportunities),
            _ => self.times(row, Column::Participants),
        }
    }

    /// What one participant gets x those who get it.
    fn times(&self, row: u32, heads: Column) -> String {
        format!("=ROUND({}*{},2)", self.cell(row, Column::Each), self.cell(row, heads))
    }
}
