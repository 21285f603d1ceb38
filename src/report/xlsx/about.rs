//! The sheet About: what the workbook was made from, and what can be changed in it.

use rust_xlsxwriter::XlsxError;

use super::cell::Sheet;
use super::room::height;
use super::style::{Kind, Role, Styles};
use super::{SHARED, WORDS};
use crate::engine::Budget;
use crate::rates::RateTable;
use crate::report::estimate_lines;
use crate::report::heading::{applicant, envelopes_line};
use crate::report::rates::heading;

/// The width of the column of texts.
const TEXT: u16 = 110;

/// Writes the sheet.
pub(super) fn write(
    budget: &Budget<'_>,
    table: &RateTable,
    styles: &Styles,
) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(WORDS.about)?;
    sheet.widths(&[30, TEXT])?;
    sheet.text((0, 0), WORDS.about_title, &styles.title)?;
    let (label, lines) =
        (styles.cell(Kind::Text, Role::Muted), styles.cell(Kind::Lines, Role::Plain));
    let mut row = 1;
    for (name, value) in facts(budget, table) {
        row += 1;
        sheet.text((row, 0), name, label)?;
        sheet.text((row, 1), &value, lines)?;
        sheet.height(row, height([(value.as_str(), TEXT)]))?;
    }
    for (title, sentences) in WORDS.explanations {
        row += 2;
        sheet.text((row, 0), title, &styles.section)?;
        for sentence in sentences {
            row += 1;
            sheet.text((row, 1), sentence, lines)?;
            sheet.height(row, height([(*sentence, TEXT)]))?;
        }
    }
    sheet.print_area((row, 1))?;
    sheet.fit_on_one_page();
    Ok(sheet)
}

/// What identifies the budget: the same again give the same workbook.
fn facts(budget: &Budget<'_>, table: &RateTable) -> Vec<(&'static str, String)> {
    let (plan, style) = (budget.plan, super::style());
    let mut facts = vec![
        (SHARED.program, format!("ka171 {}", env!("CARGO_PKG_VERSION"))),
        (WORDS.call, plan.call.to_string()),
        (WORDS.applicant, applicant(plan, plan.project.applicant.clone(), &style)),
        (SHARED.rate_table, heading(table)),
        (WORDS.hash, plan.rates.sha256.clone()),
    ];
    for file in &plan.files {
        facts.push((SHARED.plan_file, file.name.to_string()));
        facts.push((WORDS.hash, file.sha256.clone()));
    }
    if let Some((line, list)) = envelopes_line(plan, &style).zip(plan.envelope_list.as_ref()) {
        facts.push((SHARED.list_of_envelopes, line));
        facts.push((WORDS.hash, list.sha256.clone()));
    }
    if plan.places.is_some() {
        let lines = estimate_lines(WORDS.travel_rests_on);
        facts.extend(lines.into_iter().map(|line| (WORDS.estimates, line)));
    }
    let what_if = &plan.what_if;
    facts.extend(what_if.set.iter().map(|setting| (WORDS.what_if, setting.to_string())));
    let dropped = what_if.drop_regions.iter();
    facts.extend(dropped.map(|region| (WORDS.what_if, (WORDS.without)(*region))));
    facts
}
