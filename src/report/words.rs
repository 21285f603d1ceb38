//! The words of the budget's reports, in one place: another language is another constant.
//!
//! The spellings of plans and rate tables, such as `incoming`, `award` or `published`, stay as they are
//! written there. So do the keys of JSON and CSV, and the sentences of notices.

pub(super) mod workbook;

use crate::diag::{count, listed};
use crate::engine::CostItem;

/// Every word of a budget's table, Markdown and HTML.
pub(super) struct Words {
    /// The language's tag for HTML.
    pub language: &'static str,

    // ---- What it is about ----
    pub title: fn(call: u16, applicant: &str) -> String,
    pub kicker: fn(call: u16) -> String,
    pub applicant: fn(name: &str, country: &str) -> String,
    pub unnamed_applicant: fn(country: &str) -> String,
    pub rates: fn(id: &str, status: &str, origin: &str) -> String,
    pub envelopes: fn(name: &str, kind: &str, origin: &str) -> String,
    pub amounts_in_eur: &'static str,
    pub left_out: fn(headings: &str) -> String,

    // ---- Headings of columns; a line break may stand where a heading is narrow ----
    pub region: &'static str,
    pub country: &'static str,
    pub flow: &'static str,
    pub activity: &'static str,
    pub incoming: &'static str,
    pub outgoing: &'static str,
    pub individual_support: &'static str,
    pub top_ups: &'static str,
    pub travel: &'static str,
    pub organisational_support: &'static str,
    pub real_costs: &'static str,
    pub total: &'static str,
    pub envelope: &'static str,
    pub kind: &'static str,
    pub share: &'static str,
    pub score: &'static str,
    pub figures: &'static str,
    pub partner: &'static str,
    pub participants: &'static str,
    pub cost: &'static str,
    pub per_participant: &'static str,
    pub amount: &'static str,
    pub calculation: &'static str,
    pub number: &'static str,
    pub figure: &'static str,
    pub value: &'static str,
    pub mark: &'static str,
    pub sources: &'static str,
    pub remark: &'static str,
    pub passes: &'static str,
    pub fails: &'static str,

    // ---- Cost categories ----
    pub item: fn(CostItem) -> &'static str,

    // ---- The verdict ----
    pub heads_in_regions: fn(
        number: &str,
        participants: u64,
        incoming: &str,
        outgoing: &str,
        regions: usize,
    ) -> String,
    pub sum: fn(total: &str) -> String,
    pub within_envelopes: fn(regions: usize) -> String,
    pub over_envelope: fn(region: &str, over: &str, kind: &str, amount: &str) -> String,
    pub failing_score: fn(region: &str, points: &str) -> String,
    pub passing_scores: fn(regions: usize) -> String,
    pub findings: fn(warnings: usize, notes: usize) -> String,

    // ---- Headings of parts ----
    pub by_region: &'static str,
    pub by_country: &'static str,
    pub by_flow: &'static str,
    pub by_activity: &'static str,
    pub regions: &'static str,
    pub details: &'static str,
    pub notices: &'static str,
    pub figures_and_sources: &'static str,
    pub about: &'static str,

    // ---- Regions and envelopes ----
    pub region_heading: fn(region: &str, total: &str) -> String,
    pub heads: fn(number: &str, participants: u64) -> String,
    pub flows: fn(number: &str, flows: usize) -> String,
    pub share_of_envelope:
        fn(share: Option<String>, kind: &str, amount: &str, remaining: &str) -> String,
    pub more_than_envelope:
        fn(over: &str, kind: &str, amount: &str, share: Option<String>) -> String,
    pub beyond_scale: &'static str,
    pub chart: fn(region: &str) -> String,
    pub legend: &'static str,
    pub envelope_mark: &'static str,
    pub room_mark: &'static str,
    pub over_mark: &'static str,
    pub chart_help: &'static str,

    // ---- Flows ----
    pub stay: &'static str,
    pub funded_days: &'static str,
    pub travel_days: &'static str,
    pub distance: &'static str,
    pub way_of_travelling: &'static str,
    pub country_group: &'static str,
    pub term: &'static str,
    pub fewer_opportunities: &'static str,
    pub organisation_id: &'static str,
    pub city: &'static str,
    pub note: &'static str,
    pub zero_grant: &'static str,
    pub months: fn(months: u32) -> String,
    pub days: fn(days: u32) -> String,
    pub from_to: fn(first: &str, last: &str) -> String,
    pub band: fn(band: &str) -> String,
    pub kilometres: fn(km: &str) -> String,
    pub estimated: fn(km: &str) -> String,
    /// What stands before the lines about estimates: the mark rests on them.
    pub marked_rests_on: &'static str,
    pub rests_on: &'static str,
    pub costs_of: fn(flow: &str) -> String,

    // ---- Notices, identity ----
    pub no_notices: &'static str,
    pub what_to_do: &'static str,
    pub program: &'static str,
    pub rate_table: &'static str,
    pub plan_file: &'static str,
    pub list_of_envelopes: &'static str,
    pub hash: fn(sha256: &str) -> String,
    pub not_official: &'static str,
}

/// English, as the Programme Guide has it.
pub(super) static ENGLISH: Words = Words {
    language: "en",

    title: |call, applicant| format!("KA171 budget, call {call}: {applicant}"),
    kicker: |call| format!("Erasmus+ KA171 budget, call {call}"),
    applicant: |name, country| format!("{name} ({country})"),
    unnamed_applicant: |country| format!("applicant in {country}"),
    rates: |id, status, origin| format!("Rates {id}, {status}, {origin}"),
    envelopes: |name, kind, origin| format!("Envelopes {name}, {kind}{origin}"),
    amounts_in_eur: "Amounts in EUR.",
    left_out: |headings| format!("Left out to fit the width: {headings}."),

    region: "Region",
    country: "Country",
    flow: "Flow",
    activity: "Activity",
    incoming: "In",
    outgoing: "Out",
    individual_support: "Individual\nsupport",
    top_ups: "Top-ups",
    travel: "Travel",
    organisational_support: "Organisational\nsupport",
    real_costs: "Real\ncosts",
    total: "Total",
    envelope: "Envelope",
    kind: "Kind",
    share: "Share",
    score: "Score",
    figures: "Figures",
    partner: "Partner",
    participants: "Participants",
    cost: "Cost",
    per_participant: "Per participant",
    amount: "Amount",
    calculation: "Calculation",
    number: "No.",
    figure: "Figure",
    value: "Value",
    mark: "Mark",
    sources: "Sources",
    remark: "Remark",
    passes: "passes",
    fails: "fails",

    item: |item| match item {
        CostItem::IndividualSupport => "Individual support",
        CostItem::TopUp => "Top-ups",
        CostItem::Travel => "Travel",
        CostItem::ExceptionalCosts => "Exceptional costs",
        CostItem::InclusionSupport => "Inclusion support",
        CostItem::OrganisationalSupport => "Organisational support",
    },

    heads_in_regions: |number, participants, incoming, outgoing, regions| {
        let noun = if participants == 1 { "participant" } else { "participants" };
        let regions = count(regions as u64, "region");
        format!("{number} {noun} ({incoming} incoming, {outgoing} outgoing) in {regions}.")
    },
    sum: |total| format!("Total: {total} EUR."),
    within_envelopes: |regions| match regions {
        1 => "The region with an envelope stays within it.".to_owned(),
        _ => format!("All {regions} regions with an envelope stay within it."),
    },
    over_envelope: |region, over, kind, amount| {
        format!("Region {region} costs {over} EUR more than its {kind} envelope of {amount} EUR.")
    },
    failing_score: |region, points| format!("Region {region} fails with {points} points."),
    passing_scores: |regions| match regions {
        1 => "The region with a score passes.".to_owned(),
        _ => format!("All {regions} regions with a score pass."),
    },
    findings: |warnings, notes| {
        let warnings = (warnings > 0).then(|| count(warnings as u64, "warning"));
        let notes = (notes > 0).then(|| count(notes as u64, "note"));
        let both: Vec<String> = warnings.into_iter().chain(notes).collect();
        format!("{}: see the notices.", listed(&both, "and"))
    },

    by_region: "Budget by region",
    by_country: "Budget by country",
    by_flow: "Budget by flow",
    by_activity: "Budget by activity",
    regions: "What each region costs",
    details: "Region by region",
    notices: "Notices",
    figures_and_sources: "Figures and sources",
    about: "Where this comes from",

    region_heading: |region, total| format!("{region}: {total} EUR"),
    heads: |number, participants| match participants {
        1 => "1 participant".to_owned(),
        _ => format!("{number} participants"),
    },
    flows: |number, flows| match flows {
        1 => "1 flow".to_owned(),
        _ => format!("{number} flows"),
    },
    share_of_envelope: |share, kind, amount, remaining| {
        let used = share.map(|share| format!("{share} of the ")).unwrap_or_default();
        format!("{used}{kind} envelope of {amount}; {remaining} left")
    },
    more_than_envelope: |over, kind, amount, share| {
        let share = share.map(|share| format!(" ({share})")).unwrap_or_default();
        format!("{over} over the {kind} envelope of {amount}{share}")
    },
    beyond_scale: "the envelope lies beyond the end of the bar",
    chart: |region| format!("Costs of Region {region}"),
    legend: "Cost categories",
    envelope_mark: "Envelope",
    room_mark: "Left in the envelope",
    over_mark: "Over the envelope",
    chart_help: "All bars have one scale. The same amounts stand in the table below.",

    stay: "Stay",
    funded_days: "Funded days",
    travel_days: "Travel days",
    distance: "Distance",
    way_of_travelling: "Way of travelling",
    country_group: "Country group",
    term: "Term",
    fewer_opportunities: "Fewer opportunities",
    organisation_id: "Organisation ID",
    city: "City",
    note: "Note",
    zero_grant: "zero grant",
    months: |months| count(months, "month"),
    days: |days| count(days, "day"),
    from_to: |first, last| format!("{first} to {last}"),
    band: |band| format!("band {band}"),
    kilometres: |km| format!("{km} km"),
    estimated: |km| format!("{km} km, estimated"),
    marked_rests_on: "~ rests on",
    rests_on: "Beyond its amounts, it rests on",
    costs_of: |flow| format!("Costs of flow {flow}"),

    no_notices: "There are none.",
    what_to_do: "What to do:",
    program: "Program",
    rate_table: "Rates",
    plan_file: "Plan",
    list_of_envelopes: "Envelopes",
    hash: |sha256| format!("SHA-256 {sha256}"),
    not_official: "Not an official calculator: what National Agencies and the European Commission say prevails.",
};
