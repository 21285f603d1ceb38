//! Envelopes: what a region's budget is compared with.

use std::collections::BTreeMap;

use super::Resolver;
use super::country::meaning;
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{CountryCode, Envelope, EnvelopeKind, Region};
use crate::plan::LIST;
use crate::rates::{EnvelopeList, EnvelopeRow};

/// The envelopes that the plan itself states.
pub(super) fn of_plan(resolver: &Resolver<'_>) -> BTreeMap<Region, Envelope> {
    let rows = &resolver.raw.envelopes;
    for row in rows {
        row.owner.check(&resolver.raw.file, resolver.findings);
        check_country(resolver, row);
    }
    let rows = EnvelopeRow::by_region(rows, &resolver.raw.file, resolver.findings);
    let envelope = |(region, (row, amount)): (Region, (&EnvelopeRow, _))| {
        let kind = row.owner.kind.or(EnvelopeKind::Award);
        let call = row.owner.call.value().and_then(|&call| u16::try_from(call).ok());
        (region, Envelope { kind, amount, call, origin: resolver.origin(&row.span) })
    };
    rows.into_iter().map(envelope).collect()
}

/// The envelopes of a list that takes their place.
pub(super) fn of_list(resolver: &Resolver<'_>, list: &EnvelopeList) -> BTreeMap<Region, Envelope> {
    let identity = &list.identity;
    if let Some((country, place)) = identity.country.zip(list.country_place.clone()) {
        refuse_other_country(resolver, country, place);
    }
    let envelope = |(region, listed): (&Region, &crate::rates::ListedEnvelope)| {
        let origin = super::origin(LIST, &list.file, &listed.span);
        let (kind, call) = (identity.kind, identity.call);
        (*region, Envelope { kind, amount: listed.amount, call, origin })
    };
    list.envelopes.iter().map(envelope).collect()
}

fn check_country(resolver: &Resolver<'_>, row: &EnvelopeRow) {
    let Some(given) = row.owner.country.located() else { return };
    let place = resolver.place(&given.span);
    match meaning(&given.value, resolver.table, resolver.names, true) {
        Some((country, _)) => refuse_other_country(resolver, country, place),
        None => {
            let (message, help) = resolver.names.unknown(&given.value);
            resolver.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        }
    }
}

/// An applicant competes within the envelopes of its own country.
fn refuse_other_country(resolver: &Resolver<'_>, country: CountryCode, place: Place) {
    let Some(home) = resolver.home.country.filter(|home| *home != country) else { return };
    let message = format!("this envelope is of {country}, the applicant of {home}");
    let applicant =
        resolver.home.place.clone().map(|place| (place, "the applicant's country".to_owned()));
    resolver.fault(
        Diagnostic::error(Code::EnvelopeOfAnotherCountry, place, message)
            .related_if(applicant)
            .help("an applicant competes within the envelopes of its own country"),
    );
}
