//! A budget as a workbook whose amounts are formulas.
//!
//! Sheets: Summary, Flows, Rates, Notices, About. Amounts refer to the figures on Rates and to the
//! inputs on Flows; each has the value that the engine computed. The same input gives the same bytes.

mod about;
mod cell;
mod chart;
mod columns;
mod figures;
mod flows;
mod formulas;
mod kind;
mod notices;
mod rates;
mod room;
mod row;
mod style;
mod summary;
mod values;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::diag::Diagnostic;
use crate::engine::Budget;
use crate::error::Error;
use crate::model::Word;
use crate::rates::RateTable;
use cell::Sheet;
use figures::Figures;
use flows::Extent;
use style::Styles;

use super::words::ENGLISH as SHARED;
use super::words::workbook::ENGLISH as WORDS;
use super::{By, Locale, Style};

/// Writes a budget with the table that it was computed from.
///
/// # Errors
///
/// A plan with more than 200,000 rows of flows and cost items.
pub fn render(
    budget: &Budget<'_>,
    table: &RateTable,
    notices: &[Diagnostic],
) -> Result<Vec<u8>, Error> {
    let most = flows::MOST_ROWS;
    let extent = Extent::of(budget).ok_or(Error::TooManyRows { most })?;
    workbook(budget, table, notices, &extent).map_err(|error| Error::Workbook(error.to_string()))
}

fn workbook(
    budget: &Budget<'_>,
    table: &RateTable,
    notices: &[Diagnostic],
    extent: &Extent,
) -> Result<Vec<u8>, XlsxError> {
    let (figures, styles) = (Figures::new(budget, table), Styles::new());
    let sheets = [
        summary::write(budget, extent, &styles)?,
        flows::write(budget, &figures, extent, &styles)?,
        rates::write(budget, &figures, &styles)?,
        self::notices::write(notices, &styles)?,
        about::write(budget, table, &styles)?,
    ];
    let mut workbook = Workbook::new();
    let title = (SHARED.kicker)(budget.plan.call);
    // The file has to have a time. This one says nothing: it is the first that ZIP files know.
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    let properties = DocProperties::new().set_title(&title).set_creation_datetime(&never);
    workbook.set_properties(&properties);
    for mut sheet in sheets {
        page_marks(&mut sheet, &title, budget);
        workbook.push_worksheet(sheet.into_worksheet());
    }
    workbook.save_to_buffer()
}

/// Every page says what it is a part of.
fn page_marks(sheet: &mut Sheet, title: &str, budget: &Budget<'_>) {
    let rates = &budget.plan.rates;
    let what_if = if budget.plan.what_if.is_empty() { "" } else { WORDS.is_what_if };
    let table = (WORDS.page)(&rates.id, rates.status.as_str());
    let footer = format!("&L&A&R{}", WORDS.page_of);
    sheet.page_marks(&format!("&L{title}{what_if}&R{table}"), &footer);
}

/// How the lines that other reports have as well are written.
fn style() -> Style {
    Style::new(By::Flow, Locale::En)
}
