//! Plans as workbooks. A cell holds a binary number: one that does not show the plan's own digits again is
//! written as a text.
#![allow(clippy::disallowed_types)] // see above

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::table::{FLOW, cell, columns, value};
use crate::error::Error;
use crate::model::Date;
use crate::plan::{PlanRecord, RecordedKey, RecordedRow, RecordedValue};

const ENVELOPE: [&str; 5] = ["region", "amount", "kind", "country", "call"];
const SCORE: [&str; 4] = ["region", "design", "relevance", "impact"];

/// How wide columns are, in digits.
const NARROWEST: usize = 10;
const WIDEST: usize = 40;
/// Beside a text, in digits.
const MARGIN: usize = 2;

/// A plan as a workbook: a sheet of flows, one of the project, and where there are any, of envelopes and
/// scores.
///
/// # Errors
///
/// What the writer says, such as of more rows than a sheet has.
pub(super) fn render(record: &PlanRecord) -> Result<Vec<u8>, Error> {
    workbook(record).map_err(|error| Error::Workbook(error.to_string()))
}

fn workbook(record: &PlanRecord) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    // The file has to have a time. This one says nothing: it is the first that ZIP files know.
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&never));
    workbook.push_worksheet(list("Flows", &record.flows, &FLOW, &styles)?);
    workbook.push_worksheet(project(record, &styles)?);
    for (name, rows, known) in
        [("Envelopes", &record.envelopes, &ENVELOPE[..]), ("Scores", &record.scores, &SCORE[..])]
    {
        if !rows.is_empty() {
            workbook.push_worksheet(list(name, rows, known, &styles)?);
        }
    }
    workbook.save_to_buffer()
}

struct Styles {
    heading: Format,
    text: Format,
    date: Format,
}

impl Styles {
    fn new() -> Self {
        let heading = Format::new().set_bold().set_background_color(Color::RGB(0x00E9_EEF7));
        Self {
            heading: heading.set_align(FormatAlign::VerticalCenter),
            // What is typed into such a cell stays as it is typed.
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// A sheet with a row for each item of a list.
fn list(
    name: &str,
    rows: &[RecordedRow],
    known: &[&'static str],
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = sheet(name)?;
    for (column, key) in (0_u16..).zip(columns(rows, known.iter().copied())) {
        sheet.write_string_with_format(0, column, key, &styles.heading)?;
        let mut width = key.len();
        for (row, values) in (1_u32..).zip(rows) {
            if let Some(value) = value(values, key) {
                width = width.max(cell(value).chars().count());
                write(&mut sheet, (row, column), value, styles)?;
            }
        }
        sheet.set_column_width(column, width_of(width))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}

/// The sheet of the plan as a whole: keys with their values beside them.
fn project(record: &PlanRecord, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = sheet("Project")?;
    let keys: Vec<&RecordedKey> = record.top.iter().chain(&record.project).collect();
    let mut width = 0;
    for (row, key) in (0_u32..).zip(keys) {
        sheet.write_string_with_format(row, 0, key.key, &styles.heading)?;
        write(&mut sheet, (row, 1), &key.value, styles)?;
        width = width.max(cell(&key.value).chars().count());
    }
    sheet.set_column_width(0, width_of(0))?;
    sheet.set_column_width(1, width_of(width))?;
    Ok(sheet)
}

fn sheet(name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    Ok(sheet)
}

fn width_of(characters: usize) -> u16 {
    u16::try_from((characters + MARGIN).clamp(NARROWEST, WIDEST)).unwrap_or(u16::MAX)
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &RecordedValue,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match value {
        RecordedValue::Number(number) => match exact(*number) {
            Some(float) => sheet.write_number(row, column, float)?,
            None => sheet.write_string_with_format(row, column, cell(value), &styles.text)?,
        },
        RecordedValue::Date(date) => match serial(*date)? {
            Some(day) => sheet.write_datetime_with_format(row, column, day, &styles.date)?,
            None => sheet.write_string_with_format(row, column, cell(value), &styles.text)?,
        },
        RecordedValue::Text(text) | RecordedValue::Country(text) => {
            sheet.write_string_with_format(row, column, text, &styles.text)?
        }
        RecordedValue::Word(_) | RecordedValue::Boolean(_) => {
            sheet.write_string(row, column, cell(value))?
        }
    };
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
