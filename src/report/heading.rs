//! What a budget is about, in lines.

use super::style::Style;
use crate::diag::printable;
use crate::model::{EnvelopeListName, MobilityPlan};

/// `University of Szeged (HU)`; `name` is the applicant's, where the plan says it.
pub(super) fn applicant(plan: &MobilityPlan, name: Option<String>, style: &Style) -> String {
    let country = plan.project.country.to_string();
    match name {
        Some(name) => (style.words.applicant)(&name, &country),
        None => (style.words.unnamed_applicant)(&country),
    }
}

/// `Rates 2025.1, published, embedded`
pub(super) fn rates_line(plan: &MobilityPlan, style: &Style) -> String {
    let rates = &plan.rates;
    (style.words.rates)(&rates.id, &rates.status.to_string(), &rates.origin)
}

/// `Envelopes HU-2023, national, embedded`; a file of the user is its own origin. `None` where the
/// plan's own envelopes hold.
pub(super) fn envelopes_line(plan: &MobilityPlan, style: &Style) -> Option<String> {
    let list = plan.envelope_list.as_ref()?;
    let origin = match &list.name {
        EnvelopeListName::Published(_) => format!(", {}", list.origin),
        EnvelopeListName::File(_) => String::new(),
    };
    let line = (style.words.envelopes)(&list.to_string(), &list.kind.to_string(), &origin);
    Some(printable(&line).into_owned())
}
