//! Whether the sheets of a workbook say what the JSON result says.

use rust_decimal::Decimal;
use serde_json::Value;

use super::sheet::{ITEM, REGION, Sheet};

/// The cost categories by their key and their heading.
const ITEMS: [(&str, &str); 6] = [
    ("individual_support", "Individual support"),
    ("top_up", "Top-ups"),
    ("travel", "Travel"),
    ("exceptional_costs", "Exceptional costs"),
    ("inclusion_support", "Inclusion support"),
    ("organisational_support", "Organisational support"),
];

/// An amount that a spreadsheet writes: it may leave dust of binary floating point.
fn cents(text: &str) -> i64 {
    if text.is_empty() {
        return 0;
    }
    let exact = number(text) * Decimal::from(100);
    let cents = exact.round();
    assert!((exact - cents).abs() < Decimal::new(1, 4), "{text} has fractions of a cent");
    cents.to_string().parse().expect("whole cents")
}

fn number(text: &str) -> Decimal {
    let number = text.parse().or_else(|_| Decimal::from_scientific(text));
    number.unwrap_or_else(|_| panic!("no number: {text:?}"))
}

/// The cents of an amount in JSON, which has two decimals.
fn exact(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (euros, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let euros: i64 = euros.parse().expect("euros");
    // serde_json writes 0.50 as 0.5.
    euros * 100 + sign * format!("{cents:0<2}").parse::<i64>().expect("cents")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn flows(result: &Value) -> impl Iterator<Item = &Value> {
    let countries = list(result, "regions").iter().flat_map(|region| list(region, "countries"));
    countries.flat_map(|country| list(country, "flows"))
}

/// Compares both sheets with a result; `what` names the workbook where they differ. Says how many
/// amounts were compared.
pub fn agree(summary: &Sheet, of_flows: &Sheet, result: &Value, what: &str) -> usize {
    flows_agree(of_flows, result, what) + summary_agrees(summary, result, what)
}

fn flows_agree(sheet: &Sheet, result: &Value, what: &str) -> usize {
    let headings = sheet.headings(ITEM);
    let column = |heading| sheet.column(headings, heading);
    let (id, item, amount, each) = (column("Flow"), column(ITEM), column("Amount"), column("Each"));
    let mut compared = 0;
    let mut row = headings + 1;
    let mut sum = 0;
    for flow in flows(result) {
        let name = flow["id"].as_str().expect("an id");
        let mut seen = Vec::new();
        while sheet.at(row, id) == name {
            let label = sheet.at(row, item);
            let (key, _) = ITEMS.iter().find(|(_, title)| *title == label).expect("a cost item");
            let (is, should) = (cents(sheet.at(row, amount)), exact(&flow["amounts"][key]));
            assert_eq!(is, should, "{what}, {name}, {label}");
            let line = list(flow, "lines").iter().find(|line| line["item"] == **key);
            if let Some(per) = line.and_then(|line| line.get("per_participant")) {
                assert_eq!(cents(sheet.at(row, each)), exact(per), "{what}, {name}, {label} each");
            }
            sum += is;
            seen.push(*key);
            compared += 1;
            row += 1;
        }
        for (key, _) in ITEMS.iter().filter(|(key, _)| !seen.contains(key)) {
            assert_eq!(exact(&flow["amounts"][key]), 0, "{what}, {name} has no row for {key}");
        }
    }
    let total = exact(&result["totals"]["amounts"]["total"]);
    assert_eq!(sheet.at(row, 0), "Total", "{what}");
    assert_eq!(cents(sheet.at(row, amount)), total, "{what}, total of Flows");
    assert_eq!(sum, total, "{what}, sum of the column");
    compared + 1
}

fn summary_agrees(sheet: &Sheet, result: &Value, what: &str) -> usize {
    let headings = sheet.headings(REGION);
    let mut compared = 0;
    let mut row = headings + 1;
    for region in list(result, "regions") {
        let place = format!("{what}, region {}", region["region"]);
        assert_eq!(sheet.at(row, 0), region["region"].to_string(), "{what}");
        compared += row_agrees(sheet, headings, row, &region["amounts"], &place);
        let heads = ["incoming_participants", "outgoing_participants"];
        heads_agree(sheet, row, &heads.map(|key| region[key].to_string()), &place);
        if let Some(envelope) = region.get("envelope") {
            let cell = |heading| sheet.at(row, sheet.column(headings, heading));
            assert_eq!(cents(cell("Envelope")), exact(&envelope["amount"]), "{place}");
            assert_eq!(cell("Kind"), envelope["kind"].as_str().expect("a kind"), "{place}");
            assert_eq!(cents(cell("Remaining")), exact(&envelope["remaining"]), "{place}");
            match &envelope["share_percent"] {
                Value::Null => assert_eq!(cell("Share"), "-", "{place}"),
                share => {
                    // LibreOffice writes percentages out, the file keeps shares.
                    let shown = match cell("Share").strip_suffix('%') {
                        Some(percent) => number(percent),
                        None => number(cell("Share")) * Decimal::from(100),
                    };
                    let off = (shown - number(&share.to_string())).abs();
                    assert!(off < Decimal::new(1, 6), "{place}: {shown} is not {share}");
                }
            }
        }
        row += 1;
    }
    let totals = &result["totals"];
    compared += row_agrees(sheet, headings, row, &totals["amounts"], what);
    let heads = ["incoming_participants", "outgoing_participants"];
    heads_agree(sheet, row, &heads.map(|key| totals[key].to_string()), what);
    for (below, direction) in [(1, "incoming"), (2, "outgoing")] {
        let place = format!("{what}, {direction}");
        assert_eq!(sheet.at(row + below, 1), format!("of which {direction}"));
        compared += row_agrees(sheet, headings, row + below, &totals[direction], &place);
    }
    compared
}

fn heads_agree(sheet: &Sheet, row: usize, heads: &[String; 2], what: &str) {
    assert_eq!([sheet.at(row, 2), sheet.at(row, 3)], [&heads[0], &heads[1]], "{what}");
}

fn row_agrees(sheet: &Sheet, headings: usize, row: usize, amounts: &Value, what: &str) -> usize {
    for (key, title) in ITEMS.into_iter().chain([("total", "Total")]) {
        let shown = cents(sheet.at(row, sheet.column(headings, title)));
        assert_eq!(shown, exact(&amounts[key]), "{what}, {title}");
    }
    ITEMS.len() + 1
}
