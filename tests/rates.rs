//! The shipped rate tables: valid, complete, and tried by golden cases.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ka171::model::{Basis, Confidence, CountryCode, Word};
use ka171::plan::{Overrides, PlanText, load};
use ka171::rates::catalogue::{Entry, Section, bases, entries};
use ka171::rates::{RateStore, RateTable, Standing, read_table};

const CALLS: [u16; 5] = [2022, 2023, 2024, 2025, 2026];

fn table(call: u16) -> RateTable {
    let file = RateStore::Embedded.table(call).expect("readable").expect("a table");
    read_table(&file).unwrap_or_else(|errors| panic!("{:#?}", errors.list))
}

#[test]
fn every_table_of_the_folder_is_embedded_as_it_is() {
    let in_folder = RateStore::Folder("rates".into());
    assert_eq!(in_folder.calls().expect("readable"), CALLS);
    assert_eq!(RateStore::Embedded.calls().expect("readable"), CALLS);
    for call in CALLS {
        let text = |store: &RateStore| {
            let file = store.table(call).expect("readable").expect("a table");
            file.file().text().to_owned()
        };
        assert_eq!(text(&in_folder), text(&RateStore::Embedded), "call {call}");
    }
}

/// What is not among the bases, no lint looks at.
#[test]
fn every_mark_and_every_choice_is_among_the_bases() {
    for call in CALLS {
        let text = fs::read_to_string(format!("rates/{call}.toml")).expect("a table");
        let says = |line: &&str| line.starts_with("confidence = ") || line.starts_with("policy = ");
        let said = text.lines().filter(says).count();
        assert!(said > 60, "call {call}: {said}");
        assert_eq!(bases(&table(call)).len(), said, "call {call}");
    }
}

/// NEO-KG is about call 2026: what the table of that call takes from it alone is not carried over.
#[test]
fn what_a_document_of_the_call_states_is_not_carried_over() {
    let mut stated = Vec::new();
    for basis in bases(&table(2026)) {
        if let Basis::Sourced { sources, carried, .. } = &basis.basis
            && sources.iter().all(|source| source.key == "neo-kg")
        {
            assert!(!carried, "{}", basis.figure);
            stated.push(basis.figure.clone());
        }
    }
    // Two rates of students, one of staff, organisational support, fourteen regions.
    assert_eq!(stated.len(), 2 + 1 + 1 + 14, "{stated:?}");
}

/// The source `compilation` stands for pages that were seen and not recorded. A figure that is
/// confirmed by it and one page says so.
#[test]
fn what_is_confirmed_without_a_second_page_says_so() {
    let mut unrecorded = Vec::new();
    for call in CALLS {
        for basis in bases(&table(call)) {
            let Basis::Sourced { sources, note, .. } = &basis.basis else { continue };
            let documents: BTreeSet<String> =
                sources.iter().map(|source| source.locator.to_string()).collect();
            let is_official = sources.iter().any(|source| source.official);
            let needs_it = sources.iter().any(|source| source.key == "compilation")
                && documents.len() == 2
                && !is_official;
            if basis.confidence() == Some(Confidence::Confirmed) && needs_it {
                let note = note.as_deref().unwrap_or_default();
                assert!(
                    note.contains("no second page was recorded"),
                    "{call}: {}: {note}",
                    basis.figure
                );
                unrecorded.push(call);
            }
        }
    }
    // The project in four calls, staff's group 2 in 2023, who may apply in 2026.
    assert_eq!(unrecorded, [2022, 2023, 2023, 2024, 2025, 2026]);
}

#[test]
fn every_country_has_a_place_and_a_name() {
    let names = RateStore::Embedded.country_names().expect("valid");
    for call in CALLS {
        let table = table(call);
        let third = |standing: &&Standing| matches!(standing, Standing::Third(_));
        assert_eq!(table.countries.len(), 33 + 162 + 7, "call {call}");
        assert_eq!(table.countries.values().filter(third).count(), 162 + 7, "call {call}");
        for code in table.countries.keys() {
            assert_ne!(*names.name(*code), code.to_string(), "{code} has no name");
        }
    }
}

#[test]
fn other_names_find_their_country() {
    let names = RateStore::Embedded.country_names().expect("valid");
    let codes = [
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Ivory Coast", "CI"),
        ("Swaziland", "SZ"),
        ("South Korea", "KR"),
        ("north korea", "KP"),
        ("Kyrgyzstan", "KG"),
        ("Kyrgystan", "KG"),
        ("Russia", "RU"),
        ("Viet Nam", "VN"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Great Britain", "GB"),
        ("Republic of Congo", "CG"),
        ("Congo", "CG"),
        ("DRC", "CD"),
    ];
    for (name, code) in codes {
        assert_eq!(names.by_name(name), CountryCode::from_text(code), "{name}");
    }
    for nothing in ["CAN", "RSA", "", "Atlantis"] {
        assert_eq!(names.by_name(nothing), None, "{nothing}");
    }
}

/// Counted by hand in `rates/2025.toml`, each amount, limit, rule and list as one. Confirmed: project 2,
/// bands 14, distance 1, expensive travel 2, travel days 6, long-term students 6, short-term 4, staff 4,
/// first period 1, inclusion support 1, durations 12, restrictions 8, who may apply 2, groups 3, regions
/// 14. Single: students and staff one rate each, the reading of the first period. Inferred: below the
/// lowest band, February, part months, a short-term travel day, later staff days, organisational support
/// 2, enterprises 2, award 8, the Philippines. Own choice: rounding, edges.
#[test]
fn figures_are_counted_by_their_marks() {
    let mut marks: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in entries(&table(2025)) {
        let mark = entry.citation.confidence().map_or("own choice", Confidence::as_str);
        *marks.entry(mark).or_default() += 1;
    }
    let expected = [("confirmed", 80), ("inferred", 18), ("own choice", 2), ("single", 3)];
    assert_eq!(marks, expected.into());
}

/// A figure that no golden case uses could be wrong unseen.
#[test]
fn golden_cases_use_every_figure() {
    let mut used: BTreeMap<u16, BTreeSet<String>> = BTreeMap::new();
    for call in CALLS {
        let cases = fs::read_dir(format!("tests/golden/{call}")).expect("golden cases");
        for case in cases {
            let path = case.expect("an entry").path().join("plan.toml");
            let loaded = support::loaded(&fs::read(path).expect("a plan")).expect("no errors");
            let budget = ka171::engine::budget(&loaded.plan);
            let countries = budget.regions.iter().flat_map(|region| &region.countries);
            for flow in countries.flat_map(|country| &country.flows) {
                let lines = flow.lines.iter().flat_map(|line| line.grounds);
                let figures = lines.chain(&flow.flow.grounds).map(|used| used.figure.clone());
                used.entry(loaded.plan.call).or_default().extend(figures);
            }
        }
    }
    let mut unused = Vec::new();
    for call in CALLS {
        let table = table(call);
        let figures = entries(&table).into_iter().filter(pays_or_limits);
        let figures = figures.map(|entry| entry.citation.figure.clone());
        unused.extend(figures.filter(|figure| !used[&call].contains(figure)).map(|f| (call, f)));
    }
    assert!(unused.is_empty(), "no golden case uses {unused:#?}");
}

/// Whether a budget names the figure as a ground: what it pays, or the limits that it keeps.
fn pays_or_limits(entry: &Entry) -> bool {
    let how_distances_are_read = ["travel.distance", "travel.edges", "travel.below_lowest_band"];
    let is_about_applying = matches!(
        entry.section,
        Section::Project | Section::Award | Section::Restrictions | Section::Countries
    );
    !is_about_applying && !how_distances_are_read.contains(&entry.key.as_str())
}

/// Shipped rates leave only thirds and fifths of a cent. With a made-up top-up of 0.15 a month, 61
/// days are 0.15 x 61 / 30 = 0.305 exactly: half up gives 0.31, banker's rounding 0.30.
#[test]
fn half_a_cent_is_rounded_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string("rates/2025.toml").expect("a table");
    let changed = text.replacen("monthly = 250 ", "monthly = 0.15 ", 1);
    assert_ne!(changed, text);
    fs::write(folder.path().join("2025.toml"), changed).expect("written");
    let plan = "call = 2025\nproject = { country = \"HU\" }\n[[flow]]\ncountry = \"KG\"\n\
        direction = \"incoming\"\nactivity = \"SMS\"\ndays = 61\nparticipants = 1\n\
        fewer_opportunities = 1\nband = \"4000-7999\"\n";
    let text = PlanText::from_bytes("plan.toml", plan.into(), None).expect("text");
    let store = RateStore::Folder(folder.path().to_owned());
    let loaded = load(&text, &Overrides::default(), &store).expect("no errors");
    let budget = ka171::engine::budget(&loaded.plan);
    let top_up = budget.totals.amounts.get(ka171::engine::CostItem::TopUp);
    assert_eq!(top_up.to_string(), "0.31");
}

/// A folder replaces the program's tables: nothing falls back to them.
#[test]
fn a_folder_without_the_call_is_an_unknown_call() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy("rates/2024.toml", folder.path().join("2024.toml")).expect("copied");
    let plan = fs::read("tests/golden/2025/szeged-osh/plan.toml").expect("a plan");
    let text = PlanText::from_bytes("plan.toml", plan, None).expect("text");
    let store = RateStore::Folder(folder.path().to_owned());
    let refusal = load(&text, &Overrides::default(), &store).expect_err("no table for 2025");
    assert!(support::words(&refusal).contains("there is one table, for call 2024"));
}

/// A table is looked up by its call's four digits; other names that read as a number are no tables.
#[test]
fn only_four_digits_name_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["2025.toml", "+123.toml", "0025.toml", "02025.toml", "25.toml", "2025.TOML.toml"] {
        fs::copy("rates/2025.toml", folder.path().join(name)).expect("copied");
    }
    let store = RateStore::Folder(folder.path().to_owned());
    assert_eq!(store.calls().expect("readable"), [2025]);
}
