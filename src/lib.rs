//! Budgets for Erasmus+ KA171 (International Credit Mobility).
pub mod cli;
pub mod diag;
pub mod document;
pub mod engine;
pub mod error;
mod hash;
pub mod model;
pub mod notices;
pub mod plan;
pub mod rates;
pub mod report;
