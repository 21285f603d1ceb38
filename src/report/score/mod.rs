//! Scores of a plan's regions: as a table, Markdown or JSON.

mod json;

pub use json::render_json;

use super::grid::{Grid, number, text};
use super::page::{Form, Page};
use super::what_if_line;
use crate::diag::{listed, shortened};
use crate::engine::{RegionScore, missing_in};
use crate::model::{AwardCriterion, Mark, MobilityPlan, Points, Word};

/// Longer names are cut.
const LONGEST_NAME: usize = 60;

/// What each region's marks come to, whether it passes and what it lacks.
pub fn render(plan: &MobilityPlan, scores: &[RegionScore<'_>], form: Form) -> String {
    let mut page = Page::default();
    let country = plan.project.country;
    let applicant = match &plan.project.applicant {
        Some(name) => format!("{} ({country})", shortened(name, LONGEST_NAME)),
        None => format!("applicant in {country}"),
    };
    page.title(format!("KA171 score, call {}: {applicant}", plan.call));
    let rates = &plan.rates;
    page.line(format!("Rates {}, {}, {}", rates.id, rates.status, rates.origin));
    what_if_line(&plan.what_if).into_iter().for_each(|line| page.line(line));
    page.grid(grid(plan, scores));
    thresholds(&mut page, scores);
    if let Some(line) = not_scored(plan) {
        page.line(line);
    }
    page.write(form)
}

fn grid(plan: &MobilityPlan, scores: &[RegionScore<'_>]) -> Grid {
    let criteria = scores.first().map_or(&[][..], |score| &score.score.marks);
    let marks = criteria.iter().map(|mark| number(heading(mark.criterion)));
    let ends = [number("Total"), text("Passes"), text("Missing points")];
    let mut grid =
        Grid::new([text("Region")].into_iter().chain(marks).chain(ends).collect::<Vec<_>>());
    for score in scores {
        let name = plan.region_names.get(&score.region).map_or("", |name| name);
        let region = format!("{} {}", score.region.number(), shortened(name, LONGEST_NAME));
        let marks = score.score.marks.iter().map(|mark| mark.points.to_string());
        let passes = if score.passes() { "yes" } else { "no" };
        let ends = [score.total.to_string(), passes.to_owned(), missing(score)];
        grid.row(std::iter::once(region).chain(marks).chain(ends).collect::<Vec<_>>());
    }
    grid
}

fn heading(criterion: AwardCriterion) -> &'static str {
    match criterion {
        AwardCriterion::Design => "Design",
        AwardCriterion::Relevance => "Relevance",
        AwardCriterion::Impact => "Impact",
    }
}

/// `5.5: 2 in total, 5.5 in relevance`: the fewest further points with which it passes, and where
/// points are missing.
fn missing(score: &RegionScore<'_>) -> String {
    if score.passes() {
        return String::new();
    }
    let in_total = (score.missing_in_total(), "total");
    let in_criteria = score.score.marks.iter().map(|m| (missing_in(m), m.criterion.as_str()));
    let lacking = std::iter::once(in_total).chain(in_criteria);
    let lacking = lacking.filter(|(points, _)| *points > Points::ZERO);
    let lacking: Vec<String> = lacking.map(|(points, of)| format!("{points} in {of}")).collect();
    format!("{}: {}", score.missing(), listed(&lacking, "and"))
}

/// What must be reached, and what the columns are.
fn thresholds(page: &mut Page, scores: &[RegionScore<'_>]) {
    let Some(first) = scores.first() else { return };
    let (least, most) = (first.score.least, first.most());
    let mark = first.score.citation.mark();
    page.line(format!(
        "A region passes with at least {least} of {most} points, and in each criterion at least{mark}:"
    ));
    for Mark { criterion, name, least, most, per_region, .. } in &first.score.marks {
        let once = if *per_region { "" } else { ", once for the project" };
        page.item(format!("{}: {least} of {most} ({name}{once})", heading(*criterion)));
    }
}

/// Regions that flows go to and that have no score.
fn not_scored(plan: &MobilityPlan) -> Option<String> {
    let planned = plan.flows.iter().map(|flow| flow.inputs.region);
    let missing: std::collections::BTreeSet<_> =
        planned.filter(|region| !plan.scores.contains_key(region)).collect();
    let names: Vec<String> = missing.iter().map(ToString::to_string).collect();
    (!names.is_empty()).then(|| format!("Without a score: {}.", listed(&names, "and")))
}
