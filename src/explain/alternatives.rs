//! What was not taken, and what it would make of a flow: computed by the engine on a changed copy.

use std::sync::Arc;

use super::Subject;
use super::words::{counted, difference};
use crate::engine::{FlowBudget, flow_budget};
use crate::model::{
    Citation, Eur, Figure, MobilityFlow, SupportRate, Term, TopUp, TopUpRate, TravelDayReading,
    TravelMode, words,
};
use crate::rates::Band;

words! {
    /// What would be otherwise.
    pub enum AlternativeKind: "alternative" {
        /// Green travel instead of standard travel.
        GreenTravel = "green-travel",
        /// Standard travel instead of green travel.
        StandardTravel = "standard-travel",
        /// The other reading of the first period.
        FirstPeriodReading = "first-period-reading",
        /// One more student with fewer opportunities.
        FewerOpportunities = "fewer-opportunities",
    }
}

/// A flow as it was not taken.
pub struct Alternative {
    /// What is otherwise.
    pub kind: AlternativeKind,
    /// What it would give, in one sentence.
    pub sentence: String,
    /// The flow's total then.
    pub total: Eur,
    /// Figures that the flow does not use and the alternative would.
    pub figures: Vec<Arc<Citation>>,
}

/// The alternatives of a flow that make sense.
pub(super) fn of(subject: &Subject<'_>, computed: &FlowBudget<'_>) -> Vec<Alternative> {
    let found = [
        other_travel(subject, computed),
        other_reading(subject, computed),
        fewer_opportunities(subject, computed),
    ];
    found.into_iter().flatten().collect()
}

/// An alternative by the flow as it would be.
fn alternative(
    kind: AlternativeKind,
    computed: &FlowBudget<'_>,
    changed: &MobilityFlow,
    what: &str,
    figures: Vec<Arc<Citation>>,
) -> Alternative {
    let (taken, total) = (computed.amounts.total(), flow_budget(changed).amounts.total());
    let sentence = format!(
        "{what}: {} EUR instead of {} EUR for the flow, {}",
        total.grouped(),
        taken.grouped(),
        difference(total, taken)
    );
    let used = || computed.lines.iter().flat_map(|line| line.grounds);
    let figures = figures.into_iter().filter(|figure| !used().any(|used| used == figure));
    Alternative { kind, sentence, total, figures: figures.collect() }
}

fn other_travel(subject: &Subject<'_>, computed: &FlowBudget<'_>) -> Option<Alternative> {
    let flow = computed.flow;
    let (mode, kind) = match flow.inputs.travel {
        TravelMode::Standard => (TravelMode::Green, AlternativeKind::GreenTravel),
        TravelMode::Green => (TravelMode::Standard, AlternativeKind::StandardTravel),
    };
    let amount = band(subject, flow)?.amount(mode);
    let limit = travel_days(subject, flow, mode);
    let (planned, now) = (flow.inputs.travel_days, &flow.travel_day_limit);
    let days = planned.min(limit.value);
    let mut changed = flow.clone();
    changed.inputs.travel = mode;
    changed.inputs.travel_days = days;
    changed.travel.as_mut()?.unit = amount.value;
    let at = match (days == planned, planned) {
        (true, 0) => "without travel days".to_owned(),
        (true, _) => format!("with the same {}", counted(planned, "travel day")),
        (false, _) => format!("with {} instead of {planned}", counted(days, "travel day")),
    };
    let what = format!(
        "{} travel instead of {}, {at} (at most {} in {mode} travel, {} in {} travel)",
        capital(mode),
        flow.inputs.travel,
        limit.value,
        now.value,
        flow.inputs.travel
    );
    let figures = vec![Arc::clone(&amount.citation), Arc::clone(&limit.citation)];
    Some(alternative(kind, computed, &changed, &what, figures))
}

fn capital(mode: TravelMode) -> &'static str {
    match mode {
        TravelMode::Standard => "Standard",
        TravelMode::Green => "Green",
    }
}

/// The band of a flow that gets travel support.
fn band<'s>(subject: &Subject<'s>, flow: &MobilityFlow) -> Option<&'s Band> {
    flow.travel.as_ref()?;
    let label = flow.distance.as_ref()?.band.as_deref()?;
    subject.loaded.table.travel.bands.iter().find(|band| *band.label == *label)
}

fn travel_days<'s>(
    subject: &Subject<'s>,
    flow: &MobilityFlow,
    mode: TravelMode,
) -> &'s Figure<u32> {
    let inputs = &flow.inputs;
    let term = inputs.term.unwrap_or(Term::Long);
    subject.loaded.table.travel_days.limit(inputs.activity.participants(), term, mode)
}

/// The other reading of the first period, where it differs.
fn other_reading(subject: &Subject<'_>, computed: &FlowBudget<'_>) -> Option<Alternative> {
    let mut changed = computed.flow.clone();
    let SupportRate::Daily { first_period, reading, .. } =
        &mut changed.individual_support.as_mut()?.rate
    else {
        return None;
    };
    let other = match reading {
        TravelDayReading::Outside => TravelDayReading::Inside,
        TravelDayReading::Inside => TravelDayReading::Outside,
    };
    let where_ = |reading| match reading {
        TravelDayReading::Outside => "outside",
        TravelDayReading::Inside => "within",
    };
    let what = format!(
        "Travel days counted {} the first {first_period} days instead of {} them",
        where_(other),
        where_(*reading)
    );
    *reading = other;
    let figures = vec![Arc::clone(&subject.loaded.table.first_period.reading.citation)];
    let kind = AlternativeKind::FirstPeriodReading;
    let found = alternative(kind, computed, &changed, &what, figures);
    (found.total != computed.amounts.total()).then_some(found)
}

/// One more student with fewer opportunities, where there is one who is not yet counted.
fn fewer_opportunities(subject: &Subject<'_>, computed: &FlowBudget<'_>) -> Option<Alternative> {
    let (inputs, duration) = (&computed.flow.inputs, &computed.flow.duration);
    let now = inputs.fewer_opportunities?;
    if inputs.zero_grant || now >= inputs.participants {
        return None;
    }
    let table = &subject.loaded.table;
    let (rate, citation) = match inputs.term? {
        Term::Long => {
            let (monthly, month) = (&table.long_term.top_up, &table.long_term.month);
            let rate = TopUpRate::Monthly { monthly: monthly.value, days_in_month: month.value };
            (rate, &monthly.citation)
        }
        Term::Short => {
            let amount = table.short_term.top_up(duration.activity_days)?;
            (TopUpRate::Once(amount.value), &amount.citation)
        }
    };
    let mut figures = vec![Arc::clone(citation)];
    let whole_months = duration.funded_days.is_multiple_of(table.long_term.month.value);
    if inputs.term? == Term::Long && !whole_months {
        figures.push(Arc::clone(&table.long_term.top_up_part_months.citation));
    }
    let mut changed = computed.flow.clone();
    changed.inputs.fewer_opportunities = Some(now + 1);
    changed.top_up = Some(TopUp { participants: now + 1, rate, grounds: figures.clone() });
    let what = match now {
        0 => "A student with fewer opportunities",
        _ => "One more student with fewer opportunities",
    };
    Some(alternative(AlternativeKind::FewerOpportunities, computed, &changed, what, figures))
}
