//! Plans: read from a file, resolved against a rate table.
//!
//! Reading finds what is wrong with the file's form, resolving what is wrong with its meaning; both
//! collect every fault. Only a plan without any becomes a [`MobilityPlan`].

mod consolidate;
mod file_names;
mod input;
mod raw;
mod record;
mod resolve;
mod score;
mod sheet;
mod stream;
mod trial;
mod what_if;
mod written;

pub use consolidate::load_all;
pub use input::{PlanFormat, PlanText, Reading, csv_dialect_of};
pub(crate) use raw::{FLOW_KEYS, MOST_PARTICIPANTS, PROJECT_KEYS};
pub use record::{OwnCell, PlanRecord, RecordedKey, RecordedRow, RecordedValue, own_columns};
pub use sheet::{DecimalMark, columns as sheet_columns};
pub use stream::{FlowStream, Resolved};
pub use trial::{Trial, Tried, trial};
pub use written::{Written, WrittenKey, written};

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};
use crate::document::Node;
pub use crate::error::Refusal;
use crate::model::{MobilityPlan, Origin, WhatIf};
use crate::places::Places;
use crate::rates::{EnvelopeFile, EnvelopeList, RateStore, RateTable, read_envelopes, read_table};
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
    /// A list of envelopes: all those of the plan give way to it.
    pub envelopes: Option<EnvelopeFile>,
    /// Where cities are looked up.
    pub places: Places,
    /// Keys with another value than the file's, and regions that are left out.
    pub what_if: WhatIf,
}

/// Where the plan's file stands in [`Loaded::files`].
const PLAN: usize = 0;
/// Where a list of envelopes stands in [`Loaded::files`].
const LIST: usize = 1;

/// A plan with every look-up done, and the table that it was resolved against.
#[derive(Debug)]
pub struct Loaded {
    /// The plan.
    pub plan: MobilityPlan,
    /// Its rate table.
    pub table: RateTable,
    /// The files that were read: the plan's, then that of a list of envelopes.
    pub files: Vec<Arc<SourceFile>>,
    /// Where the plan states envelopes that a list takes the place of.
    pub replaced_envelopes: Vec<Place>,
    /// Where the file says the call; `None` where the command line does.
    pub call_place: Option<Place>,
}

impl Loaded {
    /// The place where a flow or an envelope begins; `None` for an origin of another plan.
    pub fn place(&self, origin: &Origin) -> Option<Place> {
        let file = Arc::clone(self.files.get(origin.source)?);
        Some(Place { file, span: origin.offset..origin.offset }.resolved())
    }
}

/// Reads and resolves a plan.
///
/// # Errors
///
/// Every fault of the plan and of the list of envelopes, or of the rate table; or a rate table that
/// cannot be read.
pub fn load(text: &PlanText, overrides: &Overrides, store: &RateStore) -> Result<Loaded, Refusal> {
    load_inside(text, |root| root, overrides, store)
}

/// Finds the tree of a plan in that of a whole text.
pub(crate) type Inside = for<'a> fn(Node<'a>) -> Node<'a>;

/// Reads and resolves a plan that stands inside another text, such as a saved result.
///
/// # Errors
///
/// Those of [`load`].
pub(crate) fn load_inside(
    text: &PlanText,
    inside: Inside,
    overrides: &Overrides,
    store: &RateStore,
) -> Result<Loaded, Refusal> {
    let load = |list| load_with(text, inside, overrides, list, store);
    let Some(list) = &overrides.envelopes else { return load(None) };
    match read_envelopes(list, &store.country_names()?) {
        Ok(list) => load(Some(&list)),
        Err(of_list) => match load(None) {
            Ok(_) => Err(of_list.into()),
            Err(Refusal::Faults(of_plan)) => Err(of_plan.and(of_list).into()),
            Err(machine) => Err(machine),
        },
    }
}

/// What is wrong with the form of a plan, whatever any rate table says.
pub(crate) fn check_form(root: &Node<'_>, file: &Arc<SourceFile>, findings: &Findings) {
    RawPlan::read(root, file, findings);
}

/// `list` is the one that the overrides name, without a fault.
fn load_with(
    text: &PlanText,
    inside: Inside,
    overrides: &Overrides,
    list: Option<&EnvelopeList>,
    store: &RateStore,
) -> Result<Loaded, Refusal> {
    let findings = Findings::default();
    let file = what_if::attached(&text.file, &overrides.what_if);
    let names = store.country_names()?;
    let Some(root) = text.tree(&file, Some(&names), &findings) else {
        return Err(findings.into_errors().into());
    };
    let mut root = inside(root);
    what_if::apply(&mut root, &file, overrides, &findings);
    let Some(raw) = RawPlan::read(&root, &file, &findings) else {
        return Err(findings.into_errors().into());
    };
    let table = match find_table(&raw, overrides, store, &findings)? {
        Some(table) => table,
        None => return Err(findings.into_errors().into()),
    };
    let plan = resolve::plan(&raw, text, overrides, list, &table, &names, &findings);
    match plan {
        Some(plan) if findings.is_empty() => {
            let call = raw.call.located().filter(|_| overrides.call.is_none());
            let call_place = call.map(|call| raw.place(&call.span).resolved());
            let files = std::iter::once(&file).chain(list.map(|list| &list.file));
            let files = files.map(Arc::clone).collect();
            let replaced = raw.envelopes.iter().filter(|_| list.is_some());
            let replaced_envelopes = replaced.map(|row| raw.place(&row.span).resolved()).collect();
            Ok(Loaded { plan, table, files, replaced_envelopes, call_place })
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
                let place = Place { span: 0..0, ..raw.own_place.clone() };
                let help = match place.cell() {
                    Some(_) => {
                        "use --call 2025, a column `call`, or a sheet `Project` with the key `call`"
                    }
                    None => "add the key `call` at the top, such as 2025, or use --call 2025",
                };
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
