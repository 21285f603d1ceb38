//! How fast the parts are: the engine alone (the aim is more than a million flows a second on one
//! core), the load of one rate table, a plan of 100 flows from text to JSON.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a broken benchmark may stop

mod plans;

use divan::Bencher;
use divan::counter::ItemsCount;
use ka171::engine::budget;
use ka171::notices::notices;
use ka171::plan::{Overrides, load};
use ka171::rates::{RateStore, read_table};
use ka171::report::json;

fn main() {
    divan::main();
}

/// Flows a second through the engine.
#[divan::bench(args = [100, 10_000])]
fn engine(bencher: Bencher<'_, '_>, flows: usize) {
    let loaded = plans::resolved(flows);
    bencher.counter(ItemsCount::new(flows)).bench_local(|| budget(&loaded.plan));
}

/// One rate table from text to validated figures.
#[divan::bench]
fn load_rate_table(bencher: Bencher<'_, '_>) {
    let file = RateStore::Embedded.table(2025).expect("readable").expect("a table for 2025");
    bencher.bench_local(|| read_table(&file));
}

/// A plan of 100 flows from text to JSON, rate table and country names included.
#[divan::bench]
fn plan_to_json(bencher: Bencher<'_, '_>) {
    let plan = plans::toml(100);
    bencher.bench_local(|| {
        let text = plans::text(&plan);
        let loaded = load(&text, &Overrides::default(), &RateStore::Embedded).expect("no errors");
        let budget = budget(&loaded.plan);
        json::render(&budget, &notices(&loaded, &budget), None)
    });
}
