//! What changed between two budgets: the parts add up, and each is what its cause does.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a failing test may stop

mod support;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ka171::compare::{Comparison, Fate, Side, compare};
use ka171::diag::SourceFile;
use ka171::model::Eur;
use ka171::plan::{Overrides, PlanText, load};
use ka171::rates::{RateStore, RateTable};
use ka171::saved::SavedResult;
use proptest::prelude::*;
use support::random::{Distance, Flow, Plan, plan};

fn saved(plan: &str) -> SavedResult {
    let result = support::result_text(plan).unwrap_or_else(|errors| panic!("{errors}\n{plan}"));
    SavedResult::of(SourceFile::new("result.json", result)).expect("a result")
}

/// The shipped tables, read once.
fn table(call: u16) -> &'static RateTable {
    static TABLES: OnceLock<BTreeMap<u16, RateTable>> = OnceLock::new();
    let read = |call| (call, support::tables::shipped(call));
    &TABLES.get_or_init(|| (2022..=2026).map(read).collect())[&call]
}

fn compared(old: &str, new: &str) -> Comparison {
    of_results(&saved(old), &saved(new))
}

fn of_results(old: &SavedResult, new: &SavedResult) -> Comparison {
    let names = RateStore::Embedded.country_names().expect("valid");
    let old = Side { result: old, table: table(old.call) };
    let new = Side { result: new, table: table(new.call) };
    compare(&old, &new, &names).expect("plans")
}

/// `CAUSE AMOUNT` for each cause.
fn causes(comparison: &Comparison) -> Vec<String> {
    comparison.causes.iter().map(|(cause, amount)| format!("{} {amount}", cause.words())).collect()
}

const OSH: &str = "call = 2025
project = { country = \"HU\" }
[[flow]]
id = \"osh\"
country = \"KG\"
direction = \"incoming\"
activity = \"SMS\"
months = 5
participants = 4
fewer_opportunities = 1
travel = \"green\"
travel_days = 2
distance_km = 3222
";

fn with(changes: &[(&str, &str)]) -> String {
    let mut plan = OSH.to_owned();
    for (from, to) in changes {
        assert_eq!(plan.matches(from).count(), 1, "{from}");
        plan = plan.replace(from, to);
    }
    plan
}

/// By hand, from 4 x 800 x 152 / 30 = 16,213.32, 1 x 250 x 5 = 1,250, 4 x 785 = 3,140, 4 x 500 = 2,000.
/// Participants 6: 2 x (4,053.33 + 785 + 500) = 10,676.66. Months 6: 800 x 182 / 30 = 4,853.33, 6 x 800 =
/// 4,800 more, and 250 of top-up: 5,050. Travel days 4: 800 x 184 / 30 = 4,906.67, 6 x 53.34 = 320.04.
/// Distance 2,222 km: 535 instead of 785, 6 x -250 = -1,500. Standard travel (395): 6 x -140 = -840 - but
/// four travel days are too many for it, which counts for nothing in between. Fewer opportunities 2:
/// 1,500. Inclusion support 99.50.
#[test]
fn each_cause_has_what_it_does_at_its_turn() {
    let new = with(&[
        ("participants = 4", "participants = 6"),
        ("months = 5", "months = 6"),
        ("travel_days = 2", "travel_days = 2\ninclusion_support = 99.50"),
        ("distance_km = 3222", "distance_km = 2222"),
        ("fewer_opportunities = 1", "fewer_opportunities = 2"),
        ("travel = \"green\"", "travel = \"standard\""),
    ]);
    let expected = [
        "participants 10676.66",
        "duration 5050.00",
        "distance -1500.00",
        "travel mode -840.00",
        "top-ups 1500.00",
        "real costs 99.50",
    ];
    assert_eq!(causes(&compared(OSH, &new)), expected);
}

#[test]
fn travel_days_are_a_cause() {
    let new = with(&[("travel_days = 2", "travel_days = 4")]);
    // 800 x 154 / 30 = 4,106.67, 4 x 53.34
    assert_eq!(causes(&compared(OSH, &new)), ["travel days 213.36"]);
    // From six days by green travel to none by standard travel: no limit counts in between.
    let six = with(&[("travel_days = 2", "travel_days = 6")]);
    let none = with(&[("travel_days = 2", "travel_days = 0"), ("\"green\"", "\"standard\"")]);
    // 800 x 156 / 30 = 4,160.00 to 4,000.00: 4 x -160; 785 to 580: 4 x -205
    assert_eq!(causes(&compared(&six, &none)), ["travel days -640.00", "travel mode -820.00"]);
}

/// One flow fewer with fewer opportunities than there were: they go with the participants.
#[test]
fn fewer_participants_take_their_top_ups_with_them() {
    let old = with(&[("fewer_opportunities = 1", "fewer_opportunities = 4")]);
    let new = with(&[
        ("participants = 4", "participants = 3"),
        ("fewer_opportunities = 1", "fewer_opportunities = 3"),
    ]);
    // 4,053.33 + 785 + 500 + 1,250
    assert_eq!(causes(&compared(&old, &new)), ["participants -6588.33"]);
}

/// The applicant in Germany: group 1, 900 a month. 4 x (4,560.00 - 4,053.33).
#[test]
fn the_applicant_is_a_cause() {
    let new = with(&[("\"HU\"", "\"DE\"")]);
    assert_eq!(causes(&compared(OSH, &new)), ["applicant's country 2026.68"]);
}

/// A student mobility becomes a staff mobility: 22,603.32 before, 4 x (148 x 7 + 785 + 500) = 9,284.00
/// after, all by the kind of mobility.
#[test]
fn another_kind_of_mobility_is_one_cause() {
    let new = with(&[
        ("\"SMS\"", "\"STA\""),
        ("months = 5", "days = 5"),
        ("fewer_opportunities = 1\n", ""),
    ]);
    assert_eq!(causes(&compared(OSH, &new)), ["kind of mobility -13319.32"]);
}

/// What any kind has keeps its own cause: two participants more are 2 x (148 x 7 + 785 + 500).
#[test]
fn another_kind_of_mobility_does_not_swallow_participants() {
    let new = with(&[
        ("\"SMS\"", "\"STA\""),
        ("months = 5", "days = 5"),
        ("fewer_opportunities = 1\n", ""),
        ("participants = 4", "participants = 6"),
    ]);
    let expected = ["kind of mobility -13319.32", "participants 4642.00"];
    assert_eq!(causes(&compared(OSH, &new)), expected);
}

/// Without a grant 4 x 500. With one 22,603.32; two participants more are 10,676.66 as above; seven months
/// are 800 x 212 / 30 = 5,653.33 each, 6 x 1,600 more, and 500 of top-up.
#[test]
fn a_grant_is_a_cause_of_its_own() {
    let old = with(&[("distance_km = 3222\n", "zero_grant = true\n")]);
    let new = with(&[("participants = 4", "participants = 6"), ("months = 5", "months = 7")]);
    let expected = ["zero grant 20603.32", "participants 10676.66", "duration 10100.00"];
    assert_eq!(causes(&compared(&old, &new)), expected);
}

/// Many flows of one kind: those that alone have their partner stay what they are.
#[test]
fn many_flows_are_paired_by_their_partners() {
    let flow = |number: u32, km: u32| {
        format!(
            "[[flow]]\npartner = \"Partner {number}\"\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"STA\"\ndays = {}\nparticipants = {}\ndistance_km = {km}\n",
            5 + number % 50,
            1 + number % 7
        )
    };
    let head = "call = 2025\nproject = { country = \"HU\" }\n";
    let plan =
        |flows: &mut dyn Iterator<Item = String>| head.to_owned() + &flows.collect::<String>();
    let old = plan(&mut (0..600).map(|number| flow(number, 4222)));
    let new = plan(&mut (0..601).map(|number| flow(number, 4223)));
    // By hand: flow 600 has 5 days and 6 participants, 6 x (148 x 5 + 1,188 + 500) = 14,568.
    assert_eq!(causes(&compared(&old, &new)), ["added flows 14568.00"]);
}

/// Participants 4 to 5 under call 2023 (610 green), then the rates of 2025: 785.
#[test]
fn rates_come_last() {
    let old = with(&[("call = 2025", "call = 2023")]);
    let new = with(&[("participants = 4", "participants = 5")]);
    // 4,053.33 + 610 + 500; 5 x 175
    let expected = ["participants 5163.33", "travel, 3000-3999 km, green 875.00"];
    assert_eq!(causes(&compared(&old, &new)), expected);
}

/// The partner in Japan instead of Kyrgyzstan: Region 6 loses 22,603.32, Region 5 gets it, and 4 x 250
/// less in travel, as it is not as far.
/// Both results rest on a table of 600 EUR of organisational support, and the one at hand has 500: what
/// that does to both is no change. By hand: two participants more are 2 x (4,053.33 + 785 + 500), and
/// 2 x 100 by their own table.
#[test]
fn a_common_table_that_is_not_at_hand_is_one_cause() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = support::tables::text(2025);
    let other = text.replacen("per_participant = 500", "per_participant = 600", 1);
    assert_ne!(text, other);
    std::fs::write(folder.path().join("2025.toml"), other).expect("written");
    let store = RateStore::Folder(folder.path().to_owned());
    let saved = |plan: &str| {
        let text = PlanText::from_bytes("plan", plan.into(), None).expect("a text");
        let loaded = load(&text, &Overrides::default(), &store);
        let loaded = loaded.map_err(|refusal| support::words(&refusal)).expect("no errors");
        let result = support::result_of(&loaded).to_string();
        SavedResult::of(SourceFile::new("result.json", result)).expect("a result")
    };
    let (old, new) = (saved(OSH), saved(&with(&[("participants = 4", "participants = 6")])));
    let comparison = of_results(&old, &new);
    assert_eq!(
        causes(&comparison),
        ["participants 10676.66", "their rate table, which is not at hand 200.00"]
    );
    assert_eq!(comparison.total.change().to_string(), "10876.66");
}

#[test]
fn a_flow_that_moves_is_booked_in_both_regions() {
    let new = with(&[("\"KG\"", "\"JP\""), ("3222", "2222")]);
    let comparison = compared(OSH, &new);
    assert_eq!(causes(&comparison), ["distance -1000.00"]);
    let regions = comparison.regions.iter().map(|(region, it)| {
        let causes = it.causes.iter().map(|(cause, amount)| format!("{} {amount}", cause.words()));
        format!("{region}: {}", causes.collect::<Vec<_>>().join(", "))
    });
    let expected = [
        "Region 5: moved between regions 22603.32, distance -1000.00",
        "Region 6: moved between regions -22603.32",
    ];
    assert_eq!(regions.collect::<Vec<_>>(), expected);
}

#[test]
fn flows_come_and_go() {
    let other = OSH.replace("id = \"osh\"", "id = \"naryn\"").replace("\"SMS\"", "\"SMT\"");
    let two = format!("{OSH}[[flow]]{}", other.split_once("[[flow]]").expect("a flow").1);
    let grown = compared(OSH, &two);
    assert_eq!(causes(&grown), ["added flows 22603.32"]);
    let fates: Vec<_> = grown.flows.iter().map(|flow| (flow.id.as_str(), flow.fate)).collect();
    assert_eq!(fates, [("naryn", Fate::Added), ("osh", Fate::Same)]);
    assert_eq!(causes(&compared(&two, OSH)), ["removed flows -22603.32"]);
}

/// Without ids a flow is found by what it is, wherever it stands.
#[test]
fn flows_without_ids_are_paired_by_likeness() {
    let nameless = OSH.replace("id = \"osh\"\n", "");
    let flow = nameless.split_once("[[flow]]").expect("a flow").1;
    let jp = flow.replace("\"KG\"", "\"JP\"");
    let old = format!("{nameless}[[flow]]{jp}");
    let new = format!(
        "call = 2025\nproject = {{ country = \"HU\" }}\n[[flow]]{jp}[[flow]]{}",
        flow.replace("participants = 4", "participants = 5")
    );
    let comparison = compared(&old, &new);
    assert_eq!(causes(&comparison), ["participants 5338.33"]);
    let changed = comparison.flows.iter().find(|flow| flow.fate == Fate::Changed).expect("one");
    assert_eq!((changed.id.as_str(), changed.old_id.as_deref()), ("flow-2", Some("flow-1")));
}

/// Neither the default ids, which count lines, nor notes say which flow is which.
#[test]
fn a_tie_is_not_decided_by_the_lines() {
    let plan = |flows: [(u32, u32); 2]| {
        let flow = |(participants, days)| {
            format!(
                "[[flow]]\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"STA\"\nparticipants = {participants}\ndays = {days}\ndistance_km = 4222\n"
            )
        };
        format!("call = 2025\nproject = {{ country = \"HU\" }}\n{}", flows.map(flow).concat())
    };
    let (old, turned) = (plan([(1, 5), (2, 6)]), plan([(2, 6), (1, 5)]));
    let (new, new_turned) = (plan([(1, 6), (2, 5)]), plan([(2, 5), (1, 6)]));
    let expected = causes(&compared(&old, &new));
    for (old, new) in [(&old, &new_turned), (&turned, &new), (&turned, &new_turned)] {
        assert_eq!(causes(&compared(old, new)), expected);
    }
}

/// A later plan: some flows gone, some new, the others with parts of other flows.
fn later(old: &Plan, other: &Plan, mask: u64) -> Plan {
    let bit = |at: usize| (mask >> (at % 61)) & 1 == 1;
    let mut flows: Vec<Flow> = Vec::new();
    for (at, flow) in old.flows.iter().enumerate() {
        let donor = &other.flows[at % other.flows.len()];
        if bit(at * 11) && bit(at * 13 + 1) && old.flows.len() > 1 {
            continue;
        }
        let mut flow = flow.clone();
        if bit(at * 11 + 2) {
            flow.participants = donor.participants;
            flow.fewer_opportunities = flow.fewer_opportunities.min(donor.participants);
        }
        if bit(at * 11 + 3) && flow.kind.bounds() == donor.kind.bounds() {
            flow.days = donor.days;
            flow.unfunded_days = donor.unfunded_days;
        }
        if bit(at * 11 + 4) {
            flow.green = donor.green;
            flow.travel_days = donor.travel_days.min(2);
        }
        if bit(at * 11 + 5) {
            flow.distance = match &donor.distance {
                Distance::Km(km) => Distance::Km(km.clone()),
                Distance::Band(band) => Distance::Band(band),
                Distance::Estimated => Distance::Estimated,
            };
        }
        if bit(at * 11 + 6) {
            flow.travel_cost = donor.travel_cost;
            flow.inclusion_support = donor.inclusion_support;
        }
        if bit(at * 11 + 7) && bit(at * 11 + 8) {
            flow.zero_grant = donor.zero_grant;
        }
        flow.travel_days = flow.travel_days.min(if flow.green { 4 } else { 2 });
        flows.push(flow);
    }
    if flows.is_empty() || bit(50) {
        let mut added = other.flows[0].clone();
        added.travel_days = added.travel_days.min(2);
        flows.push(added);
    }
    let call = if bit(51) { other.call } else { old.call };
    let home = if bit(52) && bit(53) { other.home } else { old.home };
    Plan { call, home, flows }
}

/// The plan with an id for each flow that tells which one it is.
fn with_ids(plan: &Plan) -> String {
    let mut number = 0;
    let mut id = |part: &str| {
        number += 1;
        format!("[[flow]]\nid = \"f{number}\"{part}")
    };
    let text = plan.toml();
    let (head, flows) = text.split_once("[[flow]]").expect("flows");
    head.to_owned() + &flows.split("[[flow]]").map(&mut id).collect::<String>()
}

fn hold(old: &SavedResult, new: &SavedResult) -> Result<(), TestCaseError> {
    let comparison = of_results(old, new);
    prop_assert_eq!([comparison.total.old, comparison.total.new], [old.total, new.total]);
    let change = comparison.total.change();
    prop_assert_eq!(comparison.causes.values().copied().sum::<Eur>(), change);
    let by_flow = comparison.flows.iter().map(|flow| flow.shift.change());
    prop_assert_eq!(by_flow.sum::<Eur>(), change);
    let by_region = comparison.regions.values().map(|region| region.shift.change());
    prop_assert_eq!(by_region.sum::<Eur>(), change);
    for (region, it) in &comparison.regions {
        let sum: Eur = it.causes.values().copied().sum();
        prop_assert_eq!(sum, it.shift.change(), "{}", region);
    }
    for flow in &comparison.flows {
        let sum: Eur = flow.causes.values().copied().sum();
        prop_assert_eq!(sum, flow.shift.change(), "{}", flow.id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_add_up(old in plan(), other in plan(), mask in any::<u64>(), named in any::<bool>()) {
        let new = later(&old, &other, mask);
        let (old, new) = if named { (with_ids(&old), with_ids(&new)) } else { (old.toml(), new.toml()) };
        hold(&saved(&old), &saved(&new))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_lines_plays_no_part(old in plan(), other in plan(), mask in any::<u64>()) {
        let new = later(&old, &other, mask);
        let (mut old_back, mut new_back) = (old.clone(), new.clone());
        old_back.flows.reverse();
        new_back.flows.rotate_left(1);
        let there = compared(&old.toml(), &new.toml());
        let shuffled = compared(&old_back.toml(), &new_back.toml());
        prop_assert_eq!(causes(&there), causes(&shuffled));
        let amounts = |comparison: &Comparison| {
            let mut amounts: BTreeMap<String, usize> = BTreeMap::new();
            for flow in &comparison.flows {
                let key = format!("{} {:?} {:?}", flow.country, flow.shift, flow.causes);
                *amounts.entry(key).or_default() += 1;
            }
            amounts
        };
        prop_assert_eq!(amounts(&there), amounts(&shuffled));
    }
}
