//! JSON Schema (draft 2020-12) of the file formats, for editors and other programs.
//!
//! A schema tells an editor which keys there are and what they mean. It is no substitute for the
//! readers: those also check what one part of a file says about another, and they alone decide.

/// The schema of a call's rate table, as in `rates/schema.json`. Plain ASCII, so that no console
/// changes it.
pub const RATES: &str = include_str!("../rates/schema.json");
