//! Findings for scripts: the shape that every JSON output shares.

use serde::Serialize;

use super::{CellPlace, Diagnostic, Place, SourceFile};

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
    /// How many more flows it concerns, where not all are named.
    #[serde(skip_serializing_if = "is_zero")]
    flows_omitted: u64,
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
    /// Of a sheet: `G17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'d str>,
}

#[derive(Debug, Serialize)]
struct Related<'d> {
    location: Location<'d>,
    message: &'d str,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands it over so
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl<'d> FindingRecord<'d> {
    /// The record of a finding, with the names of files: results hold no path of a machine.
    pub fn new(finding: &'d Diagnostic) -> Self {
        Self::naming(finding, SourceFile::name)
    }

    /// The record of a finding, with the paths of files as the user gave them.
    pub fn with_paths(finding: &'d Diagnostic) -> Self {
        Self::naming(finding, SourceFile::path)
    }

    fn naming(finding: &'d Diagnostic, name: fn(&SourceFile) -> &str) -> Self {
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
            flows_omitted: finding.flows_omitted,
            location: finding.place.as_ref().map(|place| Location::of(place, name)),
            related: related
                .map(|(place, message)| Related { location: Location::of(place, name), message }),
        }
    }
}

impl<'d> Location<'d> {
    fn of(place: &'d Place, name: fn(&SourceFile) -> &str) -> Self {
        let (line, column) = place.line_column();
        let cell = place.cell();
        let sheet = cell.and_then(|cell| cell.sheet.as_deref());
        let cell = cell.map(CellPlace::name);
        Self { file: name(&place.file), line, column, cell, sheet }
    }
}
