//! The sheet Notices: what the budget rests on and leaves open.

use rust_xlsxwriter::XlsxError;

use super::cell::Sheet;
use super::room::height;
use super::style::{Kind, Role, Styles};
use super::{SHARED, WORDS};
use crate::diag::{Diagnostic, Severity};

const HEADINGS: u32 = 2;
const WIDTHS: [u16; 6] = [12, 26, 84, 40, 46, 26];
/// The columns of messages, and the last one.
const MESSAGE: u16 = 2;
const LAST: u16 = 5;
/// Longer lists of flows are counted.
const LONGEST_LIST: usize = 150;

/// Writes the sheet.
pub(super) fn write(notices: &[Diagnostic], styles: &Styles) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(WORDS.notices)?;
    sheet.widths(&WIDTHS)?;
    sheet.text((0, 0), WORDS.notices, &styles.title)?;
    for (column, heading) in (0..).zip(WORDS.notice_headings) {
        sheet.heading((HEADINGS, column), heading, &styles.heading)?;
    }
    sheet.height(HEADINGS, 20)?;
    let mut row = HEADINGS + 1;
    for notice in notices {
        first_row(&mut sheet, row, notice, styles)?;
        row += 1;
        // Each has a row of its own: together they could be higher than a row can be.
        for detail in &notice.details {
            let detail = format!("- {detail}");
            sheet.text((row, MESSAGE), &detail, styles.cell(Kind::Lines, Role::Plain))?;
            sheet.height(row, height([(detail.as_str(), width(MESSAGE))]))?;
            row += 1;
        }
    }
    if notices.is_empty() {
        sheet.text((row, 0), SHARED.no_notices, &styles.remark)?;
    }
    sheet.headings_at(HEADINGS, 0)?;
    sheet.print_area((row, LAST))?;
    Ok(sheet)
}

fn width(column: u16) -> u16 {
    WIDTHS.get(usize::from(column)).copied().unwrap_or(1)
}

fn first_row(
    sheet: &mut Sheet,
    row: u32,
    notice: &Diagnostic,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lines = styles.at(Kind::Lines, Role::Plain, true);
    let kind = match notice.severity {
        Severity::Note => lines,
        Severity::Warning | Severity::Error => styles.at(Kind::Lines, Role::Alert, true),
    };
    sheet.text((row, 0), notice.severity.as_str(), kind)?;
    let cells = [
        notice.code.as_str(),
        &notice.message,
        notice.help.as_deref().unwrap_or_default(),
        &flows(&notice.flows),
        &place(notice),
    ];
    for (column, text) in (1..).zip(cells) {
        sheet.text((row, column), text, lines)?;
    }
    sheet.height(row, height(cells.into_iter().zip(WIDTHS.into_iter().skip(1))))
}

/// The flows that a notice concerns, as many as can be read.
fn flows(ids: &[String]) -> String {
    let mut text = String::new();
    for (number, id) in ids.iter().enumerate() {
        if number > 0 && text.len() + id.len() > LONGEST_LIST {
            return text + &(WORDS.and_more)(ids.len() - number);
        }
        if number > 0 {
            text += ", ";
        }
        text += id;
    }
    text
}

fn place(notice: &Diagnostic) -> String {
    let Some(place) = &notice.place else { return String::new() };
    let (line, column) = place.line_column();
    format!("{}:{line}:{column}", place.file.name())
}
