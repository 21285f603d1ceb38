//! Whether a saved result still holds: computed again from the inputs that it carries, and from its
//! plan where that is given.

mod pass;
mod tree;

pub use pass::ComputedFrom;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Errors, Findings, Severity, SourceFile, quoted};
use crate::document::{self, Format};
use crate::engine::budget;
use crate::error::Refusal;
use crate::hash;
use crate::model::{TableIdentity, words};
use crate::notices::notices;
use crate::places::Places;
use crate::plan::{Loaded, Overrides, PlanText, load_all, load_inside};
use crate::rates::{EnvelopeFile, RateStore, read_table};
use crate::report::json;
use crate::saved::{SavedResult, plan_in};
use pass::Pass;
use tree::{Compared, Differing};

/// What became of a result since it was saved.
pub struct Verification {
    /// The result.
    pub result: SavedResult,
    /// The table of its call that is at hand.
    pub table: TableIdentity,
    /// What became of each file of its plan.
    pub plans: Vec<(String, FileState)>,
    /// What became of the list of envelopes that it was compared with.
    pub envelopes: Option<(String, FileState)>,
    /// Values that computing again gives otherwise, by their paths.
    pub differences: Vec<Difference>,
    /// Why it cannot be computed again, from its inputs or from its plan.
    pub faults: Option<(ComputedFrom, Errors)>,
    /// Values that this version writes and the result of another version does not have.
    pub absent: usize,
    /// How many values were compared.
    pub compared: usize,
    /// Whether the notices were compared.
    pub has_notices: bool,
}

words! {
    /// What is known of a file that the result was computed from.
    pub enum FileState: "state of a file" {
        /// It has the hash that the result states.
        Same = "same",
        /// It has, with other line ends.
        SameText = "same-but-for-line-ends",
        /// It has another one.
        Changed = "changed",
        /// It was not given.
        NotChecked = "not-checked",
        /// It was given and the result does not name it.
        Unknown = "unknown",
    }
}

impl FileState {
    /// Whether it is the file, perhaps with other line ends.
    pub fn is_same(self) -> bool {
        matches!(self, Self::Same | Self::SameText)
    }

    /// What is known of a plan, given what the result states as its hash.
    fn of(plan: &PlanText, sha256: &str) -> Self {
        let text = plan.file.text().replace("\r\n", "\n");
        let with_mark = |text: &str| format!("\u{feff}{text}");
        let is_it = |text: &str| hash::sha256(text.as_bytes()) == sha256;
        let hashes = |text: &str| is_it(text) || is_it(&with_mark(text));
        if plan.sha256 == sha256 {
            Self::Same
        } else if hashes(&text) || hashes(&text.replace('\n', "\r\n")) {
            Self::SameText
        } else {
            Self::Changed
        }
    }
}

words! {
    /// Why a value differs, as far as it can be told.
    pub enum Reason: "reason" {
        /// The rate table at hand is another one.
        Rates = "rates",
        /// The list of envelopes at hand is another one.
        Envelopes = "envelopes",
        /// The places at hand are others.
        Places = "places",
        /// Another version of the program wrote the result.
        Version = "engine-version",
        /// It does not follow from the inputs that the result carries.
        Result = "result-changed",
        /// The plan says otherwise than the inputs that the result carries.
        Plan = "not-in-plan",
    }
}

/// A value that computing again gives otherwise.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Where it stands: `regions[6].countries[KG].flows[osh].amounts.total`.
    pub path: String,
    /// The value in the saved result; `None` where it is absent.
    pub saved: Option<String>,
    /// The value that was computed again; `None` where it is absent.
    pub fresh: Option<String>,
    /// Why.
    pub reason: Reason,
}

impl Verification {
    /// Whether the rate table has the hash that the result states.
    pub fn has_same_table(&self) -> bool {
        is_same_table(&self.table, &self.result)
    }

    /// Whether this version of the program wrote the result.
    pub fn has_same_engine(&self) -> bool {
        is_same_engine(&self.result)
    }

    /// Whether the result holds.
    pub fn holds(&self) -> bool {
        let is_good = |state: FileState| state.is_same() || state == FileState::NotChecked;
        self.has_same_table()
            && self.differences.is_empty()
            && self.faults.is_none()
            && self.plans.iter().chain(&self.envelopes).all(|(_, state)| is_good(*state))
    }

    /// Whether the plan itself was computed again: all of its files.
    pub fn has_plan(&self) -> bool {
        self.plans.iter().all(|(_, state)| state.is_same())
    }
}

fn is_same_table(table: &TableIdentity, result: &SavedResult) -> bool {
    table.sha256 == result.rates_sha256 && table.id == result.rates_id
}

fn is_same_engine(result: &SavedResult) -> bool {
    result.engine_version == env!("CARGO_PKG_VERSION")
}

/// Files of the user that a result may rest on.
#[derive(Clone, Debug, Default)]
pub struct AtHand {
    /// The list of envelopes that it was compared with; a published one is looked up in the store.
    pub envelopes: Option<EnvelopeFile>,
    /// The places that distances were estimated with.
    pub places: Places,
}

/// Computes a result again.
///
/// # Errors
///
/// It is no result, its inputs are no plan, or a file cannot be read.
pub fn verify(
    file: Arc<SourceFile>,
    plans: &[PlanText],
    at_hand: AtHand,
    store: &RateStore,
) -> Result<Verification, Refusal> {
    let result = SavedResult::of(file)?;
    let AtHand { envelopes, places } = at_hand;
    let places = places_of(&result, places)?;
    let places = places_of(&result, places)?;
    let table = match store.table(result.call)? {
        Some(file) => read_table(&file)?.identity,
        None => return Err(store.unknown_call(result.call.into(), None)?.into()),
    };
    let mut unneeded = None;
    let list = match (envelopes, &result.envelopes) {
        (None, Some(list)) if list.is_published => Some(EnvelopeFile::of_store(&list.name, store)?),
        (given, Some(_)) => given,
        // The result was not compared with it, so it plays no part.
        (given, None) => {
            unneeded = given;
            None
        }
    };
    let (found, faults) = (Vec::new(), None);
    let mut again =
        Again { result: &result, list, places, store, compared: 0, found, faults, absent: 0 };
    again.inputs()?;
    let of_inputs: BTreeSet<String> = again.found.iter().map(|this| this.path.clone()).collect();
    let states = plan_states(&result, plans);
    if let Some(plans) = originals(&result, plans) {
        again.plans(&plans)?;
    }
    let envelopes = envelopes_state(&result, again.list.as_ref().or(unneeded.as_ref()));
    let list = envelopes.as_ref().map(|(_, state)| *state);
    let found: BTreeSet<Differing> = again.found.drain(..).collect();
    let has_other_places = found.iter().any(|this| this.path == "places.sha256");
    let differences = found.into_iter().map(|Differing { path, saved, fresh }| {
        let reason = match reason(&path, of_inputs.contains(&path), &result, &table, list) {
            Reason::Version | Reason::Result if has_other_places => Reason::Places,
            reason => reason,
        };
        Difference { path, saved, fresh, reason }
    });
    let differences = differences.collect();
    let has_plan = states.iter().all(|(_, state)| state.is_same());
    Ok(Verification {
        table,
        plans: states,
        envelopes,
        differences,
        faults: again.faults,
        compared: again.compared,
        absent: again.absent,
        has_notices: result.has_notices && (has_plan || result.has_order),
        result,
    })
}

/// The places that the result was computed with; another file of the user would be another one.
fn places_of(result: &SavedResult, places: Places) -> Result<Places, Refusal> {
    let Some((name, sha256)) = &result.places_file else { return Ok(Places::default()) };
    let name = quoted(name);
    let (message, help) = match places.own_file() {
        Some(own) if own.sha256 == *sha256 => return Ok(places),
        Some(own) => (
            format!(
                "the result rests on the places file {name}, which {} is not, or no longer",
                quoted(&own.name)
            ),
            "give the file as it was, or write the result anew",
        ),
        None => (
            format!("the result rests on the places file {name}"),
            "name the file: ka171 verify RESULT --places FILE",
        ),
    };
    Err(Diagnostic::new(Severity::Error, Code::PlacesFileNeeded, message).help(help).into())
}

/// A result that is computed again, and what was found so far.
struct Again<'v> {
    result: &'v SavedResult,
    /// The list of envelopes that is at hand.
    list: Option<EnvelopeFile>,
    places: Places,
    store: &'v RateStore,
    compared: usize,
    found: Vec<Differing>,
    faults: Option<(ComputedFrom, Errors)>,
    absent: usize,
}

impl Again<'_> {
    /// From the inputs that the result carries.
    fn inputs(&mut self) -> Result<(), Refusal> {
        let file = Arc::clone(&self.result.file);
        let text = PlanText::of_json(file);
        let (envelopes, places) = (self.list.clone(), self.places.clone());
        let overrides = Overrides { envelopes, places, ..Overrides::default() };
        let loaded = load_inside(&text, plan_in, &overrides, self.store);
        self.compare(loaded, ComputedFrom::Inputs)
    }

    /// From the plan, or several, as the result says that it was computed.
    fn plans(&mut self, plans: &[PlanText]) -> Result<(), Refusal> {
        let (envelopes, places) = (self.list.clone(), self.places.clone());
        let overrides = Overrides { envelopes, places, ..self.result.overrides() };
        self.compare(load_all(plans, &overrides, self.store), ComputedFrom::Plan)
    }

    /// Compares with the result that this program writes now.
    fn compare(
        &mut self,
        loaded: Result<Loaded, Refusal>,
        of: ComputedFrom,
    ) -> Result<(), Refusal> {
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(Refusal::Faults(faults)) => {
                self.faults.get_or_insert((of, faults));
                return Ok(());
            }
            Err(machine) => return Err(machine),
        };
        let has_list = self.list.is_some() || self.result.envelopes.is_none();
        let pass = Pass {
            of,
            has_list,
            has_order: self.result.has_order,
            is_same_engine: is_same_engine(self.result),
        };
        let budget = budget(&loaded.plan);
        let fresh = json::render(&budget, &notices(&loaded, &budget), None)?;
        let fresh = SourceFile::new("computed again", fresh);
        let findings = Findings::default();
        let saved = document::parse(Format::Json, &self.result.file, &findings);
        let fresh = document::parse(Format::Json, &fresh, &findings);
        match saved.zip(fresh) {
            Some((saved, fresh)) if findings.is_empty() => {
                let Compared { differences, compared, absent } =
                    tree::compare(&saved, &fresh, pass);
                self.absent = self.absent.max(absent);
                self.found.extend(differences);
                self.compared += compared;
                Ok(())
            }
            _ => Err(findings.into_errors().into()),
        }
    }
}

fn reason(
    path: &str,
    is_of_inputs: bool,
    result: &SavedResult,
    table: &TableIdentity,
    list: Option<FileState>,
) -> Reason {
    if list == Some(FileState::Changed) && pass::rests_on_envelopes(path) {
        Reason::Envelopes
    } else if !is_of_inputs && !pass::is_notice(path) {
        Reason::Plan
    } else if !is_same_table(table, result) {
        Reason::Rates
    } else if !is_same_engine(result) {
        Reason::Version
    } else {
        Reason::Result
    }
}

fn envelopes_state(
    result: &SavedResult,
    list: Option<&EnvelopeFile>,
) -> Option<(String, FileState)> {
    let saved = result.envelopes.as_ref();
    let name = |list: &EnvelopeFile| list.file().name().to_owned();
    match (saved, list) {
        (Some(saved), Some(list)) => {
            let is_same = list.sha256() == saved.sha256;
            let state = if is_same { FileState::Same } else { FileState::Changed };
            Some((saved.name.clone(), state))
        }
        (Some(saved), None) => Some((saved.name.clone(), FileState::NotChecked)),
        (None, list) => list.map(|list| (name(list), FileState::Unknown)),
    }
}

/// The plans that the result names, by the names that it gives them; `None` where one is not at hand.
fn originals(result: &SavedResult, plans: &[PlanText]) -> Option<Vec<PlanText>> {
    let original = |(name, sha256): &(String, String)| {
        let is_it = |plan: &&PlanText| FileState::of(plan, sha256).is_same();
        plans.iter().find(is_it).map(|plan| plan.called(name))
    };
    result.plan_files.iter().map(original).collect()
}

/// Files of the plan by name: those that the result names, then others that were given.
fn plan_states(result: &SavedResult, plans: &[PlanText]) -> Vec<(String, FileState)> {
    let mut unknown: Vec<&PlanText> = plans.iter().collect();
    let mut states = Vec::new();
    for (name, sha256) in &result.plan_files {
        let state = |plan: &PlanText| FileState::of(plan, sha256);
        let same = plans.iter().map(state).find(|state| state.is_same());
        // Of files with one name the result gives the folders as well.
        let is_called = |plan: &PlanText| Path::new(plan.file.path()).ends_with(name);
        let is_named = plans.iter().any(is_called);
        let other = if is_named { FileState::Changed } else { FileState::NotChecked };
        states.push((name.clone(), same.unwrap_or(other)));
        unknown.retain(|plan| !is_called(plan) && !state(plan).is_same());
    }
    let unknown = unknown.iter().map(|plan| (plan.file.name().to_owned(), FileState::Unknown));
    states.extend(unknown);
    states
}
