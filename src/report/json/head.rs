//! What results say first: the rates, the plan's files, the project.

use serde::Serialize;

use super::amounts::Text;
use crate::model::{MobilityPlan, Word};

#[derive(Serialize)]
pub(in crate::report) struct RatesRecord<'b> {
    id: &'b str,
    status: &'static str,
    origin: &'b str,
    sha256: &'b str,
}

#[derive(Serialize)]
pub(in crate::report) struct FilesRecord<'b> {
    files: Vec<PlanFile<'b>>,
}

#[derive(Serialize)]
struct PlanFile<'b> {
    name: &'b str,
    sha256: &'b str,
}

#[derive(Serialize)]
pub(in crate::report) struct ProjectRecord<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<&'b str>,
    country: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
}

impl<'b> RatesRecord<'b> {
    pub fn new(plan: &'b MobilityPlan) -> Self {
        let rates = &plan.rates;
        Self {
            id: &rates.id,
            status: rates.status.as_str(),
            origin: &rates.origin,
            sha256: &rates.sha256,
        }
    }
}

impl<'b> FilesRecord<'b> {
    pub fn new(plan: &'b MobilityPlan) -> Self {
        let files = plan.files.iter();
        let file = files.map(|file| PlanFile { name: &file.name, sha256: &file.sha256 });
        Self { files: file.collect() }
    }
}

impl<'b> ProjectRecord<'b> {
    pub fn new(plan: &'b MobilityPlan) -> Self {
        let project = &plan.project;
        Self {
            applicant: project.applicant.as_deref(),
            country: Text(project.country.to_string()),
            city: project.city.as_deref(),
            months: project.months,
        }
    }
}
