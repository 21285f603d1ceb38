//! The sheet Rates: every figure that the budget uses, and the documents that state them.

use rust_xlsxwriter::{DataValidation, Format, XlsxError};

use super::cell::Sheet;
use super::figures::{FIRST_ROW, Figures, Shown, VALUE};
use super::room::height;
use super::style::{Kind, Role, Styles};
use super::{SHARED, WORDS};
use crate::engine::Budget;
use crate::model::{
    Citation, LastOfFebruary, Source, TravelDayReading, Word, ZeroGrantParticipants,
};
use crate::rates::catalogue::Quantity;
use crate::report::footnotes::Sources;
use crate::report::rates::{heading, mark, remark};

const HEADINGS: u32 = FIRST_ROW - 1;
const WIDTHS: [u16; 9] = [50, 20, 20, 13, 36, 74, 22, 44, 46];
/// The columns of the first source, and of the keys of all.
const NAME: u16 = 4;
const ADDRESS: u16 = 5;
const KEYS: u16 = 6;
/// The last column on paper: keys are for looking up.
const LAST: u16 = 7;

/// The key of the row of a list of envelopes.
const LIST: &str = "envelopes";

/// Writes the sheet.
pub(super) fn write(
    budget: &Budget<'_>,
    figures: &Figures<'_>,
    styles: &Styles,
) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(WORDS.rates)?;
    sheet.widths(&WIDTHS)?;
    sheet.text((0, 0), WORDS.rates_title, &styles.title)?;
    sheet.text((1, 0), &heading(figures.table()), &styles.remark)?;
    sheet.text((2, 0), WORDS.rates_remark, &styles.remark)?;
    sheet.text((3, 0), WORDS.coloured_inputs, &styles.remark)?;
    for (place, words) in (0..).zip(WORDS.rate_headings) {
        sheet.heading((HEADINGS, place), words, &styles.heading)?;
    }
    sheet.height(HEADINGS, 20)?;
    let mut sources = Sources::default();
    let mut row = FIRST_ROW;
    for shown in figures.live() {
        let keys = sources.add(&shown.citation);
        figure(&mut sheet, row, shown, &keys, Role::Input, styles)?;
        row += 1;
    }
    sheet.text((row + 1, 0), WORDS.other_figures, &styles.section)?;
    row += 2;
    for shown in figures.others() {
        let keys = sources.add(&shown.citation);
        figure(&mut sheet, row, shown, &keys, Role::Plain, styles)?;
        row += 1;
    }
    let list = budget.plan.envelope_list.as_ref();
    if let Some((list, citation)) = list.and_then(|list| Some((list, list.citation.as_ref()?))) {
        let value = list.to_string();
        sheet.text((row, VALUE), &value, styles.cell(Kind::Lines, Role::Plain))?;
        let name = (citation.figure.as_str(), "", LIST);
        let keys = sources.add(citation);
        around(&mut sheet, row, name, (&value, citation), &keys, styles)?;
        row += 1;
    }
    let last = sources_table(&mut sheet, row + 1, &sources, styles)?;
    sheet.headings_at(HEADINGS, 1)?;
    sheet.print_area((last, LAST))?;
    Ok(sheet)
}

fn figure(
    sheet: &mut Sheet,
    row: u32,
    shown: &Shown,
    keys: &[String],
    role: Role,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let at = (row, VALUE);
    let number = |kind| styles.cell(kind, role);
    let text = shown.value.to_string();
    match &shown.value {
        Quantity::Eur(amount) => sheet.number(at, amount.as_decimal(), number(Kind::Money))?,
        Quantity::Percent(percent) => {
            sheet.number(at, percent.number(), number(Kind::Count))?;
        }
        Quantity::Count(count) => sheet.number(at, *count, number(Kind::Count))?,
        Quantity::Word(_) | Quantity::Countries(_) => {
            if let Some(choices) = choices(&text).filter(|_| role == Role::Input) {
                sheet.allow(at, at, &DataValidation::new().allow_list_strings(&choices)?)?;
            }
            sheet.text(at, &text, styles.cell(Kind::Lines, role))?;
        }
    }
    let name = (shown.figure.as_str(), shown.unit, shown.key.as_str());
    around(sheet, row, name, (&text, &shown.citation), keys, styles)
}

/// The words of a rule that formulas ask for.
fn choices(word: &str) -> Option<Vec<&'static str>> {
    fn all<W: Word>() -> Vec<&'static str> {
        W::ALL.iter().map(|word| word.as_str()).collect()
    }
    let rules =
        [all::<TravelDayReading>(), all::<ZeroGrantParticipants>(), all::<LastOfFebruary>()];
    rules.into_iter().find(|words| words.contains(&word))
}

/// What stands around a value: its name, unit and key, and what it rests on.
fn around(
    sheet: &mut Sheet,
    row: u32,
    (figure, unit, key): (&str, &str, &str),
    (value, citation): (&str, &Citation),
    keys: &[String],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let first = citation.sources().first();
    let name = first.map(|source| named(source)).unwrap_or_default();
    let address = first.map(|source| source.locator.to_string()).unwrap_or_default();
    let lines = styles.cell(Kind::Lines, Role::Plain);
    let cells = [
        (0, figure),
        (2, unit),
        (3, mark(citation)),
        (NAME, &name),
        (ADDRESS, &address),
        (KEYS, &keys.join(", ")),
        (7, &remark(citation).unwrap_or_default()),
        (8, key),
    ];
    for (column, text) in cells {
        let format: &Format =
            if column == 8 { styles.cell(Kind::Lines, Role::Muted) } else { lines };
        sheet.text((row, column), text, format)?;
    }
    // Keys are not on paper, and may be cut.
    let texts = cells.iter().filter(|(column, _)| *column <= LAST);
    let texts = texts.map(|(column, text)| (*text, width(*column)));
    sheet.height(row, height(texts.chain([(value, width(VALUE))])))
}

fn width(column: u16) -> u16 {
    WIDTHS.get(usize::from(column)).copied().unwrap_or(1)
}

/// Publisher and title.
fn named(source: &Source) -> String {
    format!("{}, {}", source.publisher, source.title)
}

/// Every document in the columns of first sources. The last row of them.
fn sources_table(
    sheet: &mut Sheet,
    first: u32,
    sources: &Sources<'_>,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    sheet.text((first, 0), SHARED.sources, &styles.section)?;
    let mut row = first;
    for (key, source) in sources.iter() {
        row += 1;
        let (name, address) = (named(source), source.locator.to_string());
        let cells = [(0, key), (NAME, name.as_str()), (ADDRESS, &address)];
        for (column, text) in cells {
            sheet.text((row, column), text, styles.cell(Kind::Lines, Role::Plain))?;
        }
        sheet.height(row, height(cells.map(|(column, text)| (text, width(column)))))?;
    }
    Ok(row)
}
