//! Lists of regional envelopes: published national ones, and files of users.

mod file;
mod store;

pub use file::EnvelopeFile;
pub(super) use file::{FOLDER, Form, Role};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Place, SourceFile};
use crate::document::Span;
use crate::model::{Date, EnvelopeListIdentity, Eur, Region, Source};

/// A validated list: regions once each, of one kind, one country and one call.
#[derive(Clone, Debug)]
pub struct EnvelopeList {
    /// Name, kind, whose it is, what it rests on and where it comes from.
    pub identity: EnvelopeListIdentity,
    /// The envelopes by region, at least one.
    pub envelopes: BTreeMap<Region, ListedEnvelope>,
    /// Their sum; the stated total is the same where there is one.
    pub total: Eur,
    /// The last day on which a person compared the list with its sources, where it says so.
    pub checked_on: Option<Date>,
    /// Where it says so.
    pub checked_on_place: Option<Place>,
    /// The documents that it lists, by key.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// The file that it was read from.
    pub file: Arc<SourceFile>,
    /// Where the list says its country.
    pub country_place: Option<Place>,
}

/// One envelope of a list.
#[derive(Clone, Debug)]
pub struct ListedEnvelope {
    /// EUR.
    pub amount: Eur,
    /// Where it stands.
    pub span: Span,
}
