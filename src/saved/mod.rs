//! Results that `ka171 budget --format json` wrote, read back.

mod decode;
mod read;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Findings, SourceFile};
use crate::document::{self, Format, HashedText, Value};
use crate::error::Refusal;
use crate::model::{CountryCode, Eur, Region, WhatIf};
use crate::plan::Overrides;

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
    /// The regions' envelopes, as rows of a plan in JSON.
    pub envelopes: Vec<String>,
    /// Name and SHA-256 of the user's places file that distances were estimated with.
    pub places_file: Option<(String, String)>,
    /// The total.
    pub total: Eur,
    /// In what its inputs differ from the plan.
    pub what_if: WhatIf,
    /// The list of envelopes that it was compared with, by id.
    pub envelope_list: Option<String>,
    /// Whether it was compared with a list of the user, which the result names and does not hold.
    pub has_unknown_envelopes: bool,
    /// The applicant's country and name.
    pub applicant: (Option<String>, Option<String>),
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
        match path.as_os_str() == "-" {
            true => Ok(HashedText::read_standard_input()?.file),
            false => decode::read(path),
        }
    }

    /// A file that is a result rather than a plan: in UTF-8, or in UTF-16 as PowerShell's `>` writes
    /// it.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn file(path: &Path) -> Result<Option<Arc<SourceFile>>, Refusal> {
        if path.as_os_str() == "-" {
            return Ok(None);
        }
        let file = decode::read(path)?;
        Ok(is_result(&file).then_some(file))
    }

    /// Reads a result from its text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn of(file: Arc<SourceFile>) -> Result<Self, Refusal> {
        Ok(read::result(&file)?)
    }

    /// What the command line may have said when it was computed.
    pub fn overrides(&self) -> Overrides {
        // What a what-if sets is not said by another option too.
        let is_set =
            |path: &str| self.what_if.set.iter().any(|setting| setting.path().trim() == path);
        let (country, applicant) = self.applicant.clone();
        Overrides {
            call: Some(self.call).filter(|_| !is_set("call")),
            country: country.filter(|_| !is_set("project.country")),
            applicant: applicant.filter(|_| !is_set("project.applicant")),
            what_if: self.what_if.clone(),
            ..Overrides::default()
        }
    }

    /// The plan that it was computed from, as JSON: its flows' inputs with defaults filled in.
    pub fn plan(&self) -> String {
        let flows = self.flows.iter().map(SavedFlow::object).collect::<Vec<_>>();
        plan(self.call, &self.project, &flows, &self.envelopes)
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
pub fn plan(call: u16, project: &str, flows: &[String], envelopes: &[String]) -> String {
    let (flows, envelopes) = (flows.join(",\n"), envelopes.join(",\n"));
    format!(
        "{{\"call\":{call},\n\"project\":{project},\n\"flow\":[{flows}],\n\"envelope\":[{envelopes}]}}"
    )
}
