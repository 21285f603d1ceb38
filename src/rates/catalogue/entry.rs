//! One figure, rule or list of a table.

use std::fmt;
use std::sync::Arc;

use super::Section;
use crate::model::{Citation, CountryCode, Eur, Figure, Percent, Word};

/// A figure, a rule or a list, with what it rests on.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The part of the table that it belongs to.
    pub section: Section,
    /// Its name in the table: `travel.band.10-99.standard`.
    pub key: String,
    /// What it is, in words.
    pub figure: String,
    /// The value.
    pub value: Quantity,
    /// The unit of the value; empty for rules and lists.
    pub unit: &'static str,
    /// What it rests on.
    pub citation: Arc<Citation>,
}

/// A value as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// An amount in EUR.
    Eur(Eur),
    /// A percentage.
    Percent(Percent),
    /// A number of days, months or points.
    Count(u32),
    /// A rule by its name, or a text.
    Word(String),
    /// A list of countries.
    Countries(Vec<CountryCode>),
}

impl Entry {
    /// An entry for a figure of a table.
    pub(super) fn of<T>(section: Section, key: &str, unit: &'static str, figure: &Figure<T>) -> Self
    where
        T: Copy + Into<Quantity>,
    {
        let (value, citation) = (figure.value.into(), &figure.citation);
        Self::new(section, key, unit, citation.figure.clone(), value, citation)
    }

    /// An entry with words of its own.
    pub(super) fn new(
        section: Section,
        key: impl Into<String>,
        unit: &'static str,
        figure: String,
        value: Quantity,
        citation: &Arc<Citation>,
    ) -> Self {
        Self { section, key: key.into(), figure, value, unit, citation: Arc::clone(citation) }
    }
}

impl Entry {
    /// Whether what it rests on is its own. A country rests on its list, which has an entry.
    pub fn has_own_basis(&self) -> bool {
        !self.is_country()
    }

    /// Whether it is the place of one country.
    pub fn is_country(&self) -> bool {
        self.key.starts_with("country.")
    }
}

impl Quantity {
    /// Whether it is a number, which has a unit and can be more or less.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Eur(_) | Self::Percent(_) | Self::Count(_))
    }
}

impl From<Eur> for Quantity {
    fn from(amount: Eur) -> Self {
        Self::Eur(amount)
    }
}

impl From<Percent> for Quantity {
    fn from(percent: Percent) -> Self {
        Self::Percent(percent)
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Self::Count(number)
    }
}

impl<W: Word> From<W> for Quantity {
    fn from(rule: W) -> Self {
        Self::Word(rule.as_str().to_owned())
    }
}

/// The value without its unit; countries with blanks between them.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Eur(amount) => f.write_str(&amount.grouped()),
            Self::Percent(percent) => write!(f, "{}", percent.number()),
            Self::Count(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
            Self::Countries(codes) => {
                let codes: Vec<String> = codes.iter().map(CountryCode::to_string).collect();
                f.write_str(&codes.join(" "))
            }
        }
    }
}
