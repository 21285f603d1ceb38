//! The sheet of countries: who can be a partner, and who can apply.

use std::sync::Arc;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::allowed::Choices;
use super::style::Styles;
use super::{COUNTRIES, sheet, width};
use crate::model::{CountryCode, Region};
use crate::rates::{CountryNames, RateTable, Standing};

const HEADINGS: [&str; 5] = ["code", "name", "region", "name of the region", "country group"];
const WIDTHS: [usize; 5] = [5, 38, 7, 36, 14];

/// The countries of a call: partners, then those that may apply, each by name.
pub(super) struct Countries {
    rows: Vec<Country>,
    /// How many of them are partners.
    partners: usize,
}

struct Country {
    code: CountryCode,
    name: Arc<str>,
    place: Place,
}

/// Where a country stands.
enum Place {
    /// A third country not associated: its region's number and name.
    Partner(u8, Arc<str>),
    /// An EU Member State or associated country: the number of its group.
    Applicant(u8),
}

impl Countries {
    pub fn of(table: &RateTable, names: &CountryNames) -> Self {
        let fundable = |region: &Region| table.regions.get(region).filter(|region| region.fundable);
        let place = |standing: &Standing| match standing {
            Standing::Third(region) => {
                let entry = fundable(region)?;
                Some(Place::Partner(region.number(), Arc::clone(&entry.name)))
            }
            Standing::Programme { group, .. } => Some(Place::Applicant(group.value.number())),
        };
        let rows = table.countries.iter().filter_map(|(code, standing)| {
            Some(Country { code: *code, name: names.name(*code), place: place(standing)? })
        });
        let mut rows: Vec<Country> = rows.collect();
        rows.sort_by(|one, other| one.order().cmp(&other.order()));
        let partners = rows.iter().filter(|row| matches!(row.place, Place::Partner(..))).count();
        Self { rows, partners }
    }

    /// The cells that hold the codes of partners, as a formula.
    fn partners(&self) -> String {
        cells(2, self.partners + 1)
    }

    /// The cells that hold the codes of those that may apply, as a formula.
    fn applicants(&self) -> String {
        cells(self.partners + 2, self.rows.len() + 1)
    }

    /// The choices that the call gives.
    pub fn choices(&self, table: &RateTable) -> Choices {
        Choices {
            partners: self.partners(),
            applicants: self.applicants(),
            bands: table.travel.bands.iter().map(|band| Arc::clone(&band.label)).collect(),
            months: table.project.months.iter().map(u32::to_string).collect(),
        }
    }

    /// The sheet.
    pub fn write(&self, styles: &Styles) -> Result<Worksheet, XlsxError> {
        let mut sheet = sheet(COUNTRIES)?;
        for (column, heading) in (0_u16..).zip(HEADINGS) {
            sheet.write_string_with_format(0, column, heading, &styles.optional)?;
        }
        for (row, country) in (1_u32..).zip(&self.rows) {
            sheet.write_string_with_format(row, 0, country.code.to_string(), &styles.word)?;
            sheet.write_string_with_format(row, 1, &*country.name, &styles.plain)?;
            match &country.place {
                Place::Partner(region, name) => {
                    sheet.write_number_with_format(row, 2, *region, &styles.number)?;
                    sheet.write_string_with_format(row, 3, &**name, &styles.plain)?;
                }
                Place::Applicant(group) => {
                    let what = "EU Member State or associated country";
                    sheet.write_string_with_format(row, 3, what, &styles.remark)?;
                    sheet.write_number_with_format(row, 4, *group, &styles.number)?;
                }
            }
        }
        for (column, characters) in (0_u16..).zip(WIDTHS) {
            sheet.set_column_width(column, width(characters))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        Ok(sheet)
    }
}

impl Country {
    fn order(&self) -> (bool, &str) {
        (matches!(self.place, Place::Applicant(_)), &self.name)
    }
}

fn cells(first: usize, last: usize) -> String {
    format!("={COUNTRIES}!$A${first}:$A${last}")
}
