//! Every figure, rule and list of a rate table, one by one, in the table's order.
//!
//! This is the one list from which tables are shown, counted and compared.

mod countries;
mod entry;
mod rules;
mod slot;
mod support;
mod travel;

pub use entry::{Entry, Quantity};
pub use slot::Slot;

use std::sync::Arc;

use super::RateTable;
use crate::model::{Citation, words};

words! {
    /// A part of a rate table.
    pub enum Section: "section" {
        /// Duration and beginning of projects, rounding.
        Project = "project",
        /// Travel bands and the rules about distances and real travel costs.
        Travel = "travel",
        /// How many travel days are funded.
        TravelDays = "travel-days",
        /// Individual support and top-ups of students.
        Students = "students",
        /// Individual support of staff.
        Staff = "staff",
        /// The days paid at the first daily rate.
        FirstPeriod = "first-period",
        /// Organisational support.
        OrganisationalSupport = "organisational-support",
        /// Inclusion support.
        InclusionSupport = "inclusion-support",
        /// Permitted durations of activities.
        Durations = "durations",
        /// What an application must reach.
        Award = "award",
        /// Who may not go where.
        Restrictions = "restrictions",
        /// Who may apply, country groups, regions.
        Countries = "countries",
        /// The documents that figures cite.
        Sources = "sources",
    }
}

/// Every figure, rule and list of a table, in its order. Sources are not among them.
pub fn entries(table: &RateTable) -> Vec<Entry> {
    let slots = figures(table, table);
    let figures = slots.iter().flat_map(|slot| slot.entries(table));
    figures.chain(countries::lists(table)).collect()
}

/// Everything that a table's figures rest on, each once, in the order of its text. Of several figures
/// that share one basis, the first speaks for all.
pub fn bases(table: &RateTable) -> Vec<Arc<Citation>> {
    let mut bases: Vec<_> = entries(table).into_iter().map(|entry| entry.citation).collect();
    bases.sort_by_key(|citation| citation.basis_span.start);
    bases.dedup_by_key(|citation| citation.basis_span.start);
    bases
}

/// What two tables have, part by part, in the table's order: each can be read from either table, and
/// taken over from one into the other. All of them together take over all that a budget depends on.
pub fn slots(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = figures(one, other);
    slots.extend(countries::slots(one, other));
    slots
}

fn figures(one: &RateTable, other: &RateTable) -> Vec<Slot> {
    let mut slots = rules::project();
    slots.extend(travel::slots(one, other));
    slots.extend(support::slots(one, other));
    slots.extend(rules::rules());
    slots
}
