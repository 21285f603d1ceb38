//! JSON Schema (draft 2020-12) of the file formats, for editors and other programs. Plain ASCII, so
//! that no console changes it.
//!
//! A schema tells an editor which keys there are and what they mean. It is no substitute for the
//! readers: those also check what one part of a file says about another, and they alone decide.

/// The schema of a call's rate table, as in `rates/schema.json`.
pub const RATES: &str = include_str!("../rates/schema.json");

/// The schema of a plan in TOML or JSON, as in `schemas/plan.json`.
pub const PLAN: &str = include_str!("../schemas/plan.json");

/// The schema of a budget in JSON, as in `schemas/budget.json`. Results may have other keys.
pub const BUDGET: &str = include_str!("../schemas/budget.json");
