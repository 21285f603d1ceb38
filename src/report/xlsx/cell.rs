//! The cells of a sheet, and how it is printed.
//!
//! Spreadsheets know binary floating point alone. This module turns exact numbers into it, and no
//! other does: each is written as the float nearest to its text, which shows the same digits again up
//! to 90 trillion EUR. Nothing is computed with floats here, and computed values of formulas stay text.
#![allow(clippy::disallowed_types)] // see above

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, DataValidation, ExcelDateTime, Format, Formula, Worksheet, XlsxError,
};

use crate::model::Date;
use crate::report::escape::on_one_line;

/// Row and column, from 0.
pub(super) type Place = (u32, u16);

/// The most UTF-16 units that a cell holds.
const LONGEST_TEXT: usize = 32_767;
/// The paper that offices have, by its number in the format.
const A4: u8 = 9;
/// In inches: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [0.4, 0.4, 0.6, 0.6, 0.3, 0.3];

/// A sheet that is being written.
pub(super) struct Sheet {
    worksheet: Worksheet,
}

impl Sheet {
    /// An empty sheet that prints on A4 landscape, as wide as one page and as high as it needs.
    pub fn new(name: &str) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        let [left, right, top, bottom, header, footer] = MARGINS;
        worksheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(left, right, top, bottom, header, footer)
            .set_screen_gridlines(false);
        Ok(Self { worksheet })
    }

    /// The finished sheet.
    pub fn into_worksheet(self) -> Worksheet {
        self.worksheet
    }

    /// Header and footer of printed pages. `&` has a meaning there: this is for words of the program.
    pub fn page_marks(&mut self, header: &str, footer: &str) {
        self.worksheet.set_header(header).set_footer(footer);
    }

    /// Prints everything on one page.
    pub fn fit_on_one_page(&mut self) {
        self.worksheet.set_print_fit_to_pages(1, 1);
    }

    /// How wide columns are, from the first one, in digits.
    pub fn widths(&mut self, widths: &[u16]) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths) {
            self.worksheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// How high a row is, in points.
    pub fn height(&mut self, row: u32, points: u16) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(row, points)?;
        Ok(())
    }

    /// Keeps the heading row in sight, with `columns` to its left, and on every printed page.
    pub fn headings_at(&mut self, row: u32, columns: u16) -> Result<(), XlsxError> {
        self.worksheet.set_freeze_panes(row + 1, columns)?;
        self.worksheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// Prints this part alone: a long text would run on over the empty cells beside it.
    pub fn print_area(&mut self, last: Place) -> Result<(), XlsxError> {
        self.worksheet.set_print_area(0, 0, last.0, last.1)?;
        Ok(())
    }

    /// A text, never a formula; cut only where no cell could hold it. What moves or turns round the
    /// text beside it is replaced, as in other reports.
    pub fn text(&mut self, at: Place, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = on_one_line(text);
        self.worksheet.write_string_with_format(at.0, at.1, fitting(&text), format)?;
        Ok(())
    }

    /// A heading of the program's own words, perhaps in two lines.
    pub fn heading(
        &mut self,
        at: Place,
        words: &'static str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(at.0, at.1, words, format)?;
        Ok(())
    }

    /// An empty cell with a format.
    pub fn blank(&mut self, at: Place, format: &Format) -> Result<(), XlsxError> {
        self.worksheet.write_blank(at.0, at.1, format)?;
        Ok(())
    }

    /// A number.
    pub fn number(
        &mut self,
        at: Place,
        number: impl Into<Decimal>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text = number.into().to_string();
        match text.parse::<f64>() {
            Ok(float) => {
                self.worksheet.write_number_with_format(at.0, at.1, float, format)?;
            }
            Err(_) => self.text(at, &text, format)?,
        }
        Ok(())
    }

    /// A day; none before March 1900, about which spreadsheets disagree.
    pub fn date(&mut self, at: Place, date: Date, format: &Format) -> Result<(), XlsxError> {
        let (year, month, day) = date.parts();
        let date = ExcelDateTime::from_ymd(year, month, day)?;
        self.worksheet.write_datetime_with_format(at.0, at.1, date, format)?;
        Ok(())
    }

    /// A formula with the value that the engine computed for it.
    pub fn formula(
        &mut self,
        at: Place,
        formula: &str,
        value: impl ToString,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(value.to_string());
        self.worksheet.write_formula_with_format(at.0, at.1, formula, format)?;
        Ok(())
    }

    /// What may be typed into a range.
    pub fn allow(
        &mut self,
        first: Place,
        last: Place,
        allowed: &DataValidation,
    ) -> Result<(), XlsxError> {
        self.worksheet.add_data_validation(first.0, first.1, last.0, last.1, allowed)?;
        Ok(())
    }

    /// A chart with its upper left corner at a cell.
    pub fn chart(&mut self, at: Place, chart: &Chart) -> Result<(), XlsxError> {
        self.worksheet.insert_chart(at.0, at.1, chart)?;
        Ok(())
    }
}

/// The text as far as a cell can hold it.
fn fitting(text: &str) -> &str {
    if text.encode_utf16().take(LONGEST_TEXT + 1).count() <= LONGEST_TEXT {
        return text;
    }
    let mut units = 0;
    let too_far = |(_, character): &(usize, char)| {
        units += character.len_utf16();
        units > LONGEST_TEXT
    };
    let end = text.char_indices().find(too_far).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// `H5`
pub(super) fn name(at: Place) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(at.0, at.1)
}

/// `$H$5`
pub(super) fn fixed(at: Place) -> String {
    rust_xlsxwriter::utility::row_col_to_cell_absolute(at.0, at.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_no_cell_could_hold_them() {
        let longest = "x".repeat(LONGEST_TEXT);
        assert_eq!(fitting(&longest), longest);
        assert_eq!(fitting(&format!("{longest}y")), longest);
        // Each takes two units, and none is cut in the middle.
        let clefs = "\u{1d11e}".repeat(20_000);
        assert_eq!(fitting(&clefs).chars().count(), 16_383);
    }

    #[test]
    fn cells_have_names() {
        assert_eq!(name((4, 7)), "H5");
        assert_eq!(fixed((4, 27)), "$AB$5");
    }
}
