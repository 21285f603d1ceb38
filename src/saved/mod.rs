//! Results that `ka171 budget --format json` wrote, read back.

mod decode;
mod plan;
mod read;

pub(crate) use plan::plan_in;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Severity, SourceFile};
use crate::document::{self, Format, Limit, Value, read_bytes};
use crate::error::Refusal;
use crate::model::{CountryCode, Eur, Options, Region, WhatIf};
use crate::plan::{Overrides, PlanText, Reading};

/// A saved result, as far as it is used: what it was computed with and from, and its flows.
#[derive(Clone, Debug)]
pub struct SavedResult {
    /// Its text.
    pub file: Arc<SourceFile>,
    /// The version of the program that wrote it.
    pub engine_version: String,
    /// The call.
    pub call: u16,
    /// Id of the rate table.
    pub rates_id: String,
    /// SHA-256 of the rate table.
    pub rates_sha256: String,
    /// Name and SHA-256 of each file of the plan.
    pub plan_files: Vec<(String, String)>,
    /// The applicant, as a plan's `project` in JSON.
    pub project: String,
    /// The flows, in the order of the result.
    pub flows: Vec<SavedFlow>,
    /// Name and SHA-256 of the user's places file that distances were estimated with.
    pub places_file: Option<(String, String)>,
    /// The total.
    pub total: Eur,
    /// In what its inputs differ from the plan.
    pub what_if: WhatIf,
    /// The list of envelopes that it was compared with.
    pub envelopes: Option<SavedEnvelopes>,
    /// What the command line said instead of the plan.
    pub options: Options,
    /// The flows whose estimated distance lies near a band's edge, as its notices say.
    pub near_edge: Vec<String>,
    /// Whether it has notices.
    pub has_notices: bool,
    /// Whether the order of the flows in the plan can be told.
    pub has_order: bool,
}

/// The list of envelopes of a saved result.
#[derive(Clone, Debug)]
pub struct SavedEnvelopes {
    /// The id of a published list, or the name of a file of the user, which the result does not hold.
    pub name: String,
    /// Whether it is a published one.
    pub is_published: bool,
    /// SHA-256 of the list.
    pub sha256: String,
}

/// A flow of a saved result.
#[derive(Clone, Debug)]
pub struct SavedFlow {
    /// Its id.
    pub id: String,
    /// The partner's country.
    pub country: CountryCode,
    /// Its region.
    pub region: Region,
    /// The plan's keys with their values in JSON, in the order of the result.
    pub inputs: Vec<(String, String)>,
    /// The kilometres, where they were estimated, in JSON.
    pub estimated_km: Option<String>,
    /// Its total.
    pub total: Eur,
}

impl SavedResult {
    /// The text of a file, or of standard input where the path is `-`: UTF-8, or the UTF-16 that
    /// PowerShell's `>` writes.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn read(path: &Path) -> Result<Arc<SourceFile>, Refusal> {
        decode::read(path)
    }

    /// Reads a result from its text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn of(file: Arc<SourceFile>) -> Result<Self, Refusal> {
        Ok(read::result(&file)?)
    }

    /// Whether the total is that of the flows.
    ///
    /// # Errors
    ///
    /// It is not.
    pub fn check_sum(&self) -> Result<(), Refusal> {
        let sum: Eur = self.flows.iter().map(|flow| flow.total).sum();
        if sum == self.total {
            return Ok(());
        }
        let message = format!(
            "{} has a total of {}, and flows of {} together",
            self.file.name(),
            self.total.grouped(),
            sum.grouped()
        );
        let help = "the file was changed after it was written: `ka171 verify` says what differs";
        Err(Diagnostic::new(Severity::Error, Code::ResultInconsistent, message).help(help).into())
    }

    /// What the command line said when it was computed, but for the list of envelopes.
    pub fn overrides(&self) -> Overrides {
        let Options { call, country, applicant } = self.options.clone();
        let what_if = self.what_if.clone();
        Overrides { call, country, applicant, what_if, ..Overrides::default() }
    }
}

/// A file that may be a plan or a result.
pub enum PlanOrResult {
    /// A plan.
    Plan(PlanText),
    /// A result, not yet read.
    Result(Arc<SourceFile>),
}

impl PlanOrResult {
    /// Reads a file, or standard input where the path is `-`. A result may be in UTF-16; `reading` is for
    /// plans.
    ///
    /// # Errors
    ///
    /// It cannot be read, is too large or is no text.
    pub fn read(path: &Path, reading: Reading) -> Result<Self, Refusal> {
        let bytes = read_bytes(path, Limit::RESULT)?;
        // What is no text may be a workbook.
        match decode::decoded(path, &bytes).ok().filter(is_result) {
            Some(file) => Ok(Self::Result(file)),
            None => Ok(Self::Plan(PlanText::of_file(path, bytes, reading)?)),
        }
    }
}

/// A plan has no `format`.
fn is_result(file: &Arc<SourceFile>) -> bool {
    if !file.text().trim_start().starts_with('{') {
        return false;
    }
    let root = document::parse(Format::Json, file, &Findings::default());
    match root.map(|root| root.value) {
        Some(Value::Table(entries)) => entries.iter().any(|entry| entry.key == "format"),
        _ => false,
    }
}

impl SavedFlow {
    /// The value of a key in JSON, where the flow has it.
    pub fn input(&self, key: &str) -> Option<&str> {
        self.inputs.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
    }

    /// The same flow with its estimated distance as if it were stated.
    #[must_use]
    pub fn with_stated_distance(&self) -> Self {
        let mut flow = self.clone();
        let km = self.estimated_km.iter().map(|km| ("distance_km".to_owned(), km.clone()));
        flow.inputs.extend(km);
        flow
    }

    /// Its inputs as an object in JSON.
    pub fn object(&self) -> String {
        object(&self.inputs)
    }
}

/// Keys with their values in JSON as an object.
pub fn object(entries: &[(String, String)]) -> String {
    let entries = entries.iter().map(|(key, value)| format!("\"{key}\":{value}"));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

/// A plan in JSON from its parts in JSON.
pub fn plan(call: u16, project: &str, flows: &[String]) -> String {
    let flows = flows.join(",\n");
    format!("{{\"call\":{call},\n\"project\":{project},\n\"flow\":[{flows}]}}")
}
