//! One fault, one error: what follows from a first fault is not reported as another.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use ka171::plan::Refusal;

const BASE: &str = "call = 2025\n[project]\ncountry = \"HU\"\n[[flow]]\ncountry = \"KG\"\ndirection = \"incoming\"\nactivity = \"STA\"\ndays = 5\nparticipants = 2\ndistance_km = 4222\n";

/// The codes of all errors of a plan, in the order of the text.
fn codes(plan: &str) -> Vec<&'static str> {
    match support::loaded(plan.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(Refusal::Faults(errors)) => errors.list.iter().map(|e| e.code.as_str()).collect(),
        Err(Refusal::Machine(error)) => panic!("{error}"),
    }
}

#[test]
fn the_plan_without_a_fault_has_no_error() {
    assert_eq!(codes(BASE), [""; 0]);
}

#[test]
fn one_fault_gives_one_error() {
    let edits = [
        ("distance_km = 4222", "zero_grant = \"yes\"", "wrong-type"),
        ("days = 5", "days = 61\ninterruption_days = \"2\"", "wrong-type"),
        ("days = 5", "days = 5\nunfunded_days = \"5\"", "wrong-type"),
        ("days = 5", "days = \"5\"", "wrong-type"),
        ("days = 5", "start = 2026-02-30\nend = 2026-03-02", "impossible-date"),
        ("days = 5", "Days = 5", "unknown-key"),
        ("distance_km = 4222", "distance-km = 4222", "unknown-key"),
        ("direction = ", "direktion = ", "unknown-key"),
        ("participants = 2", "participant = 2", "unknown-key"),
        ("[project]", "[Project]", "unknown-key"),
        ("[project]", "[projekt]", "unknown-key"),
        ("days = 5", "days: 5", "syntax"),
        ("days = 5", "days = 5 days", "syntax"),
        ("days = 5", "start = 01.09.2026\nend = 2026-09-05", "syntax"),
        ("days = 5", "days = 5\ntravel_cost = 1.234", "too-many-decimals"),
        ("days = 5", "days = 5\ntravel_cost = 12.500", "too-many-decimals"),
        ("days = 5", "days = 5\ninclusion_support = 2.500", "too-many-decimals"),
        ("[[flow]]", "[[flows]]", "unknown-key"),
        ("[[flow]]", "[[Flow]]", "unknown-key"),
        ("[[flow]]", "[flow]", "wrong-type"),
        ("\"KG\"", "\"CH\"\nregion = 14", "country-not-fundable"),
        ("\"KG\"", "\"Kyrgyzstan\"\nregion = 7", "unknown-country"),
        ("days = 5", "days = 5\nfewer_opportunities = 5", "fewer-opportunities-on-staff"),
        ("distance_km = 4222", "distance_km = \"4222\"", "wrong-type"),
        ("distance_km = 4222", "band = \"4000-8000\"", "unknown-band"),
        (
            "distance_km = 4222",
            "distance_km = 4222\ntravel = \"gren\"\ntravel_days = 6",
            "unknown-word",
        ),
        ("country = \"HU\"", "country = \"KG\"", "third-country-as-applicant"),
        ("country = \"HU\"", "kountry = 1\ncountry = 5", "unknown-key wrong-type"),
        (
            "activity = \"STA\"\ndays = 5",
            "activity = \"SMS\"\nmonths = 5\nlevel = \"bachelr\"",
            "unknown-word",
        ),
        (
            "direction = \"incoming\"\nactivity = \"STA\"\ndays = 5",
            "direction = \"outgoing\"\nactivity = \"SMS\"\nmonths = 5\nlevel = \"bachelor\"\nrestriction_checked = \"yes\"",
            "wrong-type",
        ),
    ];
    for (from, to, expected) in edits {
        let plan = BASE.replacen(from, to, 1);
        assert_ne!(plan, BASE, "{from}");
        assert_eq!(codes(&plan).join(" "), expected, "{plan}");
    }
}

/// Faults that do not depend on each other are all reported at once.
#[test]
fn independent_faults_are_reported_together() {
    let edits = [
        ("direction = \"incoming\"", "direction = \"incomming\"", "unknown-word"),
        ("days = 5", "travel_days = 9", "duration-missing too-many-travel-days"),
        ("participants = 2", "participants = 0", "out-of-bounds"),
        ("distance_km = 4222", "distance_km = 9\nband = \"8000+\"", "band-contradicts-distance"),
        ("\"KG\"", "\"DE\"", "programme-country-as-partner"),
    ];
    let plan = edits.iter().fold(BASE.to_owned(), |plan, (from, to, _)| plan.replacen(from, to, 1));
    let mut expected: Vec<&str> = edits.iter().flat_map(|(_, _, codes)| codes.split(' ')).collect();
    let mut found = codes(&plan);
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// A line can hold several faults that have nothing to do with each other.
#[test]
fn faults_in_one_line_are_reported_together() {
    let flow = "{ country = \"KG\", direction = \"incoming\", activity = \"STA\", participants = 2, distance_km = 4222, start = 2026-02-30, end = 2026-02-31 }";
    let plan = format!("call = 2025\nproject = {{ country = \"HU\" }}\nflow = [{flow}, {flow}]\n");
    assert_eq!(codes(&plan), ["impossible-date"; 4]);
}

/// A section that stands twice is one fault, whatever its keys are.
#[test]
fn a_section_that_stands_twice_is_one_error() {
    for header in ["[project]", "  [project]", "[ project ] # again", "\t[project]"] {
        let plan = format!("{BASE}{header}\n  country = \"HU\"\nmonths = 24\n");
        assert_eq!(codes(&plan), ["duplicate-key"], "{plan}");
    }
    let indented = BASE.replace("[project]", "  [project]").replace("[[flow]]", "  [[flow]]");
    let plan = format!("{indented}  country = \"KG\"\n");
    let Err(Refusal::Faults(errors)) = support::loaded(plan.as_bytes()) else {
        panic!("accepted: {plan}");
    };
    let first = errors.list[0].related.as_ref().map(|(place, _)| place.line_column());
    assert_eq!(first, Some((5, 1)), "{plan}");
    assert!(errors.list[0].help.as_ref().is_some_and(|help| help.contains("[[flow]]")));
}
