//! The places that are part of the program: looked up in their bytes, never decoded as a whole.
//!
//! `places/README.md` describes the format. A country's names stand in order, in blocks: the block is
//! found by halving, its names are read one after the other. What the bytes do not hold is not found;
//! tests read all of them.

use crate::model::{CountryCode, Degrees, Point};

static BYTES: &[u8] = include_bytes!("../../places/geonames.bin");
/// SHA-256 of the table; a test computes it.
const SHA256: &str = include_str!("../../places/geonames.sha256");
/// Magic and the lengths of six parts.
const HEAD: usize = 8 + 6 * 4;
const COUNTRY_ROW: usize = 10;
const PLACE_ROW: usize = 14;
const DIVISION_ROW: usize = 8;
const OFFSET_ROW: usize = 4;

/// Which table it is.
pub(super) const ID: &str = "geonames-cities5000-3.0.2";

/// SHA-256 of the table, in hexadecimal.
pub(super) fn sha256() -> &'static str {
    SHA256.trim_end()
}

/// The parts of the table.
#[derive(Clone, Copy)]
pub(super) struct Table {
    countries: &'static [u8],
    places: &'static [u8],
    divisions: &'static [u8],
    blocks: &'static [u8],
    shown: &'static [u8],
    names: &'static [u8],
}

/// A country's part of it: ranges of places and of blocks of names.
#[derive(Clone, Copy)]
pub(super) struct CountryPart {
    table: Table,
    places: (usize, usize),
    blocks: (usize, usize),
}

/// A place of the table.
pub(super) struct Row {
    pub name: &'static str,
    pub division: &'static str,
    pub point: Point,
}

impl Table {
    /// The table of the program.
    pub fn embedded() -> Self {
        let mut rest = BYTES.get(HEAD..).unwrap_or_default();
        let mut part = |number: usize| {
            let length = number_at(BYTES, 8 + number * 4).unwrap_or_default();
            let (part, others) = rest.split_at_checked(length).unwrap_or_default();
            rest = others;
            part
        };
        let (countries, places, divisions) = (part(0), part(1), part(2));
        let (blocks, shown, names) = (part(3), part(4), part(5));
        Self { countries, places, divisions, blocks, shown, names }
    }

    /// The countries that have places, by code.
    pub fn countries(self) -> impl Iterator<Item = CountryCode> {
        let code =
            |row: &[u8]| std::str::from_utf8(row.get(..2)?).ok().and_then(CountryCode::from_text);
        self.countries.chunks_exact(COUNTRY_ROW).filter_map(code)
    }

    /// The places of a country.
    pub fn country(self, country: CountryCode) -> Option<CountryPart> {
        let code = country.to_string();
        let rows = self.countries.len() / COUNTRY_ROW;
        let code_at = |at: usize| self.countries.get(at * COUNTRY_ROW..at * COUNTRY_ROW + 2);
        let at = first_not(rows, |at| code_at(at).is_some_and(|found| found < code.as_bytes()));
        if code_at(at)? != code.as_bytes() {
            return None;
        }
        let field =
            |at: usize, field: usize| number_at(self.countries, at * COUNTRY_ROW + 2 + field * 4);
        let places = (field(at, 0)?, field(at + 1, 0)?);
        let blocks = (field(at, 1)?, field(at + 1, 1)?);
        Some(CountryPart { table: self, places, blocks })
    }
}

impl CountryPart {
    /// The numbers of the places of which a folded name is one, the largest first.
    pub fn find(self, folded: &str) -> Vec<usize> {
        let wanted = folded.as_bytes();
        let count = self.blocks.1.saturating_sub(self.blocks.0);
        let begins_before = |at: usize| {
            let first = self.block(at).next();
            first.is_some_and(|(name, _)| name.as_slice() < wanted)
        };
        // The name may stand at the end of the block before.
        let start = first_not(count, begins_before).saturating_sub(1);
        (start..count)
            .flat_map(|at| self.block(at))
            .skip_while(|(name, _)| name.as_slice() < wanted)
            .take_while(|(name, _)| name.as_slice() == wanted)
            .map(|(_, place)| place)
            .collect()
    }

    /// Every folded name with the number of its place.
    pub fn names(self) -> impl Iterator<Item = (String, usize)> {
        let count = self.blocks.1.saturating_sub(self.blocks.0);
        let names = (0..count).flat_map(move |at| self.block(at));
        names.filter_map(|(name, place)| Some((String::from_utf8(name).ok()?, place)))
    }

    /// How many places the country has.
    #[cfg(test)]
    pub fn len(self) -> usize {
        self.places.1.saturating_sub(self.places.0)
    }

    /// A place by its number in the country.
    pub fn row(self, number: usize) -> Option<Row> {
        let table = self.table;
        let at = (self.places.0 + number) * PLACE_ROW;
        let place = table.places.get(at..at + PLACE_ROW)?;
        let degrees = |at: usize| {
            let bytes: [u8; 4] = place.get(at..at + 4)?.try_into().ok()?;
            Degrees::from_hundred_thousandths(i32::from_le_bytes(bytes))
        };
        let name = (number_at(place, 8)?, number_at(table.places, at + PLACE_ROW + 8)?);
        let division: [u8; 2] = place.get(12..14)?.try_into().ok()?;
        let division = usize::from(u16::from_le_bytes(division)) * DIVISION_ROW;
        let division = table.divisions.get(division..division + DIVISION_ROW)?;
        Some(Row {
            name: std::str::from_utf8(table.shown.get(name.0..name.1)?).ok()?,
            division: std::str::from_utf8(division).ok()?.trim_end_matches('\0'),
            point: Point::new(degrees(0)?, degrees(4)?)?,
        })
    }

    fn block(self, at: usize) -> Block {
        let offset = |at: usize| number_at(self.table.blocks, (self.blocks.0 + at) * OFFSET_ROW);
        let range = offset(at).zip(offset(at + 1));
        let bytes = range.and_then(|(start, end)| self.table.names.get(start..end));
        Block { bytes: bytes.unwrap_or_default(), name: Vec::new() }
    }
}

/// The names of a block: each shares its beginning with the one before.
struct Block {
    bytes: &'static [u8],
    name: Vec<u8>,
}

impl Block {
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..28).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= usize::from(byte & 127) << shift;
            if *byte < 128 {
                return Some(number);
            }
        }
        None
    }
}

impl Iterator for Block {
    type Item = (Vec<u8>, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (shared, length) = (self.number()?, self.number()?);
        let (rest, others) = self.bytes.split_at_checked(length)?;
        self.bytes = others;
        self.name.truncate(shared);
        self.name.extend_from_slice(rest);
        Some((self.name.clone(), self.number()?))
    }
}

/// The first of `count` numbers of which something that holds up to a point does not hold.
fn first_not(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        match holds(middle) {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low
}

/// Four bytes as a number.
fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::fold::fold;

    #[test]
    fn the_hash_is_that_of_the_table() {
        assert_eq!(crate::hash::sha256(BYTES), sha256());
        assert!(BYTES.starts_with(b"KA171PL1"));
    }

    #[test]
    fn the_whole_table_can_be_read() {
        let table = Table::embedded();
        let mut places = 0;
        for country in table.countries() {
            let part = table.country(country).expect("its places");
            places += part.len();
            for number in 0..part.len() {
                let row = part.row(number).expect("a place");
                assert!(!row.name.is_empty(), "{country} {number}");
            }
            assert!(
                part.row(part.len()).is_none() || part.places.1 * PLACE_ROW < table.places.len()
            );
        }
        assert_eq!(places, 69_472);
    }

    /// Every name of the table stays as it is when it is folded, stands in order, and is found.
    #[test]
    fn every_name_is_folded_in_order_and_found() {
        let table = Table::embedded();
        let mut count = 0;
        for country in table.countries() {
            let part = table.country(country).expect("its places");
            let mut before = String::new();
            for (at, (name, place)) in part.names().enumerate() {
                assert_eq!(fold(&name), name, "{country}");
                assert!(before <= name, "{country}: {before} before {name}");
                // Each is looked up by the same code; one in seven is enough to try it.
                if at % 7 == 0 {
                    assert!(part.find(&name).contains(&place), "{country}: {name}");
                }
                before = name;
                count += 1;
            }
        }
        assert!(count > 490_000, "{count}");
    }

    /// The name that reports show is one of the names that are found.
    #[test]
    fn every_place_is_found_by_the_name_that_is_shown() {
        let table = Table::embedded();
        for country in table.countries() {
            let part = table.country(country).expect("its places");
            for number in 0..part.len() {
                let row = part.row(number).expect("a place");
                assert!(part.find(&fold(row.name)).contains(&number), "{country}: {}", row.name);
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let table = Table::embedded();
        assert!(table.country(CountryCode::from_text("ZZ").expect("two letters")).is_none());
        assert!(table.country(CountryCode::from_text("AA").expect("two letters")).is_none());
        let hungary = table.country(CountryCode::from_text("HU").expect("two letters"));
        let hungary = hungary.expect("its places");
        for name in ["", "a", "zzzz", "osh"] {
            assert!(hungary.find(name).is_empty(), "{name}");
        }
    }
}
