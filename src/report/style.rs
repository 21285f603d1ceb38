//! How a report for people is written: its rows, its words, its numbers.

use super::words::{ENGLISH, Words};
use super::{By, Locale};
use crate::engine::EnvelopeUse;
use crate::model::Eur;

/// What the rows are, and how numbers are written.
#[derive(Clone, Copy)]
pub struct Style {
    /// The rows of the table.
    pub by: By,
    /// Digit groups and decimal mark.
    pub locale: Locale,
    pub(super) words: &'static Words,
}

impl Style {
    /// A style in English.
    pub fn new(by: By, locale: Locale) -> Self {
        Self { by, locale, words: &ENGLISH }
    }

    pub(super) fn eur(&self, amount: Eur) -> String {
        self.locale.amount(amount)
    }

    /// A whole number.
    pub(super) fn whole(&self, number: impl ToString) -> String {
        self.locale.number(&number.to_string())
    }

    /// Hundredths of a percent: 7563 is `75.63 %`.
    pub(super) fn percent(&self, hundredths: i128) -> String {
        format!("{} %", self.locale.number(&super::number::hundredths(hundredths)))
    }

    /// What an envelope is used by; `-` of an envelope of zero.
    pub(super) fn share(&self, used: &EnvelopeUse<'_>) -> String {
        used.share_hundredths().map_or("-".to_owned(), |share| self.percent(share))
    }
}

/// Rows as given, numbers as in English.
impl From<By> for Style {
    fn from(by: By) -> Self {
        Self::new(by, Locale::En)
    }
}
