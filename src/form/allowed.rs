//! What may be typed into cells: drop-down lists, bounds, hints. A spreadsheet program warns of anything
//! else and lets it pass: the program reads more than a list can name, such as `Incoming` or `5 months`.

use std::sync::Arc;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

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

impl Allowed<'_> {
    pub fn validation(&self) -> Result<DataValidation, XlsxError> {
        self.rule(DataValidation::new())?
            .set_input_title(self.key)?
            .set_input_message(self.hint)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(self.key)?
            .set_error_message(format!("{}. Keep what you have typed?", self.hint))
    }

    fn rule(&self, any: DataValidation) -> Result<DataValidation, XlsxError> {
        Ok(match (self.key, self.choices) {
            ("country", Some(choices)) if self.is_of_flow => {
                any.allow_list_formula(Formula::new(&choices.partners))
            }
            ("country", Some(choices)) => any.allow_list_formula(Formula::new(&choices.applicants)),
            ("band", Some(choices)) => any.allow_list_strings(&choices.bands)?,
            ("months", Some(choices)) if !self.is_of_flow => {
                any.allow_list_strings(&choices.months)?
            }
            (key, _) => Self::by_key(key, any)?,
        })
    }

    fn by_key(key: &str, any: DataValidation) -> Result<DataValidation, XlsxError> {
        Ok(match key {
            "direction" => any.allow_list_strings(&words::<Direction>())?,
            "activity" => any.allow_list_strings(&words::<Activity>())?,
            "term" => any.allow_list_strings(&words::<Term>())?,
            "level" => any.allow_list_strings(&words::<Level>())?,
            "travel" => any.allow_list_strings(&words::<TravelMode>())?,
            "kind" => any.allow_list_strings(&words::<EnvelopeKind>())?,
            key if YES_NO.contains(&key) => any.allow_list_strings(&["yes", "no"])?,
            "region" => whole(any, 1, 12),
            "participants" => whole(any, 1, MOST_PARTICIPANTS),
            "fewer_opportunities" => whole(any, 0, MOST_PARTICIPANTS),
            "months" => whole(any, 0, 36),
            "days" | "interruption_days" | "unfunded_days" | "travel_days" => whole(any, 0, 1_000),
            "distance_km" => decimal(any, "20040"),
            "amount" | "travel_cost" | "inclusion_support" => decimal(any, "1000000000"),
            "design" | "relevance" | "impact" => decimal(any, "100"),
            key if is_day(key) => {
                let first = ExcelDateTime::from_ymd(FIRST_YEAR, 1, 1)?;
                any.allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
            }
            _ => any.allow_any_value(),
        })
    }
}

fn words<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.as_str()).collect()
}

fn whole(any: DataValidation, least: u32, most: u32) -> DataValidation {
    let bound = |number: u32| Formula::new(number.to_string());
    any.allow_whole_number_formula(DataValidationRule::Between(bound(least), bound(most)))
}

fn decimal(any: DataValidation, most: &str) -> DataValidation {
    any.allow_decimal_number_formula(DataValidationRule::Between(
        Formula::new("0"),
        Formula::new(most),
    ))
}
