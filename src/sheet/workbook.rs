//! Workbooks of Excel and of LibreOffice. The only file that knows calamine.
//!
//! A cell holds a binary floating-point number. It leaves this file as its shortest decimal text, which is
//! what the user typed, so that no amount is ever computed in floating point.
#![allow(clippy::disallowed_types)]

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Style, Xlsx, XlsxError};

use super::archive::{self, MOST_CELLS, MOST_TEXT, Shown, Unreadable};
use super::units::unit_of_format;
use super::{Cell, CellValue, Row, Sheet, is_error};

/// How a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookKind {
    /// `.xlsx`, `.xlsm`
    Excel,
    /// `.ods`
    OpenDocument,
}

/// Why a workbook cannot be read, and what to do.
pub type Fault = (String, &'static str);

/// The sheets of a workbook in their order; of those whose name is not `wanted` only the name.
///
/// # Errors
///
/// The file is no workbook, is protected by a password, damaged, or unpacks to too much.
pub fn sheets(
    bytes: &[u8],
    kind: WorkbookKind,
    wanted: impl Fn(&str, usize) -> bool,
) -> Result<Vec<Sheet>, Fault> {
    let unreadable = |unreadable| match unreadable {
        Unreadable::Damaged if bytes.starts_with(OLD_EXCEL) => {
            ("this is a workbook of an old Excel, or one with a password".to_owned(), SAVE_AS)
        }
        Unreadable::Damaged => ("this is no workbook, or a damaged one".to_owned(), SAVE_AS),
        Unreadable::TooLarge => too_large(),
        Unreadable::OutsideSheet => {
            ("a cell of the workbook lies outside its sheet".to_owned(), SAVE_AS)
        }
    };
    let shown = archive::check(bytes, kind).map_err(unreadable)?;
    let sheets = match kind {
        WorkbookKind::Excel => excel(bytes, wanted).map_err(|error| match error {
            XlsxError::Password => protected(),
            error => (format!("the workbook cannot be read: {error}"), SAVE_AS),
        }),
        WorkbookKind::OpenDocument => {
            open_document(bytes, &shown, wanted).map_err(|error| match error {
                OdsError::Password => protected(),
                error => (format!("the workbook cannot be read: {error}"), SAVE_AS),
            })
        }
    };
    sheets?.ok_or_else(too_large)
}

/// Significant digits that spreadsheet programs show.
const DIGITS: usize = 15;
/// How files of Excel before 2007 begin, and newer ones with a password.
const OLD_EXCEL: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const SAVE_AS: &str =
    "save it anew in the spreadsheet program, as .xlsx or .ods without a password";

fn protected() -> Fault {
    ("the workbook is protected by a password".to_owned(), SAVE_AS)
}

fn too_large() -> Fault {
    (
        "the workbook unpacks to more than a plan can be".to_owned(),
        "copy the cells of the plan into a new workbook",
    )
}

/// `None` where they hold too much.
fn excel(
    bytes: &[u8],
    wanted: impl Fn(&str, usize) -> bool,
) -> Result<Option<Vec<Sheet>>, XlsxError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let names = workbook.sheet_names();
    let (mut sheets, mut room) = (Vec::new(), Room::default());
    for name in &names {
        let mut rows = Rows::default();
        if wanted(name, names.len()) {
            rows = excel_rows(&mut workbook, name, &mut room, None)?;
            add_units(&mut workbook, name, &mut rows)?;
        }
        if !room.is_enough() {
            return Ok(None);
        }
        sheets.push(Sheet { name: Some(name.as_str().into()), rows: rows.all() });
    }
    Ok(Some(sheets))
}

type Excel<'b> = Xlsx<Cursor<&'b [u8]>>;

/// `places` are those of all cells, where calamine cannot be asked for them: it does not say where the
/// error of a formula stands that it does not know, and no longer counts columns behind it.
fn excel_rows(
    workbook: &mut Excel<'_>,
    sheet: &str,
    room: &mut Room,
    places: Option<&[(u32, u32)]>,
) -> Result<Rows, XlsxError> {
    let mut rows = Rows::default();
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    for number in 0.. {
        let place = places.and_then(|places| places.get(number)).copied();
        let (place, value) = match cells.next_cell_with_formula_metadata() {
            Ok(None) => break,
            Ok(Some(cell)) => {
                let value = match of_excel(&cell.value) {
                    None if cell.formula.is_some() => not_computed(cell.value == DataRef::Empty),
                    value => value,
                };
                (place.unwrap_or(cell.pos), value)
            }
            Err(XlsxError::CellError(text)) => match (place, places) {
                (Some(place), _) => (place, Some(CellValue::Error(text))),
                (None, Some(_)) => return Err(XlsxError::CellError(text)),
                (None, None) => {
                    drop(cells);
                    let places = places_of(workbook, sheet)?;
                    return excel_rows(workbook, sheet, room, Some(&places));
                }
            },
            Err(error) => return Err(error),
        };
        room.take(value.as_ref());
        rows.add(place.0, place.1, value);
        if !room.is_enough() {
            break;
        }
    }
    Ok(rows)
}

/// The places of all cells of a sheet, in its order.
fn places_of(workbook: &mut Excel<'_>, sheet: &str) -> Result<Vec<(u32, u32)>, XlsxError> {
    let mut places = Vec::new();
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_formula()? {
        places.push(cell.get_position());
    }
    Ok(places)
}

/// What number formats show behind numbers: styles come in a pass of their own.
fn add_units(workbook: &mut Excel<'_>, sheet: &str, rows: &mut Rows) -> Result<(), XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let shown = |style: &Style| {
        let format = style.number_format.as_ref()?;
        unit_of_format(&format.format_code, format.format_id)
    };
    let units: Vec<Option<String>> = cells.styles().iter().map(shown).collect();
    if units.iter().all(Option::is_none) {
        return Ok(());
    }
    let mut of_cells = HashMap::new();
    while let Some((row, column, style)) = cells.next_style_id()? {
        if let Some(Some(unit)) = units.get(style) {
            of_cells.insert((row, column), unit);
        }
    }
    rows.show(|place| of_cells.get(&place).map(|unit| unit.as_str()));
    Ok(())
}

/// `None` where they hold too much.
fn open_document(
    bytes: &[u8],
    shown: &Shown,
    wanted: impl Fn(&str, usize) -> bool,
) -> Result<Option<Vec<Sheet>>, OdsError> {
    let mut workbook = Ods::new(Cursor::new(bytes))?;
    let names = workbook.sheet_names();
    let (mut sheets, mut room) = (Vec::new(), Room::default());
    for name in &names {
        let mut rows = Rows::default();
        if wanted(name, names.len()) {
            let (values, formulas) =
                (workbook.worksheet_range(name)?, workbook.worksheet_formula(name)?);
            let (top, left) = values.start().unwrap_or_default();
            for (row, column, value) in values.cells() {
                let (row, column) = (top + index(row), left + index(column));
                let formula = formulas.get_value((row, column));
                let has_formula = formula.is_some_and(|formula| !formula.is_empty());
                let value = match of_open_document(value) {
                    None if has_formula => {
                        let is_empty = *value != Data::Empty || shown.is_empty(name, (row, column));
                        not_computed(!is_empty)
                    }
                    value => value,
                };
                room.take(value.as_ref());
                rows.add(row, column, value);
            }
            rows.show(|place| shown.unit(name, place));
        }
        if !room.is_enough() {
            return Ok(None);
        }
        sheets.push(Sheet { name: Some(name.as_str().into()), rows: rows.all() });
    }
    Ok(Some(sheets))
}

/// A formula that gives an empty text has been computed.
fn not_computed(has_no_value: bool) -> Option<CellValue> {
    has_no_value.then_some(CellValue::NotComputed)
}

/// How much has been read.
#[derive(Default)]
struct Room {
    cells: u64,
    text: u64,
}

impl Room {
    fn take(&mut self, value: Option<&CellValue>) {
        if let Some(value) = value {
            self.cells += 1;
            self.text += value.text().len() as u64;
        }
    }

    fn is_enough(&self) -> bool {
        self.cells <= MOST_CELLS && self.text <= MOST_TEXT
    }
}

fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Rows as cells are added to them, in the order of the sheet.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    /// Adds a cell by its place, counted from 0.
    fn add(&mut self, row: u32, column: u32, value: Option<CellValue>) {
        let Some(value) = value else { return };
        let (number, column) = (row.saturating_add(1), column.saturating_add(1));
        let cell = Cell { column, value };
        match self.0.last_mut().filter(|last| last.number == number) {
            Some(last) => last.cells.push(cell),
            None => self.0.push(Row { number, cells: vec![cell], width: 0 }),
        }
    }

    /// Puts units behind the numbers that show one. `unit` knows them by places, counted from 0.
    fn show<'u>(&mut self, unit: impl Fn((u32, u32)) -> Option<&'u str>) {
        for row in &mut self.0 {
            for cell in &mut row.cells {
                let place = (row.number.saturating_sub(1), cell.column.saturating_sub(1));
                if let (CellValue::Number(number), Some(unit)) = (&cell.value, unit(place)) {
                    let (number, unit) = (number.clone(), unit.to_owned());
                    cell.value = CellValue::Quantity { number, unit };
                }
            }
        }
    }

    fn all(mut self) -> Vec<Row> {
        // A file may have its cells in any order.
        self.0.sort_by_key(|row| row.number);
        let mut rows: Vec<Row> = Vec::with_capacity(self.0.len());
        for row in self.0 {
            match rows.last_mut().filter(|last| last.number == row.number) {
                Some(last) => last.cells.extend(row.cells),
                None => rows.push(row),
            }
        }
        rows.iter_mut().for_each(|row| row.cells.sort_by_key(|cell| cell.column));
        rows
    }
}

/// The value of a cell; `None` where nothing stands in it.
fn of_excel(value: &DataRef<'_>) -> Option<CellValue> {
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(CellValue::Number(number.to_string())),
        DataRef::Float(number) => Some(number_of(*number)),
        DataRef::String(text) => text_of(text),
        DataRef::SharedString(text) => text_of(text),
        DataRef::Bool(value) => Some(CellValue::Boolean(*value)),
        DataRef::DateTime(moment) => Some(moment_of(moment)),
        DataRef::DateTimeIso(text) => Some(iso_of(text)),
        DataRef::DurationIso(text) => Some(CellValue::Time(text.clone())),
        DataRef::Error(error) => Some(CellValue::Error(error.to_string())),
    }
}

fn of_open_document(value: &Data) -> Option<CellValue> {
    match value {
        Data::Empty => None,
        Data::Int(number) => Some(CellValue::Number(number.to_string())),
        Data::Float(number) => Some(number_of(*number)),
        Data::String(text) => text_of(text),
        Data::Bool(value) => Some(CellValue::Boolean(*value)),
        Data::DateTime(moment) => Some(moment_of(moment)),
        Data::DateTimeIso(text) => Some(iso_of(text)),
        Data::DurationIso(text) => Some(CellValue::Time(text.clone())),
        Data::Error(error) => Some(CellValue::Error(error.to_string())),
    }
}

/// The shortest decimal text that gives this number. Formulas leave noise behind the fifteenth digit, such
/// as 3.3000000000000003, which no spreadsheet program shows: then it is the number of fifteen digits.
fn number_of(number: f64) -> CellValue {
    let shortest = number.to_string();
    let digits = shortest.trim_start_matches(['-', '0', '.']).bytes();
    if digits.filter(u8::is_ascii_digit).count() <= DIGITS {
        return CellValue::Number(shortest);
    }
    let shown: f64 = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    CellValue::Number(shown.to_string())
}

fn text_of(text: &str) -> Option<CellValue> {
    let text = text.trim();
    match text {
        "" => None,
        // LibreOffice stores the errors of formulas as texts.
        text if is_error(text) => Some(CellValue::Error(text.to_owned())),
        text => Some(CellValue::Text(text.to_owned())),
    }
}

fn moment_of(moment: &ExcelDateTime) -> CellValue {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match moment.is_datetime() {
        true if (hour, minute, second, milli) == (0, 0, 0, 0) => CellValue::Date(date),
        // Less than a day is a time of any day.
        true if moment.as_f64() >= 1.0 => CellValue::Time(format!("{date} {time}")),
        _ => CellValue::Time(time),
    }
}

/// A moment as OpenDocument writes it: `2026-09-01`, or with a time behind it.
fn iso_of(text: &str) -> CellValue {
    match text.split_once('T') {
        None => CellValue::Date(text.to_owned()),
        Some((day, time)) if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.')) => {
            CellValue::Date(day.to_owned())
        }
        Some((day, time)) => CellValue::Time(format!("{day} {time}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_user_typed() {
        let text = |number: f64| number_of(number).text().to_owned();
        assert_eq!(text(5.0), "5");
        assert_eq!(text(1697.14), "1697.14");
        assert_eq!(text(0.1), "0.1");
        assert_eq!(text(1e21), "1000000000000000000000");
        assert_eq!(text(-0.5), "-0.5");
        assert_eq!(text(12345.6789), "12345.6789");
    }

    #[test]
    fn noise_of_formulas_is_not_shown() {
        let text = |number: f64| number_of(number).text().to_owned();
        assert_eq!(text(3.3000000000000003), "3.3");
        assert_eq!(text(0.30000000000000004), "0.3");
        assert_eq!(text(1_000.110_000_000_000_1), "1000.11");
    }
}
