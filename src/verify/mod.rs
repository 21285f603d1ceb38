//! Whether a saved result still holds: computed again from the inputs that it carries, and from its
//! plan where that is given.

mod pass;
mod tree;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Findings, SourceFile};
use crate::document::{self, Format};
use crate::engine::budget;
use crate::error::Refusal;
use crate::model::{TableIdentity, words};
use crate::notices::notices;
use crate::plan::{Loaded, Overrides, PlanText, load, load_inside};
use crate::rates::{EnvelopeFile, RateStore, read_table};
use crate::report::json;
use crate::saved::{SavedResult, plan_in};
use pass::{Of, Pass};
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
    /// What the command line said otherwise than the plan, where the plan was given.
    pub said_otherwise: Vec<SaidOtherwise>,
    /// Values that computing again gives otherwise, by their paths.
    pub differences: Vec<Difference>,
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
        /// It has another one.
        Changed = "changed",
        /// It was not given.
        NotChecked = "not-checked",
        /// It was given and the result does not name it.
        Unknown = "unknown",
    }
}

words! {
    /// Why a value differs, as far as it can be told.
    pub enum Reason: "reason" {
        /// The rate table at hand is another one.
        Rates = "rates",
        /// The list of envelopes at hand is another one.
        Envelopes = "envelopes",
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

/// A key that the result has with another value than the plan, as an option of the command line gives it.
pub struct SaidOtherwise {
    /// The key of the plan.
    pub key: &'static str,
    /// Its value in the plan.
    pub plan: String,
    /// Its value in the result.
    pub result: String,
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
        let is_good = |state: FileState| matches!(state, FileState::Same | FileState::NotChecked);
        self.has_same_table()
            && self.differences.is_empty()
            && self.plans.iter().chain(&self.envelopes).all(|(_, state)| is_good(*state))
    }

    /// Whether the plan itself was computed again.
    pub fn has_plan(&self) -> bool {
        self.plans.iter().any(|(_, state)| *state == FileState::Same)
    }
}

fn is_same_table(table: &TableIdentity, result: &SavedResult) -> bool {
    table.sha256 == result.rates_sha256 && table.id == result.rates_id
}

fn is_same_engine(result: &SavedResult) -> bool {
    result.engine_version == env!("CARGO_PKG_VERSION")
}

/// Computes a result again. `envelopes` is the list of envelopes that it was compared with; a published
/// one is looked up in the store.
///
/// # Errors
///
/// It is no result, its inputs are no plan, or a file cannot be read.
pub fn verify(
    file: Arc<SourceFile>,
    plans: &[PlanText],
    envelopes: Option<EnvelopeFile>,
    store: &RateStore,
) -> Result<Verification, Refusal> {
    let result = SavedResult::of(file)?;
    let table = match store.table(result.call)? {
        Some(file) => read_table(&file)?.identity,
        None => return Err(store.unknown_call(result.call.into(), None)?.into()),
    };
    let list = match (envelopes, &result.envelopes) {
        (None, Some(list)) if list.is_published => {
            Some(EnvelopeFile::find(Path::new(&list.name), store)?)
        }
        (given, _) => given,
    };
    let mut again = Again { result: &result, list, store, compared: 0, found: Vec::new() };
    again.inputs()?;
    let of_inputs: BTreeSet<String> = again.found.iter().map(|this| this.path.clone()).collect();
    let states = plan_states(&result, plans);
    let mut said_otherwise = Vec::new();
    for plan in plans {
        if result.plan_files.iter().any(|(_, sha256)| *sha256 == plan.sha256) {
            said_otherwise = again.plan(plan)?;
        }
    }
    let envelopes = envelopes_state(&result, again.list.as_ref());
    let list = envelopes.as_ref().map(|(_, state)| *state);
    let found: BTreeSet<Differing> = again.found.drain(..).collect();
    let differences = found.into_iter().map(|Differing { path, saved, fresh }| {
        let reason = reason(&path, of_inputs.contains(&path), &result, &table, list);
        Difference { path, saved, fresh, reason }
    });
    let differences = differences.collect();
    let has_plan = states.iter().any(|(_, state)| *state == FileState::Same);
    Ok(Verification {
        table,
        plans: states,
        envelopes,
        said_otherwise,
        differences,
        compared: again.compared,
        has_notices: has_plan || result.has_order,
        result,
    })
}

/// A result that is computed again, and what was found so far.
struct Again<'v> {
    result: &'v SavedResult,
    /// The list of envelopes that is at hand.
    list: Option<EnvelopeFile>,
    store: &'v RateStore,
    compared: usize,
    found: Vec<Differing>,
}

impl Again<'_> {
    /// From the inputs that the result carries.
    fn inputs(&mut self) -> Result<(), Refusal> {
        let file = Arc::clone(&self.result.file);
        let text = PlanText { file, format: Format::Json, sha256: String::new() };
        let overrides = Overrides { envelopes: self.list.clone(), ..Overrides::default() };
        let loaded = load_inside(&text, plan_in, &overrides, self.store)?;
        self.compare(&loaded, Of::Inputs)
    }

    /// From the plan, as it was computed: the command line may have said otherwise than the plan.
    fn plan(&mut self, plan: &PlanText) -> Result<Vec<SaidOtherwise>, Refusal> {
        let overrides = Overrides { envelopes: self.list.clone(), ..self.result.overrides() };
        let loaded = load(plan, &overrides, self.store)?;
        self.compare(&loaded, Of::Plan)?;
        Ok(said_otherwise(&loaded))
    }

    /// Compares with the result that this program writes now.
    fn compare(&mut self, loaded: &Loaded, of: Of) -> Result<(), Refusal> {
        let has_list = self.list.is_some() || self.result.envelopes.is_none();
        let pass = Pass { of, has_list, has_order: self.result.has_order };
        let budget = budget(&loaded.plan);
        let fresh = json::render(&budget, &notices(loaded, &budget), None)?;
        let fresh = SourceFile::new("computed again", fresh);
        let findings = Findings::default();
        let saved = document::parse(Format::Json, &self.result.file, &findings);
        let fresh = document::parse(Format::Json, &fresh, &findings);
        match saved.zip(fresh) {
            Some((saved, fresh)) if findings.is_empty() => {
                let Compared { differences, compared } = tree::compare(&saved, &fresh, pass);
                self.found.extend(differences);
                self.compared += compared;
                Ok(())
            }
            _ => Err(findings.into_errors().into()),
        }
    }
}

/// What the plan's file says otherwise than the plan as it was computed. A what-if is told apart.
fn said_otherwise(loaded: &Loaded) -> Vec<SaidOtherwise> {
    let (stated, plan) = (&loaded.stated, &loaded.plan);
    let country = plan.project.country;
    let applicant = plan.project.applicant.clone().unwrap_or_default();
    let keys = [
        ("call", stated.call.map(|call| call.to_string()), plan.call.to_string()),
        ("project.country", stated.country.map(|code| code.to_string()), country.to_string()),
        ("project.applicant", stated.applicant.clone(), applicant),
    ];
    let said = keys.into_iter().filter_map(|(key, plan, result)| {
        let plan = plan.filter(|plan| *plan != result)?;
        Some(SaidOtherwise { key, plan, result })
    });
    said.collect()
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

/// Files of the plan by name: those that the result names, then others that were given.
fn plan_states(result: &SavedResult, plans: &[PlanText]) -> Vec<(String, FileState)> {
    let named = result.plan_files.iter().map(|(name, sha256)| {
        let state = match plans.iter().find(|plan| plan.file.name() == name) {
            _ if plans.iter().any(|plan| plan.sha256 == *sha256) => FileState::Same,
            Some(_) => FileState::Changed,
            None => FileState::NotChecked,
        };
        (name.clone(), state)
    });
    let is_known = |plan: &&PlanText| {
        let names =
            |(name, sha256): &(String, String)| name == plan.file.name() || *sha256 == plan.sha256;
        result.plan_files.iter().any(names)
    };
    let unknown = plans.iter().filter(|plan| !is_known(plan));
    let unknown = unknown.map(|plan| (plan.file.name().to_owned(), FileState::Unknown));
    named.chain(unknown).collect()
}
