//! Plans: read from a file, resolved against a rate table.
//!
//! Reading finds what is wrong with the file's form, resolving what is wrong with its meaning; both
//! collect every fault. Only a plan without any becomes a [`MobilityPlan`].

mod input;
mod raw;
mod resolve;
mod trial;

pub use input::{PlanFormat, PlanText};
pub use trial::{Trial, Tried, trial};

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};
use crate::document;
pub use crate::error::Refusal;
use crate::model::{MobilityPlan, Origin};
use crate::rates::{RateStore, RateTable, read_table};
use raw::RawPlan;

/// What the command line says instead of the plan.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The call year.
    pub call: Option<u16>,
    /// The applicant's country.
    pub country: Option<String>,
    /// The applicant's name.
    pub applicant: Option<String>,
}

/// A plan with every look-up done, and the table that it was resolved against.
#[derive(Debug)]
pub struct Loaded {
    /// The plan.
    pub plan: MobilityPlan,
    /// Its rate table.
    pub table: RateTable,
    /// The file that it was read from.
    pub file: Arc<SourceFile>,
    /// Where the file says the call; `None` where the command line does.
    pub call_place: Option<Place>,
}

impl Loaded {
    /// The place where a flow or an envelope begins.
    pub fn place(&self, origin: &Origin) -> Place {
        Place { file: Arc::clone(&self.file), span: origin.offset..origin.offset }
    }
}

/// Reads and resolves a plan.
///
/// # Errors
///
/// Every fault of the plan, or of its rate table; or a rate table that cannot be read.
pub fn load(text: &PlanText, overrides: &Overrides, store: &RateStore) -> Result<Loaded, Refusal> {
    let findings = Findings::default();
    let Some(root) = document::parse(text.format, &text.file, &findings) else {
        return Err(findings.into_errors().into());
    };
    let Some(raw) = RawPlan::read(&root, &text.file, &findings) else {
        return Err(findings.into_errors().into());
    };
    let table = match find_table(&raw, overrides, store, &findings)? {
        Some(table) => table,
        None => return Err(findings.into_errors().into()),
    };
    let names = store.country_names()?;
    let plan = resolve::plan(&raw, text, overrides, &table, &names, &findings);
    match plan {
        Some(plan) if findings.is_empty() => {
            let call = raw.call.located().filter(|_| overrides.call.is_none());
            let call_place = call.map(|call| raw.place(&call.span));
            Ok(Loaded { plan, table, file: Arc::clone(&text.file), call_place })
        }
        _ => Err(findings.into_errors().into()),
    }
}

/// The rate table of the plan's call; `None` where the plan does not say a call that has one.
fn find_table(
    raw: &RawPlan<'_>,
    overrides: &Overrides,
    store: &RateStore,
    findings: &Findings,
) -> Result<Option<RateTable>, Refusal> {
    let (call, place) = match (overrides.call, raw.call.located()) {
        (Some(call), _) => (u32::from(call), None),
        (None, Some(call)) => (call.value, Some(raw.place(&call.span))),
        (None, None) => {
            if raw.call.is_absent() {
                let message = "the plan does not say which call it is for";
                let help = "add the key `call` at the top, such as 2025, or use --call 2025";
                let place = Place { span: 0..0, ..raw.own_place.clone() };
                findings.push(Diagnostic::error(Code::MissingKey, place, message).help(help));
            }
            return Ok(None);
        }
    };
    let file = match u16::try_from(call) {
        Ok(call) => store.table(call)?,
        Err(_) => None,
    };
    match file {
        Some(file) => Ok(Some(read_table(&file)?)),
        None => {
            findings.push(store.unknown_call(call, place)?);
            Ok(None)
        }
    }
}
