//! Plans as workbooks to fill in: drop-down lists and hints in the cells, and what each column holds.

mod allowed;
mod cell;
mod countries;
mod explained;
mod help;
mod list;
mod project;
mod style;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

pub use explained::COLUMNS;
pub use table::{FLOW, columns, of, own, text_of, value};

use crate::error::Error;
use crate::plan::PlanRecord;
use crate::rates::{CountryNames, RateTable};
use countries::Countries;
use list::List;
use style::Styles;

/// How much a workbook has beside what the plan says.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'t> {
    /// The columns that the plan uses.
    Used,
    /// Every column, the countries of a call, and a page on how to go on.
    Complete {
        /// The rates of the call.
        table: &'t RateTable,
        /// What countries are called.
        names: &'t CountryNames,
    },
}

/// The sheet of countries.
const COUNTRIES: &str = "Countries";
/// A4, by its number in the format.
const PAPER: u8 = 9;

/// A plan as a workbook that is read again as the same plan: a sheet of flows, one of the project, one each
/// of envelopes and scores. The same plan gives the same bytes.
///
/// # Errors
///
/// What the writer says, such as of more rows than a sheet has.
pub fn render(record: &PlanRecord, extent: Extent<'_>) -> Result<Vec<u8>, Error> {
    workbook(record, extent).map_err(|error| Error::Workbook(error.to_string()))
}

fn workbook(record: &PlanRecord, extent: Extent<'_>) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let countries = match extent {
        Extent::Used => None,
        Extent::Complete { table, names } => Some((Countries::of(table, names), table)),
    };
    let choices = countries.as_ref().map(|(countries, table)| countries.choices(table));
    let mut workbook = Workbook::new();
    // The file has to have a time. This one says nothing: it is the first that ZIP files know.
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&never));
    for list in List::ALL {
        let rows = list.rows(record);
        if list.is_flows || choices.is_some() || !rows.is_empty() {
            workbook.push_worksheet(list.write(rows, choices.as_ref(), &styles)?);
        }
        if list.is_flows {
            workbook.push_worksheet(project::write(record, choices.as_ref(), &styles)?);
        }
    }
    if let Some((countries, _)) = &countries {
        workbook.push_worksheet(countries.write(&styles)?);
        workbook.push_worksheet(help::write(&styles)?);
    }
    workbook.save_to_buffer()
}

/// An empty sheet that prints on A4 landscape, as wide as one page.
fn sheet(name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// How wide a column is, in digits, by the longest text in it.
fn width(characters: usize) -> u16 {
    const MARGIN: usize = 2;
    const BOUNDS: (usize, usize) = (9, 42);
    u16::try_from((characters + MARGIN).clamp(BOUNDS.0, BOUNDS.1)).unwrap_or(u16::MAX)
}
