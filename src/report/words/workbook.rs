//! The words of the workbook that other reports do not have.

use crate::model::{Direction, Region};

/// Every word of a workbook beside those of [`super::Words`].
pub(in crate::report) struct Workbook {
    // ---- Sheets: formulas name them as they are, so each is one word of plain letters ----
    pub summary: &'static str,
    pub flows: &'static str,
    pub rates: &'static str,
    pub notices: &'static str,
    pub about: &'static str,

    // ---- What can be changed ----
    /// In a cell that looks like an input.
    pub sample: &'static str,
    pub inputs: &'static str,
    pub inputs_elsewhere: &'static str,
    pub coloured_inputs: &'static str,
    pub whole_number: &'static str,
    pub whole_number_help: &'static str,

    // ---- Summary ----
    pub in_euros: &'static str,
    pub provisional: &'static str,
    /// Number, name, participants both ways.
    pub region_headings: [&'static str; 4],
    /// Amount, kind, share, what is left.
    pub envelope_headings: [&'static str; 4],
    pub score_headings: [&'static str; 2],
    pub of_which: fn(Direction) -> String,
    pub chart: &'static str,
    /// Of a chart that leaves the envelopes out: beside them no column could be seen.
    pub chart_without_envelopes: &'static str,
    pub chart_alternative: &'static str,
    /// Behind the title of printed pages.
    pub is_what_if: &'static str,
    pub page: fn(id: &str, status: &str) -> String,
    /// `&P` is the number of the page, `&N` that of the last one.
    pub page_of: &'static str,

    // ---- Flows ----
    pub flows_remark: &'static str,
    /// In the order of the columns; those of people and days may take two lines.
    pub flow_headings: [&'static str; 25],
    pub short: &'static str,
    pub enterprise: &'static str,
    pub short_top_up: &'static str,

    // ---- Rates ----
    pub rates_title: &'static str,
    pub rates_remark: &'static str,
    pub rate_headings: [&'static str; 9],
    pub other_figures: &'static str,
    pub activity_days: &'static str,
    /// The figure that says from how many days a top-up is paid.
    pub paid_from: fn(top_up: &str) -> String,

    // ---- Notices ----
    pub notice_headings: [&'static str; 6],
    pub and_more: fn(number: usize) -> String,

    // ---- About ----
    pub about_title: &'static str,
    pub call: &'static str,
    pub applicant: &'static str,
    pub hash: &'static str,
    pub what_if: &'static str,
    pub without: fn(Region) -> String,
    pub estimates: &'static str,
    /// A mark of an amount that rests on an estimated distance.
    pub estimated: fn(mark: &str) -> String,
    /// What stands before the lines about estimates.
    pub travel_rests_on: &'static str,
    /// The title and the sentences of each part.
    pub explanations: [(&'static str, &'static [&'static str]); 4],
}

/// English, as the Programme Guide has it.
pub(in crate::report) static ENGLISH: Workbook = Workbook {
    summary: "Summary",
    flows: "Flows",
    rates: "Rates",
    notices: "Notices",
    about: "About",

    sample: "input",
    inputs: "Cells that look like this can be changed: the amounts follow. About says which changes need a new run.",
    inputs_elsewhere: "Change inputs on the sheets Flows and Rates: the amounts follow. About says which changes need a new run.",
    coloured_inputs: "Coloured values can be changed: the amounts follow. About says which changes need a new run.",
    whole_number: "A whole number",
    whole_number_help: "People and days are whole numbers from 0 to 100,000.",

    in_euros: "Amounts in EUR, organisational support included.",
    provisional: "Provisional rates: most figures are carried over from another call.",
    region_headings: ["No.", "Region", "Incoming", "Outgoing"],
    envelope_headings: ["Envelope", "Kind", "Share", "Remaining"],
    score_headings: ["Score", "Award"],
    of_which: |direction| format!("of which {direction}"),
    chart: "Regions by cost category, EUR",
    chart_without_envelopes: "Regions by cost category, EUR (the envelopes lie far beyond the scale)",
    chart_alternative: "Column chart of the table above: the cost categories of each region, stacked, with its envelope where the scale allows it.",
    is_what_if: " (what-if)",
    page: |id, status| format!("Rates {id}, {status}"),
    page_of: "Page &P of &N",

    flows_remark: "One row for each flow and cost item. The first row of a flow has its inputs; grey cells repeat them.",
    flow_headings: [
        "Region",
        "Country",
        "Flow",
        "Partner",
        "Activity",
        "Direction",
        "Cost item",
        "Participants",
        "Fewer\nopportunities",
        "Months",
        "Days",
        "Start",
        "End",
        "Interruption\ndays",
        "Unfunded\ndays",
        "Activity\ndays",
        "Funded\ndays",
        "Travel\ndays",
        "Days at the\nfirst rate",
        "Real cost",
        "Figure",
        "Rate",
        "Each",
        "Amount",
        "Mark",
    ],
    short: "short",
    enterprise: "enterprise",
    short_top_up: "fewer opportunities, short-term, by activity days",

    rates_title: "Rates that this budget uses",
    rates_remark: "Sources are named by their keys; the first one stands beside the figure, all of them below.",
    rate_headings: [
        "Figure",
        "Value",
        "Unit",
        "Mark",
        "First source",
        "Address",
        "Keys of sources",
        "Remark",
        "Key",
    ],
    other_figures: "What the budget rests on besides",
    activity_days: "activity days",
    paid_from: |top_up| format!("{top_up}: paid from"),

    notice_headings: ["Kind", "Code", "Notice", "What to do", "Flows", "Place"],
    and_more: |number| format!(" and {number} more"),

    about_title: "About this workbook",
    call: "Call",
    applicant: "Applicant",
    hash: "Its SHA-256",
    what_if: "What if",
    without: |region| format!("without {region}"),
    estimates: "Distances",
    estimated: |mark| format!("{mark}, distance estimated"),
    travel_rests_on: "Travel support rests on",
    explanations: [
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
    ],
};
