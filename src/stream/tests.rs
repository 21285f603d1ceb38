//! A file that is read row by row gives what it gives as any other plan.
#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Limits, within};
use crate::diag::{Diagnostic, FindingRecord};
use crate::engine::budget;
use crate::error::Refusal;
use crate::notices::notices;
use crate::plan::{Overrides, PlanFormat, PlanText, Reading, load};
use crate::rates::RateStore;
use crate::report::{By, json};

const LIMITS: Limits = Limits { part: 5, batch: 2, kinds: 3, flows: usize::MAX };

fn overrides() -> Overrides {
    Overrides { call: Some(2025), country: Some("HU".to_owned()), ..Overrides::default() }
}

/// The result as JSON by region, or the errors.
type Said = Result<String, Vec<String>>;

fn errors(refusal: Refusal) -> Vec<String> {
    let Refusal::Faults(errors) = refusal else { panic!("{refusal}") };
    let said =
        |error: &Diagnostic| serde_json::to_string(&FindingRecord::new(error)).expect("a record");
    errors.list.iter().map(said).collect()
}

fn as_rows(bytes: &[u8], limits: Limits, by: By, overrides: &Overrides) -> Said {
    let path = Path::new("plan.csv");
    let from = Box::new(bytes);
    let mut heard = 0;
    let mut progress = |bytes| heard = bytes;
    let rates = (overrides, &RateStore::Embedded);
    let streamed = within(limits, path, from, Reading::default(), rates, &mut progress);
    let streamed = streamed.map_err(errors)?;
    assert_eq!(heard, bytes.len() as u64);
    let budget = streamed.budget();
    Ok(json::render(&budget, &streamed.notices(&budget), Some(by)).expect("JSON"))
}

fn as_a_whole(bytes: &[u8], by: By, overrides: &Overrides) -> Said {
    let text = PlanText::from_bytes("plan.csv", bytes.to_vec(), Some(PlanFormat::Csv));
    let loaded = text.and_then(|text| load(&text, overrides, &RateStore::Embedded));
    let loaded = loaded.map_err(errors)?;
    let budget = budget(&loaded.plan);
    Ok(json::render(&budget, &notices(&loaded, &budget), Some(by)).expect("JSON"))
}

/// Both ways give the same; returns it.
fn same(bytes: &[u8], part: usize, overrides: &Overrides) -> Said {
    let whole = as_a_whole(bytes, By::Country, overrides);
    let rows = as_rows(bytes, Limits { part, ..LIMITS }, By::Country, overrides);
    let text = String::from_utf8_lossy(bytes);
    match (&whole, &rows) {
        (Ok(whole), Ok(rows)) => assert_eq!(rows, whole, "{text}"),
        (Err(whole), Err(rows)) => assert_eq!(rows, whole, "{text}"),
        _ => panic!("{text}\nas a whole {whole:?}\nby rows {rows:?}"),
    }
    rows
}

const HEADINGS: &str = "partner,country,direction,activity,term,level,participants,\
    fewer_opportunities,months,days,travel,travel_days,distance_km,inclusion_support,note,x_own,\
    city,home_city";

/// A row of few different cells, so that rows come again; one in some is faulty.
fn row() -> impl Strategy<Value = String> {
    let texts = (
        select(vec!["", "A", "B & C", "\"D, E\"", "\"two\nlines\"", "ő"]),
        select(vec!["", "n", "\"say \"\"x\"\"\"", "#1"]),
        select(vec!["", "own", "#REF!"]),
    );
    let what = select(vec![
        "incoming,SMS,,,N,,5,,,2,KM,",
        "incoming,SMS,,,N,1,5,,green,2,KM,",
        "incoming,SMS,,,N,0,5,,green,0,KM,",
        "incoming,SMS,,,7,3,5,,green,2,KM,",
        "incoming,SMS,,,60,7,5,,green,2,KM,",
        "incoming,SMS,,,3,2 students,5,,green,2,KM,",
        "incoming,SMS,short,doctoral,7,2,,20,,2,KM,",
        "incoming,SMS,,,7,2,5,,green,2,KM,250.50",
        "incoming,SMS,short,doctoral,N,,,20,,2,KM,",
        "outgoing,STA,,,N,,,5,,2,KM,",
        "outgoing,STA,,,N,,,20,green,2,KM,",
        "incoming,STT,,,N,,,14,,0,KM,1000.50",
        "incoming,STT,,,N,,,14,,0,KM",
        "incoming,SMT,,,N,,3,,,0,1999.6,",
        "outgoing,SMS,,doctoral,N,,3,,,0,KM,",
    ]);
    let heads = select(vec!["1", "2", "3", "7", "60", "100000", "2 persons", "1", "2", "3", "7"]);
    let km =
        select(vec!["9", "10", "99", "100", "499", "500", "1999", "2000", "4222", "8000", "20040"]);
    let what =
        (what, heads, km).prop_map(|(what, heads, km)| what.replace('N', heads).replace("KM", km));
    let rare = select(vec![
        "in,STA,,,100001,,,5,,2,4222,",
        "in,STA,,,1,,,5,,2,20041,",
        "outgoing,SMS,,,1,,9,,,9,x,",
        ",,,,,,,,,,,",
        "in,STA,,,0,,,5,,2,1,",
    ]);
    let country = select(vec!["KG", "AL", "Kyrgyzstan", "BR"]);
    let flow = (country, prop_oneof![150 => what, 1 => rare.prop_map(str::to_owned)], texts);
    // The second city lies near the edge of a band.
    let cities =
        select(vec!["KG,Osh,Szeged", "AL,\"41.8, 19.5\",\"46.25, 20.14\"", "KG,Bishkek,Szeged"]);
    let of_city = (cities, select(vec!["incoming,STT,,,1,,,5,,2,,", "outgoing,STA,,,2,,,5,,2,,"]));
    prop_oneof![
        12 => flow.prop_map(|(country, what, (partner, note, own))| {
            format!("{partner},{country},{what},{note},{own},,")
        }),
        3 => of_city.prop_map(|(cities, what)| {
            let (country, cities) = cities.split_once(',').expect("a country");
            format!("P,{country},{what},,,{cities}")
        }),
        1 => select(vec!["", "# a comment, \"with signs", ",,,", "  "]).prop_map(str::to_owned),
        // A comma within a number, and a row that only begins like a comment.
        1 => prop_oneof![
            20 => Just(format!("{FLOW},,,")),
            1 => Just("P,KG,outgoing,STA,,,3,,,5,,2,4222,5,,,,,".to_owned()),
            1 => Just("P,KG,outgoing,STA,,,3,,,5,,2,727,4,,,,,,".to_owned()),
            1 => Just(FLOW.replace("P,", "#1,")),
            1 => Just(FLOW.replace("P,", "\"#MeToo\",")),
            1 => Just(FLOW.replace("P,", "#N/A,")),
        ],
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn rows_give_what_the_whole_gives(
        rows in prop::collection::vec(row(), 0..24),
        end in select(vec!["\n", "\r\n"]),
        part in 3_usize..60,
        has_title: bool,
        ends_open: bool,
    ) {
        let title = if has_title { "Plan of the year\n\n" } else { "" };
        let text = format!("{title}{HEADINGS}\n{}\n", rows.join("\n")).replace('\n', end);
        let text = if ends_open { text.trim_end() } else { &text };
        let _ = same(text.as_bytes(), part, &overrides());
    }
}

/// The cells of one flow without a fault.
const FLOW: &str = "P,KG,outgoing,STA,,,3,,,5,,2,4222,,,,,";

fn sheet(rows: &[&str]) -> String {
    format!("{HEADINGS}\n{}\n", rows.join("\n"))
}

#[test]
fn other_encodings_and_line_ends_give_the_same() {
    let text = sheet(&[FLOW, &FLOW.replace("P,", "Łódź,"), FLOW]);
    let whole = as_a_whole(text.as_bytes(), By::Region, &overrides()).expect("a result");
    let regions = |said: &str| {
        let result: serde_json::Value = serde_json::from_str(said).expect("JSON");
        result["regions"].clone()
    };
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
    let old_mac = text.replace('\n', "\r");
    for bytes in [&utf_16, &with_mark, old_mac.as_bytes()] {
        for part in [3, 4, 7, 1000] {
            let rows = as_rows(bytes, Limits { part, ..LIMITS }, By::Region, &overrides())
                .expect("a result");
            assert_eq!(regions(&rows), regions(&whole));
        }
    }
}

#[test]
fn notices_name_the_first_flows_and_count_the_others() {
    let limits = Limits { flows: 3, ..LIMITS };
    let other = FLOW.replace("KG", "AL");
    let rows = [&other, FLOW, FLOW, FLOW, &other, FLOW, FLOW];
    let said = as_rows(sheet(&rows).as_bytes(), limits, By::Region, &overrides());
    let result: serde_json::Value = serde_json::from_str(&said.expect("a result")).expect("JSON");
    let notices = result["notices"].as_array().expect("notices");
    let inferred = notices.iter().find(|notice| notice["code"] == "inferred-figures");
    let inferred = inferred.expect("500 EUR are inferred for 2025");
    assert_eq!(inferred["flows"], serde_json::json!(["flow-1", "flow-2", "flow-3"]));
    assert_eq!(inferred["flows_omitted"], 4);
    assert!(inferred["details"][0].as_str().is_some_and(|text| text.contains("(all flows)")));
    // Seven times three teachers.
    assert_eq!(result["totals"]["participants"], 21);
}

/// The first error of a file that has one, and its row.
fn first_error(bytes: &[u8]) -> (String, u64) {
    let limits = Limits { part: 1 << 16, ..LIMITS };
    let errors = as_rows(bytes, limits, By::Region, &overrides()).expect_err("an error");
    let error: serde_json::Value =
        serde_json::from_str(errors.first().expect("an error")).expect("JSON");
    let row = error["location"]["line"].as_u64().expect("a row");
    (error["message"].as_str().expect("a message").to_owned(), row)
}

#[test]
fn rows_that_do_not_end_are_refused() {
    let open = sheet(&[FLOW, "\"P,KG,outgoing", FLOW]);
    assert_eq!(
        first_error(open.as_bytes()),
        ("a quotation mark in this row is never closed".to_owned(), 3)
    );
    let long = format!("{}{}", sheet(&[FLOW]), "x".repeat(3_000_000));
    assert_eq!(first_error(long.as_bytes()), ("this row is longer than a MiB".to_owned(), 3));
    let mut strange = sheet(&[FLOW]).into_bytes();
    strange.extend_from_slice(b"\xd3d\xbc\n");
    assert_eq!(first_error(&strange), ("from here on the file is no UTF-8 text".to_owned(), 3));
}

#[test]
fn ids_are_refused_because_none_is_kept() {
    let text =
        "id,country,direction,activity,days,participants,distance_km\na,KG,in,STA,5,1,4222\n";
    let (message, row) = first_error(text.as_bytes());
    assert_eq!((message.as_str(), row), ("a file of this size has no column `id`", 1));
    let text = text.replace("id,", "envelope_region,");
    let (message, _) = first_error(text.as_bytes());
    assert_eq!(message, "a file of this size has no column `envelope_region`");
}

#[test]
fn what_rows_say_of_the_plan_must_be_the_same_throughout() {
    let rows = |calls: [&str; 4]| {
        let rows = calls.map(|call| format!("{call},KG,in,STA,5,1,4222"));
        format!(
            "call,country,direction,activity,days,participants,distance_km\n{}",
            rows.join("\n")
        )
    };
    let overrides = Overrides { country: Some("HU".to_owned()), ..Overrides::default() };
    same(rows(["2025"; 4]).as_bytes(), 7, &overrides).expect("a result");
    let errors = same(rows(["2025", "2025", "2025", "2024"]).as_bytes(), 7, &overrides);
    let errors = errors.expect_err("another call");
    assert!(errors.iter().any(|error| error.contains("rows-disagree")), "{errors:?}");
    // The applicant's country in whatever words, and its city, which distances are estimated from.
    let rows = |countries: [&str; 4]| {
        let rows = countries.map(|country| format!("{country},36,Szeged,Osh,KG,in,STA,5,1"));
        let headings = "applicant_country,project_months,project_city,city,country,direction,activity,days,participants";
        format!("{headings}\n{}", rows.join("\n"))
    };
    let overrides = Overrides { call: Some(2025), ..Overrides::default() };
    let countries = rows(["HU", "Hungary", "hungary", "HU"]);
    same(countries.as_bytes(), 7, &overrides).expect("a result");
    let errors = same(rows(["HU", "HU", "HU", "Austria"]).as_bytes(), 7, &overrides);
    let errors = errors.expect_err("another country");
    assert!(errors.iter().any(|error| error.contains("rows-disagree")), "{errors:?}");
}

/// Rows that are at fault may have been flows: that there is none would be one error too many.
#[test]
fn a_file_with_nothing_but_faulty_rows_has_no_other_fault() {
    let text = sheet(&[&FLOW.replace("P,", "#1,"), "P,,,,,,,,,,,,,,,,,"]);
    let errors = same(text.as_bytes(), 7, &overrides()).expect_err("two faults");
    assert_eq!(errors.len(), 2, "{errors:?}");
    let errors = same(sheet(&["", "# none"]).as_bytes(), 7, &overrides()).expect_err("no flow");
    assert!(errors.iter().all(|error| error.contains("no-flows")), "{errors:?}");
}
