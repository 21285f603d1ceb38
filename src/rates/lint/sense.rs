//! Amounts that make no sense beside each other.

use crate::diag::{Code, Diagnostic};
use crate::model::{Eur, Figure};
use crate::rates::{Band, RateTable, RatesByDirection};

pub(super) fn lints(table: &RateTable) -> Vec<Diagnostic> {
    let bands = &table.travel.bands;
    let standard: Vec<&Figure<Eur>> = bands.iter().map(|band| &band.standard).collect();
    // A band without a green amount says nothing about those that have one.
    let green: Vec<&Figure<Eur>> = bands.iter().filter_map(|band| band.green.as_ref()).collect();
    let mut found = travel_falls(table, "standard", &standard);
    found.extend(travel_falls(table, "green", &green));
    found.extend(bands.iter().filter_map(|band| green_below_standard(table, band)));
    for rates in [&table.long_term.monthly, &table.staff.daily] {
        found.extend(groups(table, rates));
    }
    found.extend(later_rate(table));
    found.extend(top_ups_fall(table));
    found
}

fn travel_falls(table: &RateTable, mode: &str, amounts: &[&Figure<Eur>]) -> Vec<Diagnostic> {
    let falls = pairs(amounts).filter(|(near, far)| far.value < near.value);
    let finding = |(near, far): (&Figure<Eur>, &Figure<Eur>)| {
        let message = format!(
            "{mode} travel pays {} EUR here and {} EUR for a shorter distance",
            far.value.short(),
            near.value.short()
        );
        between(table, Code::TravelFallsWithDistance, message, far, near, "the shorter distance")
            .help("a longer journey never pays less: correct the amount that is mistyped")
    };
    falls.map(finding).collect()
}

fn green_below_standard(table: &RateTable, band: &Band) -> Option<Diagnostic> {
    let (standard, green) = (&band.standard, band.green.as_ref()?);
    let message = format!(
        "green travel pays {} EUR, less than the {} EUR of standard travel",
        green.value.short(),
        standard.value.short()
    );
    let code = Code::GreenBelowStandard;
    let help =
        "correct the amount that is mistyped; where no green amount is published, take `green` out";
    (green.value < standard.value)
        .then(|| between(table, code, message, green, standard, "standard travel").help(help))
}

fn groups(table: &RateTable, rates: &RatesByDirection) -> Vec<Diagnostic> {
    let groups: Vec<&Figure<Eur>> = rates.incoming.iter().collect();
    let rises = pairs(&groups).filter(|(before, after)| after.value > before.value);
    let finding = |(before, after): (&Figure<Eur>, &Figure<Eur>)| {
        let message = format!(
            "{}: {} EUR, more than the {} EUR of the group before it",
            after.citation.figure,
            after.value.short(),
            before.value.short()
        );
        between(table, Code::GroupsOutOfOrder, message, after, before, "the group before it")
            .help("group 1 pays most and group 3 least: correct the amount that is mistyped")
    };
    rises.map(finding).collect()
}

/// Staff have a percentage for later days, which is at most 100.
fn later_rate(table: &RateTable) -> Option<Diagnostic> {
    let (first, later) = (&table.short_term.first_daily, &table.short_term.later_daily);
    let message = format!(
        "a day after the first period pays {} EUR, more than the {} EUR of a day in it",
        later.value.short(),
        first.value.short()
    );
    let help = "later days never pay more: correct the amount that is mistyped";
    let code = Code::LaterRateAboveFirst;
    (later.value > first.value)
        .then(|| between(table, code, message, later, first, "the first period").help(help))
}

fn top_ups_fall(table: &RateTable) -> Vec<Diagnostic> {
    let amounts: Vec<&Figure<Eur>> =
        table.short_term.top_ups.iter().map(|top_up| &top_up.amount).collect();
    let falls = pairs(&amounts).filter(|(short, long)| long.value < short.value);
    let finding = |(short, long): (&Figure<Eur>, &Figure<Eur>)| {
        let message = format!(
            "a longer stay gets a top-up of {} EUR, less than the {} EUR of a shorter one",
            long.value.short(),
            short.value.short()
        );
        between(table, Code::TopUpFalls, message, long, short, "the shorter stay")
            .help("a longer stay never gets less: correct the amount that is mistyped")
    };
    falls.map(finding).collect()
}

/// Each with the next one.
fn pairs<'p>(
    amounts: &'p [&'p Figure<Eur>],
) -> impl Iterator<Item = (&'p Figure<Eur>, &'p Figure<Eur>)> {
    amounts.iter().copied().zip(amounts.iter().copied().skip(1))
}

/// A finding about an amount that does not go with another one.
fn between(
    table: &RateTable,
    code: Code,
    message: String,
    amount: &Figure<Eur>,
    other: &Figure<Eur>,
    label: &str,
) -> Diagnostic {
    let other = table.place(&other.citation.span);
    table.fault(code, &amount.citation.span, message).related(other, label)
}
