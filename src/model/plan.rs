//! A whole application as the engine takes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    CountryCode, Envelope, EnvelopeListIdentity, MobilityFlow, Options, PlacesIdentity, Region,
    Score, Status, WhatIf,
};

/// One application: a call, an applicant and its mobility flows, resolved against a rate table.
#[derive(Clone, Debug)]
pub struct MobilityPlan {
    /// The call year.
    pub call: u16,
    /// The applicant and its project.
    pub project: Project,
    /// At least one flow, in the order of the plan.
    pub flows: Vec<MobilityFlow>,
    /// What a region's budget is compared with.
    pub envelopes: BTreeMap<Region, Envelope>,
    /// The list that the envelopes come from, where it is not the plan.
    pub envelope_list: Option<EnvelopeListIdentity>,
    /// The marks of its assessment, where the plan says them.
    pub scores: BTreeMap<Region, Score>,
    /// The names of the regions that flows go to or that have a score.
    pub region_names: BTreeMap<Region, Arc<str>>,
    /// The names of the countries that flows go to.
    pub country_names: BTreeMap<CountryCode, Arc<str>>,
    /// The table that the rates come from.
    pub rates: TableIdentity,
    /// The places that distances were estimated from; `None` where none was.
    pub places: Option<PlacesIdentity>,
    /// In what it differs from its files.
    pub what_if: WhatIf,
    /// What the command line said instead of its files.
    pub options: Options,
    /// The files that the plan was read from.
    pub files: Vec<FileIdentity>,
}

/// The applicant and its project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The applicant's name.
    pub applicant: Option<String>,
    /// The applicant's country: an EU Member State or an associated country.
    pub country: CountryCode,
    /// The applicant's city.
    pub city: Option<String>,
    /// Project duration in months.
    pub months: Option<u32>,
}

/// Which rate table was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableIdentity {
    /// Call and revision: `2025.1`.
    pub id: String,
    /// Published or provisional.
    pub status: Status,
    /// The call whose figures a provisional table carries over.
    pub carried_from: Option<u16>,
    /// `embedded`, or the folder and file that it was read from.
    pub origin: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
}

/// A file by name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileIdentity {
    /// The file's name, with no more folders than tell it apart from others, or with a number behind it; `-`
    /// for standard input.
    pub name: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
