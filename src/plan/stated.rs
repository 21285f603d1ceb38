//! What a plan's file says of that which the command line may say instead.

use super::raw::RawPlan;
use super::resolve::applicant_country;
use crate::model::CountryCode;
use crate::rates::{CountryNames, RateTable};

/// Keys that an option of the command line can take the place of, as the file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The call.
    pub call: Option<u32>,
    /// The applicant's country, where it is one.
    pub country: Option<CountryCode>,
    /// The applicant's name.
    pub applicant: Option<String>,
}

impl Stated {
    pub(super) fn new(raw: &RawPlan<'_>, table: &RateTable, names: &CountryNames) -> Self {
        let country = raw.project.country.value();
        Self {
            call: raw.call.value().copied(),
            country: country.and_then(|text| applicant_country(text, table, names)),
            applicant: raw.project.applicant.value().map(|name| (*name).to_owned()),
        }
    }
}
