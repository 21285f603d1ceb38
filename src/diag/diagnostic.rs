//! One finding in the user's data.

use super::{Code, Place};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No result can be given.
    Error,
    /// The result stands; its user should check something.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The word that users and scripts see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A finding: what is wrong, where, and what to do.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// What it is about.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The particulars, one line each.
    pub details: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Where it is, if it is anywhere in a file.
    pub place: Option<Place>,
    /// A second place that it has to do with, and what stands there.
    pub related: Option<(Place, String)>,
    /// The ids of the flows that it concerns.
    pub flows: Vec<String>,
    /// How many more flows it concerns: of a plan that is read as a stream only the first are kept.
    pub flows_omitted: u64,
}

impl Diagnostic {
    /// A finding without a place.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            details: Vec::new(),
            help: None,
            place: None,
            related: None,
            flows: Vec::new(),
            flows_omitted: 0,
        }
    }

    /// An error at a place.
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::new(Severity::Error, code, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the other place.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }

    /// Adds the other place, where there is one.
    #[must_use]
    pub fn related_if(mut self, related: Option<(Place, String)>) -> Self {
        self.related = related;
        self
    }

    /// The finding with its places in the texts in which they were written.
    #[must_use]
    pub fn resolved(self) -> Self {
        let related = self.related.map(|(place, label)| (place.resolved(), label));
        Self { place: self.place.map(Place::resolved), related, ..self }
    }

    /// Adds a flow that it concerns.
    #[must_use]
    pub fn flow(mut self, id: impl Into<String>) -> Self {
        self.flows.push(id.into());
        self
    }
}
