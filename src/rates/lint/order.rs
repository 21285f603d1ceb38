//! Limits, durations, percentages and points that contradict each other.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, count};
use crate::rates::{DaysLimit, DurationRule, RateTable};

pub(super) fn lints(table: &RateTable) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(project_months(table));
    found.extend(expensive_travel(table));
    let limits = &table.travel_days;
    let limits = [&limits.staff, &limits.long, &limits.short];
    found.extend(limits.into_iter().filter_map(|limit| travel_days(table, limit)));
    found.extend(first_periods(table));
    found.extend(top_ups(table));
    found.extend(durations(table));
    found.extend(pass_points(table));
    found
}

fn finding(table: &RateTable, span: &Range<usize>, message: String, help: &str) -> Diagnostic {
    table.fault(Code::LimitsOutOfOrder, span, message).help(help)
}

fn project_months(table: &RateTable) -> Option<Diagnostic> {
    let months = &table.project.months;
    let pairs = months.iter().zip(months.iter().skip(1));
    let (before, after) = pairs.into_iter().find(|(before, after)| before >= after)?;
    let message = format!("`months` lists {after} behind {before}");
    let help = "list each duration once, the shortest first";
    Some(finding(table, &table.project.citation.span, message, help))
}

fn expensive_travel(table: &RateTable) -> Option<Diagnostic> {
    let rule = &table.travel.expensive;
    let (paid, below) = (rule.paid, rule.covered_below);
    let message = format!(
        "expensive travel pays {paid} of the real cost, less than the {below} below which it applies"
    );
    let help =
        "`paid_percent` is not below `covered_below_percent`: correct the one that is mistyped";
    (paid < below).then(|| finding(table, &rule.citation.span, message, help))
}

fn travel_days(table: &RateTable, limit: &DaysLimit) -> Option<Diagnostic> {
    let (standard, green) = (&limit.standard, &limit.green);
    let message = format!(
        "green travel has {} funded, fewer than the {} of standard travel",
        count(green.value, "travel day"),
        standard.value
    );
    let help = "green travel takes longer: correct the limit that is mistyped";
    let finding = || {
        finding(table, &green.citation.span, message, help)
            .related(table.place(&standard.citation.span), "standard travel")
    };
    (green.value < standard.value).then(finding)
}

/// Each kind of participant that is paid by the day has later days.
fn first_periods(table: &RateTable) -> Vec<Diagnostic> {
    let rules = &table.durations;
    let short = [&rules.studies_short, &rules.traineeships_short];
    let staff = [&rules.teaching, &rules.teaching_from_enterprise, &rules.training];
    let short = first_period(table, "short-term student", &short);
    short.into_iter().chain(first_period(table, "member of staff", &staff)).collect()
}

fn first_period(table: &RateTable, who: &str, stays: &[&DurationRule]) -> Option<Diagnostic> {
    let longest = stays.iter().map(|rule| rule.max_days).max()?;
    let days = &table.first_period.days;
    let message = format!(
        "the first period has {}, and no {who} stays for more than {longest}",
        count(days.value, "day")
    );
    let help =
        "no day of theirs would ever pay the later rate: correct `days`, or the longest duration";
    (days.value > longest).then(|| finding(table, &days.citation.span, message, help))
}

fn top_ups(table: &RateTable) -> Vec<Diagnostic> {
    let rules = &table.durations;
    let longest = rules.studies_short.max_days.max(rules.traineeships_short.max_days);
    let beyond = table.short_term.top_ups.iter().filter(|top_up| top_up.from_days > longest);
    let help = "no stay would ever get it: correct `from_days`, or the longest short duration";
    beyond
        .map(|top_up| {
            let begins = top_up.from_days;
            let message = format!(
                "the top-up begins at {begins} days, and no short stay has more than {longest}"
            );
            finding(table, &top_up.from_days_span, message, help)
        })
        .collect()
}

fn durations(table: &RateTable) -> Vec<Diagnostic> {
    let rules = &table.durations;
    let mut found: Vec<Diagnostic> = [
        (&rules.studies_short, &rules.studies_long),
        (&rules.traineeships_short, &rules.traineeships_long),
    ]
    .into_iter()
    .filter_map(|(short, long)| short_and_long(table, short, long))
    .collect();
    // One row may be for studies and traineeships.
    found.dedup_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
    found
}

fn short_and_long(
    table: &RateTable,
    short: &DurationRule,
    long: &DurationRule,
) -> Option<Diagnostic> {
    let (longest, shortest) = (short.max_days, long.min_days);
    let message =
        format!("long stays begin at {shortest} days, and short ones last up to {longest}");
    let help = "correct `min_days` here, or `max_days` of the short stays";
    let finding = || {
        finding(table, &long.citation.span, message, help)
            .related(table.place(&short.citation.span), "short stays")
    };
    (longest > shortest).then(finding)
}

fn pass_points(table: &RateTable) -> Option<Diagnostic> {
    let award = &table.award;
    let most: u64 = award.criteria.iter().map(|criterion| u64::from(criterion.max_points)).sum();
    let message = format!(
        "an application needs {}, and all criteria together give {most}",
        count(award.pass_points, "point")
    );
    let help = "correct `pass_points`, or `max_points` of a criterion";
    (u64::from(award.pass_points) > most)
        .then(|| finding(table, &award.citation.span, message, help))
}
