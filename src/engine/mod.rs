//! The calculation: a resolved plan in, a budget out.
//!
//! Pure and total: no failure, no clock, no environment, no input or output. All rates and rules
//! come with the flows; there is no amount, no country and no year in here.

mod amounts;
mod budget;
mod formula;
mod inclusion_support;
mod individual_support;
mod line;
mod organisational_support;
mod score;
mod top_up;
mod travel;

pub use amounts::{Amounts, CostItem, Headcount};
pub use budget::{
    Addend, Budget, CountryBudget, EnvelopeUse, FlowBudget, RegionBudget, Sums, Totals, budget,
    flow_budget,
};
pub use formula::Formula;
pub use individual_support::{with_reading, with_travel_days};
pub use line::{Each, LineItem};
pub use score::{RegionScore, missing_in, scores};
