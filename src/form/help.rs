//! How to go on, and what each column holds.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::explained::{COLUMNS, ENVELOPES, PROJECT, SCORES};
use super::sheet;
use super::style::Styles;
use super::table::FLOW;

const STEPS: [&str; 8] = [
    "1. Project: your call and your country.",
    "2. Flows: a row for each group of participants who share everything that the grant depends on. The two rows are examples.",
    "3. Envelopes and Scores: only where you want to compare with them.",
    "4. Save the workbook and close it.",
    "5. ka171 budget with the name of this file; ka171 check says what is wrong, with the cell.",
    "",
    "Dark headings must be filled in, and so must the length of the stay: months and days, or start and end.",
    "Columns that you do not need can be deleted; a column of your own begins with x_.",
];

/// The sheet.
pub(super) fn write(styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = sheet("Help")?;
    sheet.write_string_with_format(0, 0, "A plan for ka171", &styles.title)?;
    let mut row = 2;
    for step in STEPS {
        sheet.write_string_with_format(row, 0, step, &styles.plain)?;
        row += 1;
    }
    let of_flows = FLOW.iter().filter_map(|key| COLUMNS.iter().find(|(known, _)| known == key));
    let of_flows: Vec<_> = of_flows.copied().collect();
    for (name, explained) in [
        ("Flows", of_flows.as_slice()),
        ("Project", &PROJECT),
        ("Envelopes", &ENVELOPES),
        ("Scores", &SCORES),
    ] {
        row += 1;
        sheet.write_string_with_format(row, 0, name, &styles.required)?;
        sheet.write_blank(row, 1, &styles.required)?;
        row += 1;
        for (key, what) in explained {
            sheet.write_string_with_format(row, 0, *key, &styles.word)?;
            sheet.write_string_with_format(row, 1, *what, &styles.lines)?;
            row += 1;
        }
    }
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 96)?;
    Ok(sheet)
}
