//! A plan tried under several rate tables, flow by flow.

use super::raw::RawPlan;
use super::resolve;
use super::{Overrides, PlanText};
use crate::diag::{Errors, Findings};
use crate::model::MobilityFlow;
use crate::rates::{CountryNames, RateTable};

/// A plan without errors of its form.
pub struct Trial<'t> {
    raw: RawPlan<'t>,
    ids: Vec<String>,
    names: &'t CountryNames,
    overrides: &'t Overrides,
}

/// A flow under a table, or why it cannot be computed there.
pub type Tried = Result<MobilityFlow, Errors>;

/// Reads a plan once, to try it under any number of tables. Of the overrides, those of the call and the
/// envelopes count for nothing: the tables say the call.
///
/// # Errors
///
/// What is wrong with the plan whatever the table says.
pub fn trial<T>(
    text: &PlanText,
    names: &CountryNames,
    overrides: &Overrides,
    run: impl FnOnce(&Trial<'_>) -> T,
) -> Result<T, Errors> {
    let findings = Findings::default();
    let root = text.tree(&text.file, Some(names), &findings);
    let raw = root.as_ref().and_then(|root| RawPlan::read(root, &text.file, &findings));
    match raw {
        Some(raw) => {
            let ids = resolve::ids(&raw, &findings);
            if findings.is_empty() {
                return Ok(run(&Trial { raw, ids, names, overrides }));
            }
            Err(findings.into_errors())
        }
        None => Err(findings.into_errors()),
    }
}

impl Trial<'_> {
    /// The call that the plan says it is for.
    pub fn call(&self) -> Option<u32> {
        self.raw.call.value().copied()
    }

    /// The flows' ids, in the order of the plan.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The flows under a table, in the order of the plan. What is wrong with the applicant, the
    /// project or an envelope is wrong with each flow.
    pub fn under(&self, table: &RateTable) -> Vec<Tried> {
        resolve::flows(&self.raw, &self.ids, self.overrides, table, self.names)
    }
}
