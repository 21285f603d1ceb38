//! What may be typed into cells: drop-down lists, bounds, hints. A spreadsheet program warns of anything
//! else and lets it pass: the program reads more than a list can name, such as `Incoming` or `5 months`.

use std::sync::Arc;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::COUNTRIES;
use crate::model::{Activity, Direction, EnvelopeKind, Level, Term, TravelMode, Word};
use crate::plan::MOST_PARTICIPANTS;

/// Keys of which the cells hold texts, also where a spreadsheet would make a number or a day of them.
const TEXTS: [&str; 8] = ["id", "partner", "oid", "note", "city", "home_city", "band", "applicant"];
const DAYS: [&str; 2] = ["start", "end"];
const YES_NO: [&str; 4] = ["blended", "zero_grant", "from_enterprise", "restriction_checked"];
/// Before the Programme there was no mobility.
const FIRST_YEAR: u16 = 2014;

/// Whether a key's cells hold texts.
pub(super) fn is_text(key: &str) -> bool {
    TEXTS.contains(&key)
}

/// Whether a key's cells hold days.
pub(super) fn is_day(key: &str) -> bool {
    DAYS.contains(&key)
}

/// What may be typed into the cells of a key.
pub(super) struct Allowed<'a> {
    pub key: &'a str,
    pub hint: &'a str,
    /// What the call gives to choose from.
    pub choices: Option<&'a Choices>,
    /// Whether a country is a partner's.
    pub is_of_flow: bool,
}

/// What a call gives to choose from.
pub(super) struct Choices {
    /// The cells that hold the codes of partners, as a formula.
    pub partners: String,
    /// The cells that hold the codes of countries that may apply, as a formula.
    pub applicants: String,
    /// The distance bands.
    pub bands: Vec<Arc<str>>,
    /// How long projects last.
    pub months: Vec<String>,
}

/// What a spreadsheet program lets pass without asking.
enum Rule<'a> {
    Words(Vec<&'a str>),
    /// The codes of countries, in these cells.
    Countries(&'a str),
    Whole(u32, u32),
    /// A number from 0 to this one.
    Number(&'a str),
    Day,
    Anything,
}

impl Allowed<'_> {
    pub fn validation(&self) -> Result<DataValidation, XlsxError> {
        let rule = self.rule();
        let any = DataValidation::new().set_input_title(self.key)?.set_input_message(self.hint)?;
        let Some(usual) = rule.usual() else { return Ok(any) };
        rule.apply(any)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(self.key)?
            .set_error_message(format!(
                "Usual here: {usual}. ka171 reads other spellings too; ka171 check tells whether it reads yours."
            ))
    }

    fn rule(&self) -> Rule<'_> {
        match (self.key, self.choices) {
            ("country", Some(choices)) if self.is_of_flow => Rule::Countries(&choices.partners),
            ("country", Some(choices)) => Rule::Countries(&choices.applicants),
            ("band", Some(choices)) => Rule::words(choices.bands.iter().map(|band| &**band)),
            ("months", Some(choices)) if !self.is_of_flow => {
                Rule::words(choices.months.iter().map(String::as_str))
            }
            (key, _) => Rule::of_key(key),
        }
    }
}

impl<'a> Rule<'a> {
    /// A list of these words; anything where they are too many for the list of a cell.
    fn words(words: impl Iterator<Item = &'a str>) -> Self {
        const MOST_CHARACTERS: usize = 255;
        let words: Vec<&str> = words.collect();
        match words.join(",").chars().count() <= MOST_CHARACTERS {
            true => Self::Words(words),
            false => Self::Anything,
        }
    }

    fn of_key(key: &str) -> Self {
        match key {
            "direction" => Self::of_words::<Direction>(),
            "activity" => Self::of_words::<Activity>(),
            "term" => Self::of_words::<Term>(),
            "level" => Self::of_words::<Level>(),
            "travel" => Self::of_words::<TravelMode>(),
            "kind" => Self::of_words::<EnvelopeKind>(),
            key if YES_NO.contains(&key) => Self::Words(vec!["yes", "no"]),
            "region" => Self::Whole(1, 12),
            "participants" => Self::Whole(1, MOST_PARTICIPANTS),
            "fewer_opportunities" => Self::Whole(0, MOST_PARTICIPANTS),
            "months" => Self::Whole(0, 36),
            "days" | "interruption_days" | "unfunded_days" | "travel_days" => Self::Whole(0, 1_000),
            "distance_km" => Self::Number("20040"),
            "amount" | "travel_cost" | "inclusion_support" => Self::Number("1000000000"),
            "design" | "relevance" | "impact" => Self::Number("100"),
            key if is_day(key) => Self::Day,
            _ => Self::Anything,
        }
    }

    fn of_words<W: Word>() -> Self {
        Self::Words(W::ALL.iter().map(|word| word.as_str()).collect())
    }

    /// What is usual in the cell; `None` where anything is.
    fn usual(&self) -> Option<String> {
        Some(match self {
            Self::Words(_) => "a word from the list".to_owned(),
            Self::Countries(_) => format!("a code from the sheet {COUNTRIES}"),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::Number(most) => format!("a number from 0 to {most}"),
            Self::Day => format!("a day in {FIRST_YEAR} or later"),
            Self::Anything => return None,
        })
    }

    fn apply(&self, any: DataValidation) -> Result<DataValidation, XlsxError> {
        Ok(match self {
            Self::Words(words) => any.allow_list_strings(words)?,
            Self::Countries(cells) => any.allow_list_formula(Formula::new(*cells)),
            Self::Whole(least, most) => any.allow_whole_number_formula(
                DataValidationRule::Between(number(least), number(most)),
            ),
            Self::Number(most) => any
                .allow_decimal_number_formula(DataValidationRule::Between(number(0), number(most))),
            Self::Day => {
                let first = ExcelDateTime::from_ymd(FIRST_YEAR, 1, 1)?;
                any.allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
            }
            Self::Anything => any,
        })
    }
}

fn number(number: impl ToString) -> Formula {
    Formula::new(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list in a cell has at most 255 characters: 51 words of four with 50 commas are 254.
    #[test]
    fn lists_that_are_too_long_are_none() {
        let usual = |count| Rule::words(std::iter::repeat_n("8000", count)).usual();
        assert_eq!(usual(51).as_deref(), Some("a word from the list"));
        assert_eq!(usual(52), None);
    }
}
