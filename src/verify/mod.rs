//! Whether a saved result still holds: computed again from the inputs that it carries, and from its
//! plan where that is given.

mod tree;

pub use tree::Difference;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Severity, SourceFile, quoted};
use crate::document::{self, Format};
use crate::engine::budget;
use crate::error::Refusal;
use crate::model::TableIdentity;
use crate::notices::notices;
use crate::places::Places;
use crate::plan::{Loaded, Overrides, PlanText, load};
use crate::rates::{EnvelopeFile, RateStore, read_table};
use crate::report::json;
use crate::saved::SavedResult;
use tree::{Compared, LeftOut};

/// What became of a result since it was saved.
pub struct Verification {
    /// The result.
    pub result: SavedResult,
    /// The table of its call that is at hand.
    pub table: TableIdentity,
    /// What became of each file of its plan.
    pub plans: Vec<(String, PlanState)>,
    /// Values that computing again gives otherwise.
    pub differences: Vec<Difference>,
    /// How many values were compared.
    pub compared: usize,
}

crate::model::words! {
    /// What is known of a plan's file.
    pub enum PlanState: "state of a plan" {
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

impl Verification {
    /// Whether the rate table has the hash that the result states.
    pub fn has_same_table(&self) -> bool {
        self.table.sha256 == self.result.rates_sha256 && self.table.id == self.result.rates_id
    }

    /// Whether this version of the program wrote the result.
    pub fn has_same_engine(&self) -> bool {
        self.result.engine_version == env!("CARGO_PKG_VERSION")
    }

    /// Whether the result holds.
    pub fn holds(&self) -> bool {
        let is_good = |state: PlanState| matches!(state, PlanState::Same | PlanState::NotChecked);
        self.has_same_table()
            && self.differences.is_empty()
            && self.plans.iter().all(|(_, state)| is_good(*state))
    }

    /// Whether the plan itself was computed again.
    pub fn has_plan(&self) -> bool {
        self.plans.iter().any(|(_, state)| *state == PlanState::Same)
    }

    /// Why values differ, as far as it can be told.
    pub fn reason(&self) -> &'static str {
        if !self.has_same_table() {
            "the rate table at hand is not the one that it was computed with"
        } else if self.differences.iter().any(|found| found.path == "places.sha256") {
            "the places at hand are not those that its distances were estimated with"
        } else if !self.has_same_engine() {
            "another version of ka171 wrote it"
        } else {
            "the result was changed after it was written"
        }
    }
}

/// Computes a result again.
///
/// # Errors
///
/// It is no result, its inputs are no plan, or a file cannot be read.
pub fn verify(
    file: Arc<SourceFile>,
    plans: &[PlanText],
    places: &Places,
    store: &RateStore,
) -> Result<Verification, Refusal> {
    let result = SavedResult::of(file)?;
    let places = places_of(&result, places)?;
    let table = match store.table(result.call)? {
        Some(file) => read_table(&file)?.identity,
        None => return Err(store.unknown_call(result.call.into(), None)?.into()),
    };
    let inputs = PlanText::from_bytes("inputs", result.plan().into(), Some(Format::Json))?;
    let mut compared = Compared::default();
    let overrides = Overrides { places: places.clone(), ..Overrides::default() };
    let fresh = fresh(&load(&inputs, &overrides, store)?)?;
    compare(&result.file, &fresh, tree::not_in_inputs, &mut compared)?;
    let states = plan_states(&result, plans);
    for plan in plans {
        let is_same = result.plan_files.iter().any(|(_, sha256)| *sha256 == plan.sha256);
        if is_same {
            // As it was computed: the command line may have said otherwise than the plan.
            let envelopes = result.envelope_list.as_ref();
            let envelopes =
                envelopes.map(|id| EnvelopeFile::find(Path::new(id), store)).transpose()?;
            let places = places.clone();
            let overrides = Overrides { envelopes, places, ..result.overrides() };
            let loaded = load(plan, &overrides, store)?;
            let left_out = match result.has_unknown_envelopes {
                true => tree::not_in_plan_nor_envelopes,
                false => tree::not_in_plan,
            };
            compare(&result.file, &self::fresh(&loaded)?, left_out, &mut compared)?;
        }
    }
    let Compared { differences, compared } = compared;
    Ok(Verification { result, table, plans: states, differences, compared })
}

/// The places that the result was computed with; another file of the user would be another one.
fn places_of(result: &SavedResult, places: &Places) -> Result<Places, Refusal> {
    let Some((name, sha256)) = &result.places_file else { return Ok(Places::default()) };
    let name = quoted(name);
    let (message, help) = match places.own_file() {
        Some(own) if own.sha256 == *sha256 => return Ok(places.clone()),
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

/// The result as this program writes it now.
fn fresh(loaded: &Loaded) -> Result<Arc<SourceFile>, Refusal> {
    let budget = budget(&loaded.plan);
    let text = json::render(&budget, &notices(loaded, &budget), None)?;
    Ok(SourceFile::new("computed again", text))
}

fn compare(
    saved: &Arc<SourceFile>,
    fresh: &Arc<SourceFile>,
    left_out: LeftOut,
    compared: &mut Compared,
) -> Result<(), Refusal> {
    let findings = Findings::default();
    let saved = document::parse(Format::Json, saved, &findings);
    let fresh = document::parse(Format::Json, fresh, &findings);
    match saved.zip(fresh) {
        Some((saved, fresh)) if findings.is_empty() => {
            compared.compare(&saved, &fresh, left_out);
            Ok(())
        }
        _ => Err(findings.into_errors().into()),
    }
}

/// Files of the plan by name: those that the result names, then others that were given.
fn plan_states(result: &SavedResult, plans: &[PlanText]) -> Vec<(String, PlanState)> {
    let named = result.plan_files.iter().map(|(name, sha256)| {
        let state = match plans.iter().find(|plan| plan.file.name() == name) {
            _ if plans.iter().any(|plan| plan.sha256 == *sha256) => PlanState::Same,
            Some(_) => PlanState::Changed,
            None => PlanState::NotChecked,
        };
        (name.clone(), state)
    });
    let is_known = |plan: &&PlanText| {
        let names =
            |(name, sha256): &(String, String)| name == plan.file.name() || *sha256 == plan.sha256;
        result.plan_files.iter().any(names)
    };
    let unknown = plans.iter().filter(|plan| !is_known(plan));
    let unknown = unknown.map(|plan| (plan.file.name().to_owned(), PlanState::Unknown));
    named.chain(unknown).collect()
}
