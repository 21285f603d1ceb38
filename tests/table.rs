//! The terminal table at every width: no line too long, no amount broken.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::fs;

use ka171::engine::budget;
use ka171::model::Word;
use ka171::report::{By, Locale, Style, table};
use unicode_width::UnicodeWidthStr;

const PLANS: [&str; 5] = [
    "tests/golden/2025/szeged-osh/plan.toml",
    "tests/golden/2023/hungary-national-envelopes/plan.toml",
    "tests/golden/2026/all-twelve-regions/plan.toml",
    "tests/golden/2025/largest-numbers/plan.toml",
    "examples/six-regions.toml",
];

/// Names of which most characters take two columns, and some none.
const WIDE: &str = r#"
call = 2025
[project]
applicant = "国際教育学術交流推進機構附属大学院大学連合体本部国際教育学術交流推進機構"
country = "AT"
[[flow]]
id = "東京大学の学生交流プログラム二〇二五年度の冬学期および夏学期の受け入れと派遣の計画"
country = "JP"
direction = "outgoing"
activity = "SMS"
level = "master"
months = 6
participants = 2
travel_days = 2
distance_km = 9268
[[flow]]
id = "서울 👩‍👩‍👧 e\u0301tudiants"
country = "VN"
direction = "incoming"
activity = "STA"
days = 5
participants = 1
travel_days = 2
band = "8000+"
"#;

fn plans() -> impl Iterator<Item = Vec<u8>> {
    let files = PLANS.iter().map(|plan| fs::read(plan).expect("a plan"));
    files.chain([WIDE.as_bytes().to_vec()])
}

fn rendered(plan: &[u8], by: By, width: Option<usize>) -> String {
    let loaded = support::loaded(plan).expect("no errors");
    table::render(&budget(&loaded.plan), by, width)
}

/// The lines between the heading's rule and the footer, the total row last.
fn body(text: &str) -> Vec<&str> {
    let rule = |line: &&str| !line.is_empty() && line.chars().all(|c| c == '-');
    let after_heading = text.lines().skip_while(|line| !rule(line)).skip(1);
    after_heading.take_while(|line| !line.is_empty()).filter(|line| !rule(line)).collect()
}

/// The last figures of a line, in the order of the line.
fn figures(line: &str) -> Vec<&str> {
    let is_figure = |word: &&str| word.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    // Dots alone are the end of a shortened label.
    let is_amount = |word: &&str| word.contains('.') && word.contains(|c: char| c != '.');
    line.split_whitespace().filter(is_figure).filter(is_amount).collect()
}

#[test]
fn tables_fit_their_width_with_whole_amounts() {
    for plan in plans() {
        let loaded = support::loaded(&plan).expect("no errors");
        let budget = budget(&loaded.plan);
        for by in By::ALL {
            let full = table::render(&budget, *by, None);
            let full = body(&full);
            for width in (40..=200).step_by(4) {
                let text = table::render(&budget, *by, Some(width));
                // The two lines of the heading are as long as they are.
                let longest = text.lines().skip(2).map(UnicodeWidthStr::width).max();
                assert!(
                    longest.is_some_and(|longest| longest <= width),
                    "{by} at {width}:\n{text}"
                );
                let lines = body(&text);
                assert_eq!(lines.len(), full.len(), "{by} at {width}:\n{text}");
                for (line, full) in lines.iter().zip(&full) {
                    // What is left of a line are whole amounts of the full line.
                    let (line, full) = (figures(line), figures(full));
                    assert!(!line.is_empty(), "{by} at {width}:\n{text}");
                    assert!(line.iter().all(|amount| full.contains(amount)), "{text}");
                }
            }
        }
    }
}

#[test]
fn amounts_are_right_aligned_with_thousands_separators() {
    let plan = fs::read("tests/golden/2025/szeged-osh/plan.toml").expect("a golden plan");
    let loaded = support::loaded(&plan).expect("no errors");
    let text = table::render(&budget(&loaded.plan), By::Flow, None);
    let ends: Vec<usize> = body(&text).iter().map(|line| line.chars().count()).collect();
    assert!(ends.iter().all(|end| *end == ends[0]), "{text}");
    assert!(body(&text).last().is_some_and(|total| total.ends_with("  30,251.32")), "{text}");
}

#[test]
fn what_is_left_out_is_named() {
    let plan = fs::read("tests/golden/2025/szeged-osh/plan.toml").expect("a golden plan");
    let loaded = support::loaded(&plan).expect("no errors");
    let budget = budget(&loaded.plan);
    let wide = table::render(&budget, By::Region, None);
    assert!(!wide.contains("Left out"), "{wide}");
    for heading in ["Region", "In", "Out", "Top-ups", "Envelope", "Kind", "Share", "Total"] {
        assert!(wide.contains(heading), "{wide}");
    }
    let narrow = table::render(&budget, By::Region, Some(40));
    let named = "\nLeft out to fit the width: In, Out,\nTop-ups, Travel, Organisational support,\n";
    assert!(narrow.contains(named), "{narrow}");
    assert!(narrow.contains("30,251.32"), "{narrow}");
}

#[test]
fn long_labels_are_shortened_before_columns_give_way() {
    let plan = fs::read("examples/six-regions.toml").expect("an example");
    let text = rendered(&plan, By::Region, Some(100));
    assert!(text.contains("\nRegion                In  Out  Individual   Top-ups "), "{text}");
    assert!(text.contains("\n3 South-Mediterra...   2    1 "), "{text}");
    assert!(text.contains("\nLeft out to fit the width: Envelope, Kind, Share.\n"), "{text}");
    let text = rendered(&plan, By::Region, Some(160));
    assert!(text.contains("\n3 South-Mediterranean countries   2    1 "), "{text}");
}

#[test]
fn a_column_that_does_not_fit_leaves_its_place_to_the_next() {
    let text = rendered(WIDE.as_bytes(), By::Flow, Some(40));
    assert!(text.contains("\nFlow                 In  Out      Total\n"), "{text}");
    assert!(text.contains("\n東京大学の学生交...   0    2  12,963.34\n"), "{text}");
    assert!(text.contains("\nTotal                 1    2  16,528.34\n"), "{text}");
}

#[test]
fn top_ups_that_are_all_zero_give_way_first() {
    let text = rendered(WIDE.as_bytes(), By::Flow, Some(112));
    assert!(text.contains("Activity"), "{text}");
    assert!(text.contains("\nLeft out to fit the width: Top-ups.\n"), "{text}");
}

#[test]
fn only_the_first_label_names_the_total_row() {
    let plan = fs::read("examples/six-regions.toml").expect("an example");
    for by in By::ALL {
        for width in [None, Some(40), Some(80), Some(120)] {
            let text = rendered(&plan, *by, width);
            let total = body(&text).last().copied().unwrap_or_default();
            assert!(total.starts_with("Total "), "{text}");
            assert_eq!(total.matches("Total").count(), 1, "{text}");
        }
    }
}

#[test]
fn a_long_applicant_is_cut_by_columns() {
    let text = rendered(WIDE.as_bytes(), By::Region, None);
    let cut = " 国際教育学術交流推進機構附属大学院大学連合体本部国際教育... (AT)\n";
    assert!(text.contains(cut), "{text}");
}

/// The amounts and counts of a table, written as in English.
fn canonical(text: &str, locale: Locale) -> String {
    let (group, decimal) = match locale {
        Locale::En => return text.to_owned(),
        Locale::De => ('.', ','),
        Locale::Fr => ('\u{202f}', ','),
    };
    let mark = |c| match c {
        c if c == group => ',',
        c if c == decimal => '.',
        c => c,
    };
    text.chars().map(mark).collect()
}

#[test]
fn locales_change_marks_and_nothing_else() {
    for plan in plans() {
        let loaded = support::loaded(&plan).expect("no errors");
        let budget = budget(&loaded.plan);
        for by in By::ALL {
            let english = table::render(&budget, *by, None);
            for locale in [Locale::De, Locale::Fr] {
                let text = table::render(&budget, Style::new(*by, locale), None);
                assert_ne!(text, english, "{by}, {locale}");
                for (line, english) in body(&text).into_iter().zip(body(&english)) {
                    assert_eq!(line.width(), english.width(), "{by}, {locale}: aligned alike");
                    let line = canonical(line, locale);
                    assert!(!figures(english).is_empty(), "{english}");
                    assert_eq!(figures(&line), figures(english), "{by}, {locale}");
                }
            }
        }
    }
}

#[test]
fn sources_name_every_figure_and_every_document() {
    for plan in plans() {
        let loaded = support::loaded(&plan).expect("no errors");
        let budget = budget(&loaded.plan);
        for by in By::ALL {
            let text = table::render_with_sources(&budget, *by, None);
            let flows = budget.regions.iter().flat_map(|region| &region.countries);
            let flows = || flows.clone().flat_map(|country| &country.flows);
            let lines = flows().flat_map(|flow| &flow.lines).flat_map(|line| line.grounds);
            for citation in lines.chain(flows().flat_map(|flow| &flow.flow.grounds)) {
                assert!(text.contains(&format!("] {}: ", citation.figure)), "{}", citation.figure);
                for source in citation.sources().iter().chain(citation.other_sources()) {
                    let line = format!(
                        "- {}: {}, {}, {}\n",
                        source.key, source.publisher, source.title, source.locator
                    );
                    assert!(text.contains(&line), "{line}{text}");
                }
            }
        }
    }
}

#[test]
fn hostile_texts_keep_their_row() {
    let loaded = support::reports::hostile();
    for by in By::ALL {
        let text = rendered_with_sources(&loaded, *by);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{by}: {text}");
        assert!(!text.contains('\u{202e}') && !text.contains('\u{200f}'), "{by}: {text}");
        let rows = if *by == By::Flow { loaded.plan.flows.len() } else { 1 };
        assert_eq!(body(&text).len(), rows + 1, "{by}: {text}");
    }
}

fn rendered_with_sources(loaded: &ka171::plan::Loaded, by: By) -> String {
    table::render_with_sources(&budget(&loaded.plan), by, Some(120))
}
