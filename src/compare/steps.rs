//! The steps from one flow to another, and what each of them costs.

use std::collections::BTreeMap;

use super::{Cause, Kind, Side};
use crate::diag::SourceFile;
use crate::engine::flow_budget;
use crate::error::Refusal;
use crate::model::Eur;
use crate::plan::{Overrides, PlanText, trial};
use crate::rates::diff::diff;
use crate::rates::{CountryNames, RateTable};
use crate::saved::{self, SavedFlow};

/// Which keys belong together: they change at once.
const GROUPS: [(Kind, &[&str]); 7] = [
    (Kind::Participants, &["participants"]),
    (Kind::Duration, &["months", "days", "start", "end", "interruption_days", "unfunded_days"]),
    (Kind::TravelDays, &["travel_days"]),
    (Kind::Distance, &DISTANCE),
    (Kind::Travel, &["travel"]),
    (Kind::TopUps, &["fewer_opportunities"]),
    (Kind::RealCosts, &["travel_cost", "inclusion_support"]),
];

const ZERO_GRANT: &str = "zero_grant";
const DISTANCE: [&str; 2] = ["distance_km", "band"];
/// What kind of mobility it is.
const MOBILITY: [&str; 4] = ["direction", "activity", "term", "from_enterprise"];

/// What any kind of mobility has.
const OF_ANY_KIND: [&str; 3] = ["participants", "travel_cost", "inclusion_support"];

type Entries = Vec<(String, String)>;
type Causes = BTreeMap<Cause, Eur>;

/// What causes the change of each pair.
pub(super) fn causes(
    old: &Side<'_>,
    new: &Side<'_>,
    pairs: &[(&SavedFlow, &SavedFlow)],
    names: &CountryNames,
) -> Result<Vec<Causes>, Refusal> {
    // An estimate is taken as it was: another city or country is another distance and nothing else.
    let stated = |(before, after): &(&SavedFlow, &SavedFlow)| {
        (before.with_stated_distance(), after.with_stated_distance())
    };
    let pairs: Vec<(SavedFlow, SavedFlow)> = pairs.iter().map(stated).collect();
    let mut walk = Walk {
        amounts: pairs.iter().map(|(before, _)| before.total).collect(),
        causes: vec![Causes::new(); pairs.len()],
        call: old.result.call,
        names,
    };
    let mut now: Vec<Entries> = pairs.iter().map(|(before, _)| before.inputs.clone()).collect();
    let free = old.table.without_limits();
    walk.step(&Cause::of(Kind::OldRates), &now, &old.result.project, &free)?;
    walk.step(&Cause::of(Kind::Applicant), &now, &new.result.project, &free)?;
    for (now, (_, after)) in now.iter_mut().zip(&pairs) {
        change_grant(now, after);
    }
    walk.step(&Cause::of(Kind::ZeroGrant), &now, &new.result.project, &free)?;
    for (now, (_, after)) in now.iter_mut().zip(&pairs) {
        change_mobility(now, after);
    }
    walk.step(&Cause::of(Kind::Mobility), &now, &new.result.project, &free)?;
    for (kind, keys) in GROUPS {
        for (now, (_, after)) in now.iter_mut().zip(&pairs) {
            replace(now, after, keys);
        }
        walk.step(&Cause::of(kind), &now, &new.result.project, &free)?;
    }
    // What is left pays nothing as rules are: partners, cities, levels of study.
    let after: Vec<Entries> = pairs.iter().map(|(_, after)| after.inputs.clone()).collect();
    walk.step(&Cause::of(Kind::Other), &after, &new.result.project, &free)?;
    let mut between = old.table.clone();
    for (index, step) in diff(old.table, new.table).steps.iter().enumerate() {
        step.slot.take(new.table, &mut between);
        let cause = Cause::rate(index, step.words());
        walk.step(&cause, &after, &new.result.project, &between.without_limits())?;
    }
    walk.arrive(&pairs);
    if has_common_table(old, new) {
        walk.causes.iter_mut().for_each(net);
    }
    Ok(walk.causes)
}

/// Whether both results were computed with one table, which is not the one at hand.
fn has_common_table(old: &Side<'_>, new: &Side<'_>) -> bool {
    let (one, other) = (&old.result.rates_sha256, &new.result.rates_sha256);
    one == other && *one != old.table.identity.sha256
}

/// What both results have over the table at hand is no change.
fn net(causes: &mut Causes) {
    let mut both = Eur::ZERO;
    for kind in [Kind::OldRates, Kind::NewRates] {
        both += causes.remove(&Cause::of(kind)).unwrap_or(Eur::ZERO);
    }
    if !both.is_zero() {
        causes.insert(Cause::of(Kind::CommonRates), both);
    }
}

fn value<'e>(entries: &'e Entries, key: &str) -> Option<&'e str> {
    entries.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
}

/// With a grant or without one. A flow without needs no distance, one with a grant does.
fn change_grant(now: &mut Entries, after: &SavedFlow) {
    if value(now, ZERO_GRANT) == after.input(ZERO_GRANT) {
        return;
    }
    replace(now, after, &[ZERO_GRANT]);
    if DISTANCE.iter().all(|key| value(now, key).is_none()) {
        replace(now, after, &DISTANCE);
    }
}

/// Where the kind of mobility is another one, the other keys mean something else: all but those of any
/// kind change at once.
fn change_mobility(now: &mut Entries, after: &SavedFlow) {
    if MOBILITY.iter().all(|key| value(now, key) == after.input(key)) {
        return;
    }
    let kept = now.iter().filter(|(key, _)| OF_ANY_KIND.contains(&key.as_str())).cloned();
    let kept: Entries = kept.collect();
    let is_kept = |key: &str| OF_ANY_KIND.contains(&key);
    *now = after.inputs.iter().filter(|(key, _)| !is_kept(key)).cloned().chain(kept).collect();
    bound_fewer_opportunities(now);
}

/// Gives the keys the values that the new flow has for them.
fn replace(now: &mut Entries, after: &SavedFlow, keys: &[&str]) {
    now.retain(|(key, _)| !keys.contains(&key.as_str()));
    let of_group = after.inputs.iter().filter(|(key, _)| keys.contains(&key.as_str()));
    now.extend(of_group.cloned());
    bound_fewer_opportunities(now);
}

/// Fewer participants cannot have more of them with fewer opportunities.
fn bound_fewer_opportunities(now: &mut Entries) {
    let number = |key| value(now, key).and_then(|text| text.parse::<u32>().ok());
    if let (Some(participants), Some(fewer)) =
        (number("participants"), number("fewer_opportunities"))
        && fewer > participants
    {
        now.retain(|(key, _)| key != "fewer_opportunities");
        now.push(("fewer_opportunities".to_owned(), participants.to_string()));
    }
}

/// The way so far.
struct Walk<'w> {
    amounts: Vec<Eur>,
    causes: Vec<Causes>,
    call: u16,
    names: &'w CountryNames,
}

impl Walk<'_> {
    /// Computes all flows again and books what has changed to the cause.
    fn step(
        &mut self,
        cause: &Cause,
        flows: &[Entries],
        project: &str,
        table: &RateTable,
    ) -> Result<(), Refusal> {
        let computed = self.computed(flows, project, table)?;
        let so_far = self.amounts.iter_mut().zip(&mut self.causes);
        for ((amount, causes), computed) in so_far.zip(computed) {
            let Some(now) = computed else { continue };
            let effect = now - *amount;
            if !effect.is_zero() {
                causes.insert(cause.clone(), effect);
            }
            *amount = now;
        }
        Ok(())
    }

    /// What each flow costs; `None` where it cannot be computed.
    fn computed(
        &self,
        flows: &[Entries],
        project: &str,
        table: &RateTable,
    ) -> Result<Vec<Option<Eur>>, Refusal> {
        if flows.is_empty() {
            return Ok(Vec::new());
        }
        // Ids of two budgets may meet: numbers stand in.
        let numbered = flows.iter().enumerate().map(|(index, flow)| {
            let mut flow = flow.clone();
            flow.retain(|(key, _)| key != "id");
            flow.push(("id".to_owned(), format!("\"{index}\"")));
            saved::object(&flow)
        });
        let plan = saved::plan(self.call, project, &numbered.collect::<Vec<_>>());
        let file = SourceFile::new("inputs", plan);
        let text = PlanText::of_json(file);
        let total = |flow| flow_budget(flow).amounts.total();
        let overrides = Overrides::default();
        let tried = trial(&text, self.names, &overrides, |plan| plan.under(table))?;
        Ok(tried.iter().map(|tried| tried.as_ref().ok().map(total)).collect())
    }

    /// The last step: what the new budget itself says.
    fn arrive(&mut self, pairs: &[(SavedFlow, SavedFlow)]) {
        let so_far = self.amounts.iter().zip(&mut self.causes);
        for ((amount, causes), (_, after)) in so_far.zip(pairs) {
            let effect = after.total - *amount;
            if !effect.is_zero() {
                causes.insert(Cause::of(Kind::NewRates), effect);
            }
        }
    }
}
