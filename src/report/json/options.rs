//! What options of the command line said instead of the plan's file.

use serde::Serialize;

use crate::model::Options;

/// Written where there is such an option.
#[derive(Debug, Serialize)]
pub struct OptionsRecord<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<&'b str>,
}

impl<'b> OptionsRecord<'b> {
    /// The record; `None` where the plan's file says all.
    pub fn new(options: &'b Options) -> Option<Self> {
        let Options { call, country, applicant } = options;
        (!options.is_empty()).then_some(Self {
            call: *call,
            country: country.as_deref(),
            applicant: applicant.as_deref(),
        })
    }
}
