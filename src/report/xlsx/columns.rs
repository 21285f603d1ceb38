//! The columns of the sheet Flows: those that some flow has something for.

use super::WORDS;
use super::cell::{Place, name};
use super::figures::flows;
use super::kind::{dates, is_long, is_student};
use crate::engine::Budget;
use crate::model::FlowInputs;

/// A column of the sheet Flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Region,
    Country,
    Flow,
    Partner,
    Activity,
    Direction,
    Item,
    Participants,
    FewerOpportunities,
    Months,
    Days,
    Start,
    End,
    InterruptionDays,
    UnfundedDays,
    ActivityDays,
    FundedDays,
    TravelDays,
    FirstDays,
    RealCost,
    Figure,
    Rate,
    Each,
    Amount,
    Mark,
}

impl Column {
    const ALL: [Self; 25] = [
        Self::Region,
        Self::Country,
        Self::Flow,
        Self::Partner,
        Self::Activity,
        Self::Direction,
        Self::Item,
        Self::Participants,
        Self::FewerOpportunities,
        Self::Months,
        Self::Days,
        Self::Start,
        Self::End,
        Self::InterruptionDays,
        Self::UnfundedDays,
        Self::ActivityDays,
        Self::FundedDays,
        Self::TravelDays,
        Self::FirstDays,
        Self::RealCost,
        Self::Figure,
        Self::Rate,
        Self::Each,
        Self::Amount,
        Self::Mark,
    ];

    /// Its heading.
    pub fn heading(self) -> &'static str {
        let mut headings = Self::ALL.into_iter().zip(WORDS.flow_headings);
        headings.find(|(column, _)| *column == self).map_or("", |(_, heading)| heading)
    }

    /// Whether it holds people or days: a narrow column.
    pub fn is_count(self) -> bool {
        matches!(
            self,
            Self::Region
                | Self::Participants
                | Self::FewerOpportunities
                | Self::Months
                | Self::Days
                | Self::InterruptionDays
                | Self::UnfundedDays
                | Self::ActivityDays
                | Self::FundedDays
                | Self::TravelDays
                | Self::FirstDays
        )
    }

    /// Whether a flow has something for it.
    fn is_used(self, flow: &FlowInputs) -> bool {
        let is_long = is_long(flow);
        let dates = dates(flow).is_some();
        match self {
            Self::Partner => flow.partner.is_some(),
            Self::FewerOpportunities => is_student(flow),
            Self::Months => is_long && !dates,
            Self::Days => !dates,
            Self::Start | Self::End => dates,
            Self::InterruptionDays => flow.interruption_days > 0,
            Self::UnfundedDays => flow.unfunded_days > 0,
            Self::FirstDays => !is_long && !flow.zero_grant,
            _ => true,
        }
    }
}

/// The columns of one budget, from the left.
pub(super) struct Columns(Vec<Column>);

impl Columns {
    pub fn of(budget: &Budget<'_>) -> Self {
        let used =
            |column: &Column| flows(budget).any(|computed| column.is_used(&computed.flow.inputs));
        Self(Column::ALL.into_iter().filter(used).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = Column> + '_ {
        self.0.iter().copied()
    }

    /// The place of a column, from 0; `None` where no flow has something for it.
    pub fn find(&self, column: Column) -> Option<u16> {
        self.0.iter().position(|shown| *shown == column).and_then(|place| place.try_into().ok())
    }

    /// The cell of a row in a column.
    pub fn place(&self, row: u32, column: Column) -> Option<Place> {
        self.find(column).map(|place| (row, place))
    }

    /// The name of a cell for formulas. A column that is left out counts as empty.
    pub fn cell(&self, row: u32, column: Column) -> String {
        self.place(row, column).map_or_else(|| "0".to_owned(), name)
    }
}
