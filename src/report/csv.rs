//! A budget as CSV, for spreadsheets and scripts.
//!
//! Headings are the keys of the JSON result, amounts its numbers. There is no total row: each column
//! of amounts adds up to the total of the result.

use std::collections::{BTreeSet, HashMap};

use csv::{Terminator, WriterBuilder};

use super::number::hundredths;
use super::rows::{Row, Subject, country_name, region_name, rows};
use super::{By, escape, what_if_line};
use crate::diag::Diagnostic;
use crate::engine::{Budget, CostItem, FlowBudget};
use crate::error::Error;
use crate::model::{CountryCode, Eur, FlowInputs, Region, StayLength};

crate::model::words! {
    /// How cells and decimals are separated.
    pub enum Dialect: "CSV dialect" {
        /// RFC 4180: commas, points as decimal marks.
        Rfc4180 = "rfc4180",
        /// As Excel reads it in Central Europe: semicolons, decimal commas, a byte-order mark.
        ExcelEu = "excel-eu",
    }
}

impl Dialect {
    fn separator(self) -> u8 {
        match self {
            Self::Rfc4180 => b',',
            Self::ExcelEu => b';',
        }
    }

    /// What separates cells in the other dialect.
    fn foreign_separator(self) -> char {
        match self {
            Self::Rfc4180 => ';',
            Self::ExcelEu => ',',
        }
    }

    fn written(self, cell: Cell) -> String {
        match (cell, self) {
            (Cell::Text(text), _) => escape::cell(&text, self.foreign_separator()),
            (Cell::Number(number), Self::Rfc4180) => number,
            (Cell::Number(number), Self::ExcelEu) => number.replace('.', ","),
            (Cell::Nothing, _) => String::new(),
        }
    }
}

/// Writes a budget with one line for each row of this kind.
///
/// # Errors
///
/// What the writer says; into memory, nothing is known.
pub fn render(
    budget: &Budget<'_>,
    notices: &[Diagnostic],
    by: By,
    dialect: Dialect,
) -> Result<Vec<u8>, Error> {
    let mark = if dialect == Dialect::ExcelEu { "\u{feff}" } else { "" };
    let mut builder = WriterBuilder::new();
    builder.delimiter(dialect.separator()).terminator(Terminator::CRLF);
    let mut writer = builder.from_writer(mark.as_bytes().to_vec());
    let failed = |error: csv::Error| Error::Write(error.into());
    let columns = columns(by);
    writer.write_record(columns.iter().map(|(heading, _)| heading)).map_err(failed)?;
    let codes = Codes::of(notices);
    for row in &rows(budget, by) {
        let of = Of { row, budget, codes: &codes };
        let cells = columns.iter().map(|(_, cell)| dialect.written(cell(&of)));
        writer.write_record(cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Write(error.into_error()))
}

/// A row and what belongs to all of them.
struct Of<'b> {
    row: &'b Row<'b>,
    budget: &'b Budget<'b>,
    codes: &'b Codes<'b>,
}

enum Cell {
    Text(String),
    /// Canonical: a decimal point, no groups.
    Number(String),
    Nothing,
}

/// A column: its heading and what it says of a row.
type Column = (&'static str, fn(&Of<'_>) -> Cell);

fn columns(by: By) -> Vec<Column> {
    let subject: &[&[Column]] = match by {
        By::Region => &[&REGION],
        By::Country => &[&REGION, &COUNTRY],
        By::Flow => &[&REGION, &COUNTRY, &FLOW],
        By::Activity => &[&ACTIVITY],
    };
    let beside: &[&[Column]] = if by == By::Region { &[&ENVELOPE] } else { &[] };
    [subject, &[&HEADS, &AMOUNTS], beside, &[&BUDGET]].concat().concat()
}

const REGION: [Column; 2] = [
    ("region", |of| number_if(of.region().map(Region::number))),
    ("region_name", |of| text_if(of.region().map(|region| region_name(of.budget.plan, region)))),
];

const COUNTRY: [Column; 2] = [
    ("country", |of| text_if(of.country())),
    ("country_name", |of| {
        text_if(of.country().map(|country| country_name(of.budget.plan, country)))
    }),
];

const FLOW: [Column; 22] = [
    ("flow", |of| of.input(|inputs| text_if(Some(&inputs.id)))),
    ("partner", |of| of.input(|inputs| text_if(inputs.partner.as_ref()))),
    ("oid", |of| of.input(|inputs| text_if(inputs.oid.as_ref()))),
    ("city", |of| of.input(|inputs| text_if(inputs.city.as_ref()))),
    ("note", |of| of.input(|inputs| text_if(inputs.note.as_ref()))),
    ("activity", |of| of.input(|inputs| text_if(Some(inputs.activity)))),
    ("direction", |of| of.input(|inputs| text_if(Some(inputs.direction)))),
    ("term", |of| of.input(|inputs| text_if(inputs.term))),
    ("level", |of| of.input(|inputs| text_if(inputs.level))),
    ("fewer_opportunities", |of| of.input(|inputs| number_if(inputs.fewer_opportunities))),
    ("zero_grant", |of| of.input(|inputs| text_if(Some(inputs.zero_grant)))),
    ("start", |of| of.input(|inputs| dates(inputs).map_or(Cell::Nothing, |dates| dates.0))),
    ("end", |of| of.input(|inputs| dates(inputs).map_or(Cell::Nothing, |dates| dates.1))),
    ("stay_days", |of| of.computed(|flow| number_if(Some(flow.flow.duration.stay_days)))),
    ("activity_days", |of| of.computed(|flow| number_if(Some(flow.flow.duration.activity_days)))),
    ("funded_days", |of| of.computed(|flow| number_if(Some(flow.flow.duration.funded_days)))),
    ("travel_days", |of| of.input(|inputs| number_if(Some(inputs.travel_days)))),
    ("travel_mode", |of| of.input(|inputs| text_if(Some(inputs.travel)))),
    ("distance_km", |of| of.input(|inputs| number_if(inputs.distance_km))),
    ("estimated_km", |of| {
        let estimate = |flow: &FlowBudget<'_>| {
            let distance = flow.flow.distance.as_ref()?;
            distance.km.filter(|_| distance.estimate.is_some())
        };
        of.computed(|flow| number_if(estimate(flow)))
    }),
    ("band", |of| {
        let band = |flow: &FlowBudget<'_>| flow.flow.distance.as_ref()?.band.clone();
        of.computed(|flow| text_if(band(flow)))
    }),
    ("country_group", |of| {
        of.computed(|flow| number_if(flow.flow.country_group.map(|group| group.number())))
    }),
];

const ACTIVITY: [Column; 2] = [
    ("activity", |of| match of.row.subject {
        Subject::Activity(activity, _) => text_if(Some(activity)),
        _ => Cell::Nothing,
    }),
    ("direction", |of| match of.row.subject {
        Subject::Activity(_, direction) => text_if(Some(direction)),
        _ => Cell::Nothing,
    }),
];

const HEADS: [Column; 3] = [
    ("participants", |of| number_if(Some(of.row.headcount.total()))),
    ("incoming_participants", |of| number_if(Some(of.row.headcount.incoming))),
    ("outgoing_participants", |of| number_if(Some(of.row.headcount.outgoing))),
];

const AMOUNTS: [Column; 7] = [
    ("individual_support", |of| of.item(CostItem::IndividualSupport)),
    ("top_up", |of| of.item(CostItem::TopUp)),
    ("travel", |of| of.item(CostItem::Travel)),
    ("exceptional_costs", |of| of.item(CostItem::ExceptionalCosts)),
    ("inclusion_support", |of| of.item(CostItem::InclusionSupport)),
    ("organisational_support", |of| of.item(CostItem::OrganisationalSupport)),
    ("total", |of| amount(of.row.amounts.total())),
];

const ENVELOPE: [Column; 6] = [
    ("envelope_kind", |of| text_if(of.row.envelope().map(|used| used.envelope.kind))),
    ("envelope_amount", |of| {
        of.row.envelope().map_or(Cell::Nothing, |used| amount(used.envelope.amount))
    }),
    ("share_percent", |of| {
        let share = of.row.envelope().and_then(|used| used.share_hundredths());
        number_if(share.map(hundredths))
    }),
    ("remaining", |of| of.row.envelope().map_or(Cell::Nothing, |used| amount(used.remaining()))),
    ("score", |of| number_if(of.row.score().map(|score| score.total))),
    ("score_passes", |of| text_if(of.row.score().map(|score| score.passes()))),
];

const BUDGET: [Column; 5] = [
    ("notices", |of| Cell::Text(of.codes.of_flows(&of.row.flows).join(" "))),
    ("call", |of| number_if(Some(of.budget.plan.call))),
    ("rates", |of| text_if(Some(&of.budget.plan.rates.id))),
    ("rates_status", |of| text_if(Some(of.budget.plan.rates.status))),
    ("what_if", |of| text_if(what_if_line(&of.budget.plan.what_if))),
];

impl Of<'_> {
    fn region(&self) -> Option<Region> {
        match self.row.subject {
            Subject::Region(region) => Some(region.region),
            Subject::Country(region, _) | Subject::Flow(region, _) => Some(region),
            Subject::Activity(..) => None,
        }
    }

    fn country(&self) -> Option<CountryCode> {
        match self.row.subject {
            Subject::Country(_, country) => Some(country.country),
            Subject::Flow(_, flow) => Some(flow.flow.inputs.country),
            Subject::Region(_) | Subject::Activity(..) => None,
        }
    }

    fn computed(&self, cell: impl Fn(&FlowBudget<'_>) -> Cell) -> Cell {
        match self.row.subject {
            Subject::Flow(_, flow) => cell(flow),
            _ => Cell::Nothing,
        }
    }

    fn input(&self, cell: impl Fn(&FlowInputs) -> Cell) -> Cell {
        self.computed(|flow| cell(&flow.flow.inputs))
    }

    fn item(&self, item: CostItem) -> Cell {
        amount(self.row.amounts.get(item))
    }
}

fn dates(inputs: &FlowInputs) -> Option<(Cell, Cell)> {
    match inputs.length {
        StayLength::Dates { start, end } => Some((text_if(Some(start)), text_if(Some(end)))),
        StayLength::Counted { .. } => None,
    }
}

fn amount(amount: Eur) -> Cell {
    Cell::Number(amount.to_string())
}

fn number_if(number: Option<impl ToString>) -> Cell {
    number.map_or(Cell::Nothing, |number| Cell::Number(number.to_string()))
}

fn text_if(text: Option<impl ToString>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.to_string()))
}

/// The codes of notices, by the flows that they concern.
struct Codes<'n> {
    of_all: BTreeSet<&'static str>,
    of_flow: HashMap<&'n str, BTreeSet<&'static str>>,
}

impl<'n> Codes<'n> {
    fn of(notices: &'n [Diagnostic]) -> Self {
        let mut codes = Self { of_all: BTreeSet::new(), of_flow: HashMap::new() };
        for notice in notices {
            let code = notice.code.as_str();
            if notice.flows.is_empty() {
                codes.of_all.insert(code);
            }
            for flow in &notice.flows {
                codes.of_flow.entry(flow).or_default().insert(code);
            }
        }
        codes
    }

    fn of_flows(&self, flows: &[&FlowBudget<'_>]) -> Vec<&'static str> {
        let ids = flows.iter().map(|flow| flow.flow.inputs.id.as_str());
        let own = ids.filter_map(|id| self.of_flow.get(id)).flatten();
        let codes: BTreeSet<&str> = own.chain(&self.of_all).copied().collect();
        codes.into_iter().collect()
    }
}
