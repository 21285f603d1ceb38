//! The terminal table at every width: no line too long, no amount broken.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod support;

use std::fs;

use ka171::engine::budget;
use ka171::model::Word;
use ka171::report::{By, table};

const PLANS: [&str; 4] = [
    "2025/szeged-osh",
    "2023/hungary-national-envelopes",
    "2026/all-twelve-regions",
    "2025/largest-numbers",
];

/// The lines between the heading's rule and the footer, the total row last.
fn body(text: &str) -> Vec<&str> {
    let rule = |line: &&str| !line.is_empty() && line.chars().all(|c| c == '-');
    let after_heading = text.lines().skip_while(|line| !rule(line)).skip(1);
    after_heading.take_while(|line| !line.is_empty()).filter(|line| !rule(line)).collect()
}

/// The last figures of a line, in the order of the line.
fn figures(line: &str) -> Vec<&str> {
    let is_figure = |word: &&str| word.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    line.split_whitespace().filter(is_figure).filter(|word| word.contains('.')).collect()
}

#[test]
fn tables_fit_their_width_with_whole_amounts() {
    for plan in PLANS {
        let plan = fs::read(format!("tests/golden/{plan}/plan.toml")).expect("a golden plan");
        let loaded = support::loaded(&plan).expect("no errors");
        let budget = budget(&loaded.plan);
        for by in By::ALL {
            let full = table::render(&budget, *by, None);
            let full = body(&full);
            for width in [60, 80, 100, 120, 200] {
                let text = table::render(&budget, *by, Some(width));
                let lines = body(&text);
                assert_eq!(lines.len(), full.len(), "{by} at {width}:\n{text}");
                for (line, full) in lines.iter().zip(&full) {
                    assert!(line.chars().count() <= width, "{by} at {width}:\n{text}");
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
    assert!(narrow.contains("Left out to fit the width: In, Out"), "{narrow}");
    assert!(narrow.contains("30,251.32"), "{narrow}");
}
