//! A second opinion on a budget, sharing nothing with the program but the JSON that it writes.
//!
//! [`recompute`] takes the result of `ka171 budget --format json`, works everything out again from
//! the call, the applicant's country and each flow's `inputs`, and lists where the two disagree.
//! Money is whole cents.
#![allow(clippy::indexing_slicing, reason = "small fixed tables; a missing JSON key is null")]

mod figures;

use figures::{BANDS, EARLY, EDGES, Figures, LATE, MONTH_IN, MONTH_OUT, ORGANISATION, TOP_UPS};
use serde_json::Value;
use std::fmt::Display;

const INDIVIDUAL: &str = "individual_support";
const TOP_UP: &str = "top_up";
const TRAVEL: &str = "travel";
const EXCEPTIONAL: &str = "exceptional_costs";
const INCLUSION: &str = "inclusion_support";
const ORGANISATIONAL: &str = "organisational_support";
/// The six cost items, in the order in which a flow's lines stand.
const ITEMS: [&str; 6] = [INDIVIDUAL, TOP_UP, TRAVEL, EXCEPTIONAL, INCLUSION, ORGANISATIONAL];

/// Recomputes a whole result and lists every disagreement with its path.
pub fn recompute(result: &Value) -> Result<(), Vec<String>> {
    let figures = match whole(&result["call"]) {
        Some(2022) => Figures { short: [70, 50], ..EARLY },
        Some(2023) => EARLY,
        Some(2024..=2026) => LATE,
        _ => return Err(vec![format!("call: no figures for {}", result["call"])]),
    };
    let country = text(&result["project"]["country"]).replace("EL", "GR");
    let Some(group) = figures.groups.iter().position(|list| list.split(' ').any(|c| c == country))
    else {
        return Err(vec![format!("project.country: no group for {country}")]);
    };
    let mut check = Check::default();
    let mut total = Tally::default();
    for (r, region) in list(&result["regions"]).iter().enumerate() {
        let path = format!("regions[{r}]");
        let mut sum = Tally::default();
        for (c, country) in list(&region["countries"]).iter().enumerate() {
            let path = format!("{path}.countries[{c}]");
            let mut inner = Tally::default();
            for (f, flow) in list(&country["flows"]).iter().enumerate() {
                let path = format!("{path}.flows[{f}]");
                check.flow(&path, flow, &figures, group, &mut inner);
            }
            check.whole(&path, country, "participants", inner.participants.iter().sum());
            check.amounts(&format!("{path}.amounts"), &country["amounts"], &inner.amounts());
            sum.add(&inner);
        }
        check.ascending(&path, &region["countries"], "country");
        check.level(&path, region, &sum);
        check.envelope(&format!("{path}.envelope"), &region["envelope"], &sum);
        total.add(&sum);
    }
    check.ascending("regions", &result["regions"], "region");
    let totals = &result["totals"];
    check.level("totals", totals, &total);
    check.amounts("totals.incoming", &totals["incoming"], &total.amounts[0]);
    check.amounts("totals.outgoing", &totals["outgoing"], &total.amounts[1]);
    if check.problems.is_empty() { Ok(()) } else { Err(check.problems) }
}

/// Participants and cents per item: incoming first, then outgoing.
#[derive(Default)]
struct Tally {
    participants: [i128; 2],
    amounts: [[i128; 6]; 2],
}

impl Tally {
    fn add(&mut self, other: &Self) {
        for side in 0..2 {
            self.participants[side] += other.participants[side];
            for item in 0..6 {
                self.amounts[side][item] += other.amounts[side][item];
            }
        }
    }

    fn amounts(&self) -> [i128; 6] {
        std::array::from_fn(|item| self.amounts[0][item] + self.amounts[1][item])
    }
}

/// A cost line: item, participants and cents for each of them (neither where the amount is given
/// for the whole flow), cents.
struct Line(&'static str, Option<(i128, i128)>, i128);

/// Durations: stay, activity and funded days. Long-term students' dates go by months of 30 days,
/// everyone else's by the calendar.
fn days(inputs: &Value) -> [i128; 3] {
    let stay = match (date(&inputs["start"]), date(&inputs["end"])) {
        (Some(start), Some(end)) if is_long(inputs) => {
            commercial(end, true) - commercial(start, false) + 1
        }
        (Some(start), Some(end)) => ordinal(end) - ordinal(start) + 1,
        _ => 30 * count(inputs, "months") + count(inputs, "days"),
    };
    let activity = stay - count(inputs, "interruption_days");
    [stay, activity, activity - count(inputs, "unfunded_days")]
}

/// Day number in years of 360 days; an end on the last day of February counts as day 30.
fn commercial([year, month, day]: [i128; 3], end: bool) -> i128 {
    let day = if end && month == 2 && day == february(year) { 30 } else { day.min(30) };
    year * 360 + month * 30 + day
}

/// Day number in the calendar.
fn ordinal([year, month, day]: [i128; 3]) -> i128 {
    let lengths = [31, february(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i128 = lengths.iter().zip(1..month).map(|(length, _)| length).sum();
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400 + months + day
}

fn february(year: i128) -> i128 {
    if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 }
}

/// Eligible activities: shortest and longest mobility, in activity days.
fn limits(inputs: &Value) -> [i128; 2] {
    match is_student(inputs) {
        true if is_long(inputs) => [60, 360],
        true => [5, 30],
        false if flag(inputs, "from_enterprise") => [1, 60],
        false => [5, 60],
    }
}

/// Distance bands: an edge belongs to the band that it begins, the distance is compared unrounded.
/// The position among [`BANDS`]; `None` below the lowest.
fn band(flow: &Value) -> Option<usize> {
    let inputs = &flow["inputs"];
    let km = match (&inputs["distance_km"], &inputs["band"]) {
        (Value::Null, Value::Null) => &flow["distance"]["km"],
        (Value::Null, label) => return BANDS.iter().position(|band| *band == text(label)),
        (km, _) => km,
    };
    let (digits, scale) = decimal(km)?;
    EDGES.iter().rposition(|edge| digits >= edge * 10_i128.pow(scale))
}

/// Individual support, cents per participant: students by months of 30 days or by the day, staff
/// by the day with 70 % from the 15th funded day. Travel days stand outside the 14.
fn individual(figures: &Figures, inputs: &Value, group: Option<usize>, funded: i128) -> i128 {
    let travel_days = count(inputs, "travel_days");
    let (first, later) = (funded.min(14) + travel_days, (funded - 14).max(0));
    if is_long(inputs) {
        let month = group.map_or(MONTH_OUT, |group| MONTH_IN[group]);
        half_up(month * 100 * (funded + travel_days), 30)
    } else if is_student(inputs) {
        100 * (figures.short[0] * first + figures.short[1] * later)
    } else {
        let day = group.map_or(figures.day_out, |group| figures.day_in[group]);
        day * (100 * first + 70 * later)
    }
}

/// Top-up for students with fewer opportunities, cents per participant: by months of 30 days, or
/// once per short mobility by its activity days.
fn top_up(inputs: &Value, [_, activity, funded]: [i128; 3]) -> i128 {
    match activity {
        _ if is_long(inputs) => half_up(TOP_UPS[0] * 100 * funded, 30),
        ..=14 => TOP_UPS[1] * 100,
        _ => TOP_UPS[2] * 100,
    }
}

/// Travel, cents per participant: the band's amount, or 80 % of a real cost of which that amount
/// covers less than 70 % (exceptional costs for expensive travel).
fn travel(figures: &Figures, inputs: &Value, band: usize) -> (&'static str, i128) {
    let unit = 100 * if is_green(inputs) { figures.green[band] } else { figures.standard[band] };
    match cents(&inputs["travel_cost"]) {
        Some(cost) if unit * 100 < cost * 70 => (EXCEPTIONAL, half_up(cost * 80, 100)),
        _ => (TRAVEL, unit),
    }
}

/// The lines of a flow. A zero grant keeps inclusion and organisational support alone.
fn lines(figures: &Figures, flow: &Value, group: Option<usize>, days: [i128; 3]) -> Vec<Line> {
    let inputs = &flow["inputs"];
    let participants = count(inputs, "participants");
    let each = |item, people: i128, cents| Line(item, Some((people, cents)), people * cents);
    let mut lines = Vec::new();
    if !flag(inputs, "zero_grant") {
        lines.push(each(INDIVIDUAL, participants, individual(figures, inputs, group, days[2])));
        lines.push(each(TOP_UP, count(inputs, "fewer_opportunities"), top_up(inputs, days)));
        if let Some(band) = band(flow) {
            let (item, cents) = travel(figures, inputs, band);
            lines.push(each(item, participants, cents));
        }
    }
    let given = cents(&inputs["inclusion_support"]).unwrap_or_default();
    lines.push(Line(INCLUSION, None, given));
    lines.push(each(ORGANISATIONAL, participants, ORGANISATION * 100));
    lines.retain(|line| line.2 != 0);
    lines
}

/// Collects the disagreements.
#[derive(Default)]
struct Check {
    problems: Vec<String>,
}

impl Check {
    fn fail(&mut self, path: &str, result: impl Display, recomputed: impl Display) {
        self.problems.push(format!("{path}: result {result}, recomputed {recomputed}"));
    }

    fn whole(&mut self, path: &str, parent: &Value, key: &str, recomputed: i128) {
        if whole(&parent[key]) != Some(recomputed) {
            self.fail(&format!("{path}.{key}"), &parent[key], recomputed);
        }
    }

    fn money(&mut self, path: &str, result: &Value, recomputed: i128) {
        match cents(result) {
            Some(amount) if amount == recomputed => {}
            Some(amount) => self.fail(path, euros(amount), euros(recomputed)),
            None => self.fail(path, result, euros(recomputed)),
        }
    }

    fn amounts(&mut self, path: &str, result: &Value, recomputed: &[i128; 6]) {
        for (item, amount) in ITEMS.iter().zip(recomputed) {
            self.money(&format!("{path}.{item}"), &result[item], *amount);
        }
        self.money(&format!("{path}.total"), &result["total"], recomputed.iter().sum());
    }

    /// A region, or the totals: participants by direction, and amounts.
    fn level(&mut self, path: &str, result: &Value, sum: &Tally) {
        self.whole(path, result, "participants", sum.participants.iter().sum());
        self.whole(path, result, "incoming_participants", sum.participants[0]);
        self.whole(path, result, "outgoing_participants", sum.participants[1]);
        self.amounts(&format!("{path}.amounts"), &result["amounts"], &sum.amounts());
    }

    /// Regions stand by number, countries by ISO code, each once.
    fn ascending(&mut self, path: &str, result: &Value, key: &str) {
        for pair in list(result).windows(2) {
            let (a, b) = (&pair[0][key], &pair[1][key]);
            if (whole(a), text(a)) >= (whole(b), text(b)) {
                self.problems.push(format!("{path}: {key} {b} stands after {a}"));
            }
        }
    }

    /// A regional envelope: the share, half up to two decimals, and what remains.
    fn envelope(&mut self, path: &str, envelope: &Value, sum: &Tally) {
        let total: i128 = sum.amounts().iter().sum();
        let share = &envelope["share_percent"];
        let share_path = format!("{path}.share_percent");
        match cents(&envelope["amount"]) {
            _ if envelope.is_null() => return,
            None => return self.fail(path, &envelope["amount"], "an amount"),
            Some(0) if share.is_null() => {}
            Some(0) => self.fail(&share_path, share, "null"),
            Some(amount) => self.money(&share_path, share, half_up(total * 10_000, amount)),
        }
        let amount = cents(&envelope["amount"]).unwrap_or_default();
        self.money(&format!("{path}.remaining"), &envelope["remaining"], amount - total);
    }

    fn flow(&mut self, path: &str, flow: &Value, figures: &Figures, home: usize, sum: &mut Tally) {
        let inputs = &flow["inputs"];
        let side = usize::from(text(&inputs["direction"]) != "incoming");
        let group = (side == 0).then_some(home);
        let days = days(inputs);
        let lines = lines(figures, flow, group, days);
        for (key, recomputed) in ["stay_days", "activity_days", "funded_days"].iter().zip(days) {
            self.whole(path, flow, key, recomputed);
        }
        self.eligible(path, inputs, figures, days);
        // What a zero grant shows of these changes no amount: left open.
        if !flag(inputs, "zero_grant") {
            self.whole(path, flow, "travel_days", count(inputs, "travel_days"));
            let group = group.and_then(|group| i128::try_from(group + 1).ok());
            if whole(&flow["country_group"]) != group {
                self.fail(path, &flow["country_group"], format!("country_group {group:?}"));
            }
            let (stated, km) = (&inputs["distance_km"], &flow["distance"]["km"]);
            if !stated.is_null() && decimal(km) != decimal(stated) {
                self.fail(&format!("{path}.distance.km"), km, stated);
            }
            let shown = &flow["distance"]["band"];
            let label = band(flow).map_or("", |band| BANDS[band]);
            if text(shown) != label {
                self.fail(&format!("{path}.distance.band"), shown, label);
            }
        }
        let amounts = ITEMS.map(|item| lines.iter().filter(|l| l.0 == item).map(|l| l.2).sum());
        self.amounts(&format!("{path}.amounts"), &flow["amounts"], &amounts);
        self.lines(&format!("{path}.lines"), list(&flow["lines"]), &lines);
        let mut own = Tally::default();
        own.participants[side] = count(inputs, "participants");
        own.amounts[side] = amounts;
        sum.add(&own);
    }

    /// Eligible durations, and the most travel days of the call and the travel mode.
    fn eligible(&mut self, path: &str, inputs: &Value, figures: &Figures, days: [i128; 3]) {
        let [shortest, longest] = limits(inputs);
        if days[1] < shortest || days[1] > longest || days[2] < 1 {
            self.fail(path, format!("{days:?} days"), format!("{shortest} to {longest}, funded 1"));
        }
        let most = figures.travel_days[usize::from(is_green(inputs))];
        if count(inputs, "travel_days") > most {
            self.fail(path, &inputs["travel_days"], format!("at most {most} travel days"));
        }
    }

    fn lines(&mut self, path: &str, result: &[Value], recomputed: &[Line]) {
        if result.len() != recomputed.len() {
            self.fail(path, format!("{} lines", result.len()), recomputed.len());
        }
        for (l, (line, Line(item, people, amount))) in result.iter().zip(recomputed).enumerate() {
            let path = format!("{path}[{l}]");
            if text(&line["item"]) != *item {
                self.fail(&format!("{path}.item"), &line["item"], item);
            }
            if let Some((participants, cents)) = people {
                self.whole(&path, line, "participants", *participants);
                self.money(&format!("{path}.per_participant"), &line["per_participant"], *cents);
            } else if !line["per_participant"].is_null() {
                self.fail(&format!("{path}.per_participant"), &line["per_participant"], "none");
            }
            self.money(&format!("{path}.amount"), &line["amount"], *amount);
        }
    }
}

fn is_student(inputs: &Value) -> bool {
    text(&inputs["activity"]).trim_start_matches("HE-").starts_with("SM")
}

fn is_long(inputs: &Value) -> bool {
    is_student(inputs) && text(&inputs["term"]) != "short"
}

fn is_green(inputs: &Value) -> bool {
    text(&inputs["travel"]) == "green"
}

fn flag(inputs: &Value, key: &str) -> bool {
    inputs[key].as_bool().unwrap_or_default()
}

fn count(inputs: &Value, key: &str) -> i128 {
    whole(&inputs[key]).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn whole(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from)
}

/// A date as ISO text: year, month, day.
fn date(value: &Value) -> Option<[i128; 3]> {
    let parts: Option<Vec<i128>> = value.as_str()?.split('-').map(|p| p.parse().ok()).collect();
    parts?.try_into().ok()
}

/// A JSON number by its text: its digits, and how many of them stand after the point.
fn decimal(value: &Value) -> Option<(i128, u32)> {
    let text = value.as_number()?.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, u32::try_from(fraction.len()).ok()?))
}

/// An amount in cents, or hundredths of a percent; `None` beyond two decimals.
pub fn cents(value: &Value) -> Option<i128> {
    let (digits, scale) = decimal(value)?;
    Some(digits * 10_i128.pow(2_u32.checked_sub(scale)?))
}

fn euros(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// Rounds a fraction that is not negative, half up.
fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator) / (2 * denominator)
}
