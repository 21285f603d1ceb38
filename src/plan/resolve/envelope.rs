//! Envelopes: what a region's budget is compared with.

use std::collections::BTreeMap;

use super::Resolver;
use super::country::{meaning, unknown};
use crate::diag::{Code, Diagnostic};
use crate::document::{Given, Span};
use crate::model::{Envelope, EnvelopeKind, Region};
use crate::plan::raw::RawEnvelope;

pub(super) fn envelopes(resolver: &Resolver<'_>) -> BTreeMap<Region, Envelope> {
    let mut seen: BTreeMap<Region, Span> = BTreeMap::new();
    let mut envelopes = BTreeMap::new();
    for raw in &resolver.raw.envelopes {
        let kind = raw.kind.or(EnvelopeKind::Award);
        check_kind(resolver, raw, kind);
        check_country(resolver, raw);
        let (Some(region), Some(amount)) = (raw.region.located(), raw.amount.value()) else {
            continue;
        };
        if let Some(first) = seen.get(&region.value) {
            let message = format!("{} has two envelopes", region.value);
            let place = resolver.place(&region.span);
            resolver.fault(
                Diagnostic::error(Code::DuplicateEnvelope, place, message)
                    .related(resolver.place(first), "first here")
                    .help("a region's budget is compared with one envelope: keep one of the two"),
            );
            continue;
        }
        seen.insert(region.value, region.span.clone());
        let call = raw.call.value().and_then(|&call| u16::try_from(call).ok());
        let origin = resolver.origin(&raw.span);
        envelopes.insert(region.value, Envelope { kind, amount: *amount, call, origin });
    }
    envelopes
}

/// Only a national envelope has a country and a call of its own.
fn check_kind(resolver: &Resolver<'_>, raw: &RawEnvelope<'_>, kind: EnvelopeKind) {
    if kind == EnvelopeKind::National || raw.kind.is_faulty() {
        return;
    }
    let spans = [span(&raw.country), span(&raw.call)];
    for span in spans.into_iter().flatten() {
        let message = "an award belongs to this project: it has no country or call of its own";
        let help =
            "add `kind = \"national\"` where this is what the National Agency has for everyone";
        let place = resolver.place(&span);
        resolver.fault(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
    }
}

fn check_country(resolver: &Resolver<'_>, raw: &RawEnvelope<'_>) {
    let Some(given) = raw.country.located() else { return };
    let place = resolver.place(&given.span);
    match meaning(given.value, resolver.table, resolver.names, true) {
        Some((country, _)) => {
            let Some(home) = resolver.home.country.filter(|home| *home != country) else { return };
            let message = format!("this envelope is of {country}, the applicant of {home}");
            let help = "an applicant competes within the envelopes of its own country";
            resolver.fault(
                Diagnostic::error(Code::EnvelopeOfAnotherCountry, place, message)
                    .related_if(
                        resolver
                            .home
                            .place
                            .clone()
                            .map(|place| (place, "the applicant's country".to_owned())),
                    )
                    .help(help),
            );
        }
        None => {
            let (message, help) = unknown(given.value, resolver.names);
            resolver.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        }
    }
}

fn span<T>(given: &Given<T>) -> Option<Span> {
    given.located().map(|located| located.span.clone())
}
