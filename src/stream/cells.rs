//! What of a row its amounts depend on.

use crate::model::DistanceKm;
use crate::plan::MOST_PARTICIPANTS;
use crate::rates::RateTable;

/// Keys whose texts change no amount.
const TEXTS: [&str; 3] = ["partner", "oid", "note"];
/// A row with more bytes wants a closer look: a text may be too long.
const LONGEST: usize = 4096;
/// More bytes in common are not kept for rows to come.
const LONGEST_IN_COMMON: usize = 160;

/// Below the lowest band.
const BELOW: u8 = u8::MAX;
/// A band follows: no cell without quotes has a line end.
const IS_BAND: char = '\n';
/// Some participants have fewer opportunities.
const HAS_FEWER: char = '\r';

/// The columns of a sheet that are looked at before a row is read.
pub(super) struct Columns {
    delimiter: u8,
    /// From the left, by their numbers from 0.
    special: Vec<(usize, Role)>,
    /// For each whole number of kilometres the place of its band in the table, or [`BELOW`]; empty before
    /// the table is known.
    bands: Vec<u8>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Any text.
    Text,
    /// A column of the user's own, which may hold anything.
    Own,
    /// Amounts per participant are multiplied by it.
    Participants,
    /// So is the top-up.
    FewerOpportunities,
    /// Amounts depend on the band alone.
    Kilometres,
}

/// What rows of a kind have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cells {
    /// The row without its participants and what changes no amount, with the band instead of kilometres; of
    /// those with fewer opportunities only that there are some.
    pub text: String,
    /// The row's participants.
    pub participants: u32,
    /// Those of them with fewer opportunities.
    pub fewer_opportunities: u32,
}

impl Columns {
    /// The columns of a sheet by their numbers from 1 and their keys.
    pub fn new(delimiter: u8, keys: impl Iterator<Item = (u32, Option<&'static str>)>) -> Self {
        let role = |key: Option<&str>| match key {
            None => Some(Role::Own),
            Some("participants") => Some(Role::Participants),
            Some("fewer_opportunities") => Some(Role::FewerOpportunities),
            Some("distance_km") => Some(Role::Kilometres),
            Some(key) => TEXTS.contains(&key).then_some(Role::Text),
        };
        let special = keys.filter_map(|(number, key)| {
            Some((usize::try_from(number).ok()?.checked_sub(1)?, role(key)?))
        });
        Self { delimiter, special: special.collect(), bands: Vec::new() }
    }

    /// Whether the bands are known.
    pub fn know_bands(&self) -> bool {
        !self.bands.is_empty()
    }

    /// Takes the bands of a table.
    pub fn learn_bands(&mut self, table: &RateTable) {
        let place = |km: u32| {
            let band = DistanceKm::new(km.into()).and_then(|km| table.band_of(km))?;
            let mut bands = table.travel.bands.iter();
            u8::try_from(bands.position(|other| other.from_km == band.from_km)?).ok()
        };
        self.bands = (0..=DistanceKm::LONGEST).map(|km| place(km).unwrap_or(BELOW)).collect();
    }

    /// What rows like this one have in common; says whether that can be told. There are no quotes in the
    /// row.
    pub fn read(&self, row: &str, cells: &mut Cells) -> bool {
        cells.text.clear();
        (cells.participants, cells.fewer_opportunities) = (0, 0);
        let is_split = row.len() <= LONGEST && self.split(row, cells).is_some();
        let has_participants = (1..=MOST_PARTICIPANTS).contains(&cells.participants);
        let are_among_them = cells.fewer_opportunities <= cells.participants;
        is_split && has_participants && are_among_them && cells.text.len() <= LONGEST_IN_COMMON
    }

    fn split(&self, row: &str, cells: &mut Cells) -> Option<()> {
        // Cells are too short for a search that is faster in long texts.
        let is_end = |(_, byte): &(usize, u8)| *byte == self.delimiter;
        let mut ends = row.bytes().enumerate().filter(is_end).map(|(at, _)| at);
        // Up to here the row is in the text, and here a column begins.
        let (mut done, mut start, mut column) = (0, 0, 0);
        for (number, role) in &self.special {
            while column < *number
                && let Some(end) = ends.next()
            {
                (start, column) = (end + 1, column + 1);
            }
            // A row may end before this column.
            if column < *number {
                break;
            }
            let next = ends.next();
            let end = next.unwrap_or(row.len());
            let cell = row.get(start..end)?;
            cells.text.push_str(row.get(done..start)?);
            match role {
                // What looks like an error of a spreadsheet is no text.
                Role::Text if cell.trim_start().starts_with('#') => return None,
                Role::Text | Role::Own => {}
                Role::Participants => cells.participants = whole(cell)?,
                Role::FewerOpportunities => match whole(cell) {
                    Some(number) => {
                        cells.fewer_opportunities = number;
                        cells.text.push(HAS_FEWER);
                    }
                    None => cells.text.push_str(cell),
                },
                Role::Kilometres => match whole(cell).and_then(|km| self.bands.get(km as usize)) {
                    Some(band) => cells.text.extend([IS_BAND, char::from(*band)]),
                    None => cells.text.push_str(cell),
                },
            }
            done = end;
            if next.is_none() {
                break;
            }
            (start, column) = (end + 1, number + 1);
        }
        cells.text.push_str(row.get(done..)?);
        Some(())
    }
}

/// A whole number in plain digits, as it is written by itself, of up to six of them.
fn whole(cell: &str) -> Option<u32> {
    let is_plain = !cell.starts_with('0') && cell.len() <= 6;
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && digits).then(|| cell.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row in a sheet with these columns.
    fn cells(row: &str) -> Option<(String, u32)> {
        let keys = ["partner", "country", "participants", "x", "days", "note", "distance_km"];
        let keys = (1..).zip(keys.map(|key| (key != "x").then_some(key)));
        let mut columns = Columns::new(b',', keys);
        columns.bands = vec![BELOW, BELOW, b'a', b'a', b'b'];
        let mut cells = Cells::default();
        columns.read(row, &mut cells).then_some((cells.text, cells.participants))
    }

    #[test]
    fn rows_of_a_kind_have_the_same_cells() {
        let kind = Some((",KG,,,5,,\na".to_owned(), 12));
        assert_eq!(cells("Osh,KG,12,own,5,a note,2"), kind);
        assert_eq!(cells("\u{151} #1,KG,12,#REF!,5,,3"), kind);
        assert_eq!(cells(",KG,12,,5,,4"), Some((",KG,,,5,,\nb".to_owned(), 12)));
        // What is no whole number of kilometres stays as it is.
        assert_eq!(cells(",KG,12,,5,,2.5"), Some((",KG,,,5,,2.5".to_owned(), 12)));
        assert_eq!(cells(",KG,12,,5,,02"), Some((",KG,,,5,,02".to_owned(), 12)));
        assert_eq!(cells(",KG,12,,5,,9"), Some((",KG,,,5,,9".to_owned(), 12)));
        assert_eq!(cells(",KG,12,,5,,a"), Some((",KG,,,5,,a".to_owned(), 12)));
        // Cells beyond the last heading count, as do rows that end early.
        assert_eq!(cells(",KG,12,,5,,2,x"), Some((",KG,,,5,,\na,x".to_owned(), 12)));
        assert_eq!(cells("P,KG,7"), Some((",KG,".to_owned(), 7)));
    }

    #[test]
    fn what_wants_a_closer_look_is_of_no_kind() {
        for row in
            [",KG,,,5,,2", ",KG,0,,5,,2", ",KG,2 persons,,5,,2", ",KG,100001,,5,,2", "P,KG", ""]
        {
            assert_eq!(cells(row), None, "{row}");
        }
        assert_eq!(cells("#N/A,KG,12,,5,,2"), None);
        assert_eq!(cells(",KG,12,,5, #REF!,2"), None);
        assert_eq!(cells(&format!("{},KG,12,,5,,2", "x".repeat(LONGEST))), None);
    }
}
