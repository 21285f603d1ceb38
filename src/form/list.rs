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
/// So many digits side by side can still be read where they are printed on one page.
const PRINTED_WIDTH: u16 = 210;

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
        let mut wide: u16 = 0;
        for (column, key) in (0_u16..).zip(&keys) {
            let width = self.column(&mut sheet, (column, key), rows, choices, styles)?;
            wide = wide.saturating_add(width);
        }
        for (column, heading) in (0_u16..).skip(keys.len()).zip(own_columns(rows)) {
            let width = own_column(&mut sheet, (column, &heading), rows, styles)?;
            wide = wide.saturating_add(width);
        }
        let frozen = self.frozen_columns(&keys);
        sheet.set_row_height(0, HEADING_HEIGHT)?;
        sheet.set_freeze_panes(1, frozen)?;
        sheet.set_repeat_rows(0, 0)?;
        let pages = wide.div_ceil(PRINTED_WIDTH).max(1);
        sheet.set_print_fit_to_pages(pages, 0);
        if let Some(last) = frozen.checked_sub(1).filter(|_| pages > 1) {
            sheet.set_repeat_columns(0, last)?;
        }
        Ok(sheet)
    }

    /// A column with its heading, its values and what may be typed; returns how wide it is.
    fn column(
        &self,
        sheet: &mut Worksheet,
        (column, key): (u16, &str),
        rows: &[RecordedRow],
        choices: Option<&Choices>,
        styles: &Styles,
    ) -> Result<u16, XlsxError> {
        let format = match key {
            key if is_text(key) => &styles.text,
            key if is_day(key) => &styles.date,
            _ => &styles.plain,
        };
        sheet.set_column_format(column, format)?;
        let is_required = self.required.contains(&key);
        let heading = if is_required { &styles.required } else { &styles.optional };
        sheet.write_string_with_format(0, column, key, heading)?;
        let mut longest = if choices.is_some() { key.len().max(usual(key)) } else { key.len() };
        for (row, keys) in (1_u32..).zip(rows) {
            if let Some(value) = value(keys, key) {
                longest = longest.max(text_of(value).chars().count());
                cell::write(sheet, (row, column), value, &styles.plain, styles)?;
            }
        }
        let width = width(longest);
        sheet.set_column_width(column, width)?;
        let allowed = Allowed { key, hint: self.hint(key), choices, is_of_flow: self.is_flows };
        let last = ROWS.max(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        sheet.add_data_validation(1, column, last, column, &allowed.validation()?)?;
        Ok(width)
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

/// How long what is typed into a column usually is, where that is longer than its heading. A day that is too
/// wide for its column would show as `####`.
fn usual(key: &str) -> usize {
    match key {
        "partner" | "note" => 28,
        "city" | "home_city" => 16,
        "start" | "end" | "level" => 11,
        _ => 0,
    }
}

/// A column of the user's own, as it is; returns how wide it is.
fn own_column(
    sheet: &mut Worksheet,
    (column, heading): (u16, &str),
    rows: &[RecordedRow],
    styles: &Styles,
) -> Result<u16, XlsxError> {
    sheet.write_string_with_format(0, column, heading, &styles.optional)?;
    let mut longest = heading.chars().count();
    for (row, cells) in (1_u32..).zip(rows) {
        if let Some(value) = own(cells, heading) {
            longest = longest.max(text_of(value).chars().count());
            cell::write(sheet, (row, column), value, &styles.plain, styles)?;
        }
    }
    let width = width(longest);
    sheet.set_column_width(column, width)?;
    Ok(width)
}
