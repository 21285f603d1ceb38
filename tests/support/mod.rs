//! What several tests need.
#![allow(dead_code)] // each test file uses a part of it

pub mod large;
#[cfg(unix)]
pub mod office;
pub mod random;
pub mod reports;
pub mod tables;

use ka171::diag::render;
use ka171::engine::budget;
use ka171::notices::notices;
use ka171::plan::{Loaded, Overrides, PlanText, Refusal, load};
use ka171::rates::RateStore;
use ka171::report::json;
use serde_json::Value;

/// A plan resolved against the shipped tables.
pub fn loaded(plan: &[u8]) -> Result<Loaded, Refusal> {
    let text = PlanText::from_bytes("plan", plan.to_vec(), None)?;
    load(&text, &Overrides::default(), &RateStore::Embedded)
}

/// A plan's complete JSON result as text, or its errors as text.
pub fn result_text(plan: &str) -> Result<String, String> {
    let loaded = loaded(plan.as_bytes()).map_err(|refusal| words(&refusal))?;
    Ok(text_of(&loaded))
}

/// The complete JSON result of a plan's text.
pub fn result_of_text(text: &PlanText) -> String {
    result_with(text, &Overrides::default())
}

/// The complete JSON result of a plan's text and what the command line says.
pub fn result_with(text: &PlanText, overrides: &Overrides) -> String {
    text_of(&load(text, overrides, &RateStore::Embedded).expect("no errors"))
}

/// The complete JSON result of a resolved plan.
pub fn result_of(loaded: &Loaded) -> Value {
    serde_json::from_str(&text_of(loaded)).expect("the result is JSON")
}

pub fn text_of(loaded: &Loaded) -> String {
    let budget = budget(&loaded.plan);
    let notices = notices(loaded, &budget);
    json::render(&budget, &notices, None).expect("the result can be written")
}

/// A plan's complete JSON result, or its errors as text.
pub fn result(plan: &str) -> Result<Value, String> {
    let text = result_text(plan)?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Why there is no result.
pub fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Faults(errors) => errors.list.iter().map(render).collect::<Vec<_>>().join("\n"),
        Refusal::Machine(error) => error.to_string(),
    }
}
