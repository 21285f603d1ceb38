//! What a plan means: every look-up done, every fault found.

mod costs;
mod country;
mod distance;
mod duration;
mod envelope;
mod estimate;
mod flow;
mod level;
mod project;
mod score;
mod what_if;

pub(super) use what_if::drop_regions;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::raw::{RawFlow, RawPlan};
use super::{Overrides, PLAN, PlanText};
use crate::diag::{Code, Diagnostic, Errors, Findings, Place, SourceFile, quoted};
use crate::document::Span;
use crate::model::{
    CountryCode, FileIdentity, MobilityFlow, MobilityPlan, Options, Origin, Region,
};
use crate::places::Places;
use crate::rates::{CountryNames, EnvelopeList, RateTable};
use estimate::HomeCity;
use project::Home;

/// What every part of resolving needs.
struct Resolver<'r> {
    raw: &'r RawPlan<'r>,
    table: &'r RateTable,
    names: &'r CountryNames,
    findings: &'r Findings,
    home: &'r Home,
    places: &'r Places,
    home_city: HomeCity,
}

impl Resolver<'_> {
    fn place(&self, span: &Span) -> Place {
        self.raw.place(span)
    }

    fn origin(&self, span: &Span) -> Origin {
        origin(PLAN, &self.raw.file, span)
    }

    fn fault(&self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// `source` is the file's place in the list of those that were read.
fn origin(source: usize, file: &Arc<SourceFile>, span: &Span) -> Origin {
    let offset = span.start;
    let place = Place { file: Arc::clone(file), span: span.clone() }.resolved();
    let line = place.file.line_number(place.span.start);
    let sheet = place.cell().and_then(|cell| cell.sheet.clone());
    Origin { source, file: place.file.name().into(), line, sheet, offset }
}

/// Resolves a plan; `None` where something was found. `list` is the one that [`Overrides`] name,
/// `None` also where it has faults of its own.
pub(super) fn plan(
    raw: &RawPlan<'_>,
    text: &PlanText,
    overrides: &Overrides,
    list: Option<&EnvelopeList>,
    table: &RateTable,
    names: &CountryNames,
    findings: &Findings,
) -> Option<MobilityPlan> {
    let home = project::home(raw, overrides, table, names, findings);
    let places = &overrides.places;
    let home_city = HomeCity::default();
    let resolver = Resolver { raw, table, names, findings, home: &home, places, home_city };
    let ids = ids(raw, findings);
    let flows: Vec<Option<MobilityFlow>> =
        raw.flows.iter().zip(ids).map(|(flow, id)| flow::flow(&resolver, flow, id)).collect();
    let file = FileIdentity { name: text.file.name().into(), sha256: text.sha256.clone() };
    let frame = frame(&resolver, overrides, list, file);

    let flows: Vec<MobilityFlow> = flows.into_iter().collect::<Option<_>>()?;
    let mut plan = frame?;
    let shown = flows.iter().map(|flow| (flow.inputs.region, flow.inputs.country));
    name(&mut plan, shown, table, names);
    let mut distances = flows.iter().filter_map(|flow| flow.distance.as_ref());
    let is_estimated = distances.any(|distance| distance.estimate.is_some());
    plan.places = is_estimated.then(|| overrides.places.identity());
    plan.flows = flows;
    let dropped = &overrides.what_if.drop_regions;
    if !dropped.is_empty() {
        drop_regions(&mut plan, dropped, findings);
    }
    Some(plan)
}

/// What is known of a plan beside its flows; `None` where something was found.
fn frame(
    resolver: &Resolver<'_>,
    overrides: &Overrides,
    list: Option<&EnvelopeList>,
    file: FileIdentity,
) -> Option<MobilityPlan> {
    let envelopes = match list {
        Some(list) => envelope::of_list(resolver, list),
        None if overrides.envelopes.is_some() => BTreeMap::new(),
        None => envelope::of_plan(resolver),
    };
    let scores = score::of_plan(resolver);
    Some(MobilityPlan {
        call: resolver.table.call,
        project: project::project(resolver, overrides)?,
        region_names: BTreeMap::new(),
        country_names: BTreeMap::new(),
        flows: Vec::new(),
        envelopes,
        scores,
        envelope_list: list.map(|list| list.identity.clone()),
        rates: resolver.table.identity.clone(),
        places: None,
        what_if: overrides.what_if.clone(),
        options: Options {
            call: overrides.call,
            country: overrides.country.clone(),
            applicant: overrides.applicant.clone(),
        },
        files: vec![file],
    })
}

/// Gives a plan the names of the regions and countries that its flows go to.
pub(super) fn name(
    plan: &mut MobilityPlan,
    shown: impl Iterator<Item = (Region, CountryCode)>,
    table: &RateTable,
    names: &CountryNames,
) {
    let (mut regions, mut countries) = (BTreeSet::new(), BTreeSet::new());
    for (region, country) in shown {
        regions.insert(region);
        countries.insert(country);
    }
    regions.extend(plan.scores.keys());
    let region = |region| Some((region, table.regions.get(&region)?.name.clone()));
    plan.region_names = regions.into_iter().filter_map(region).collect();
    plan.country_names = countries.into_iter().map(|code| (code, names.name(code))).collect();
}

/// Resolves flows that come with others; their ids are left to the caller. Where they are the first ones,
/// what is known of the plan beside its flows as well.
pub(super) fn some_flows(
    raw: &RawPlan<'_>,
    overrides: &Overrides,
    (table, names): (&RateTable, &CountryNames),
    first: Option<First<'_>>,
    findings: &Findings,
) -> (Vec<Option<MobilityFlow>>, Option<MobilityPlan>) {
    let home = project::home(raw, overrides, table, names, findings);
    let places = &overrides.places;
    let home_city = HomeCity::default();
    let resolver = Resolver { raw, table, names, findings, home: &home, places, home_city };
    let flows = raw.flows.iter().map(|flow| flow::flow(&resolver, flow, String::new())).collect();
    let frame = first.and_then(|first| frame(&resolver, overrides, first.list, first.file));
    (flows, frame)
}

/// What comes with the first flows of a plan.
pub(super) struct First<'f> {
    pub list: Option<&'f EnvelopeList>,
    pub file: FileIdentity,
}

/// Resolves the flows of a plan one by one. What is wrong with the plan as a whole is wrong with
/// each of them.
pub(super) fn flows(
    raw: &RawPlan<'_>,
    ids: &[String],
    overrides: &Overrides,
    table: &RateTable,
    names: &CountryNames,
) -> Vec<Result<MobilityFlow, Errors>> {
    let of_all = Findings::default();
    let home = project::home(raw, overrides, table, names, &of_all);
    let places = &overrides.places;
    let home_city = HomeCity::default();
    let whole = Resolver { raw, table, names, findings: &of_all, home: &home, places, home_city };
    envelope::of_plan(&whole);
    score::of_plan(&whole);
    project::project(&whole, overrides);
    if !of_all.is_empty() {
        let errors = of_all.into_errors();
        return ids.iter().map(|_| Err(errors.clone())).collect();
    }
    let resolved = |(flow, id): (&RawFlow<'_>, &String)| {
        let findings = Findings::default();
        let home_city = HomeCity::default();
        let resolver = Resolver { findings: &findings, home_city, ..whole };
        match flow::flow(&resolver, flow, id.clone()) {
            Some(flow) if findings.is_empty() => Ok(flow),
            _ => Err(findings.into_errors()),
        }
    };
    raw.flows.iter().zip(ids).map(resolved).collect()
}

/// The flows' ids, given or by position. Two alike are a fault.
pub(super) fn ids(raw: &RawPlan<'_>, findings: &Findings) -> Vec<String> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut ids = Vec::with_capacity(raw.flows.len());
    for (index, flow) in raw.flows.iter().enumerate() {
        let (id, span) = match flow.id.located() {
            Some(id) => (id.value.to_owned(), id.span.clone()),
            None => (format!("flow-{}", index + 1), flow.span.clone()),
        };
        if id.trim().is_empty() {
            let message = "an `id` has at least one letter";
            let help = "leave the key out for the default, flow-1, flow-2, ...";
            let place = raw.place(&span);
            findings.push(Diagnostic::error(Code::TextLength, place, message).help(help));
        } else if let Some(first) = seen.get(&id) {
            let message = format!("two flows have the id {}", quoted(&id));
            let place = raw.place(&span);
            findings.push(
                Diagnostic::error(Code::DuplicateId, place, message)
                    .related(raw.place(first), "first here")
                    .help("give each flow an id of its own, or none"),
            );
        } else {
            seen.insert(id.clone(), span);
        }
        ids.push(id);
    }
    ids
}
