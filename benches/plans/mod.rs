//! Plans of any size, with every kind of flow in turn.

use std::fmt::Write;

use ka171::plan::{Loaded, Overrides, PlanText, load};
use ka171::rates::RateStore;

const KINDS: [&str; 6] = [
    "direction = \"incoming\"\nactivity = \"SMS\"\nmonths = 5\nfewer_opportunities = 1\ntravel = \"green\"\ntravel_days = 4\ndistance_km = 4222\n",
    "direction = \"incoming\"\nactivity = \"STA\"\ndays = 20\ntravel_days = 2\ndistance_km = 2950.5\n",
    "direction = \"outgoing\"\nactivity = \"SMT\"\nlevel = \"doctoral\"\nstart = 2026-02-01\nend = 2026-05-20\nband = \"4000-7999\"\n",
    "direction = \"incoming\"\nactivity = \"SMS\"\nterm = \"short\"\nblended = true\ndays = 18\nfewer_opportunities = 2\nband = \"4000-7999\"\n",
    "direction = \"outgoing\"\nactivity = \"STT\"\ndays = 5\ntravel_days = 2\ntravel_cost = 1697.14\nband = \"4000-7999\"\n",
    "direction = \"incoming\"\nactivity = \"STA\"\nfrom_enterprise = true\ndays = 1\nzero_grant = true\ninclusion_support = 350.50\n",
];
const COUNTRIES: [&str; 12] =
    ["AL", "GE", "EG", "VN", "KG", "QA", "AU", "ZA", "BR", "JM", "US", "KZ"];

/// A plan of call 2025 with this many flows, as TOML.
pub fn toml(flows: usize) -> String {
    let mut plan = "call = 2025\n\n[project]\napplicant = \"University of Szeged\"\ncountry = \"HU\"\nmonths = 36\n".to_owned();
    for index in 0..flows {
        let country = COUNTRIES[index % COUNTRIES.len()];
        let kind = KINDS[index % KINDS.len()];
        let participants = 2 + index % 7;
        write!(plan, "\n[[flow]]\nid = \"flow-of-office-{index:05}\"\npartner = \"Partner University {index}\"\ncountry = \"{country}\"\n{kind}participants = {participants}\n")
            .expect("a string takes all text");
    }
    plan
}

/// The same plan resolved.
pub fn resolved(flows: usize) -> Loaded {
    let text = text(&toml(flows));
    load(&text, &Overrides::default(), &RateStore::Embedded).expect("the plan has no errors")
}

/// A plan's text.
pub fn text(plan: &str) -> PlanText {
    PlanText::from_bytes("plan.toml", plan.as_bytes().to_vec(), None).expect("the plan is UTF-8")
}
