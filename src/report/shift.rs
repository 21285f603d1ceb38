//! An amount before and after, and flows that cannot be compared: what all differences share.

use serde::Serialize;

use super::json::Number;
use super::number::{signed, signed_percent};
use crate::diag::FindingRecord;
use crate::impact::{Apart, Shift, Under};
use crate::rates::diff::percent_hundredths;

/// The change in percent of the old amount, with its sign; `None` where that is zero.
pub(super) fn share(shift: Shift) -> Option<String> {
    percent_hundredths(shift.old.as_decimal(), shift.new.as_decimal()).map(signed_percent)
}

/// Old, new, change and percent as cells.
pub(super) fn amounts(shift: Shift) -> [String; 4] {
    let share = share(shift).unwrap_or_default();
    [shift.old.grouped(), shift.new.grouped(), signed(shift.change()), share]
}

/// `Total: 100.00 EUR to 110.00 EUR, +10.00 EUR (+10.00 %).`
pub(super) fn total(shift: Shift) -> String {
    let percent = share(shift).map(|share| format!(" ({share} %)")).unwrap_or_default();
    let (old, new, change) = (shift.old.grouped(), shift.new.grouped(), signed(shift.change()));
    format!("Total: {old} EUR to {new} EUR, {change} EUR{percent}.")
}

/// A flow that one of two tables alone can compute; `old` and `new` are what the tables are called.
pub(super) fn apart(flow: &Apart, old: &str, new: &str) -> String {
    let (with, without) = match flow.under {
        Under::Old => (old, new),
        Under::New => (new, old),
    };
    let reasons: Vec<&str> = flow.reasons.list.iter().map(|error| error.message.as_str()).collect();
    let (id, amount, reasons) = (&flow.id, flow.amount.grouped(), reasons.join("; "));
    format!("Flow {id}: {amount} EUR with {with}; not with {without}: {reasons}")
}

/// An amount before and after.
#[derive(Serialize)]
pub(super) struct ShiftRecord {
    old: Number,
    new: Number,
    change: Number,
}

impl From<Shift> for ShiftRecord {
    fn from(shift: Shift) -> Self {
        Self { old: shift.old.into(), new: shift.new.into(), change: shift.change().into() }
    }
}

/// A flow that one of two tables alone can compute.
#[derive(Serialize)]
pub(super) struct ApartRecord<'f> {
    id: &'f str,
    computed_with: &'static str,
    amount: Number,
    diagnostics: Vec<FindingRecord<'f>>,
}

impl<'f> ApartRecord<'f> {
    pub fn new(flow: &'f Apart) -> Self {
        Self {
            id: &flow.id,
            computed_with: match flow.under {
                Under::Old => "old",
                Under::New => "new",
            },
            amount: flow.amount.into(),
            diagnostics: flow.reasons.list.iter().map(FindingRecord::new).collect(),
        }
    }
}
