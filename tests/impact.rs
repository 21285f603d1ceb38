//! What a change of rates does to plans.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::collections::BTreeMap;

use ka171::impact::{Impact, Under, impact};
use ka171::model::Eur;
use ka171::plan::{Overrides, PlanText, load};
use ka171::rates::diff::{TableDiff, diff};
use ka171::rates::{RateStore, RateTable};
use proptest::prelude::*;
use support::tables::{shipped, table};

fn measured(plan: &str, old: &RateTable, new: &RateTable) -> Result<(Impact, TableDiff), String> {
    let text = PlanText::from_bytes("plan.toml", plan.into(), None).expect("text");
    let names = RateStore::Embedded.country_names().expect("valid");
    let diff = diff(old, new);
    let impact = impact(&text, (old, new), &diff, &names, &Overrides::default());
    impact.map(|impact| (impact, diff)).map_err(|errors| support::words(&errors.into()))
}

/// `FIGURE: AMOUNT` for each cause.
fn causes(diff: &TableDiff, causes: &BTreeMap<usize, Eur>) -> Vec<String> {
    causes.iter().map(|(step, amount)| format!("{}: {amount}", diff.steps[*step].words())).collect()
}

const VIENNA: &str = "call = 2023
project = { country = \"AT\" }
[[flow]]
id = \"staff-in\"
country = \"MA\"
direction = \"incoming\"
activity = \"STA\"
days = 5
travel_days = 2
participants = 2
distance_km = 2100
";

/// Two teachers to Vienna for 5 + 2 days over 2,100 km. By hand, in the table's order:
/// travel 360 -> 395: 2 x 35 = 70; group 1 180 -> 190: nothing, Austria is still in group 2;
/// group 2 160 -> 170: 2 x 7 x 10 = 140; Austria from group 2 (170) to group 1 (190):
/// 2 x 7 x 20 = 280. Before 2 x 7 x 160 + 720 + 1,000 = 3,960; after 2,660 + 790 + 1,000 = 4,450.
#[test]
fn each_figure_causes_what_it_changes_at_its_turn() {
    let (impact, diff) = measured(VIENNA, &shipped(2023), &shipped(2024)).expect("no errors");
    assert_eq!(impact.total.old.to_string(), "3960.00");
    assert_eq!(impact.total.new.to_string(), "4450.00");
    let expected = [
        "travel, 2000-2999 km, standard: 70.00",
        "staff, incoming, group 2, per day: 140.00",
        "country AT: 280.00",
    ];
    assert_eq!(causes(&diff, &impact.causes), expected);
    assert_eq!(causes(&diff, &impact.flows[0].causes), expected);
    assert_eq!(impact.regions.len(), 1);
    assert!(impact.moves());
}

/// The other way round the order of the table is the same, so the parts are others: group 2
/// 170 -> 160 does nothing while Austria is in group 1; group 1 190 -> 180 takes 140; Austria to
/// group 2 (180 -> 160) takes 280.
#[test]
fn the_order_is_that_of_the_table_whichever_is_the_new_one() {
    let (impact, diff) = measured(VIENNA, &shipped(2024), &shipped(2023)).expect("no errors");
    let expected = [
        "travel, 2000-2999 km, standard: -70.00",
        "staff, incoming, group 1, per day: -140.00",
        "country AT: -280.00",
    ];
    assert_eq!(causes(&diff, &impact.causes), expected);
}

/// Vienna's teachers come from a country that changes its region: 3,960 leave the old one, 4,450 come
/// into the new one.
#[test]
fn a_region_loses_what_another_one_gets() {
    let text = support::tables::text(2024);
    let moved = text.replace("\"LY\", \"MA\", \"PS\"", "\"LY\", \"PS\"").replacen(
        "\"US\", \"CA\"",
        "\"US\", \"CA\", \"MA\"",
        1,
    );
    let new = support::tables::read(&moved, 2024);
    let (impact, _) = measured(VIENNA, &shipped(2023), &new).expect("no errors");
    let rows = impact
        .regions
        .iter()
        .map(|(region, shift)| format!("{region} {} {}", shift.old, shift.new));
    assert_eq!(rows.collect::<Vec<_>>(), ["Region 3 3960.00 0.00", "Region 12 0.00 4450.00"]);
}

/// A staff member 8,500 km away, standard travel. The last band begins at 9,000 instead of 8,000 km
/// and 4000-8999 pays 1,200: the edge alone takes 1,735 - 1,188 = 547, the amount adds 12.
#[test]
fn edges_come_first_and_each_amount_has_its_own_part() {
    let text = support::tables::text(2025);
    let moved = text
        .replacen("\"4000-7999\"", "\"4000-8999\"", 1)
        .replacen("\"8000+\"", "\"9000+\"", 1)
        .replacen("from_km = 8000\n", "from_km = 9000\n", 1)
        .replacen("standard = 1188", "standard = 1200", 1);
    let (old, new) = (support::tables::read(&text, 2025), support::tables::read(&moved, 2025));
    let plan = VIENNA.replace("2100", "8500").replace("participants = 2", "participants = 1");
    let (impact, diff) = measured(&plan, &old, &new).expect("no errors");
    let expected = ["distance bands: -547.00", "travel, 4000-8999 km, standard: 12.00"];
    assert_eq!(causes(&diff, &impact.causes), expected);
}

/// Real costs of 1,300 each beside a unit of 395. At first less than 70 % is asked for: 80 % of 1,300
/// is 1,040; with 20 % instead, 395 is enough; with 90 % paid nothing more changes.
#[test]
fn the_two_shares_of_expensive_travel_are_two_causes() {
    let text = support::tables::text(2025);
    let changed = text
        .replacen("covered_below_percent = 70 ", "covered_below_percent = 20 ", 1)
        .replacen("paid_percent = 80", "paid_percent = 90", 1);
    let (old, new) = (support::tables::read(&text, 2025), support::tables::read(&changed, 2025));
    let plan = VIENNA.replace("participants = 2", "participants = 1\ntravel_cost = 1300");
    let (impact, diff) = measured(&plan, &old, &new).expect("no errors");
    let expected = ["expensive travel, where the unit covers less than: -645.00"];
    assert_eq!(causes(&diff, &impact.causes), expected);
    let (impact, diff) = measured(&plan, &new, &old).expect("no errors");
    let expected = [
        "expensive travel, where the unit covers less than: 775.00",
        "expensive travel, share of the real cost paid: -130.00",
    ];
    assert_eq!(causes(&diff, &impact.causes), expected);
}

#[test]
fn what_is_wrong_with_the_whole_plan_is_said_once() {
    let plan = format!("{VIENNA}[[flow]]{}", VIENNA.split_once("[[flow]]").expect("a flow").1);
    let plan = plan.replacen("staff-in", "other", 1).replace("\"AT\"", "\"KG\"");
    let words = measured(&plan, &shipped(2023), &shipped(2024)).err().expect("errors");
    assert_eq!(words.matches("error[").count(), 1, "{words}");
}

const GREEN: &str = "call = 2024
project = { country = \"HU\" }
[[flow]]
id = \"slow\"
country = \"AL\"
direction = \"outgoing\"
activity = \"STT\"
days = 5
travel = \"green\"
travel_days = 6
participants = 1
distance_km = 800
[[flow]]
id = \"fast\"
country = \"AL\"
direction = \"outgoing\"
activity = \"STT\"
days = 5
participants = 1
distance_km = 800
";

/// Six green travel days: 11 x 190 + 417 + 500 = 3,007.00 in call 2024, too many in call 2023.
#[test]
fn a_flow_that_one_table_cannot_compute_is_listed_apart() {
    for (old, new, under) in [(2024, 2023, Under::Old), (2023, 2024, Under::New)] {
        let (impact, _) = measured(GREEN, &shipped(old), &shipped(new)).expect("no errors");
        let [apart] = impact.apart.as_slice() else { panic!("one flow apart") };
        assert_eq!((apart.id.as_str(), apart.under), ("slow", under));
        assert_eq!(apart.amount.to_string(), "3007.00");
        assert_eq!(apart.reasons.list[0].code.as_str(), "too-many-travel-days");
        let others: Vec<_> = impact.flows.iter().map(|flow| flow.id.as_str()).collect();
        assert_eq!(others, ["fast"]);
        assert!(impact.moves());
    }
}

/// With the same amounts in both tables, what cannot be compared is a move all the same.
#[test]
fn a_flow_apart_moves_the_plan() {
    let table = support::tables::text(2024);
    let stricter = table.replacen("max = 6", "max = 5", 1);
    assert_ne!(stricter, table);
    let (old, new) = (support::tables::read(&table, 2024), support::tables::read(&stricter, 2024));
    let (impact, _) = measured(GREEN, &old, &new).expect("no errors");
    assert!(impact.total.change().is_zero());
    assert_eq!(impact.apart.len(), 1);
    assert!(impact.moves());
    let (unmoved, _) = measured(GREEN, &old, &old).expect("no errors");
    assert!(!unmoved.moves());
}

#[test]
fn a_plan_that_no_table_can_compute_is_refused() {
    let plan = VIENNA.replace("travel_days = 2", "travel_days = 3");
    let words = measured(&plan, &shipped(2023), &shipped(2024)).err().expect("errors");
    assert_eq!(words.matches("error[").count(), 1, "{words}");
    assert!(words.contains("too-many-travel-days"), "{words}");
}

#[test]
fn what_is_wrong_with_the_form_is_refused() {
    let plan = VIENNA.replace("participants", "participnts");
    let words = measured(&plan, &shipped(2023), &shipped(2024)).err().expect("errors");
    assert!(words.contains("the nearest key is `participants`"), "{words}");
}

/// A month of 31 days with stays of at least 62, against one of 30 days with at least 60. From the
/// first to the second the month falls first, and 2 months are 60 days while 62 are still asked for:
/// in between no limit counts. By hand, with 2 travel days: 800 x 64 / 31 = 1,651.61,
/// 800 x 62 / 30 = 1,653.33.
#[test]
fn in_between_no_limit_counts() {
    let text = support::tables::text(2025);
    let longer = text.replacen("days = 30 ", "days = 31 ", 1).replacen(
        "min_days = 60\n",
        "min_days = 62\n",
        1,
    );
    let thirty = support::tables::read(&text, 2025);
    let thirty_one = support::tables::read(&longer, 2025);
    let plan = "call = 2025
project = { country = \"HU\" }
[[flow]]
country = \"KG\"
direction = \"incoming\"
activity = \"SMS\"
months = 2
travel_days = 2
participants = 1
band = \"4000-7999\"
";
    let (impact, diff) = measured(plan, &thirty, &thirty_one).expect("no errors");
    assert_eq!(diff.steps.len(), 3);
    assert_eq!(causes(&diff, &impact.causes), ["days of a month: -1.72"]);
    let (impact, diff) = measured(plan, &thirty_one, &thirty).expect("no errors");
    assert_eq!(causes(&diff, &impact.causes), ["days of a month: 1.72"]);
    assert_eq!(impact.total.change().to_string(), "1.72");
}

/// The total of a plan under a table, by the way that `ka171 budget` takes.
fn total(plan: &str, table: &RateTable) -> Option<Eur> {
    let folder = tempfile::tempdir().expect("a folder");
    let name = folder.path().join(format!("{}.toml", table.call));
    std::fs::write(name, table.file.text()).expect("written");
    let text = PlanText::from_bytes("plan.toml", plan.into(), None).expect("text");
    let overrides = Overrides { call: Some(table.call), ..Overrides::default() };
    let loaded = load(&text, &overrides, &RateStore::Folder(folder.path().to_owned())).ok()?;
    Some(ka171::engine::budget(&loaded.plan).totals.amounts.total())
}

/// Lines of amounts in the order of the table, and how each is to read.
fn edits(text: &str, picks: &[(usize, u32)]) -> Vec<(usize, String)> {
    let is_amount = |line: &str| {
        ["standard = ", "green = ", "monthly = ", "daily = ", "amount = ", "per_participant = "]
            .iter()
            .any(|key| line.starts_with(key))
    };
    let lines: Vec<usize> =
        text.lines().enumerate().filter(|(_, line)| is_amount(line)).map(|(at, _)| at).collect();
    let mut edits = BTreeMap::new();
    for (pick, cents) in picks {
        let at = lines[pick % lines.len()];
        let key = text.lines().nth(at).expect("a line").split(" = ").next().expect("a key");
        edits.insert(at, format!("{key} = {}.{:02}", cents / 100, cents % 100));
    }
    edits.into_iter().collect()
}

fn edited(text: &str, edits: &[(usize, String)]) -> String {
    let line = |(at, line): (usize, &str)| {
        let edit = edits.iter().find(|(place, _)| *place == at);
        edit.map_or(line, |(_, edit)| edit).to_owned() + "\n"
    };
    text.lines().enumerate().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_add_up(plan in support::random::plan(), old in table(), new in table()) {
        let text = plan.toml();
        let Ok((impact, diff)) = measured(&text, &old, &new) else {
            // Refused: then no table computes it.
            prop_assert_eq!(total(&text, &old).or(total(&text, &new)), None);
            return Ok(());
        };
        let change = impact.total.change();
        prop_assert_eq!(impact.causes.values().copied().sum::<Eur>(), change);
        let by_flow = impact.flows.iter().map(|flow| flow.shift.change());
        prop_assert_eq!(by_flow.sum::<Eur>(), change);
        let by_region = impact.regions.values().map(|shift| shift.change());
        prop_assert_eq!(by_region.sum::<Eur>(), change);
        for flow in &impact.flows {
            let sum: Eur = flow.causes.values().copied().sum();
            prop_assert_eq!(sum, flow.shift.change(), "{}", flow.id);
        }
        for step in impact.causes.keys() {
            prop_assert!(*step < diff.steps.len());
        }
        prop_assert_eq!(impact.flows.len() + impact.apart.len(), plan.flows.len());
        if impact.apart.is_empty() {
            prop_assert_eq!(total(&text, &old), Some(impact.total.old));
            prop_assert_eq!(total(&text, &new), Some(impact.total.new));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Tables in between are written as text here and computed as `ka171 budget` does: each part is
    /// what its own step does, not only their sum.
    #[test]
    fn each_part_is_that_of_its_step(
        plan in support::random::plan(),
        picks in prop::collection::vec((0_usize..100, 0_u32..300_000), 1..5),
    ) {
        let call = plan.call;
        let (text, plan) = (support::tables::text(call), plan.toml());
        let edits = edits(&text, &picks);
        let last = support::tables::read(&edited(&text, &edits), call);
        let (impact, diff) = measured(&plan, &shipped(call), &last).expect("no errors");
        let totals: Vec<Eur> = (0..=edits.len())
            .map(|taken| support::tables::read(&edited(&text, &edits[..taken]), call))
            .map(|table| total(&plan, &table).expect("no errors"))
            .collect();
        let expected: Vec<Eur> =
            totals.windows(2).map(|pair| pair[1] - pair[0]).filter(|part| !part.is_zero()).collect();
        // Within the catalogue's order, which is that of the file.
        let found: Vec<Eur> = impact.causes.values().copied().collect();
        prop_assert_eq!(found, expected, "{:?}", causes(&diff, &impact.causes));
    }
}
