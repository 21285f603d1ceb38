//! Findings for scripts: the shape that every JSON output shares.

use serde::Serialize;

use super::{Diagnostic, Place};

/// A finding as JSON writes it.
#[derive(Debug, Serialize)]
pub struct FindingRecord<'d> {
    severity: &'static str,
    code: &'static str,
    message: &'d str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    details: &'d [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'d str>,
    /// The flow, where the finding concerns just one.
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<&'d str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    flows: &'d [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Related<'d>>,
}

#[derive(Debug, Serialize)]
struct Location<'d> {
    file: &'d str,
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct Related<'d> {
    location: Location<'d>,
    message: &'d str,
}

impl<'d> FindingRecord<'d> {
    /// The record of a finding.
    pub fn new(finding: &'d Diagnostic) -> Self {
        let flow = match finding.flows.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        };
        let related = finding.related.as_ref();
        Self {
            severity: finding.severity.as_str(),
            code: finding.code.as_str(),
            message: &finding.message,
            details: &finding.details,
            help: finding.help.as_deref(),
            flow,
            flows: &finding.flows,
            location: finding.place.as_ref().map(Location::of),
            related: related
                .map(|(place, message)| Related { location: Location::of(place), message }),
        }
    }
}

impl<'d> Location<'d> {
    fn of(place: &'d Place) -> Self {
        let (line, column) = place.line_column();
        Self { file: place.file.name(), line, column }
    }
}
