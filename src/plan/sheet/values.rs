//! What a cell says, by what its column holds.

use std::borrow::Cow;

use super::dates::{self, DateFault};
use super::headings::folded;
use super::kinds::{Kind, NO, Units, Words, YES};
use super::numbers::{self, DecimalMark, NumberFault};
use crate::diag::{Code, quoted};
use crate::sheet::CellValue;

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said<'v> {
    /// A text as it stands, or the word that is meant.
    Text(Cow<'v, str>),
    /// A country by code or name, as it stands.
    Country,
    /// A number with a decimal point.
    Number(Cow<'v, str>),
    /// Yes or no.
    Boolean(bool),
    /// Months and days.
    Duration { months: Option<String>, days: Option<String> },
}

/// What is wrong with a cell: code, message, what to do.
pub(super) type Fault = (Code, String, String);

/// What a cell says.
pub(super) fn said(
    value: &CellValue,
    kind: Kind,
    mark: Option<DecimalMark>,
) -> Result<Said<'_>, Fault> {
    match value {
        CellValue::Error(text) => return Err(formula_error(text)),
        CellValue::NotComputed => return Err(not_computed()),
        _ => {}
    }
    match kind {
        Kind::Text => Ok(Said::Text(value.text().into())),
        Kind::Country => country(value),
        Kind::Region => region(value),
        Kind::Whole(units) | Kind::Decimal(units) => number(value, units, mark).map(Said::Number),
        Kind::Boolean => boolean(value).map(Said::Boolean),
        Kind::GreenTravel => boolean(value)
            .map(|is_green| Said::Text(if is_green { "green" } else { "standard" }.into())),
        Kind::Date => date(value).map(|day| Said::Text(day.into())),
        Kind::Band => band(value).map(|band| Said::Text(band.into())),
        Kind::Duration => duration(value),
        Kind::Word(words) => Ok(Said::Text(word(value.text(), words).into())),
    }
}

fn formula_error(text: &str) -> Fault {
    let message = format!("the formula of this cell gives the error {}", quoted(text));
    (Code::FormulaFault, message, "correct the formula, or write the value instead".to_owned())
}

fn not_computed() -> Fault {
    let message = "the formula of this cell has never been computed".to_owned();
    let help = "open the workbook in a spreadsheet program and save it, or write the value instead";
    (Code::FormulaFault, message, help.to_owned())
}

fn wrong(message: String, help: impl Into<String>) -> Fault {
    (Code::WrongType, message, help.into())
}

/// A name that people use for two countries.
const TWO_COUNTRIES: (&str, &str) =
    ("congo", "write CG for Congo, or CD for the Democratic Republic of the Congo");

fn country(value: &CellValue) -> Result<Said<'_>, Fault> {
    let text = value.text();
    let (name, help) = TWO_COUNTRIES;
    match folded(text) == name {
        true => Err((
            Code::UnknownCountry,
            format!("{} may be two countries", quoted(text)),
            help.to_owned(),
        )),
        false => Ok(Said::Country),
    }
}

/// `6`, `Region 6`, `6 Central Asia`.
fn region(value: &CellValue) -> Result<Said<'_>, Fault> {
    let text = value.text();
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("region").unwrap_or(&lower).trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    // `6.5`, `6-8` and `6 and 7` are no region.
    let behind = rest.get(digits.len()..).unwrap_or_default();
    let is_number_alone =
        !behind.starts_with(['.', ',']) && !behind.contains(|c: char| c.is_ascii_digit());
    match !digits.is_empty() && is_number_alone {
        true => Ok(Said::Number(digits.into())),
        false => Err(wrong(
            format!("{} is no region", quoted(text)),
            "write the region's number, 1 to 12",
        )),
    }
}

/// A number, perhaps with one of the units behind it.
fn number(
    value: &CellValue,
    units: Units,
    mark: Option<DecimalMark>,
) -> Result<Cow<'_, str>, Fault> {
    let text = match value {
        CellValue::Number(number) => return Ok(number.into()),
        // Most are.
        CellValue::Text(text) if is_whole(text) => return Ok(text.into()),
        CellValue::Quantity { number, unit } => {
            return match units.contains(&unit.to_lowercase().as_str()) {
                true => Ok(number.into()),
                false => Err(another_unit(number, unit)),
            };
        }
        CellValue::Text(text) => text,
        CellValue::Date(day) => return Err(number_as_date(day)),
        other => return Err(no_number(other.text())),
    };
    let without_unit = |unit: &&str| {
        let at = text.len().checked_sub(unit.len())?;
        let (number, found) = (text.get(..at)?, text.get(at..)?);
        (found.to_lowercase() == **unit).then(|| number.trim_end())
    };
    let digits = units.iter().find_map(without_unit).unwrap_or(text);
    let before = |unit: &&str| digits.strip_prefix(*unit).map(str::trim_start);
    let digits = units.iter().filter(|unit| **unit == "€").find_map(before).unwrap_or(digits);
    numbers::number(digits, mark).map(Cow::Owned).map_err(|fault| match fault {
        NumberFault::Ambiguous { decimal, thousands } => (
            Code::AmbiguousNumber,
            format!("{} can be read as {thousands} and as {decimal}", quoted(text)),
            format!("write {thousands} without a separator; or say what separates decimals in the whole file: --decimal comma, or --decimal point"),
        ),
        NumberFault::None if text.to_lowercase().contains("week") => wrong(
            format!("{} is no number of days: a week of activity may have five or seven", quoted(text)),
            "write the number of days",
        ),
        NumberFault::None => no_number(text),
    })
}

fn no_number(text: &str) -> Fault {
    wrong(format!("{} is no number", quoted(text)), "write the number alone, such as 5 or 4222.5")
}

/// The cell's format says what the number counts, and it is not what the column holds.
fn another_unit(number: &str, unit: &str) -> Fault {
    let message = format!("the format of this cell gives {number} the unit {}", quoted(unit));
    let help = "write the number in the unit of the column, and format the cell as a plain number";
    wrong(message, help)
}

fn number_as_date(day: &str) -> Fault {
    let message = format!("the spreadsheet program has made the day {day} of what stands here");
    wrong(message, "format the cell as a number, then write the number anew")
}

fn boolean(value: &CellValue) -> Result<bool, Fault> {
    if let CellValue::Boolean(value) = value {
        return Ok(*value);
    }
    let text = value.text().to_lowercase();
    match (YES.contains(&text.as_str()), NO.contains(&text.as_str())) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(wrong(
            format!("{} is neither yes nor no", quoted(value.text())),
            "write yes or no, or leave the cell empty for no",
        )),
    }
}

fn date(value: &CellValue) -> Result<String, Fault> {
    let text = match value {
        CellValue::Date(day) => return Ok(day.clone()),
        CellValue::Time(time) => {
            let message = format!("{} is a time, not a day", quoted(time));
            return Err(wrong(message, "write the day alone, such as 2026-09-01"));
        }
        CellValue::Number(number) => {
            let message = format!("{} is a number, not a day", quoted(number));
            return Err(wrong(message, "format the cell as a date, or write it as 2026-09-01"));
        }
        other => other.text(),
    };
    dates::day(text).map_err(|fault| {
        let message = format!("{} is no day", quoted(text));
        let help = match fault {
            DateFault::MonthFirst => {
                "the day stands before the month: write 25/09/2026 or 2026-09-25"
            }
            DateFault::ShortYear => "write the year with four digits, such as 1.9.2026",
            DateFault::None => {
                "write it as 2026-09-01, 01/09/2026 or 1.9.2026, the day before the month"
            }
        };
        wrong(message, help)
    })
}

/// `500-1999`, with any dash and with km behind it; `8000+` for the last one.
fn band(value: &CellValue) -> Result<String, Fault> {
    if let CellValue::Date(day) = value {
        let message = format!("the spreadsheet program has made the day {day} of the band");
        let help = "format the cell as text, then write the band anew; or write the distance in km";
        return Err(wrong(message, help));
    }
    let text = value.text().trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let dash = |c: char| if matches!(c, '–' | '—' | '−' | '‐') { '-' } else { c };
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(dash).collect();
    let has_more = value.text().to_lowercase().ends_with("more") || plain.starts_with(['≥', '>']);
    let plain = plain.trim_start_matches(['≥', '>', '=']);
    Ok(match has_more {
        true => format!("{plain}+"),
        false => plain.to_owned(),
    })
}

/// `5 months`, `10 days`, `3 months 15 days`.
fn duration(value: &CellValue) -> Result<Said<'_>, Fault> {
    let text = value.text();
    let help = "write it with its unit, such as 5 months, 10 days or 3 months 15 days; or use the columns months and days";
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "and").collect();
    if words.iter().any(|word| word.starts_with("week")) {
        let message = format!(
            "{} is no duration: a week of activity may have five or seven days",
            quoted(text)
        );
        return Err(wrong(message, help));
    }
    let (mut months, mut days) = (None, None);
    for pair in words.chunks(2) {
        let place = match pair {
            [number, unit] if is_whole(number) => match unit.trim_end_matches(',') {
                "month" | "months" => Some((&mut months, *number)),
                "day" | "days" => Some((&mut days, *number)),
                _ => None,
            },
            _ => None,
        };
        match place {
            Some((slot, number)) if slot.is_none() => *slot = Some(number.to_owned()),
            _ => return Err(wrong(format!("{} is no duration", quoted(text)), help)),
        }
    }
    Ok(Said::Duration { months, days })
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The word of a plan that is meant; what is none stays as it is, for the reader of plans to refuse.
fn word(text: &str, words: Words) -> &str {
    meant(text, words).unwrap_or(text)
}

/// Whether a text is a word of a list, or means one.
pub(super) fn is_word(text: &str, words: Words) -> bool {
    meant(text, words).is_some()
}

fn meant(text: &str, words: Words) -> Option<&'static str> {
    if let Some((word, _)) = words.iter().find(|(word, _)| *word == text) {
        return Some(word);
    }
    let wanted = folded(text);
    let means = |(word, others): &&(&str, &[&str])| {
        folded(word) == wanted || others.contains(&wanted.as_str())
    };
    words.iter().find(means).map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_one_number() {
        let region = |text: &str| match said(&CellValue::Text(text.to_owned()), Kind::Region, None)
        {
            Ok(Said::Number(number)) => Some(number.into_owned()),
            _ => None,
        };
        for text in ["6", "Region 6", "6 Central Asia"] {
            assert_eq!(region(text).as_deref(), Some("6"), "{text}");
        }
        for text in ["6 and 7", "6-8", "6, 7", "6.5", "Central Asia"] {
            assert_eq!(region(text), None, "{text}");
        }
    }
}
