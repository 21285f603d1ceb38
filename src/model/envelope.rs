//! Regional envelopes: what a region's budget is compared with.

use std::fmt;
use std::sync::Arc;

use super::{Citation, CountryCode, EnvelopeKind, Eur, Origin};

/// An amount of money for one region.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// An award or a national envelope.
    pub kind: EnvelopeKind,
    /// EUR.
    pub amount: Eur,
    /// The call that a national envelope was published for, where it is stated.
    pub call: Option<u16>,
    /// Where the plan, or the list that takes its place, says it.
    pub origin: Origin,
}

/// The list of envelopes that takes the place of those in the plan.
#[derive(Clone, Debug)]
pub struct EnvelopeListIdentity {
    /// What it is called.
    pub name: EnvelopeListName,
    /// Awards or national envelopes.
    pub kind: EnvelopeKind,
    /// The country of national envelopes, where it is stated.
    pub country: Option<CountryCode>,
    /// The call of national envelopes, where it is stated.
    pub call: Option<u16>,
    /// What the amounts rest on, where the list says it.
    pub citation: Option<Arc<Citation>>,
    /// `embedded`, or the folder and file that it was read from.
    pub origin: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
}

/// `HU-2023`, or with its call where that is not a part of its name: `awards.csv (call 2023)`.
impl fmt::Display for EnvelopeListIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)?;
        match (&self.name, self.call) {
            (EnvelopeListName::File(_), Some(call)) => write!(f, " (call {call})"),
            _ => Ok(()),
        }
    }
}

/// What a list of envelopes is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeListName {
    /// Published national envelopes, by country and call.
    Published(EnvelopeListId),
    /// A file of the user, by its name without folders.
    File(Arc<str>),
}

impl EnvelopeListName {
    /// The id of a published list.
    pub fn id(&self) -> Option<EnvelopeListId> {
        match self {
            Self::Published(id) => Some(*id),
            Self::File(_) => None,
        }
    }

    /// The file of a list of the user.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Published(_) => None,
            Self::File(name) => Some(name),
        }
    }
}

impl fmt::Display for EnvelopeListName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Published(id) => id.fmt(f),
            Self::File(name) => f.write_str(name),
        }
    }
}

/// Country and call of published national envelopes: `HU-2023`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvelopeListId {
    /// Whose they are.
    pub country: CountryCode,
    /// The call year, of four digits.
    pub call: u16,
}

impl EnvelopeListId {
    /// An id from its text: two letters, capital or not, a hyphen and four digits.
    pub fn from_text(text: &str) -> Option<Self> {
        let (country, call) = text.split_once('-')?;
        let country = CountryCode::from_text(&country.to_ascii_uppercase())?;
        let is_year = call.len() == 4 && call.bytes().all(|byte| byte.is_ascii_digit());
        let call = call.parse().ok().filter(|call| is_year && *call >= 1000)?;
        Some(Self { country, call })
    }
}

impl fmt::Display for EnvelopeListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.country, self.call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_two_letters_and_four_digits() {
        let id = |text| EnvelopeListId::from_text(text).map(|id| id.to_string());
        assert_eq!(id("HU-2023").as_deref(), Some("HU-2023"));
        assert_eq!(id("hu-2023").as_deref(), Some("HU-2023"));
        for other in ["HU", "HU-23", "HUN-2023", "HU-02023", "HU-0023", "HU-+202", "HU-2023.toml"] {
            assert_eq!(id(other), None, "{other}");
        }
    }
}
