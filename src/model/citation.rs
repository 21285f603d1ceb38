//! Where a figure comes from and how far it can be relied on.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::Confidence;

/// A document that rate tables cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The key by which figures cite it, such as `ppke`.
    pub key: String,
    /// Who published it.
    pub publisher: String,
    /// What it is.
    pub title: String,
    /// Where it can be read.
    pub locator: Locator,
    /// Whether a National Agency or the European Commission speaks.
    pub official: bool,
    /// Where its key stands in the table's text, in bytes.
    pub span: Range<usize>,
}

impl Source {
    /// Whether another source says the same of itself, wherever it stands.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |source: &Self| {
            let Self { key, publisher, title, locator, official, span: _ } = source.clone();
            (key, publisher, title, locator, official)
        };
        said(self) == said(other)
    }
}

/// Where a source can be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locator {
    /// On the web.
    Url(String),
    /// Not on the web; says what it is.
    Offline(String),
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.write_str(url),
            Self::Offline(what) => write!(f, "offline: {what}"),
        }
    }
}

/// What one figure or rule of a rate table rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What the figure is, in words: "staff, incoming, group 3, per day".
    pub figure: String,
    /// The value taken, with its unit where it has one: "148 EUR", "inside".
    pub value: String,
    /// Sources and confidence, or the project's own choice.
    pub basis: Basis,
    /// Where the value stands in the table's text, in bytes.
    pub span: Range<usize>,
    /// Where the confidence or the policy stands, which several values may share.
    pub basis_span: Range<usize>,
}

/// The ground on which a figure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Sources, with the mark that they earn.
    Sourced {
        /// At least one.
        sources: Vec<Arc<Source>>,
        /// How far the figure can be relied on.
        confidence: Confidence,
        /// Whether the figure is carried over from another call: everything in a provisional table
        /// of which the table does not say otherwise.
        carried: bool,
        /// What another source says, where sources disagree.
        other: Option<OtherFigure>,
        /// What a reader should know about the figure.
        note: Option<String>,
    },
    /// No source says it: this project's own choice, with its reason.
    Policy(String),
}

/// The figure that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFigure {
    /// The value, in the unit of the figure taken.
    pub value: String,
    /// Who states it.
    pub sources: Vec<Arc<Source>>,
}

impl Citation {
    /// The confidence mark; `None` for a choice of this project.
    pub fn confidence(&self) -> Option<Confidence> {
        match &self.basis {
            Basis::Sourced { confidence, .. } => Some(*confidence),
            Basis::Policy(_) => None,
        }
    }

    /// ` (inferred)` and the like for texts; nothing where the figure is confirmed or a choice.
    pub fn mark(&self) -> String {
        match self.confidence() {
            None | Some(Confidence::Confirmed) => String::new(),
            Some(weaker) => format!(" ({weaker})"),
        }
    }

    /// Who states the figure that was not taken.
    pub fn other_sources(&self) -> &[Arc<Source>] {
        match &self.basis {
            Basis::Sourced { other: Some(other), .. } => &other.sources,
            _ => &[],
        }
    }

    /// The sources; none for a choice of this project.
    pub fn sources(&self) -> &[Arc<Source>] {
        match &self.basis {
            Basis::Sourced { sources, .. } => sources,
            Basis::Policy(_) => &[],
        }
    }
}

/// A value of a rate table together with what it rests on.
#[derive(Clone, Debug)]
pub struct Figure<T> {
    /// The value.
    pub value: T,
    /// What it rests on.
    pub citation: Arc<Citation>,
}
