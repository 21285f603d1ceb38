//! Countries, regions and country groups.

use std::fmt;

/// An ISO 3166-1 alpha-2 country code, or `XK` for Kosovo: two capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// A code from its two capital letters; it says nothing about the country being known.
    pub fn from_text(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0.map(char::from);
        write!(f, "{first}{second}")
    }
}

/// A world region of the Programme: 1 (Western Balkans) to 14. Regions 13 and 14 are not fundable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u8);

impl Region {
    /// The highest number.
    pub const LAST: u8 = 14;
    /// Regions 13 and 14 are not fundable.
    pub const LAST_FUNDABLE: u8 = 12;

    /// A region by number; `None` outside 1 to 14.
    pub fn new(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| (1..=Self::LAST).contains(number)).map(Self)
    }

    /// The region's number.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region {}", self.0)
    }
}

/// A group of receiving countries with the same individual support, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountryGroup {
    /// Country group 1.
    One,
    /// Country group 2.
    Two,
    /// Country group 3.
    Three,
}

impl CountryGroup {
    /// Every group.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// A group by number; `None` outside 1 to 3.
    pub fn new(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|group| u32::from(group.number()) == number)
    }

    /// The group's number.
    pub fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

impl fmt::Display for CountryGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group {}", self.number())
    }
}
