//! Every word of the workbook that does not come from a plan or a rate table.

use crate::engine::CostItem;
use crate::model::{
    CountryCode, Direction, EnvelopeListIdentity, EnvelopeListName, Region, TableIdentity,
};

pub(super) const SUMMARY: &str = "Summary";
pub(super) const FLOWS: &str = "Flows";
pub(super) const RATES: &str = "Rates";
pub(super) const NOTICES: &str = "Notices";
pub(super) const ABOUT: &str = "About";

/// A cost category as a heading.
pub(super) fn title(item: CostItem) -> &'static str {
    match item {
        CostItem::IndividualSupport => "Individual support",
        CostItem::TopUp => "Top-ups",
        CostItem::Travel => "Travel",
        CostItem::ExceptionalCosts => "Exceptional costs",
        CostItem::InclusionSupport => "Inclusion support",
        CostItem::OrganisationalSupport => "Organisational support",
    }
}

pub(super) const SAMPLE: &str = "input";
pub(super) const INPUTS: &str = "Cells that look like this can be changed: the amounts follow. About says which changes need a new run.";
pub(super) const IN_EUROS: &str = "Amounts in EUR, organisational support included.";
pub(super) const PROVISIONAL: &str =
    "Provisional rates: most figures are carried over from another call.";

/// Below the headings of the sheet Flows.
pub(super) const FLOWS_REMARK: &str = "One row for each flow and cost item. The first row of a flow has its inputs; grey cells repeat them.";
/// Below the title of the sheet Rates.
pub(super) const RATES_TITLE: &str = "Rates that this budget uses";
pub(super) const RATES_REMARK: &str =
    "Sources are named by their keys; the first one stands beside the figure, all of them below.";
pub(super) const RATES_INPUTS: &str =
    "Coloured values can be changed: the amounts follow. About says which changes need a new run.";
pub(super) const SOURCES: &str = "Sources";
pub(super) const NO_NOTICES: &str = "Nothing to say about this budget.";

/// Of the sheet Rates.
pub(super) const RATE_HEADINGS: [&str; 9] =
    ["Figure", "Value", "Unit", "Mark", "First source", "Address", "Sources", "Remark", "Key"];
/// Of the table of sources below it.
pub(super) const SOURCE_HEADINGS: [&str; 3] = ["Publisher and title", "Key", "Address"];
/// Of the sheet Notices.
pub(super) const NOTICE_HEADINGS: [&str; 6] =
    ["Kind", "Code", "Notice", "What to do", "Flows", "Place"];

pub(super) const OTHER_FIGURES: &str = "What the budget rests on besides";

pub(super) const ACTIVITY_DAYS: &str = "activity days";

/// The title and the sentences of each part of the sheet About.
pub(super) const EXPLANATIONS: [(&str, &[&str]); 4] = [
    (
        "What follows when you change it",
        &[
            "Flows: participants, participants with fewer opportunities, the length of the stay, interruption, unfunded and travel days, real costs of travel and of inclusion support.",
            "Rates: every figure that is marked as an input, also the rules that are words: type the other word.",
            "Summary: the amounts of envelopes.",
            "Rows of Flows refer to each other: do not sort or delete them.",
            "A flow that has no real costs or nobody with fewer opportunities yet has an empty cell, or 0, to type them into.",
        ],
    ),
    (
        "What needs a new run of ka171",
        &[
            "Another distance, band or way of travelling, country, direction, activity, level, length of term or zero grant; another flow, call or rate table; scores.",
            "The workbook checks none of the rules of the call: whether a stay is too short or too long, how many travel days are funded, who may go where. A new run does.",
            "Notices, marks, scores, and the hashes on this page are those of the run. They do not follow.",
        ],
    ),
    (
        "How amounts are computed",
        &[
            "Each amount is computed for one participant, rounded once to the cent, half up, and then multiplied by the participants. Sums are sums of rounded amounts.",
            "Individual support, long-term students: monthly rate x (funded days + travel days) / days of a month.",
            "Individual support, short-term students and staff: daily rate x (days at the first rate + travel days), and for later days the second rate, or that share of the first one.",
            "Top-ups: for participants with fewer opportunities; long-term the monthly amount x funded days / days of a month, short-term one amount by the activity days.",
            "Travel: the amount of the distance band. Where it covers less of the real cost than the share on Rates, exceptional costs are paid instead: a share of the real cost.",
            "Inclusion support: the share on Rates of the real costs of the whole flow. Organisational support: one amount for each participant.",
        ],
    ),
    (
        "What this is not",
        &[
            "An official calculator. What counts is the Programme Guide, your grant agreement and your National Agency.",
        ],
    ),
];

/// Short of short-term, in the column of activities.
pub(super) const SHORT: &str = "short";
pub(super) const ENTERPRISE: &str = "enterprise";
pub(super) const ZERO_GRANT: &str = "zero grant";
pub(super) const SHORT_TOP_UP: &str = "fewer opportunities, short-term, by activity days";

pub(super) const WHOLE_NUMBER_TITLE: &str = "A whole number";
pub(super) const WHOLE_NUMBER: &str = "People and days are whole numbers from 0 to 100,000.";

/// The key of the row of a list of envelopes, and what stands before the keys of its sources.
pub(super) const ENVELOPES: &str = "envelopes";
pub(super) const ENVELOPES_PREFIX: &str = "envelopes.";

pub(super) const INPUTS_OF_SUMMARY: &str = "Change inputs on the sheets Flows and Rates: the amounts follow. About says which changes need a new run.";
pub(super) const REGION_HEADINGS: [&str; 4] = ["No.", "Region", "Incoming", "Outgoing"];
pub(super) const TOTAL: &str = "Total";
pub(super) const ENVELOPE_HEADINGS: [&str; 4] = ["Envelope", "Kind", "Share", "Remaining"];
pub(super) const SCORE_HEADINGS: [&str; 2] = ["Score", "Award"];
pub(super) const PASSES: &str = "passes";
pub(super) const FAILS: &str = "fails";
pub(super) const CHART_TITLE: &str = "Regions by cost category, EUR";
pub(super) const CHART_ALTERNATIVE: &str = "Column chart of the table above: the cost categories of each region, stacked, and its envelope.";

pub(super) const ABOUT_TITLE: &str = "About this workbook";
pub(super) const PROGRAM: &str = "Program";
pub(super) const CALL: &str = "Call";
pub(super) const APPLICANT: &str = "Applicant";
pub(super) const RATE_TABLE: &str = "Rate table";
pub(super) const RATE_HASH: &str = "Its SHA-256";
pub(super) const PLAN: &str = "Plan";
pub(super) const PLAN_HASH: &str = "Its SHA-256";
pub(super) const ENVELOPE_LIST: &str = "Envelopes";
pub(super) const ENVELOPE_HASH: &str = "Their SHA-256";
pub(super) const WHAT_IF: &str = "What if";

pub(super) fn budget_of_call(call: u16) -> String {
    format!("KA171 budget, call {call}")
}

pub(super) fn applicant(name: Option<&str>, country: CountryCode) -> String {
    match name {
        Some(name) => format!("{name} ({country})"),
        None => format!("applicant in {country}"),
    }
}

/// `Rates 2025.1, published, embedded`
pub(super) fn rates(rates: &TableIdentity) -> String {
    let carried = rates.carried_from.map(|call| format!(" (carried over from call {call})"));
    let TableIdentity { id, status, origin, .. } = rates;
    format!("Rates {id}, {status}{}, {origin}", carried.unwrap_or_default())
}

/// `Envelopes HU-2023, national, embedded`; a file of the user is its own origin.
pub(super) fn envelopes(list: &EnvelopeListIdentity) -> String {
    let origin = match &list.name {
        EnvelopeListName::Published(_) => format!(", {}", list.origin),
        EnvelopeListName::File(_) => String::new(),
    };
    format!("Envelopes {list}, {}{origin}", list.kind)
}

/// The figure that says from how many days a top-up is paid.
pub(super) fn paid_from(top_up: &str) -> String {
    format!("{top_up}: paid from")
}

pub(super) fn of_which(direction: Direction) -> String {
    format!("of which {direction}")
}

pub(super) fn without(region: Region) -> String {
    format!("without {region}")
}

pub(super) fn and_more(number: usize) -> String {
    format!(" and {number} more")
}

/// Behind the title on printed pages.
pub(super) const IS_WHAT_IF: &str = " (what-if)";
