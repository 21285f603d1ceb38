//! Uses the crate as a library: reads a plan, computes its budget and prints what each region costs.
//!
//! Run it with `cargo run --example library`.

#![allow(clippy::print_stdout)] // an example shows its result

use std::error::Error;

use ka171::diag::render;
use ka171::engine::budget;
use ka171::plan::{Overrides, PlanText, Refusal, load};
use ka171::rates::RateStore;

const PLAN: &str = r#"
call = 2025

[project]
applicant = "University of Szeged"
country = "HU"

[[flow]]
country = "KG"
direction = "incoming"
activity = "SMS"
months = 5
participants = 4
travel_days = 2
distance_km = 4222

[[flow]]
country = "AL"
direction = "outgoing"
activity = "STA"
days = 5
participants = 2
travel_days = 2
band = "500-1999"
"#;

/// The whole example.
pub fn main() -> Result<(), Box<dyn Error>> {
    // A plan from a file is read by `PlanText::read`. Without a format, the text decides: TOML or JSON.
    let text = PlanText::from_bytes("plan.toml", PLAN.as_bytes().to_vec(), None)?;

    // Every figure is looked up here, and every fault of the plan is found.
    let loaded = match load(&text, &Overrides::default(), &RateStore::Embedded) {
        Ok(loaded) => loaded,
        Err(Refusal::Faults(errors)) => {
            let texts: Vec<String> = errors.list.iter().map(render).collect();
            return Err(texts.join("\n\n").into());
        }
        Err(refusal) => return Err(refusal.into()),
    };

    // What is left cannot fail.
    let budget = budget(&loaded.plan);
    for region in &budget.regions {
        println!("{}: {} EUR", region.region, region.amounts.total());
    }
    println!("total: {} EUR", budget.totals.amounts.total());
    Ok(())
}
