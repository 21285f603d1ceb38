//! Warnings and notes: what they say, and the euros in them, worked out by hand.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use ka171::diag::{Code, Diagnostic, Severity};
use ka171::engine::budget;
use ka171::notices::notices;

fn of(plan: &str) -> Vec<Diagnostic> {
    let loaded = support::loaded(plan.as_bytes())
        .unwrap_or_else(|refusal| panic!("{}", support::words(&refusal)));
    notices(&loaded, &budget(&loaded.plan))
}

fn find(notices: &[Diagnostic], code: Code) -> Option<&Diagnostic> {
    let mut found = notices.iter().filter(|notice| notice.code == code);
    let first = found.next();
    assert!(found.next().is_none(), "one notice per cause: {code}");
    first
}

/// A plan of a call with Hungary as the applicant's country.
fn plan(call: u16, flows: &[&str]) -> String {
    let flows: String = flows.iter().map(|flow| format!("[[flow]]\n{flow}\n")).collect();
    format!("call = {call}\n[project]\ncountry = \"HU\"\n{flows}")
}

const STUDENT: &str =
    "direction = \"incoming\"\nactivity = \"SMS\"\nmonths = 5\nparticipants = 2\ntravel_days = 2";
const TEACHER: &str =
    "direction = \"incoming\"\nactivity = \"STA\"\ndays = 5\nparticipants = 2\ntravel_days = 2";
const OSH: &str = "country = \"KG\"\nband = \"4000-7999\"";

fn flow(parts: &[&str]) -> String {
    parts.join("\n")
}

/// 20 days and 2 travel days at 148: 14 + 2 full days and 6 at 70 %, or 14 full days and 8 at 70 %;
/// 2 x 148 x 30 % = 88.80 less each, 266.40 for three.
#[test]
fn the_other_reading_of_the_first_period_in_euros() {
    let long = "direction = \"incoming\"\nactivity = \"STA\"\ndays = 20\nparticipants = 3\ntravel_days = 2";
    let notices = of(&plan(2025, &[&flow(&[OSH, long]), &flow(&[OSH, TEACHER])]));
    let notice = find(&notices, Code::FirstPeriodReading).expect("a warning");
    assert_eq!(notice.severity, Severity::Warning);
    assert!(notice.message.contains("266.40 EUR less (flow flow-1)"), "{}", notice.message);
    assert_eq!(notice.flows, ["flow-1"]);
    // call, [project], country, [[flow]]
    assert_eq!(notice.place.as_ref().map(|place| place.line_column()), Some((4, 1)));
}

/// 13 days and 2 travel days: 13 + 2 full days, or 12 + 2 full days and one at 70 %:
/// 148 x 30 % = 44.40 less. 12 and 2 days stay within the 14.
#[test]
fn the_first_period_counts_activity_and_travel_together() {
    let days = |days| {
        format!(
            "{OSH}\ndirection = \"incoming\"\nactivity = \"STT\"\ndays = {days}\nparticipants = 1\ntravel_days = 2"
        )
    };
    let notices = of(&plan(2025, &[&days(13)]));
    let notice = find(&notices, Code::FirstPeriodReading).expect("a warning");
    assert!(notice.message.contains(" 44.40 EUR less"), "{}", notice.message);
    assert!(find(&of(&plan(2025, &[&days(12)])), Code::FirstPeriodReading).is_none());
}

/// Short-term students, call 2025: 14 days at 79, then 56. 18 days and 2 travel days: the other
/// reading pays 56 instead of 79 for two days: 46.00 less.
#[test]
fn the_first_period_of_short_term_students() {
    let short = "direction = \"incoming\"\nactivity = \"SMS\"\nterm = \"short\"\nblended = true\ndays = 18\nparticipants = 1\ntravel_days = 2";
    let notices = of(&plan(2025, &[&flow(&[OSH, short])]));
    let notice = find(&notices, Code::FirstPeriodReading).expect("a warning");
    assert!(notice.message.contains(" 46.00 EUR less"), "{}", notice.message);
}

/// Green travel allows 6 days, of which 2 are planned: 4 x 148 x 2 participants = 1184.00. Standard
/// travel allows 2, none planned: 800 x 2 / 30 = 53.333 each, so 5 months and 2 days pay 4053.33
/// instead of 4000.00: 53.33 x 2 = 106.66. Together 1290.66. Zero-grant flows leave nothing.
#[test]
fn travel_days_left_in_euros() {
    let student = STUDENT.replace("travel_days = 2", "");
    let notices = of(&plan(
        2025,
        &[
            &flow(&[OSH, TEACHER, "travel = \"green\""]),
            &flow(&[OSH, &student]),
            &flow(&[OSH, &student, "zero_grant = true"]),
        ],
    ));
    let notice = find(&notices, Code::UnplannedTravelDays).expect("a note");
    assert_eq!(notice.severity, Severity::Note);
    assert!(
        notice.message.contains(": 1,290.66 EUR more (flows flow-1 and flow-2)"),
        "{}",
        notice.message
    );
    assert_eq!(notice.flows, ["flow-1", "flow-2"]);
    assert!(find(&of(&plan(2025, &[&flow(&[OSH, TEACHER])])), Code::UnplannedTravelDays).is_none());
}

/// Every inferred figure that a plan uses is named, once, and the contradicted with the other one.
#[test]
fn weak_figures_are_named() {
    let notices = of(&plan(2025, &[&flow(&[OSH, STUDENT]), &flow(&[OSH, TEACHER])]));
    let inferred = find(&notices, Code::InferredFigures).expect("a warning");
    assert_eq!(inferred.details.len(), 1);
    assert!(
        inferred.details[0]
            .starts_with("organisational support, per participant: 500 EUR (all flows)")
    );
    assert!(find(&notices, Code::ContradictedFigures).is_none());

    let near = "country = \"BA\"\ndistance_km = 50";
    let notices = of(&plan(2023, &[&flow(&[near, STUDENT])]));
    let contradicted = find(&notices, Code::ContradictedFigures).expect("a warning");
    assert_eq!(contradicted.details.len(), 1);
    let detail = &contradicted.details[0];
    assert!(
        detail.contains(
            "10-99 km, standard: 20 EUR (flow flow-1); not taken: 23 EUR (gida and hyria)"
        ),
        "{detail}"
    );
}

/// Portugal is in group 2, whose 850 a month in call 2025 one source states.
#[test]
fn single_sources_are_a_note() {
    let plan = plan(2025, &[&flow(&[OSH, STUDENT])]).replace("HU", "PT");
    let notices = of(&plan);
    let single = find(&notices, Code::SingleSourceFigures).expect("a note");
    assert_eq!(single.severity, Severity::Note);
    assert_eq!(single.details.len(), 1);
    assert!(
        single.details[0].contains("incoming, group 2, per month: 850 EUR"),
        "{:?}",
        single.details
    );
}

/// Five flows are named, a sixth is counted.
#[test]
fn flows_beyond_five_are_counted() {
    let green = flow(&[OSH, TEACHER, "travel = \"green\""]);
    let other = flow(&[OSH, TEACHER]);
    let named = |greens: usize| {
        let flows: Vec<&str> = vec![green.as_str(); greens];
        let notices = of(&plan(2025, &[flows, vec![other.as_str()]].concat()));
        let notice = find(&notices, Code::NoHigherGreenAmount).expect("a note");
        assert_eq!(notice.flows.len(), greens);
        notice.message.clone()
    };
    assert!(named(5).ends_with("(flows flow-1, flow-2, flow-3, flow-4 and flow-5)"));
    assert!(named(6).ends_with("(flows flow-1, flow-2, flow-3, flow-4, flow-5 and 1 more)"));
}

#[test]
fn a_provisional_table_is_a_warning_at_the_call() {
    let notices = of(&plan(2026, &[&flow(&[OSH, STUDENT])]));
    let notice = find(&notices, Code::ProvisionalRates).expect("a warning");
    assert_eq!(notice.place.as_ref().map(|place| place.line_column()), Some((1, 8)));
    assert!(find(&of(&plan(2025, &[&flow(&[OSH, STUDENT])])), Code::ProvisionalRates).is_none());
}

#[test]
fn caveats_of_flows() {
    let near = flow(&["country = \"BA\"\ndistance_km = 9.99", STUDENT]);
    let edge = flow(&["country = \"BA\"\ndistance_km = 99.5", STUDENT]);
    let palau = flow(&[
        "country = \"PW\"\nband = \"8000+\"\ndirection = \"outgoing\"\nactivity = \"SMS\"\nlevel = \"master\"",
        "months = 3\nparticipants = 1\ntravel_days = 2",
    ]);
    let checked = flow(&[&palau, "restriction_checked = true"]);
    let late = flow(&[
        OSH,
        "direction = \"incoming\"\nactivity = \"STA\"\nstart = 2028-07-28\nend = 2028-08-01\nparticipants = 1",
    ]);
    let green = flow(&[OSH, TEACHER, "travel = \"green\""]);
    let nothing = flow(&[OSH, TEACHER, "zero_grant = true"]);
    let cases = [
        (near, Code::BelowLowestBand, true),
        (edge, Code::NearBandEdge, true),
        (palau, Code::DoubtfulRestriction, true),
        (checked, Code::DoubtfulRestriction, false),
        (late.clone(), Code::OutsideProject, true),
        (
            late.replace("2028-08-01", "2028-07-31").replace("07-28", "07-27"),
            Code::OutsideProject,
            false,
        ),
        (green, Code::NoHigherGreenAmount, true),
        (nothing, Code::ZeroGrantPaysNothing, true),
    ];
    for (flow, code, expected) in cases {
        let notices = of(&plan(2025, &[&flow]));
        assert_eq!(find(&notices, code).is_some(), expected, "{code}\n{flow}");
    }
}

/// Region 4: allowed in 2022 to 2024 with a warning, incoming students only from 2025.
#[test]
fn region_4_is_checked_with_the_national_agency() {
    let russia = flow(&["country = \"RU\"\nband = \"2000-2999\"", STUDENT]);
    for (call, expected) in [(2022, true), (2023, true), (2024, true), (2025, false), (2026, false)]
    {
        let notices = of(&plan(call, &[&russia]));
        assert_eq!(find(&notices, Code::CheckWithNationalAgency).is_some(), expected, "{call}");
    }
    let teacher = flow(&["country = \"RU\"\nband = \"2000-2999\"", TEACHER]);
    for (call, allowed) in [(2022, true), (2024, true), (2025, false), (2026, false)] {
        assert_eq!(support::loaded(plan(call, &[&teacher]).as_bytes()).is_ok(), allowed, "{call}");
    }
}

/// 2 x 5 months at 800 = 8000.00, two travel days 2 x 53.33, travel 2 x 1188, organisational
/// support 2 x 500: 11482.66 in Region 6. An envelope of 11482.65 is exceeded by a cent.
#[test]
fn envelopes_exceeded_or_of_another_call() {
    let with = |envelope: &str| {
        let plan = plan(2025, &[&flow(&[OSH, STUDENT])]);
        of(&format!("{plan}[[envelope]]\nregion = 6\n{envelope}\n"))
    };
    let over = with("amount = 11482.65");
    let notice = find(&over, Code::EnvelopeExceeded).expect("a warning");
    assert!(notice.message.contains("Region 6 by 0.01 EUR"), "{}", notice.message);
    assert!(find(&with("amount = 11482.66"), Code::EnvelopeExceeded).is_none());
    let national = "amount = 100766\nkind = \"national\"\ncountry = \"HU\"\n";
    let other = with(&format!("{national}call = 2023"));
    assert!(find(&other, Code::EnvelopeOfAnotherCall).is_some());
    assert!(find(&with(&format!("{national}call = 2025")), Code::EnvelopeOfAnotherCall).is_none());
    assert!(find(&with(national), Code::EnvelopeOfAnotherCall).is_none());
}
