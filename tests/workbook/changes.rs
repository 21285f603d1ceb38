//! One input or one figure is changed in a workbook: it must come to what the engine computes for the
//! changed plan, or with the changed rate table.

use std::fs;

use super::agree::agree;
use super::cases::Case;
use super::libreoffice::Office;
use super::package::{Package, Put};
use super::sheet::{ITEM, Sheet, name};

const CALL: u16 = 2025;

const PLAN: &str = r#"call = 2025
project = { country = "HU" }
[[flow]]
id = "long"
country = "KG"
direction = "incoming"
activity = "SMS"
months = 5
participants = 4
fewer_opportunities = 1
travel_days = 2
distance_km = 4222
interruption_days = 3
unfunded_days = 4
[[flow]]
id = "dates"
country = "BA"
direction = "incoming"
activity = "SMT"
start = 2025-10-31
end = 2026-02-27
participants = 3
fewer_opportunities = 2
distance_km = 302
[[flow]]
id = "short"
country = "GE"
direction = "outgoing"
activity = "SMS"
term = "short"
level = "doctoral"
days = 20
participants = 2
fewer_opportunities = 1
travel_days = 2
band = "2000-2999"
travel_cost = 600
[[flow]]
id = "staff"
country = "KG"
direction = "outgoing"
activity = "STA"
days = 20
participants = 2
travel_days = 2
distance_km = 4222
inclusion_support = 333.35
[[flow]]
id = "zero"
country = "KG"
direction = "incoming"
activity = "STT"
days = 5
participants = 3
zero_grant = true
[[envelope]]
region = 6
amount = 30000
"#;

fn base() -> Case {
    Case::new("base", PLAN)
}

/// Flow, cost item of the row, column, what is typed, and the same as an option of the command line.
/// Days are typed as a spreadsheet counts them: 46081 is 28 February 2026.
const INPUTS: [(&str, &str, &str, &str, &str); 21] = [
    ("long", "", "Participants", "7", "flow.long.participants=7"),
    ("dates", "", "Participants", "11", "flow.dates.participants=11"),
    ("short", "", "Participants", "1", "flow.short.participants=1"),
    ("staff", "", "Participants", "9", "flow.staff.participants=9"),
    ("zero", "", "Participants", "2", "flow.zero.participants=2"),
    ("long", "", "Fewer opportunities", "0", "flow.long.fewer_opportunities=0"),
    ("dates", "", "Fewer opportunities", "3", "flow.dates.fewer_opportunities=3"),
    ("short", "", "Fewer opportunities", "2", "flow.short.fewer_opportunities=2"),
    ("long", "", "Months", "7", "flow.long.months=7"),
    ("long", "", "Days", "11", "flow.long.days=11"),
    ("long", "", "Interruption days", "0", "flow.long.interruption_days=0"),
    ("long", "", "Unfunded days", "20", "flow.long.unfunded_days=20"),
    ("long", "", "Travel days", "1", "flow.long.travel_days=1"),
    ("dates", "", "End", "46081", "flow.dates.end=2026-02-28"),
    ("dates", "", "Start", "45930", "flow.dates.start=2025-09-30"),
    ("short", "", "Days", "13", "flow.short.days=13"),
    ("staff", "", "Days", "15", "flow.staff.days=15"),
    ("staff", "", "Travel days", "0", "flow.staff.travel_days=0"),
    // 70 % of it are 1188.005, more than the 1188 of the band.
    ("long", "Exceptional costs", "Real cost", "1697.15", "flow.long.travel_cost=1697.15"),
    // 70 % of 564.28 are 394.996, which the 395 of the band cover.
    ("short", "Exceptional costs", "Real cost", "564.28", "flow.short.travel_cost=564.28"),
    ("dates", "Inclusion support", "Real cost", "123.45", "flow.dates.inclusion_support=123.45"),
];

/// The key of a figure, what is typed, and the same in the text of the rate table.
const FIGURES: [(&str, Put<'_>, &str, &str); 18] = [
    number("students.long.rate.incoming.group-3", "812.35", "monthly = 800", "monthly = 812.35"),
    number("students.long.month.days", "31", "days = 30 ", "days = 31 "),
    number("students.long.top_up", "251.07", "monthly = 250 ", "monthly = 251.07 "),
    number("students.short.first_daily", "79.99", "amount = 79 ", "amount = 79.99 "),
    number("students.short.later_daily", "55.55", "amount = 56 ", "amount = 55.55 "),
    number("students.short.top_up.from-15-days", "151.5", "amount = 150\n", "amount = 151.5\n"),
    number(
        "students.short.top_up.from-15-days.from_days",
        "21",
        "from_days = 15 ",
        "from_days = 21 ",
    ),
    number(
        "staff.rate.outgoing",
        "191.55",
        "\"outgoing\"\ndaily = 190",
        "\"outgoing\"\ndaily = 191.55",
    ),
    number("staff.later_days", "65", "\npercent = 70 ", "\npercent = 65 "),
    number("first_period.days", "10", "days = 14 ", "days = 10 "),
    number("travel.band.4000-7999.standard", "1200.5", "standard = 1188", "standard = 1200.5"),
    number("travel.band.2000-2999.standard", "425", "standard = 395", "standard = 425"),
    number(
        "travel.expensive.covered_below_percent",
        "60",
        "below_percent = 70",
        "below_percent = 60",
    ),
    number("travel.expensive.paid_percent", "90", "paid_percent = 80", "paid_percent = 90"),
    number("inclusion_support.percent", "75", "\npercent = 100 ", "\npercent = 75 "),
    number(
        "organisational_support.per_participant",
        "499.99",
        "participant = 500\n",
        "participant = 499.99\n",
    ),
    word("first_period.travel_days", "inside", "\"outside\"", "\"inside\""),
    word("organisational_support.zero_grant", "not-counted", "\"counted\"", "\"not-counted\""),
];

const fn number<'f>(
    key: &'f str,
    typed: &'f str,
    find: &'f str,
    put: &'f str,
) -> (&'f str, Put<'f>, &'f str, &'f str) {
    (key, Put::Number(typed), find, put)
}

const fn word<'f>(
    key: &'f str,
    typed: &'f str,
    find: &'f str,
    put: &'f str,
) -> (&'f str, Put<'f>, &'f str, &'f str) {
    (key, Put::Text(typed), find, put)
}

/// The cell of a flow: in the row of a cost item, or in its first one.
fn cell_of_flow(workbook: &Package, flow: &str, item: &str, column: &str) -> String {
    let sheet = Sheet::of_cells(&workbook.cells("Flows"));
    let headings = sheet.headings(ITEM);
    let first = sheet.find(headings, sheet.column(headings, "Flow"), flow);
    let row = match item {
        "" => first,
        item => sheet.find(first, sheet.column(headings, ITEM), item),
    };
    name(row, sheet.column(headings, column))
}

fn cell_of_figure(workbook: &Package, key: &str) -> String {
    let sheet = Sheet::of_cells(&workbook.cells("Rates"));
    let headings = sheet.headings("Key");
    let row = sheet.find(headings, sheet.column(headings, "Key"), key);
    name(row, sheet.column(headings, "Value"))
}

fn table_with(find: &str, put: &str) -> (u16, String) {
    let text = fs::read_to_string(format!("rates/{CALL}.toml")).expect("a table");
    assert_eq!(text.matches(find).count(), 1, "{find:?}");
    (CALL, text.replace(find, put))
}

/// Another end of February, on a plan that ends there.
fn february() -> (Case, Package) {
    let base = Case { set: vec!["flow.dates.end=2026-02-28"], ..base() };
    let mut workbook = base.workbook();
    let cell = cell_of_figure(&workbook, "students.long.last_of_february");
    workbook.put("Rates", &cell, &Put::Text("as-written"));
    let table = table_with("\"end-counts-as-day-30\"", "\"as-written\"");
    (Case { name: "february".to_owned(), table: Some(table), ..base }, workbook)
}

/// Every change with the workbook in which it was made.
fn changes() -> Vec<(Case, Package)> {
    let base = base();
    let workbook = base.workbook();
    let inputs = INPUTS.into_iter().enumerate().map(|(index, (flow, item, column, typed, set))| {
        let mut changed = workbook.clone();
        let cell = cell_of_flow(&workbook, flow, item, column);
        changed.put("Flows", &cell, &Put::Number(typed));
        (Case { name: format!("input-{index}"), set: vec![set], ..base.clone() }, changed)
    });
    let figures = FIGURES.into_iter().enumerate().map(|(index, (key, put, find, with))| {
        let mut changed = workbook.clone();
        changed.put("Rates", &cell_of_figure(&workbook, key), &put);
        let table = Some(table_with(find, with));
        (Case { name: format!("figure-{index}"), table, ..base.clone() }, changed)
    });
    inputs.chain(figures).chain([february()]).collect()
}

#[test]
fn a_changed_cell_gives_what_the_engine_gives() {
    let Some(mut office) = Office::find() else { return };
    let changes = changes();
    for (case, workbook) in &changes {
        office.add(&case.name, workbook.clone());
    }
    office.run();
    let before = &base().result()["totals"]["amounts"]["total"];
    for (case, _) in &changes {
        let (sheet, result) = (|name| office.sheet(&case.name, name), case.result());
        assert_ne!(&result["totals"]["amounts"]["total"], before, "{} {:?}", case.name, case.set);
        agree(&sheet("Summary"), &sheet("Flows"), &result, &case.name);
    }
}
