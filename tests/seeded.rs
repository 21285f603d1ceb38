//! Faults planted in the shipped rate tables, each at every place where it applies: all are found by
//! an error.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a failing test may stop

use std::collections::BTreeSet;
use std::path::Path;

use ka171::diag::{Code, Diagnostic, Severity, render_in_file};
use ka171::model::Date;
use ka171::rates::{
    CountryNames, RateStore, RateTable, Standing, TableFile, Yardsticks, lint, read_table,
};

/// The keys whose values are amounts in EUR.
const AMOUNTS: [&str; 6] = ["standard", "green", "monthly", "daily", "amount", "per_participant"];

/// Lints that compare amounts.
const SENSE: [Code; 5] = [
    Code::TravelFallsWithDistance,
    Code::GreenBelowStandard,
    Code::GroupsOutOfOrder,
    Code::LaterRateAboveFirst,
    Code::TopUpFalls,
];

/// A shipped table.
struct Shipped {
    name: String,
    text: String,
    table: RateTable,
    names: CountryNames,
}

impl Shipped {
    fn all() -> Vec<Self> {
        let store = RateStore::Embedded;
        let calls = store.calls().expect("calls");
        let shipped = |call: u16| {
            let file = store.table(call).expect("readable").expect("a table");
            Self {
                name: file.file().name().to_owned(),
                text: file.file().text().to_owned(),
                table: read_table(&file).expect("a valid table"),
                names: store.country_names().expect("names"),
            }
        };
        calls.into_iter().map(shipped).collect()
    }

    /// What is found in a text under a file name.
    fn check(&self, name: &str, text: &str, today: Option<Date>) -> Vec<Diagnostic> {
        let file = TableFile::from_bytes(Path::new(name), text.into()).expect("a text");
        let against = Yardsticks { names: Some(&self.names), shipped: Some(&self.table), today };
        match read_table(&file) {
            Ok(table) => lint(&table, against),
            Err(errors) => errors.list,
        }
    }

    /// The codes of the errors in a text.
    fn errors(&self, name: &str, text: &str) -> Vec<Code> {
        let found = self.check(name, text, None);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.code).collect()
    }

    /// Lines that state a key, by number.
    fn lines_of<'s>(&'s self, keys: &'s [&str]) -> impl Iterator<Item = (usize, &'s str, &'s str)> {
        let lines = self.text.lines().enumerate();
        let stated = lines.filter_map(|(number, line)| Some((number, line.split_once(" = ")?)));
        stated
            .filter(|(_, (key, _))| keys.contains(key))
            .map(|(number, (key, value))| (number, key, value))
    }

    /// Amounts with the key and the number of their line.
    fn amounts(&self) -> Vec<(usize, &str, u32)> {
        let number = |value: &str| value.split(' ').next().expect("a value").parse().ok();
        let amount = |(line, key, value)| Some((line, key, number(value)?));
        let amounts: Vec<_> = self.lines_of(&AMOUNTS).filter_map(amount).collect();
        // Seven bands, four or seven of them with a green amount, eight rates, two daily rates, three
        // top-ups, organisational support.
        let green = if self.table.call < 2024 { 4 } else { 7 };
        assert_eq!(amounts.len(), 7 + green + 8 + 2 + 3 + 1, "{}", self.name);
        amounts
    }

    /// The text with another line in place of one.
    fn with_line(&self, number: usize, line: &str) -> String {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(other, old)| if other == number { line } else { old }.to_owned() + "\n")
            .collect()
    }

    /// Plants faults and demands one of the codes from each. Says how many there were.
    fn plant(&self, texts: impl IntoIterator<Item = (String, String)>, codes: &[Code]) -> usize {
        let mut number = 0;
        for (what, text) in texts {
            assert_ne!(text, self.text, "{}: {what} changes nothing", self.name);
            let found = self.errors(&self.name, &text);
            let is_found = found.iter().any(|code| codes.contains(code));
            assert!(is_found, "{}: {what}: found only {found:?}", self.name);
            number += 1;
        }
        number
    }
}

/// Nothing is found in the tables as they are, on the day on which they were checked.
#[test]
fn shipped_tables_are_clean() {
    for shipped in Shipped::all() {
        let today = Some(shipped.table.checked_on);
        let found = shipped.check(&shipped.name, &shipped.text, today);
        let texts: Vec<String> = found.iter().map(render_in_file).collect();
        assert!(texts.is_empty(), "{}:\n{}", shipped.name, texts.join("\n"));
    }
}

#[test]
fn a_gap_or_an_overlap_of_one_kilometre_is_found() {
    for shipped in Shipped::all() {
        let mut texts = Vec::new();
        for (band, (line, _, km)) in shipped.lines_of(&["from_km"]).enumerate() {
            let km: u32 = km.parse().expect("kilometres");
            for other in [km - 1, km + 1] {
                let text = shipped.with_line(line, &format!("from_km = {other}"));
                texts.push((format!("{km} km: {other}"), text.clone()));
                // Where the label goes along, the band before it does not fit. The lowest band has none
                // before it: that it begins at 10 km nothing else in the table says, so 11-99 or 9-99
                // is a table like any other. Only `revision-not-raised` finds it.
                if band > 0 {
                    let text = text.replace(&format!("\"{km}-"), &format!("\"{other}-"));
                    let text = text.replace(&format!("\"{km}+"), &format!("\"{other}+"));
                    texts.push((format!("{km} km with its label: {other}"), text));
                }
            }
        }
        assert_eq!(shipped.plant(texts, &[Code::BandsContradict]), 2 + 6 * 4);
    }
}

/// Two different digits that stand side by side: the table keeps its revision, so it is another
/// table of the same id.
#[test]
fn swapped_digits_are_found() {
    for shipped in Shipped::all() {
        // A figure that now begins with 0 is no number of TOML.
        let number = shipped.plant(swapped(&shipped), &[Code::RevisionNotRaised, Code::Syntax]);
        assert_eq!(number, if shipped.table.call < 2024 { 42 } else { 46 }, "{}", shipped.name);
    }
}

/// `28 -> 82` and the text with it.
fn swapped(shipped: &Shipped) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (line, key, amount) in shipped.amounts() {
        let digits = amount.to_string();
        for place in 1..digits.len() {
            let mut other = digits.clone().into_bytes();
            other.swap(place - 1, place);
            let other = String::from_utf8(other).expect("digits");
            if other != digits {
                let text = shipped.with_line(line, &format!("{key} = {other}"));
                texts.push((format!("{digits} -> {other}"), text));
            }
        }
    }
    texts
}

/// Of those, what the amounts alone betray where the revision was raised. Worked out from the amounts
/// without the program; the others still make sense beside their neighbours.
#[test]
fn amounts_betray_swapped_digits_that_make_no_sense() {
    const UNTIL_2023: &[&str] = &[
        "180 -> 810", // more than the 275 of the next band
        "210 -> 120", // less than the 180 of standard travel
        "275 -> 725", // more than the 360 of the next band
        "320 -> 230", // likewise
        "360 -> 630", // more than the 530 of the next band
        "410 -> 140", // likewise
        "530 -> 350", // less than the 360 of the band before
        "610 -> 160", // likewise
        "820 -> 280", // less than the 530 of the band before
        "850 -> 580", // students, group 2: less than the 800 of group 3
        "180 -> 108", // staff, group 1: less than the 160 of group 2
        "160 -> 610", // staff, group 2: more than the 180 of group 1
        "160 -> 106", // staff, group 2: less than the 140 of group 3
        "140 -> 410", // staff, group 3: more than the 160 of group 2
    ];
    const FROM_2024: &[&str] = &[
        "28 -> 82",     // more than the 56 of green travel
        "285 -> 825",   // more than the 417 of the next band
        "417 -> 147",   // less than standard travel
        "395 -> 935",   // more than the 580 of the next band
        "535 -> 355",   // less than standard travel
        "580 -> 850",   // more than the 785 of green travel
        "1188 -> 1818", // standard: more than the 1735 of the next band
        "1188 -> 1818", // green: likewise
        "1735 -> 7135", // standard: more than green travel
        "1735 -> 1753", // standard: likewise
        "1735 -> 1375", // green: less than standard travel
        "850 -> 580",   // students, group 2: less than the 800 of group 3
        "190 -> 109",   // staff, group 1: less than the 170 of group 2
        "170 -> 710",   // staff, group 2: more than the 190 of group 1
        "170 -> 107",   // staff, group 2: less than the 148 of group 3
        "148 -> 418",   // staff, group 3: more than the 170 of group 2
        "148 -> 184",   // likewise
    ];
    for shipped in Shipped::all() {
        let mut betrayed = Vec::new();
        for (what, text) in swapped(&shipped) {
            let found = shipped
                .errors(&shipped.name, &text.replace("\nrevision = 1\n", "\nrevision = 9\n"));
            if !found.is_empty() && found.iter().all(|code| SENSE.contains(code)) {
                betrayed.push(what);
            }
        }
        let expected = if shipped.table.call < 2024 { UNTIL_2023 } else { FROM_2024 };
        assert_eq!(betrayed, expected, "{}", shipped.name);
    }
}

/// Every country that may apply in every other group, and a country of each region in a group.
#[test]
fn a_country_in_two_places_is_found() {
    for shipped in Shipped::all() {
        let groups = sections(&shipped.text, "[[group]]");
        let mut texts = Vec::new();
        let mut regions = BTreeSet::new();
        for (code, standing) in &shipped.table.countries {
            let others: Vec<u8> = match standing {
                Standing::Programme { group, .. } => {
                    (1..=3).filter(|number| *number != group.value.number()).collect()
                }
                Standing::Third(region) => Vec::from_iter(regions.insert(region).then_some(1)),
            };
            for number in others {
                let group = &groups[usize::from(number) - 1];
                let list = format!("countries = [\"{code}\", ");
                let with = group.replacen("countries = [", &list, 1);
                let text = shipped.text.replacen(group.as_str(), &with, 1);
                texts.push((format!("{code} in group {number}"), text));
            }
        }
        assert_eq!(shipped.plant(texts, &[Code::CountryMisplaced]), 33 * 2 + 14);
    }
}

#[test]
fn a_missing_citation_is_found() {
    for shipped in Shipped::all() {
        let cites = shipped.lines_of(&["cite"]);
        let texts =
            cites.map(|(line, _, cite)| (format!("{line}: {cite}"), shipped.with_line(line, "")));
        let number = shipped.plant(texts, &[Code::BasisMissing]);
        let marks = shipped.lines_of(&["confidence"]).count();
        assert_eq!(number, marks, "{}: each mark has its citation", shipped.name);
    }
}

/// Most of the work of this file: in two tests, which run side by side.
#[test]
fn a_misspelt_key_is_found_until_2023() {
    misspell(|call| call < 2024);
}

#[test]
fn a_misspelt_key_is_found_from_2024() {
    misspell(|call| call >= 2024);
}

fn misspell(calls: impl Fn(u16) -> bool) {
    for shipped in Shipped::all().iter().filter(|shipped| calls(shipped.table.call)) {
        let mut texts = Vec::new();
        for (number, line) in shipped.text.lines().enumerate() {
            let is_key = line.starts_with(|c: char| c.is_ascii_lowercase());
            let end = if is_key { line.find(" = ") } else { line.find(']') };
            let Some(end) = end.filter(|_| is_key || line.starts_with('[')) else { continue };
            let misspelt = format!("{}{}", &line[..end - 1], &line[end..]);
            texts.push((misspelt.clone(), shipped.with_line(number, &misspelt)));
        }
        // A misspelt source is one that the table has not.
        let number = shipped.plant(texts, &[Code::UnknownKey, Code::UnknownSource]);
        assert!(number > 400, "{}: {number} keys", shipped.name);
    }
}

#[test]
fn green_below_standard_is_found() {
    for shipped in Shipped::all() {
        let bands = sections(&shipped.text, "[[travel.band]]");
        let plant = |band: &String| {
            let value = |key: &str| {
                let line = band.lines().find(|line| line.starts_with(key)).expect("the key");
                line.split(' ').nth(2).expect("a value").parse::<u32>().expect("an amount")
            };
            let green = format!("green = {}\n", value("standard") - 1);
            let kept: String = band
                .lines()
                .filter(|line| !line.starts_with("green"))
                .map(|line| line.to_owned() + "\n")
                .collect();
            let with = kept.replacen("cite", &format!("{green}cite"), 1);
            (green, shipped.text.replacen(band.as_str(), &with, 1))
        };
        let texts: Vec<_> = bands.iter().map(plant).collect();
        assert_eq!(shipped.plant(texts, &[Code::GreenBelowStandard]), 7);
    }
}

#[test]
fn an_amount_with_three_decimals_is_found() {
    for shipped in Shipped::all() {
        let amounts = shipped.amounts();
        let number = amounts.len();
        let texts = amounts.into_iter().map(|(line, key, amount)| {
            let put = format!("{key} = {amount}.005");
            (put.clone(), shipped.with_line(line, &put))
        });
        assert_eq!(shipped.plant(texts, &[Code::TooManyDecimals]), number);
    }
}

#[test]
fn a_wrong_call_is_found() {
    for shipped in Shipped::all() {
        let call = shipped.table.call;
        for other in (2022..=2026).filter(|other| *other != call) {
            let text = shipped.text.replacen(
                &format!("\ncall = {call}\n"),
                &format!("\ncall = {other}\n"),
                1,
            );
            assert_ne!(text, shipped.text);
            let wrong = [Code::CallContradictsFileName];
            assert_eq!(
                shipped.errors(&shipped.name, &text),
                wrong,
                "{}: call {other}",
                shipped.name
            );
            let name = format!("{other}.toml");
            assert_eq!(shipped.errors(&name, &shipped.text), wrong, "{} as {name}", shipped.name);
        }
    }
}

/// The rows with this header, each up to the next blank line.
fn sections(text: &str, header: &str) -> Vec<String> {
    let rows = text.split("\n\n").filter(|row| row.starts_with(header));
    rows.map(|row| row.to_owned() + "\n").collect()
}
