//! The figures that a budget rests on, numbered, with their sources.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rates::{mark, remark};
use super::style::Style;
use crate::engine::{Budget, FlowBudget, LineItem};
use crate::model::{Citation, Source};

/// Every figure of a budget by its number, and every document by its key.
pub(super) struct Footnotes<'b> {
    figures: Vec<Footnote<'b>>,
    numbers: BTreeMap<&'b str, usize>,
    sources: Sources<'b>,
}

/// Documents by their keys.
#[derive(Default)]
pub(super) struct Sources<'b>(BTreeMap<String, &'b Source>);

impl<'b> Sources<'b> {
    /// Takes all sources of a figure, and gives the keys of those that state it.
    pub fn add(&mut self, citation: &'b Citation) -> Vec<String> {
        let keys = citation.sources().iter().map(|source| self.key(source)).collect();
        citation.other_sources().iter().for_each(|source| {
            self.key(source);
        });
        keys
    }

    /// A list of envelopes has keys of its own: where a rate table has another source under one of
    /// them, that of the list gets `envelopes.` in front, as in JSON.
    fn key(&mut self, source: &'b Arc<Source>) -> String {
        let taken = self.0.get(&source.key).is_some_and(|other| !other.says_the_same(source));
        let key = if taken { format!("envelopes.{}", source.key) } else { source.key.clone() };
        self.0.insert(key.clone(), source);
        key
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'b Source)> {
        self.0.iter().map(|(key, source)| (key.as_str(), *source))
    }
}

/// A figure with the keys of its sources.
pub(super) struct Footnote<'b> {
    pub citation: &'b Citation,
    pub sources: Vec<String>,
}

impl<'b> Footnotes<'b> {
    /// The figures in the order in which the budget uses them: those of amounts first, then what flows,
    /// scores and envelopes rest on besides.
    pub fn of(budget: &'b Budget<'b>) -> Self {
        let mut notes =
            Self { figures: Vec::new(), numbers: BTreeMap::new(), sources: Sources::default() };
        let countries = budget.regions.iter().flat_map(|region| &region.countries);
        let flows = || countries.clone().flat_map(|country| &country.flows);
        flows().flat_map(|flow| &flow.lines).flat_map(|line| line.grounds).for_each(|citation| {
            notes.add(citation);
        });
        flows().flat_map(|flow| &flow.flow.grounds).for_each(|citation| notes.add(citation));
        let scores = budget.regions.iter().filter_map(|region| region.score.as_ref());
        scores.for_each(|score| notes.add(&score.score.citation));
        if let Some(list) = &budget.plan.envelope_list {
            list.citation.iter().for_each(|citation| notes.add(citation));
        }
        notes
    }

    fn add(&mut self, citation: &'b Citation) {
        if self.numbers.contains_key(citation.figure.as_str()) {
            return;
        }
        self.numbers.insert(&citation.figure, self.figures.len() + 1);
        let sources = self.sources.add(citation);
        self.figures.push(Footnote { citation, sources });
    }

    /// The figures in the order of their numbers, from 1.
    pub fn figures(&self) -> impl Iterator<Item = (usize, &Footnote<'b>)> {
        self.figures.iter().enumerate().map(|(at, figure)| (at + 1, figure))
    }

    /// The documents by their keys.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &'b Source)> {
        self.sources.iter()
    }

    /// The figures of an amount.
    pub fn of_line(&self, line: &LineItem<'_>) -> BTreeSet<usize> {
        self.numbers(line.grounds)
    }

    /// The figures of a flow beyond its amounts.
    pub fn beyond_amounts(&self, flow: &FlowBudget<'_>) -> BTreeSet<usize> {
        self.numbers(&flow.flow.grounds)
    }

    /// Everything that flows rest on.
    pub fn of_flows(&self, flows: &[&FlowBudget<'_>]) -> BTreeSet<usize> {
        let of_flow = |flow: &&FlowBudget<'_>| {
            let lines = flow.lines.iter().flat_map(|line| self.of_line(line));
            lines.chain(self.beyond_amounts(flow)).collect::<Vec<_>>()
        };
        flows.iter().flat_map(of_flow).collect()
    }

    fn numbers(&self, citations: &[Arc<Citation>]) -> BTreeSet<usize> {
        citations
            .iter()
            .filter_map(|this| self.numbers.get(this.figure.as_str()).copied())
            .collect()
    }
}

impl Footnote<'_> {
    /// `staff, outgoing, per day: 190 EUR; confirmed (zut, ytu)`, with what a reader should know.
    pub fn sentence(&self, style: &Style) -> String {
        let Self { citation, sources } = self;
        let sources = match sources.as_slice() {
            [] => String::new(),
            sources => format!(" ({})", sources.join(", ")),
        };
        let remark = remark(citation).map(|remark| format!(". {remark}")).unwrap_or_default();
        let value = style.locale.value(&citation.value);
        format!("{}: {value}; {}{sources}{remark}", citation.figure, mark(citation))
    }
}

/// `1-4, 7`
pub(super) fn ranges(numbers: &BTreeSet<usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let range = |(first, last): &(usize, usize)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_a_range() {
        assert_eq!(ranges(&[1, 2, 3, 4, 7, 9, 10].into()), "1-4, 7, 9-10");
        assert_eq!(ranges(&[5].into()), "5");
        assert_eq!(ranges(&BTreeSet::new()), "");
    }
}
