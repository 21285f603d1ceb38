//! How each amount of a budget came about, in sentences that can be recomputed by hand.
//!
//! Sentences are written from the [`Formula`](crate::engine::Formula) that was evaluated; what
//! alternatives would give is computed by the engine on a changed copy of the flow.

mod alternatives;
mod inputs;
mod items;
mod stay;
mod sums;
mod words;

pub use alternatives::{Alternative, AlternativeKind};
pub use inputs::{Input, InputOrigin};
pub use items::figures_of_line;
pub use sums::{Sum, Sums};

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Errors, Severity, listed, nearest, quoted};
use crate::engine::{Budget, CostItem, FlowBudget, LineItem, RegionBudget};
use crate::model::{Citation, Eur, Region};
use crate::plan::{Loaded, Overrides, Written};
use crate::rates::CountryNames;

/// At most so many ids are named where an id is not known.
const MOST_IDS: usize = 10;

/// A budget with everything that its explanation draws on.
#[derive(Clone, Copy)]
pub struct Subject<'s> {
    /// The resolved plan and its rate table.
    pub loaded: &'s Loaded,
    /// What was computed from it.
    pub budget: &'s Budget<'s>,
    /// The plan's keys as they are written.
    pub written: &'s Written,
    /// What the command line said instead of the plan.
    pub overrides: &'s Overrides,
    /// The countries' names.
    pub names: &'s CountryNames,
}

/// How much of a budget is explained.
#[derive(Clone, Debug)]
pub enum Scope {
    /// Everything.
    All,
    /// One region with its flows.
    Region(Region),
    /// One flow by its id.
    Flow(String),
}

/// A budget, or a part of it, explained.
pub struct Explanation<'s> {
    /// What it draws on.
    pub subject: Subject<'s>,
    /// The call and the applicant's country.
    pub inputs: Vec<Input>,
    /// The regions that were asked for, by number.
    pub regions: Vec<RegionExplanation<'s>>,
    /// How the total adds up, where everything was asked for.
    pub total: Option<Sums>,
}

/// A region explained.
pub struct RegionExplanation<'s> {
    /// What was computed for it.
    pub computed: &'s RegionBudget<'s>,
    /// Its name.
    pub name: &'s str,
    /// The flows that were asked for, by country and then in the order of the plan.
    pub flows: Vec<FlowExplanation<'s>>,
    /// How the region adds up; `None` where one flow was asked for.
    pub sums: Option<Sums>,
    /// The region's total against its envelope, where there is one.
    pub envelope: Option<String>,
}

/// A flow explained.
pub struct FlowExplanation<'s> {
    /// What was computed for it.
    pub computed: &'s FlowBudget<'s>,
    /// Its activity, direction and country in words.
    pub about: String,
    /// How its days were counted.
    pub days: Vec<String>,
    /// The keys that days were counted from.
    pub inputs: Vec<Input>,
    /// Its amounts, in the order of [`CostItem`]; with those that one would expect and that are
    /// zero.
    pub amounts: Vec<Derivation<'s>>,
    /// How the flow adds up.
    pub sum: Sum,
    /// What it rests on beyond its amounts.
    pub figures: Vec<Arc<Citation>>,
    /// What was not taken and makes a difference.
    pub alternatives: Vec<Alternative>,
}

/// One amount of a flow.
pub struct Derivation<'s> {
    /// The cost category.
    pub item: CostItem,
    /// The computed line; `None` where nothing is paid.
    pub line: Option<LineItem<'s>>,
    /// The whole way to the amount, or why there is none.
    pub sentence: String,
    /// Days and comparisons that the sentence takes for granted.
    pub steps: Vec<String>,
    /// The rule in words; nothing where nothing is paid.
    pub rule: Option<String>,
    /// The figures and rules of the rate table that the amount rests on, most telling first.
    pub figures: Vec<Arc<Citation>>,
    /// The plan's keys that it depends on.
    pub inputs: Vec<Input>,
}

impl Derivation<'_> {
    /// The amount of the flow.
    pub fn amount(&self) -> Eur {
        self.line.map_or(Eur::ZERO, |line| line.amount)
    }
}

/// Explains a budget.
///
/// # Errors
///
/// The plan has no such flow, or no flow in such a region.
pub fn explain<'s>(subject: Subject<'s>, scope: &Scope) -> Result<Explanation<'s>, Errors> {
    let regions = subject.budget.regions.iter();
    let regions: Vec<_> =
        regions.filter_map(|region| region_explained(&subject, region, scope)).collect();
    if regions.is_empty() {
        return Err(not_found(&subject, scope).into());
    }
    let total = matches!(scope, Scope::All).then(|| sums::of_plan(subject.budget));
    let inputs = inputs::of_plan(&subject);
    Ok(Explanation { subject, inputs, regions, total })
}

fn region_explained<'s>(
    subject: &Subject<'s>,
    region: &'s RegionBudget<'s>,
    scope: &Scope,
) -> Option<RegionExplanation<'s>> {
    let is_wanted = |flow: &&FlowBudget<'_>| match scope {
        Scope::All => true,
        Scope::Region(wanted) => region.region == *wanted,
        Scope::Flow(id) => flow.flow.inputs.id == *id,
    };
    let flows = region.countries.iter().flat_map(|country| &country.flows).filter(is_wanted);
    let flows: Vec<_> = flows.map(|flow| flow_explained(subject, flow)).collect();
    let is_whole = !matches!(scope, Scope::Flow(_));
    let envelope = region.envelope.filter(|_| is_whole);
    (!flows.is_empty()).then(|| RegionExplanation {
        computed: region,
        name: subject.loaded.plan.region_names.get(&region.region).map_or("", |name| name),
        flows,
        sums: is_whole.then(|| sums::of_region(region, subject.names)),
        envelope: envelope.map(|used| sums::envelope(&used)),
    })
}

fn flow_explained<'s>(subject: &Subject<'s>, computed: &'s FlowBudget<'s>) -> FlowExplanation<'s> {
    let written = {
        let origin = &computed.flow.origin;
        subject.written.flows.get(&(origin.source, origin.offset))
    };
    let inputs = &computed.flow.inputs;
    let written = written.map_or(&[][..], Vec::as_slice);
    let keys = inputs::Keys::new(subject, written, computed.flow);
    let country = subject.names.name(inputs.country);
    FlowExplanation {
        computed,
        about: format!("{}, {}, {country}", words::activity(inputs), inputs.direction),
        days: stay::sentences(subject, computed.flow),
        inputs: keys.inputs(&stay::KEYS),
        amounts: items::derivations(subject, computed, &keys),
        sum: sums::of_flow(computed),
        figures: computed.flow.grounds.clone(),
        alternatives: alternatives::of(subject, computed),
    }
}

fn not_found(subject: &Subject<'_>, scope: &Scope) -> Diagnostic {
    let plan = &subject.loaded.plan;
    let error = |code, message: String| Diagnostic::new(Severity::Error, code, message);
    match scope {
        Scope::Flow(id) => {
            let ids = || plan.flows.iter().map(|flow| flow.inputs.id.as_str());
            let first: Vec<String> = ids().take(MOST_IDS).map(quoted).collect();
            let first = listed(&first, "and");
            let help = match nearest(id, ids()) {
                Some(near) => format!("the nearest is {}", quoted(near)),
                None if plan.flows.len() == 1 => format!("its one flow is {first}"),
                None if plan.flows.len() <= MOST_IDS => format!("its flows are {first}"),
                None => format!("its first flows are {first}"),
            };
            error(Code::UnknownFlow, format!("--flow: the plan has no flow {}", quoted(id)))
                .help(help)
        }
        Scope::Region(region) => {
            let numbers = subject.budget.regions.iter().map(|region| region.region.number());
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            let noun = if numbers.len() == 1 { "region" } else { "regions" };
            error(
                Code::RegionWithoutFlows,
                format!("--region: no flow of the plan goes to {region}"),
            )
            .help(format!("its flows go to {noun} {}", listed(&numbers, "and")))
        }
        Scope::All => error(Code::NoFlows, "the plan has no flow".to_owned()),
    }
}
