//! Values in cells. A cell holds a binary number: one that does not show the plan's own digits again is
//! written as a text.
#![allow(clippy::disallowed_types)] // see above

use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::style::Styles;
use super::table::text_of;
use crate::model::Date;
use crate::plan::RecordedValue;

/// Writes a value; a text is never a formula. `of_number` is how a number looks.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &RecordedValue,
    of_number: &Format,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let number = match value {
        RecordedValue::Number(number) => exact(*number),
        _ => None,
    };
    let day = match value {
        RecordedValue::Date(date) => serial(*date)?,
        _ => None,
    };
    match (number, day) {
        (Some(number), _) => {
            sheet.write_number_with_format(row, column, number, of_number)?;
        }
        (_, Some(day)) => {
            sheet.write_datetime_with_format(row, column, day, &styles.date)?;
        }
        (None, None) => {
            sheet.write_string_with_format(row, column, text_of(value), &styles.text)?;
        }
    }
    Ok(())
}

/// The binary number that shows the same digits.
fn exact(number: Decimal) -> Option<f64> {
    let text = number.to_string();
    text.parse().ok().filter(|float: &f64| float.to_string() == text)
}

/// A day as spreadsheets count it; none before March 1900, about which they disagree.
fn serial(date: Date) -> Result<Option<ExcelDateTime>, XlsxError> {
    let (year, month, day) = date.parts();
    match (year, month) >= (1900, 3) {
        true => ExcelDateTime::from_ymd(year, month, day).map(Some),
        false => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_change_are_texts() {
        let is_number = |text: &str| exact(text.parse().expect("a number")).is_some();
        assert!(is_number("4222") && is_number("727.4") && is_number("0.1"));
        assert!(!is_number("4222.0") && !is_number("1.10"));
        assert!(!is_number("4222.12345678901234567"));
    }
}
