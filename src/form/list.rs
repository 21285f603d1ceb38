//! A sheet with a row for each flow, envelope or score.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::allowed::{Allowed, Choices, is_day, is_text};
use super::explained::{COLUMNS, ENVELOPES, SCORES};
use super::style::Styles;
use super::table::{FLOW, columns, own, text_of, value};
use super::{cell, sheet, width};
use crate::plan::{PlanRecord, RecordedRow, own_columns};

/// Rows below the headings that have lists and hints.
const ROWS: u32 = 1_000;
const HEADING_HEIGHT: u16 = 22;

/// A list of a plan as a sheet.
pub(super) struct List {
    name: &'static str,
    keys: &'static [&'static str],
    required: &'static [&'static str],
    explained: &'static [(&'static str, &'static str)],
    /// Whether it is the one that every plan has.
    pub is_flows: bool,
    rows: fn(&PlanRecord) -> &[RecordedRow],
}

impl List {
    pub const ALL: [Self; 3] = [
        Self {
            name: "Flows",
            keys: &FLOW,
            required: &["country", "direction", "activity", "participants"],
            explained: &COLUMNS,
            is_flows: true,
            rows: |record| &record.flows,
        },
        Self {
            name: "Envelopes",
            keys: &["region", "amount", "kind", "country", "call"],
            required: &["region", "amount"],
            explained: &ENVELOPES,
            is_flows: false,
            rows: |record| &record.envelopes,
        },
        Self {
            name: "Scores",
            keys: &["region", "design", "relevance", "impact"],
            required: &["region"],
            explained: &SCORES,
            is_flows: false,
            rows: |record| &record.scores,
        },
    ];

    /// What a plan has of it.
    pub fn rows<'r>(&self, record: &'r PlanRecord) -> &'r [RecordedRow] {
        (self.rows)(record)
    }

    /// The sheet; with every column where the workbook has choices, else with those that are used.
    pub fn write(
        &self,
        rows: &[RecordedRow],
        choices: Option<&Choices>,
        styles: &Styles,
    ) -> Result<Worksheet, XlsxError> {
        let mut sheet = sheet(self.name)?;
        let keys = match choices {
            Some(_) => self.keys.to_vec(),
            None => columns(rows, self.keys.iter().copied()),
        };
        for (column, key) in (0_u16..).zip(&keys) {
            self.column(&mut sheet, (column, key), rows, choices, styles)?;
        }
        for (column, heading) in (0_u16..).skip(keys.len()).zip(own_columns(rows)) {
            own_column(&mut sheet, (column, &heading), rows, styles)?;
        }
        sheet.set_row_height(0, HEADING_HEIGHT)?;
        sheet.set_freeze_panes(1, self.frozen_columns(&keys))?;
        sheet.set_repeat_rows(0, 0)?;
        Ok(sheet)
    }

    /// A column with its heading, its values and what may be typed.
    fn column(
        &self,
        sheet: &mut Worksheet,
        (column, key): (u16, &str),
        rows: &[RecordedRow],
        choices: Option<&Choices>,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        if is_text(key) {
            sheet.set_column_format(column, &styles.text)?;
        } else if is_day(key) {
            sheet.set_column_format(column, &styles.date)?;
        }
        let is_required = self.required.contains(&key);
        let heading = if is_required { &styles.required } else { &styles.optional };
        sheet.write_string_with_format(0, column, key, heading)?;
        let mut longest = key.len();
        for (row, keys) in (1_u32..).zip(rows) {
            if let Some(value) = value(keys, key) {
                longest = longest.max(text_of(value).chars().count());
                cell::write(sheet, (row, column), value, &styles.plain, styles)?;
            }
        }
        sheet.set_column_width(column, width(longest))?;
        let allowed = Allowed { key, hint: self.hint(key), choices, is_of_flow: self.is_flows };
        let last = ROWS.max(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        sheet.add_data_validation(1, column, last, column, &allowed.validation()?)?;
        Ok(())
    }

    /// So far to the left columns stay in sight: up to what tells flows apart.
    fn frozen_columns(&self, keys: &[&str]) -> u16 {
        let last = ["partner", "id", "country"]
            .iter()
            .find_map(|wanted| keys.iter().position(|key| key == wanted));
        last.filter(|_| self.is_flows).and_then(|last| u16::try_from(last + 1).ok()).unwrap_or(0)
    }

    fn hint(&self, key: &str) -> &'static str {
        self.explained.iter().find(|(known, _)| *known == key).map_or("", |(_, hint)| hint)
    }
}

/// A column of the user's own, as it is.
fn own_column(
    sheet: &mut Worksheet,
    (column, heading): (u16, &str),
    rows: &[RecordedRow],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, column, heading, &styles.optional)?;
    let mut longest = heading.chars().count();
    for (row, cells) in (1_u32..).zip(rows) {
        if let Some(value) = own(cells, heading) {
            longest = longest.max(text_of(value).chars().count());
            cell::write(sheet, (row, column), value, &styles.plain, styles)?;
        }
    }
    sheet.set_column_width(column, width(longest))?;
    Ok(())
}
