//! What differs between rate tables: all of it, and nothing else.
#![allow(clippy::expect_used, clippy::panic)] // a failing test may stop

mod support;

use std::collections::BTreeSet;

use ka171::model::{Confidence, Word};
use ka171::rates::catalogue::{Entry, entries, slots};
use ka171::rates::diff::{Change, Fate, TableDiff, diff};
use ka171::rates::{RateTable, Standing};
use proptest::prelude::*;
use support::tables::{shipped, table};

const CALLS: [u16; 5] = [2022, 2023, 2024, 2025, 2026];

/// `KEY OLD -> NEW` for each figure, rule and country with another value.
fn values(diff: &TableDiff) -> Vec<String> {
    let text = |entry: Option<&Entry>| entry.map_or("none".into(), |e| e.value.to_string());
    let changed = diff.changes().filter(|change| change.fate != Fate::Basis);
    let line = |change: &Change| {
        let (old, new) = (text(change.sides.in_old()), text(change.sides.in_new()));
        format!("{} {old} -> {new}", change.entry().key)
    };
    changed.map(line).collect()
}

/// `KEY OLD -> NEW` for each figure that both tables have with another mark.
fn marks(diff: &TableDiff) -> Vec<String> {
    let mark = |entry: &Entry| entry.citation.confidence().map_or("policy", Confidence::as_str);
    let line = |change: &Change| {
        let (old, new) = (mark(change.sides.in_old()?), mark(change.sides.in_new()?));
        (old != new).then(|| format!("{} {old} -> {new}", change.entry().key))
    };
    diff.changes().filter_map(line).collect()
}

/// Written from the published rules of the two calls: travel (two generations of bands), travel
/// days, students, staff, country groups. Nothing else has another value.
#[test]
fn from_2023_to_2024_every_value_that_differs_is_shown_and_no_other() {
    let expected = "\
travel.band.10-99.standard 20.00 -> 28.00
travel.band.10-99.green none -> 56.00
travel.band.100-499.standard 180.00 -> 211.00
travel.band.100-499.green 210.00 -> 285.00
travel.band.500-1999.standard 275.00 -> 309.00
travel.band.500-1999.green 320.00 -> 417.00
travel.band.2000-2999.standard 360.00 -> 395.00
travel.band.2000-2999.green 410.00 -> 535.00
travel.band.3000-3999.standard 530.00 -> 580.00
travel.band.3000-3999.green 610.00 -> 785.00
travel.band.4000-7999.standard 820.00 -> 1,188.00
travel.band.4000-7999.green none -> 1,188.00
travel.band.8000+.standard 1,500.00 -> 1,735.00
travel.band.8000+.green none -> 1,735.00
travel_days.staff.green 4 -> 6
travel_days.students.long.green 4 -> 6
travel_days.students.short.green 4 -> 6
staff.rate.incoming.group-1 180.00 -> 190.00
staff.rate.incoming.group-2 160.00 -> 170.00
staff.rate.incoming.group-3 140.00 -> 148.00
staff.rate.outgoing 180.00 -> 190.00
country.AT EU Member State, group 2 -> EU Member State, group 1
country.BE EU Member State, group 2 -> EU Member State, group 1
country.CZ EU Member State, group 3 -> EU Member State, group 2
country.DE EU Member State, group 2 -> EU Member State, group 1
country.EE EU Member State, group 3 -> EU Member State, group 2
country.FR EU Member State, group 2 -> EU Member State, group 1
country.IT EU Member State, group 2 -> EU Member State, group 1
country.LV EU Member State, group 3 -> EU Member State, group 2
country.NL EU Member State, group 2 -> EU Member State, group 1
country.SI EU Member State, group 3 -> EU Member State, group 2
country.SK EU Member State, group 3 -> EU Member State, group 2";
    let diff = diff(&shipped(2023), &shipped(2024));
    assert_eq!(values(&diff), expected.lines().collect::<Vec<_>>());
}

/// The marks that the rules give for the two calls.
#[test]
fn from_2023_to_2024_every_mark_that_differs_is_shown_and_no_other() {
    let expected = "\
travel.band.10-99.standard contradicted -> confirmed
travel_days.staff.green inferred -> confirmed
travel_days.students.long.standard single -> confirmed
students.long.rate.incoming.group-1 inferred -> confirmed
students.long.rate.incoming.group-2 confirmed -> single
students.short.first_daily contradicted -> confirmed
students.short.later_daily contradicted -> confirmed
staff.rate.incoming.group-1 inferred -> single
staff.later_days single -> inferred
award.pass_points inferred -> single
award.pass_share_percent inferred -> single
award.criterion.design.max_points inferred -> single
award.criterion.design.per inferred -> single
award.criterion.relevance.max_points inferred -> single
award.criterion.relevance.per inferred -> single
award.criterion.impact.max_points inferred -> single
award.criterion.impact.per inferred -> single";
    let diff = diff(&shipped(2023), &shipped(2024));
    assert_eq!(marks(&diff), expected.lines().collect::<Vec<_>>());
}

/// Figures with the same value and the same mark for which the rules name other pages in the two
/// calls: travel days, country groups, and the list of those who may apply, which is that of the
/// groups.
#[test]
fn from_2023_to_2024_no_other_figure_has_other_sources() {
    let expected = [
        "country groups 1, 2, 3",
        "countries that may apply",
        "travel days, staff, standard travel",
        "travel days, students, short-term, standard travel",
    ];
    let (old, new) = (shipped(2023), shipped(2024));
    let diff = diff(&old, &new);
    let with_other_mark = marks(&diff);
    let is_same_mark =
        |key: &str| !with_other_mark.iter().any(|line| line.split(' ').next() == Some(key));
    let found: BTreeSet<String> = diff
        .changes()
        .filter(|change| change.fate == Fate::Basis && is_same_mark(&change.entry().key))
        .filter(|change| !change.entry().key.starts_with("award."))
        .map(|change| match change.entry().figure.strip_prefix("country group ") {
            Some(_) => "country groups 1, 2, 3".to_owned(),
            None => change.entry().figure.clone(),
        })
        .collect();
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[test]
fn from_2023_to_2024_sources_come_and_go() {
    let diff = diff(&shipped(2023), &shipped(2024));
    let keys = |fate| {
        let sources = diff.sources.iter().filter(move |sides| sides.fate() == fate);
        sources.map(|sides| sides.latest().key.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(keys(Fate::Added), "ansbach commo ec-travel opole saar uav ut-pa vu");
    let gone = "boku daad131 gida hda hyria inclusive itu no-handbook oead171 ttk ul-en unibl-mr upjs ut-aegean";
    assert_eq!(keys(Fate::Removed), gone);
    assert_eq!(keys(Fate::Changed), "");
}

/// Between these calls the rules differ in Region 4 and in the mark of the award alone.
#[test]
fn from_2024_to_2025_only_region_4_has_another_rule() {
    let diff = diff(&shipped(2024), &shipped(2025));
    let keys: Vec<String> = values(&diff)
        .iter()
        .map(|line| line.split(' ').next().unwrap_or_default().into())
        .collect();
    let expected = [
        "restriction.check-with-national-agency.regions",
        "restriction.check-with-national-agency.explanation",
        "restriction.incoming-students-only.regions",
        "restriction.incoming-students-only.explanation",
    ];
    assert_eq!(keys, expected);
    assert!(marks(&diff).iter().all(|line| line.starts_with("award.")), "{:?}", marks(&diff));
    assert!(diff.sources.is_empty());
}

#[test]
fn a_table_does_not_differ_from_itself() {
    for call in CALLS {
        assert!(diff(&shipped(call), &shipped(call)).is_empty(), "{call}");
    }
}

/// Whatever stands in a table, a change of it shows.
fn differ(old: &str, find: &str, put: &str) -> Vec<String> {
    assert_eq!(old.matches(find).count(), 1, "{find:?}");
    let (old, new) = (old.to_owned(), old.replace(find, put));
    let diff = diff(&support::tables::read(&old, 2025), &support::tables::read(&new, 2025));
    let mut found = values(&diff);
    let grounds = diff.changes().filter(|change| change.fate == Fate::Basis);
    found.extend(grounds.map(|change| format!("{} rests on something else", change.entry().key)));
    let source = |sides: &ka171::rates::diff::Sides<std::sync::Arc<ka171::model::Source>>| {
        format!("source {} {}", sides.latest().key, sides.fate())
    };
    found.extend(diff.sources.iter().map(source));
    found
}

/// The order of lists and of rows says nothing.
#[test]
fn another_order_is_no_difference() {
    let table = support::tables::text(2025);
    let reversed = table
        .replace("\"US\", \"CA\"", "\"CA\", \"US\"")
        .replace(
            "levels = [\"short-cycle\", \"bachelor\", \"master\"]",
            "levels = [\"master\", \"bachelor\", \"short-cycle\"]",
        )
        .replace("regions = [2, 3, 5,", "regions = [5, 3, 2,")
        .replace("\"NR\", \"PW\"", "\"PW\", \"NR\"");
    let (one, other) =
        (support::tables::read(&table, 2025), support::tables::read(&reversed, 2025));
    assert!(diff(&one, &other).is_empty(), "{:?}", values(&diff(&one, &other)));
}

#[test]
fn a_change_of_any_part_shows() {
    let table = support::tables::text(2025);
    let one = |find: &str, put: &str, expected: &[&str]| {
        assert_eq!(differ(&table, find, put), expected, "{find:?}");
    };
    one("months = [24, 36]", "months = [24]", &["project.months 24 or 36 -> 24"]);
    one("start_month = 8 ", "start_month = 9 ", &["project.start 1 August -> 1 September"]);
    one("paid_percent = 80", "paid_percent = 81", &["travel.expensive.paid_percent 80 -> 81"]);
    one("pass_points = 60", "pass_points = 61", &["award.pass_points 60 -> 61"]);
    one(
        "from_days = 15 ",
        "from_days = 12 ",
        &[
            "students.short.top_up 5, 15 -> 5, 12",
            "students.short.top_up.from-12-days none -> 150.00",
            "students.short.top_up.from-15-days 150.00 -> none",
        ],
    );
    one(
        "max_points = 20\nper = \"region\"",
        "max_points = 20\nper = \"project\"",
        &["award.criterion.impact.per region -> project"],
    );
    one("min_days = 1\n", "min_days = 2\n", &["duration.STA.from_enterprise.min_days 1 -> 2"]);
    one(
        "\"PA\", \"GY\"]",
        "\"PA\"]",
        &["restriction.outgoing-levels.doubtful GY NR PA PW -> NR PA PW"],
    );
    one("name = \"Asia\"", "name = \"Far East\"", &["region.5 Asia -> Far East"]);
    one(
        "countries = [\"RU\"]\n",
        "countries = [\"RU\"]\nfundable = false\n",
        &["region.4 Territory of Russia -> Territory of Russia, not fundable"],
    );
    one("\"US\", \"CA\"", "\"US\"", &["country.CA Region 12 -> none"]);
    one("title = \"2024 groups\"", "title = \"Groups\"", &["source ubi changed"]);
    one(
        "note = \"NEO-KG states it for call 2026.\"",
        "note = \"Another note.\"",
        &["organisational_support.per_participant rests on something else"],
    );
    one(
        "policy = \"No source states a rounding rule.",
        "policy = \"No page states a rounding rule.",
        &["rounding rests on something else"],
    );
    one(
        "country = \"PH\"",
        "country = \"JP\"",
        &["eligibility.JP none -> taken as eligible", "eligibility.PH taken as eligible -> none"],
    );
}

/// Each value of a table by its key, and each country's place.
fn everything(table: &RateTable) -> Vec<String> {
    let places = table.countries.iter().map(|(code, standing)| {
        let rests_on = match standing {
            Standing::Programme { group, .. } => &group.citation.value,
            Standing::Third(_) => "",
        };
        format!("{code} {standing} {rests_on}")
    });
    let regions = table.regions.iter();
    let regions = regions.map(|(region, it)| format!("{region} {} {}", it.name, it.fundable));
    let entries = entries(table).into_iter();
    let entries = entries.map(|entry| format!("{} {} {}", entry.key, entry.figure, entry.value));
    entries.chain(regions).chain(places).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// A part that no slot takes over could move a plan without a cause.
    #[test]
    fn taken_over_part_by_part_a_table_becomes_the_other(old in table(), new in table()) {
        let mut between = old.clone();
        for slot in slots(&old, &new) {
            slot.take(&new, &mut between);
        }
        prop_assert_eq!(everything(&between), everything(&new));
    }

    /// What is added one way is removed the other way.
    #[test]
    fn the_other_way_round_the_same_differs(old in table(), new in table()) {
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        let mirrored = |line: &String| {
            let (key, rest) = line.split_once(' ').expect("a key");
            let (from, to) = rest.split_once(" -> ").expect("two values");
            format!("{key} {to} -> {from}")
        };
        let there: BTreeSet<String> = values(&there).iter().map(mirrored).collect();
        prop_assert_eq!(there, values(&back).into_iter().collect::<BTreeSet<_>>());
    }
}
