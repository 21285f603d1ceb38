//! Several plans of one call and one applicant as one.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::file_names::{split_extension, told_apart};
use super::resolve::drop_regions;
use super::{Loaded, Overrides, PlanText, load};
use crate::diag::{Code, Diagnostic, Errors, Findings, Place, Severity, quoted};
use crate::error::Refusal;
use crate::model::{Envelope, MobilityPlan, Origin, Project, Region, Score, WhatIf};
use crate::rates::RateStore;

/// Reads and resolves plans, and makes one of them.
///
/// Flows that have no id of their own are named after their file, as are those whose ids meet. Each file
/// keeps its own city.
///
/// # Errors
///
/// Every fault of every plan; plans that do not go together; or a rate table that cannot be read.
pub fn load_all(
    texts: &[PlanText],
    overrides: &Overrides,
    store: &RateStore,
) -> Result<Loaded, Refusal> {
    if let [only] = texts {
        return load(only, overrides, store);
    }
    if !overrides.what_if.set.is_empty() {
        let message = "--set changes one plan, and there are several";
        let help = "set the key in its file, or compute the plans one by one";
        let fault = Diagnostic::new(Severity::Error, Code::KeyDoesNotApply, message);
        return Err(fault.help(help).into());
    }
    refuse_copies(texts)?;
    // A region is left out of the whole: a plan without it is none the worse.
    let dropped = &overrides.what_if.drop_regions;
    let each = Overrides { what_if: WhatIf::default(), ..overrides.clone() };
    let mut plans = Vec::with_capacity(texts.len());
    let mut faults: Option<Errors> = None;
    for text in texts {
        match load(text, &each, store) {
            Ok(loaded) => plans.push(loaded),
            Err(Refusal::Faults(found)) => {
                faults = Some(match faults {
                    Some(so_far) => so_far.and(found),
                    None => found,
                });
            }
            Err(machine) => return Err(machine),
        }
    }
    match faults {
        Some(faults) => Err(faults.into()),
        None if dropped.is_empty() => consolidated(plans),
        None => {
            let mut all = consolidated(plans)?;
            let findings = Findings::default();
            drop_regions(&mut all.plan, dropped, &findings);
            if findings.is_empty() { Ok(all) } else { Err(findings.into_errors().into()) }
        }
    }
}

/// A copy of a faculty's file beside it would count twice.
fn refuse_copies(texts: &[PlanText]) -> Result<(), Refusal> {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for text in texts {
        let path = text.file.path();
        if let Some(first) = seen.insert(&text.sha256, path) {
            let message =
                format!("{} and {} are the same, byte for byte", quoted(first), quoted(path));
            let help = "name one of them; where both are meant, write in a `note` what each is for";
            let fault = Diagnostic::new(Severity::Error, Code::PlansDisagree, message);
            return Err(fault.help(help).into());
        }
    }
    Ok(())
}

fn consolidated(mut plans: Vec<Loaded>) -> Result<Loaded, Refusal> {
    let mut faults = Vec::new();
    tell_apart(&mut plans);
    check_projects(&plans, &mut faults);
    name_flows(&mut plans, &mut faults);
    let number = plans.len();
    let mut plans = plans.into_iter();
    let Some(mut all) = plans.next() else {
        return Err(Diagnostic::new(Severity::Error, Code::NoFlows, "there is no plan").into());
    };
    // The list of envelopes, where there is one, is the same for all.
    let list = all.files.split_off(1);
    set_sources(&mut all.plan, 0, number);
    let mut rest = Vec::new();
    for (index, mut other) in (1..).zip(plans) {
        set_sources(&mut other.plan, index, number);
        other.files.truncate(1);
        all.files.append(&mut other.files);
        all.replaced_envelopes.append(&mut other.replaced_envelopes);
        rest.push(other.plan);
    }
    all.files.extend(list);
    give_cities(&mut all.plan, &mut rest);
    let place = |origin: &Origin| all.place(origin);
    let mut envelopes = Agreed::new(&all.plan.envelopes);
    let mut scores = Agreed::new(&all.plan.scores);
    for plan in &rest {
        envelopes.add(&plan.envelopes, place, &mut faults);
        scores.add(&plan.scores, place, &mut faults);
    }
    let (envelopes, scores) = (envelopes.0, scores.0);
    check_common_marks(&scores, place, &mut faults);
    if !faults.is_empty() {
        return Err(Errors { list: faults, omitted: 0 }.into());
    }
    (all.plan.envelopes, all.plan.scores) = (envelopes, scores);
    for plan in rest {
        let project = &mut all.plan.project;
        project.applicant = project.applicant.take().or(plan.project.applicant);
        project.months = project.months.or(plan.project.months);
        all.plan.places = all.plan.places.take().or(plan.places);
        all.plan.flows.extend(plan.flows);
        all.plan.region_names.extend(plan.region_names);
        all.plan.country_names.extend(plan.country_names);
        all.plan.files.extend(plan.files);
    }
    Ok(all)
}

/// The place of each origin among all files: the plans in their order, then a list of envelopes.
fn set_sources(plan: &mut MobilityPlan, index: usize, number: usize) {
    let moved = |origin: &mut Origin| {
        origin.source = if origin.source == super::PLAN { index } else { number };
    };
    plan.flows.iter_mut().for_each(|flow| moved(&mut flow.origin));
    plan.envelopes.values_mut().for_each(|envelope| moved(&mut envelope.origin));
    plan.scores.values_mut().for_each(|score| moved(&mut score.origin));
}

/// One call, one applicant, one duration.
fn check_projects(plans: &[Loaded], faults: &mut Vec<Diagnostic>) {
    let applicant = |project: &Project| {
        let name = project.applicant.as_deref().map(str::trim);
        name.map(|name| (name.to_lowercase(), name.to_owned()))
    };
    let same = |text: String| (text.clone(), text);
    check(plans, "call", |plan| Some(same(plan.call.to_string())), faults);
    check(plans, "country", |plan| Some(same(plan.project.country.to_string())), faults);
    check(plans, "applicant", |plan| applicant(&plan.project), faults);
    let months = |plan: &MobilityPlan| plan.project.months.map(|months| same(months.to_string()));
    check(plans, "months", months, faults);
}

/// Says which plans state a key otherwise than the first one that states it. `stated` gives what is
/// compared, and what is shown.
fn check(
    plans: &[Loaded],
    key: &str,
    stated: impl Fn(&MobilityPlan) -> Option<(String, String)>,
    faults: &mut Vec<Diagnostic>,
) {
    let mut stating = plans.iter().filter_map(|plan| Some((plan, stated(&plan.plan)?)));
    let Some((first, (wanted, shown))) = stating.next() else { return };
    for (other, (_, otherwise)) in stating.filter(|(_, (found, _))| *found != wanted) {
        let (one, two) = (file_of(first), file_of(other));
        let message =
            format!("{two} has `{key}` {}, and {one} has {}", quoted(&otherwise), quoted(&shown));
        let help = "one budget is of one call and one applicant: correct the file, or compute the plans apart";
        let place = other.files.first().map(|file| Place { file: Arc::clone(file), span: 0..0 });
        let fault = Diagnostic::new(Severity::Error, Code::PlansDisagree, message).help(help);
        faults.push(Diagnostic { place, ..fault });
    }
}

fn file_of(loaded: &Loaded) -> &str {
    loaded.plan.files.first().map_or("", |file| &file.name)
}

/// Gives each file a name of its own.
fn tell_apart(plans: &mut [Loaded]) {
    let paths: Vec<&str> = plans.iter().map(path_of).collect();
    let names = told_apart(&paths);
    for (plan, name) in plans.iter_mut().zip(names) {
        let told: Arc<str> = name.into();
        let own = |origin: &mut Origin| {
            if origin.source == super::PLAN {
                origin.file = Arc::clone(&told);
            }
        };
        let plan = &mut plan.plan;
        plan.flows.iter_mut().for_each(|flow| own(&mut flow.origin));
        plan.envelopes.values_mut().for_each(|envelope| own(&mut envelope.origin));
        plan.scores.values_mut().for_each(|score| own(&mut score.origin));
        plan.files.iter_mut().for_each(|file| file.name = Arc::clone(&told));
    }
}

fn path_of(loaded: &Loaded) -> &str {
    loaded.files.first().map_or("", |file| file.path())
}

/// What stands before the ids of each file: its name, without the extension where that leaves them different.
fn prefixes(plans: &[Loaded]) -> Vec<String> {
    let stems: Vec<&str> = plans.iter().map(|plan| split_extension(file_of(plan)).0).collect();
    let is_alone = |stem: &str| stems.iter().filter(|other| **other == stem).count() == 1;
    let prefix = |(plan, stem)| if is_alone(stem) { stem } else { file_of(plan) };
    plans.iter().zip(stems.iter().copied()).map(prefix).map(str::to_owned).collect()
}

/// Gives each flow an id of its own.
fn name_flows(plans: &mut [Loaded], faults: &mut Vec<Diagnostic>) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for plan in plans.iter() {
        for (index, flow) in plan.plan.flows.iter().enumerate() {
            let id = &flow.inputs.id;
            // An id by position says nothing beside those of other files.
            let by_position = usize::from(*id == format!("flow-{}", index + 1)) * 2;
            *times.entry(id.clone()).or_default() += by_position.max(1);
        }
    }
    let mut seen: HashMap<String, Place> = HashMap::new();
    let prefixes = prefixes(plans);
    for (plan, prefix) in plans.iter_mut().zip(prefixes) {
        let origins: Vec<Option<Place>> =
            plan.plan.flows.iter().map(|flow| plan.place(&flow.origin)).collect();
        for (flow, place) in plan.plan.flows.iter_mut().zip(origins) {
            if times.get(&flow.inputs.id).is_some_and(|times| *times > 1) {
                flow.inputs.id = format!("{prefix}/{}", flow.inputs.id);
            }
            let Some(place) = place else { continue };
            if let Some(first) = seen.insert(flow.inputs.id.clone(), place.clone()) {
                let message = format!("two flows are called {}", quoted(&flow.inputs.id));
                let fault = Diagnostic::error(Code::DuplicateId, place, message);
                let fault = fault.related(first, "first here");
                faults.push(fault.help("give one of them another `id`"));
            }
        }
    }
}

/// Where the files have different cities, each flow says from where it starts.
fn give_cities(first: &mut MobilityPlan, rest: &mut [MobilityPlan]) {
    let city = first.project.city.clone();
    if rest.iter().all(|plan| plan.project.city == city) {
        return;
    }
    for plan in std::iter::once(&mut *first).chain(rest) {
        let city = plan.project.city.take();
        for flow in &mut plan.flows {
            flow.inputs.home_city = flow.inputs.home_city.take().or_else(|| city.clone());
        }
    }
}

/// What several files state for a region, which must be the same.
struct Agreed<T>(BTreeMap<Region, T>);

impl<T: Stated> Agreed<T> {
    fn new(first: &BTreeMap<Region, T>) -> Self {
        Self(first.clone())
    }

    fn add(
        &mut self,
        others: &BTreeMap<Region, T>,
        place: impl Fn(&Origin) -> Option<Place>,
        faults: &mut Vec<Diagnostic>,
    ) {
        for (region, other) in others {
            match self.0.get(region) {
                Some(first) if !first.is_same(other) => {
                    let message = format!("{} of {region} is another one than before", T::WHAT);
                    let related =
                        place(first.origin()).map(|place| (place, "first here".to_owned()));
                    let fault = Diagnostic::new(Severity::Error, Code::PlansDisagree, message);
                    let fault = Diagnostic { place: place(other.origin()), ..fault };
                    let help = "write the same in each file, or write it in one of them alone";
                    faults.push(fault.related_if(related).help(help));
                }
                Some(_) => {}
                None => drop(self.0.insert(*region, other.clone())),
            }
        }
    }
}

/// What a plan states for a region.
trait Stated: Clone {
    /// What it is, for messages.
    const WHAT: &'static str;
    /// Where the plan states it.
    fn origin(&self) -> &Origin;
    /// Whether another one says the same.
    fn is_same(&self, other: &Self) -> bool;
}

impl Stated for Envelope {
    const WHAT: &'static str = "the envelope";

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.kind, self.amount, self.call) == (other.kind, other.amount, other.call)
    }
}

impl Stated for Score {
    const WHAT: &'static str = "the score";

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn is_same(&self, other: &Self) -> bool {
        let points = |score: &Self| score.marks.iter().map(|mark| mark.points).collect::<Vec<_>>();
        points(self) == points(other)
    }
}

/// A criterion that is judged once has one mark in all files.
fn check_common_marks(
    scores: &BTreeMap<Region, Score>,
    place: impl Fn(&Origin) -> Option<Place>,
    faults: &mut Vec<Diagnostic>,
) {
    // The first one is the first of the first file, whichever region it is of.
    let mut scores: Vec<&Score> = scores.values().collect();
    scores.sort_by_key(|score| (score.origin.source, score.origin.offset));
    let mut scores = scores.into_iter();
    let Some(first) = scores.next() else { return };
    for other in scores {
        let pairs = first.marks.iter().zip(&other.marks);
        let mut differing = pairs.filter(|(one, two)| !one.per_region && one.points != two.points);
        if let Some((one, two)) = differing.next() {
            let message =
                format!("`{}` is {} here and {} before", one.criterion, two.points, one.points);
            let fault = Diagnostic::new(Severity::Error, Code::ScoresDisagree, message);
            let related = place(&first.origin).map(|place| (place, "the first mark".to_owned()));
            let fault = Diagnostic { place: place(&other.origin), ..fault }.related_if(related);
            let help = format!(
                "{} is judged once for the project: write the same points in each score",
                one.name
            );
            faults.push(fault.help(help));
        }
    }
}
