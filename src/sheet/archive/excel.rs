//! Parts of workbooks of Excel.

use memchr::{memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;

/// Parts that are kept as a whole, by how their names end, and how many tags they may have.
const KEPT: [(&str, usize); 5] = [
    ("sharedstrings.xml", 4_000_000),
    ("styles.xml", 250_000),
    ("workbook.xml", 100_000),
    (".rels", 100_000),
    ("[content_types].xml", 100_000),
];
/// A sheet ends with the cell XFD1048576.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;
/// Formulas that others share.
const MOST_SHARED: usize = 1_000_000;

/// Refuses a part with too many tags, or with a cell outside the sheet.
pub(super) fn check(name: &str, part: &[u8]) -> Result<(), Unreadable> {
    let most = KEPT.iter().find(|(end, _)| name.ends_with(end)).map(|(_, most)| *most);
    if most.is_some_and(|most| memchr_iter(b'<', part).count() > most) {
        return Err(Unreadable::TooLarge);
    }
    match memmem::find(part, b"sheetData").is_some() {
        true => check_addresses(part),
        false => Ok(()),
    }
}

fn check_addresses(sheet: &[u8]) -> Result<(), Unreadable> {
    let mut reader = Reader::from_reader(sheet);
    // As lenient as calamine's reader, which must not get any further than this one.
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if !is_within(&tag) => {
                return Err(Unreadable::OutsideSheet);
            }
            // calamine will say what is wrong.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// Whether the places that a tag states are within the sheet.
fn is_within(tag: &BytesStart<'_>) -> bool {
    let place = match tag.local_name().into_inner() {
        "c" | "row" => "r",
        "dimension" | "f" => "ref",
        _ => return true,
    };
    tag.attributes().with_checks(false).flatten().all(|attribute| {
        let value = attribute.value.as_ref();
        match attribute.key.0 {
            key if key == place => value.split(':').all(is_address),
            "si" => value.parse::<usize>().map_or(true, |shared| shared < MOST_SHARED),
            _ => true,
        }
    })
}

/// Whether an address such as `B7`, `B` or `7` lies in a sheet. What is none is for calamine to refuse, as long
/// as it does not count beyond all bounds on the way.
fn is_address(text: &str) -> bool {
    let is_long = |part: &str| part.len() > "1048576".len();
    if text.split(|c: char| !c.is_ascii_digit()).any(is_long)
        || text.split(|c: char| !c.is_ascii_alphabetic()).any(|letters| letters.len() > "XFD".len())
    {
        return false;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let (column, row) = text.split_at(text.len() - digits.len());
    let column = column
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    column <= LAST_COLUMN && !row.parse().is_ok_and(|row: u32| row > LAST_ROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_with_the_sheet() {
        for text in ["A1", "XFD1048576", "xfd1", "B", "7", "", "A0", "-5", "A1x"] {
            assert!(is_address(text), "{text}");
        }
        for text in
            ["XFE1", "A1048577", "A99999999999", "ZZZZZZZ1", "99999999999", "999999999999E5"]
        {
            assert!(!is_address(text), "{text}");
        }
    }
}
