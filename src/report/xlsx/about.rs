//! The sheet About: what the workbook was made from, and what can be changed in it.

use rust_xlsxwriter::XlsxError;

use super::cell::Sheet;
use super::room::height;
use super::style::{Kind, Role, Styles};
use super::words;
use crate::engine::Budget;

/// The width of the column of texts.
const TEXT: u16 = 110;

/// Writes the sheet.
pub(super) fn write(budget: &Budget<'_>, styles: &Styles) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(words::ABOUT)?;
    sheet.widths(&[30, TEXT])?;
    sheet.text((0, 0), words::ABOUT_TITLE, &styles.title)?;
    let (label, lines) =
        (styles.cell(Kind::Text, Role::Muted), styles.cell(Kind::Lines, Role::Plain));
    let mut row = 1;
    for (name, value) in facts(budget) {
        row += 1;
        sheet.text((row, 0), &name, label)?;
        sheet.text((row, 1), &value, lines)?;
        sheet.height(row, height([(value.as_str(), TEXT)]))?;
    }
    for (title, sentences) in words::EXPLANATIONS {
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
fn facts(budget: &Budget<'_>) -> Vec<(String, String)> {
    let (plan, rates) = (budget.plan, &budget.plan.rates);
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let mut facts = vec![
        fact(words::PROGRAM, format!("ka171 {}", env!("CARGO_PKG_VERSION"))),
        fact(words::CALL, plan.call.to_string()),
        fact(
            words::APPLICANT,
            words::applicant(plan.project.applicant.as_deref(), plan.project.country),
        ),
        fact(words::RATE_TABLE, words::rates(rates)),
        fact(words::RATE_HASH, rates.sha256.clone()),
    ];
    for file in &plan.files {
        facts.push(fact(words::PLAN, file.name.to_string()));
        facts.push(fact(words::PLAN_HASH, file.sha256.clone()));
    }
    if let Some(list) = &plan.envelope_list {
        facts.push(fact(words::ENVELOPE_LIST, words::envelopes(list)));
        facts.push(fact(words::ENVELOPE_HASH, list.sha256.clone()));
    }
    let what_if = &plan.what_if;
    facts.extend(what_if.set.iter().map(|setting| fact(words::WHAT_IF, setting.to_string())));
    let dropped = what_if.drop_regions.iter();
    facts.extend(dropped.map(|region| fact(words::WHAT_IF, words::without(*region))));
    facts
}
