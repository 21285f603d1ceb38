//! The sheet of the plan as a whole: keys, their values, what they mean.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::allowed::{Allowed, Choices, is_text};
use super::explained::PROJECT;
use super::style::Styles;
use super::table::{of, text_of};
use super::{cell, sheet, width};
use crate::plan::PlanRecord;

const REQUIRED: [&str; 2] = ["call", "country"];

/// The sheet; with every key where the workbook has choices, else with those that are used.
pub(super) fn write(
    record: &PlanRecord,
    choices: Option<&Choices>,
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = sheet("Project")?;
    let value = |key| of(&record.top, key).or_else(|| of(&record.project, key));
    let keys = PROJECT.iter().map(|(key, hint)| (*key, *hint, value(key)));
    let keys = keys.filter(|(_, _, value)| choices.is_some() || value.is_some());
    let mut longest = 0;
    for (row, (key, hint, value)) in (0_u32..).zip(keys) {
        let style = if REQUIRED.contains(&key) { &styles.required } else { &styles.optional };
        sheet.write_string_with_format(row, 0, key, style)?;
        match value {
            Some(value) => {
                cell::write(&mut sheet, (row, 1), value, &styles.number, styles)?;
                longest = longest.max(text_of(value).chars().count());
            }
            None if is_text(key) => {
                sheet.write_blank(row, 1, &styles.text)?;
            }
            None => {}
        }
        sheet.write_string_with_format(row, 2, hint, &styles.remark)?;
        let allowed = Allowed { key, hint, choices, is_of_flow: false };
        sheet.add_data_validation(row, 1, row, 1, &allowed.validation()?)?;
    }
    let hints = PROJECT.iter().map(|(_, hint)| hint.len()).max().unwrap_or(0);
    for (column, characters) in (0_u16..).zip([9, longest.max(24), hints]) {
        sheet.set_column_width(column, width(characters))?;
    }
    Ok(sheet)
}
