//! Budgets for Erasmus+ KA171 (International Credit Mobility): a planned-mobility file in, a
//! per-region budget out, every amount with its source.
//!
//! Rate tables in versioned TOML feed a pure engine that turns a plan into a budget:
//!
//! 1. [`plan::PlanText`] reads a plan's text from a file, standard input or memory.
//! 2. [`plan::load`] resolves it against the rate table of its call from a [`rates::RateStore`]:
//!    every look-up is done, every fault found. A plan with a fault gives no budget. A distance that
//!    it does not state is estimated between cities, which [`places`] finds.
//! 3. [`engine::budget`] computes; it cannot fail.
//! 4. [`notices::notices`] says what the budget rests on and leaves open.
//! 5. [`explain`] says how each amount came about.
//! 6. [`report`] writes it for people and for scripts.
//!
//! ```
//! use ka171::plan::{Overrides, PlanText, load};
//! use ka171::rates::RateStore;
//!
//! let plan = r#"
//!     call = 2025
//!     project = { country = "HU" }
//!
//!     [[flow]]
//!     country = "KG"
//!     direction = "outgoing"
//!     activity = "STA"
//!     days = 5
//!     travel_days = 2
//!     participants = 2
//!     band = "4000-7999"
//! "#;
//! let text = PlanText::from_bytes("plan.toml", plan.into(), None)?;
//! let loaded = load(&text, &Overrides::default(), &RateStore::Embedded)?;
//! let budget = ka171::engine::budget(&loaded.plan);
//! assert_eq!(budget.totals.amounts.total().to_string(), "6036.00");
//! # Ok::<(), ka171::plan::Refusal>(())
//! ```
//!
//! Not an official calculator: what National Agencies and the European Commission say prevails.

pub mod cli;
pub mod compare;
pub mod convert;
pub mod diag;
pub mod distance;
pub mod document;
pub mod engine;
pub mod error;
pub mod explain;
pub mod form;
mod hash;
pub mod impact;
pub mod model;
pub mod notices;
pub mod places;
pub mod plan;
pub mod rates;
pub mod report;
pub mod saved;
pub mod schema;
pub mod sheet;
pub mod starter;
pub mod stream;
pub mod verify;
