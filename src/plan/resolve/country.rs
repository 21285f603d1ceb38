//! Countries: of the applicant, of a partner.

use super::Resolver;
use crate::diag::{Code, Diagnostic};
use crate::model::{CountryCode, Region};
use crate::plan::raw::RawFlow;
use crate::rates::{CountryNames, RateTable, Standing};

/// What a text that should be a country code means: a country of the rate table, or none.
/// `other_codes`: whether codes such as EL for GR are accepted.
pub(super) fn meaning<'t>(
    text: &str,
    table: &'t RateTable,
    names: &CountryNames,
    other_codes: bool,
) -> Option<(CountryCode, &'t Standing)> {
    let known = |code: CountryCode| table.countries.get(&code).map(|standing| (code, standing));
    let other = || names.by_other_code(text).filter(|_| other_codes).and_then(known);
    CountryCode::from_text(text).and_then(known).or_else(other)
}

/// The partner's country and region; `None` where a fault was found.
pub(super) fn partner(
    resolver: &Resolver<'_>,
    flow: &RawFlow<'_>,
) -> Option<(CountryCode, Region)> {
    let given = flow.country.located()?;
    let place = resolver.place(&given.span);
    let fault = |code, message: String, help: &str| {
        resolver.fault(Diagnostic::error(code, place.clone(), message).help(help));
        None
    };
    let known = meaning(given.value, resolver.table, resolver.names, false);
    let Some((country, standing)) = known else {
        if resolver.findings.is_full() {
            // Nobody reads it, and the nearest of all names takes its time.
            resolver.findings.count_only();
            return None;
        }
        let (message, help) = resolver.names.unknown(given.value);
        return fault(Code::UnknownCountry, message, &help);
    };
    let name = resolver.names.name(country);
    let region = match standing {
        Standing::Third(region) => *region,
        Standing::Programme { .. } => {
            let message = format!("{country} ({name}) is no partner country: it may apply itself");
            let help = "KA171 funds mobility with third countries not associated to the Programme; mobility between EU Member States and associated countries is KA131";
            return fault(Code::ProgrammeCountryAsPartner, message, help);
        }
    };
    if let Some(entry) = resolver.table.regions.get(&region).filter(|entry| !entry.fundable) {
        let message = format!("{country} ({name}) is in {region}, which KA171 does not fund");
        let help = format!("{region} ({}) takes no part in KA171; leave the flow out", entry.name);
        return fault(Code::CountryNotFundable, message, &help);
    }
    if let Some(stated) = flow.region.located().filter(|stated| stated.value != region) {
        let message = format!("{country} ({name}) is in {region}, not in {}", stated.value);
        let place = resolver.place(&stated.span);
        resolver.fault(
            Diagnostic::error(Code::RegionContradictsCountry, place, message)
                .related(resolver.place(&given.span), "the country")
                .help("leave `region` out: it follows from the country"),
        );
        return None;
    }
    Some((country, region))
}
