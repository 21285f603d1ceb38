//! Random rate tables: a shipped one in which figures, rules, edges and countries are others.

use std::fs;

use ka171::rates::{RateTable, TableFile, read_table};
use proptest::prelude::*;
use proptest::sample::select;

/// A shipped table.
pub fn shipped(call: u16) -> RateTable {
    read(&text(call), call)
}

/// The text of a shipped table.
pub fn text(call: u16) -> String {
    fs::read_to_string(format!("rates/{call}.toml")).expect("a shipped table")
}

/// A table from its text.
pub fn read(text: &str, call: u16) -> RateTable {
    let file = TableFile::from_bytes(format!("{call}.toml"), text.into()).expect("text");
    read_table(&file).map_err(|errors| errors.list).expect(text)
}

/// Keys whose amounts may be any.
const AMOUNTS: [&str; 6] = ["standard", "green", "monthly", "daily", "amount", "per_participant"];

/// One text for another that means something else.
const SWAPS: [(&str, &str); 11] = [
    ("rule = \"outside\"", "rule = \"inside\""),
    ("rule = \"end-counts-as-day-30\"", "rule = \"as-written\""),
    ("rule = \"counted\"", "rule = \"not-counted\""),
    ("days = 14 ", "days = 10 "),
    ("days = 30 ", "days = 31 "),
    ("from_days = 15 ", "from_days = 12 "),
    ("percent = 70 ", "percent = 65 "),
    ("paid_percent = 80", "paid_percent = 90"),
    ("max = 2\n", "max = 3\n"),
    ("name = \"Asia\"\n", "name = \"Asia\"\nfundable = true\n"),
    ("name = \"Pacific\"\n", "name = \"Pacific Ocean\"\nfundable = false\n"),
];

/// Edges of bands: the label of the band before, of the band itself, and where it begins.
const EDGES: [[(&str, &str); 3]; 2] = [
    [
        ("\"100-499\"", "\"100-599\""),
        ("\"500-1999\"", "\"600-1999\""),
        ("from_km = 500\n", "from_km = 600\n"),
    ],
    [
        ("\"4000-7999\"", "\"4000-8999\""),
        ("\"8000+\"", "\"9000+\""),
        ("from_km = 8000\n", "from_km = 9000\n"),
    ],
];

/// Countries that change places within groups, and within regions.
const PLACES: [(&str, &str); 3] = [("HU", "PT"), ("DE", "RS"), ("KG", "JP")];

/// A table of any call.
pub fn table() -> impl Strategy<Value = RateTable> {
    table_text().prop_map(|(call, text)| read(&text, call))
}

/// The text of a table of any call.
pub fn table_text() -> impl Strategy<Value = (u16, String)> {
    let amounts = prop::collection::vec(prop::option::weighted(0.2, 0_u32..300_000), 60);
    let swaps = prop::collection::vec(prop::bool::weighted(0.2), SWAPS.len());
    let edges = prop::option::weighted(0.2, select(&EDGES[..]));
    let places = prop::option::weighted(0.5, select(&PLACES[..]));
    (2022_u16..=2026, amounts, swaps, edges, places).prop_map(
        |(call, amounts, swaps, edges, places)| {
            let mut text = with_amounts(&text(call), &amounts);
            for ((from, to), _) in SWAPS.iter().zip(swaps).filter(|(_, chosen)| *chosen) {
                assert!(text.contains(from), "{from:?} is not in the table of call {call}");
                text = text.replace(from, to);
            }
            for (from, to) in edges.into_iter().flatten() {
                assert_eq!(text.matches(from).count(), 1, "{from:?}, call {call}");
                text = text.replace(from, to);
            }
            if let Some(codes) = places {
                text = with_swapped(&text, codes);
            }
            (call, text)
        },
    )
}

/// The table with other amounts, in cents, in the order of their lines.
fn with_amounts(text: &str, amounts: &[Option<u32>]) -> String {
    let mut amounts = amounts.iter().cycle();
    let line = |line: &str| {
        let key = line.split(" = ").next().unwrap_or_default();
        let new = AMOUNTS.contains(&key).then(|| amounts.next().copied().flatten()).flatten();
        match new {
            Some(cents) => format!("{key} = {}.{:02} \n", cents / 100, cents % 100),
            None => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

/// The table with two countries in each other's place, below `[programme]`.
fn with_swapped(text: &str, (one, other): (&str, &str)) -> String {
    let (before, lists) = text.split_once("\n[[group]]").expect("groups");
    let (one, other) = (format!("\"{one}\""), format!("\"{other}\""));
    let swapped = lists.replace(&one, "@").replace(&other, &one).replace('@', &other);
    format!("{before}\n[[group]]{swapped}")
}
