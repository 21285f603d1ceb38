//! What a region's score comes to, and what it lacks.

use crate::model::{Mark, MobilityPlan, Points, Region, Score};

/// A region's score.
#[derive(Clone, Copy, Debug)]
pub struct RegionScore<'p> {
    /// The region.
    pub region: Region,
    /// Its marks and what they must reach.
    pub score: &'p Score,
    /// All marks together.
    pub total: Points,
}

impl RegionScore<'_> {
    /// What the marks could be together at most.
    pub fn most(&self) -> Points {
        self.score.marks.iter().map(|mark| mark.most).sum()
    }

    /// What the total lacks.
    pub fn missing_in_total(&self) -> Points {
        self.total.missing_to(self.score.least)
    }

    /// The fewest further points with which the region passes: those that criteria lack count for
    /// the total as well.
    pub fn missing(&self) -> Points {
        let in_criteria: Points = self.score.marks.iter().map(missing_in).sum();
        in_criteria.max(self.missing_in_total())
    }

    /// Whether the total and each criterion reach what they must.
    pub fn passes(&self) -> bool {
        self.missing() == Points::ZERO
    }
}

/// What a criterion lacks.
pub fn missing_in(mark: &Mark) -> Points {
    mark.points.missing_to(mark.least)
}

/// The scores of a plan, by region.
pub fn scores(plan: &MobilityPlan) -> Vec<RegionScore<'_>> {
    plan.scores.keys().filter_map(|region| score(plan, *region)).collect()
}

/// The score of one region, where the plan says it.
pub(super) fn score(plan: &MobilityPlan, region: Region) -> Option<RegionScore<'_>> {
    let score = plan.scores.get(&region)?;
    let total = score.marks.iter().map(|mark| mark.points).sum();
    Some(RegionScore { region, score, total })
}
