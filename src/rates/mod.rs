//! Rate tables: one per call, as TOML with a source for every figure. Beside them, lists of the
//! regional envelopes of a country and call.
//!
//! `read` turns a file into a [`RateTable`] or says everything that is wrong with it. Nothing falls
//! back to another call or to a number that is not in the table.

pub mod catalogue;
mod countries;
pub mod diff;
mod embedded;
mod envelopes;
mod folder;
mod limits;
mod lint;
mod look_up;
mod read;
mod spans;
mod store;
mod table;
mod texts;

pub use countries::CountryNames;
pub use envelopes::{EnvelopeFile, EnvelopeList, ListedEnvelope};
pub use folder::FolderContents;
pub use lint::{Yardsticks, lint, lint_envelopes, revision_not_raised};
pub(crate) use read::EnvelopeRow;
pub use read::{read_envelopes, read_table};
pub use spans::Spans;
pub use store::{RateStore, TableFile};
pub use table::{
    Award, Band, Criterion, DaysLimit, DurationRule, DurationRules, ExpensiveTravelRule,
    FirstPeriod, LongTerm, Membership, ProjectRules, RateTable, RatesByDirection, RegionEntry,
    Restriction, RestrictionRule, ShortTerm, ShortTopUp, Staff, Standing, TravelDayLimits,
    TravelRates,
};
