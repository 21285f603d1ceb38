//! Budgets as CSV: every column adds up to the result, and no cell does anything.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use csv::ReaderBuilder;
use ka171::model::Word;
use ka171::plan::Loaded;
use ka171::report::By;
use ka171::report::csv::{Dialect, render};
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::random::plan;
use support::reports::{self, FORMULA, PIPES, SCRIPT, exact, plans};

const AMOUNTS: [&str; 7] = [
    "individual_support",
    "top_up",
    "travel",
    "exceptional_costs",
    "inclusion_support",
    "organisational_support",
    "total",
];

fn written(loaded: &Loaded, by: By, dialect: Dialect) -> String {
    let bytes =
        reports::with_budget(loaded, |budget, notices| render(budget, notices, by, dialect));
    String::from_utf8(bytes.expect("written")).expect("text")
}

/// Lines of cells, with the headings first, as a reader of this separator sees them.
fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = ReaderBuilder::new();
    let mut reader =
        builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let lines = reader.records().map(|line| line.expect("a line"));
    lines.map(|line| line.iter().map(str::to_owned).collect()).collect()
}

/// The sum of a column, whose cells are numbers or empty.
fn sum(lines: &[Vec<String>], heading: &str) -> Decimal {
    let at = lines[0].iter().position(|name| name == heading).expect(heading);
    let cells = lines[1..].iter().map(|line| line[at].as_str()).filter(|cell| !cell.is_empty());
    cells.map(|cell| Decimal::from_str_exact(cell).expect(cell)).sum()
}

fn column<'l>(lines: &'l [Vec<String>], heading: &str) -> Vec<&'l str> {
    let at = lines[0].iter().position(|name| name == heading).expect(heading);
    lines[1..].iter().map(|line| line[at].as_str()).collect()
}

/// Every column of numbers adds up to what the JSON result says.
fn adds_up(name: &str, loaded: &Loaded) {
    let result = reports::result(loaded);
    for by in By::ALL {
        let text = written(loaded, *by, Dialect::Rfc4180);
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}, {by}");
        let lines = read(&text, b',');
        let cells = lines[0].len();
        assert!(lines.iter().all(|line| line.len() == cells), "{name}, {by}: {lines:?}");
        for heading in AMOUNTS {
            let total = exact(&result.totals.amounts[heading]);
            assert_eq!(sum(&lines, heading), total, "{name}, {by}, {heading}");
            let two_decimals = |cell: &str| cell.split_once('.').is_some_and(|(_, c)| c.len() == 2);
            assert!(column(&lines, heading).into_iter().all(two_decimals), "{name}, {by}");
        }
        let totals = &result.totals;
        assert_eq!(sum(&lines, "participants"), totals.participants.into());
        assert_eq!(sum(&lines, "incoming_participants"), totals.incoming_participants.into());
        assert_eq!(sum(&lines, "outgoing_participants"), totals.outgoing_participants.into());
        if *by == By::Region {
            let envelopes = || result.regions.iter().filter_map(|region| region.envelope.as_ref());
            let amounts: Decimal = envelopes().map(|envelope| exact(&envelope.amount)).sum();
            let remaining: Decimal = envelopes().map(|envelope| exact(&envelope.remaining)).sum();
            assert_eq!(sum(&lines, "envelope_amount"), amounts, "{name}");
            assert_eq!(sum(&lines, "remaining"), remaining, "{name}");
        }
        let in_europe = written(loaded, *by, Dialect::ExcelEu);
        assert!(in_europe.starts_with('\u{feff}') && !text.starts_with('\u{feff}'));
        let european = read(&in_europe, b';');
        for heading in AMOUNTS {
            let points: Vec<String> =
                column(&european, heading).iter().map(|cell| cell.replace(',', ".")).collect();
            assert_eq!(points, column(&lines, heading), "{name}, {by}, {heading}");
            assert!(column(&european, heading).iter().all(|cell| !cell.contains('.')), "{name}");
        }
    }
}

#[test]
fn columns_of_examples_and_golden_plans_add_up() {
    for (path, loaded) in plans() {
        adds_up(&path.display().to_string(), &loaded);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_of_random_plans_add_up(plan in plan(), award in 0_u32..3_000_000) {
        let envelope = |region: u32| format!(
            "\n[[envelope]]\nregion = {region}\namount = {}.{:02}\n", award / 100, award % 100
        );
        let text = plan.toml() + &(1..=12).map(envelope).collect::<String>();
        let loaded = support::loaded(text.as_bytes());
        let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
        adds_up(&text, &loaded);
    }
}

/// Numbers stand for themselves; everything else is text that begins with none of these.
fn is_harmless(cell: &str) -> bool {
    let is_number = |cell: &str| {
        let digits = cell.strip_prefix('-').unwrap_or(cell);
        let (whole, cents) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        all_digits(whole) && all_digits(cents)
    };
    let begin = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
    is_number(cell) || !begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_a_formula(text in reports::text()) {
        let loaded = reports::saying(&text);
        prop_assume!(loaded.is_some());
        let loaded = loaded.expect("a plan");
        for dialect in Dialect::ALL {
            let written = written(&loaded, By::Flow, *dialect);
            for separator in [b',', b';'] {
                for cell in read(&written, separator).iter().flatten() {
                    prop_assert!(is_harmless(cell), "{dialect}: {cell}");
                }
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula_whatever_separates_cells() {
    let loaded = reports::hostile();
    for by in By::ALL {
        for (dialect, own, foreign) in
            [(Dialect::Rfc4180, b',', b';'), (Dialect::ExcelEu, b';', b',')]
        {
            let text = written(&loaded, *by, dialect);
            for cell in read(&text, own).iter().flatten() {
                assert!(is_harmless(cell), "{by}, {dialect}: {cell}");
            }
            for separator in [foreign, b'\t'] {
                for cell in read(&text, separator).iter().flatten() {
                    assert!(is_harmless(cell), "{by}, {dialect}, read otherwise: {cell}");
                }
                // A reader that knows no quotes.
                for cell in text.lines().flat_map(|line| line.split(char::from(separator))) {
                    let cell = cell.trim_start_matches('\u{feff}').trim_end_matches('\r');
                    assert!(is_harmless(cell), "{by}, {dialect}, split: {cell}");
                }
            }
            let acts = |c: char| c.is_control() && !matches!(c, '\r' | '\n') || c == '\u{202e}';
            assert!(!text.contains(acts), "{by}, {dialect}");
        }
    }
}

#[test]
fn texts_of_the_plan_are_whole_and_harmless() {
    let lines = read(&written(&reports::hostile(), By::Flow, Dialect::Rfc4180), b',');
    let partners = column(&lines, "partner");
    let formula = format!("'{FORMULA}");
    for partner in [formula.as_str(), SCRIPT, PIPES, &reports::long(), "'-1", "'+2"] {
        assert!(partners.contains(&partner), "{partner}: {partners:?}");
    }
    let smuggled = r#"Fee;'=1+1,@SUM(A1); "'-2+3", '+4 =5"#;
    assert!(partners.contains(&smuggled), "{partners:?}");
    let ids = column(&lines, "flow");
    assert!(ids.contains(&formula.as_str()), "{ids:?}");
}

#[test]
fn negative_amounts_stay_numbers() {
    let lines = read(&written(&reports::hostile(), By::Region, Dialect::ExcelEu), b';');
    // One euro less 9 x (5 x 148 + 1188 + 500): group 3, band 4000-7999.
    assert_eq!(column(&lines, "remaining"), ["-21851,00"]);
}

#[test]
fn rows_say_what_they_rest_on() {
    let loaded = reports::with_everything();
    for by in By::ALL {
        let lines = read(&written(&loaded, *by, Dialect::Rfc4180), b',');
        let what_if =
            "What-if: flow.pecs-sarajevo-students-in.participants = 5; project.months = 24";
        assert!(column(&lines, "what_if").iter().all(|cell| *cell == what_if), "{by}: {lines:?}");
        assert!(column(&lines, "rates").iter().all(|cell| *cell == "2023.1"), "{by}");
        assert!(column(&lines, "call").iter().all(|cell| *cell == "2023"), "{by}");
        let notices = column(&lines, "notices");
        assert!(
            notices.iter().all(|codes| codes.split(' ').any(|code| code == "inferred-figures"))
        );
        assert!(notices.iter().any(|codes| codes.contains("contradicted-figures")), "{notices:?}");
    }
    let lines = read(&written(&loaded, By::Region, Dialect::Rfc4180), b',');
    assert_eq!(column(&lines, "score")[0], "54.5");
    assert_eq!(column(&lines, "score_passes")[0], "false");
    assert_eq!(column(&lines, "envelope_kind")[0], "national");
    assert_eq!(column(&lines, "envelope_amount")[0], "1019000.00");
}

#[test]
fn the_same_budget_gives_the_same_bytes() {
    let loaded = reports::with_everything();
    for by in By::ALL {
        let both = || written(&loaded, *by, Dialect::ExcelEu);
        assert_eq!(both(), both(), "{by}");
    }
}
