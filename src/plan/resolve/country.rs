//! Countries: of the applicant, of a partner.

use super::Resolver;
use crate::diag::{Code, Diagnostic, quoted};
use crate::model::{CountryCode, Region};
use crate::plan::raw::RawFlow;
use crate::rates::{CountryNames, RateTable, Standing};

/// What a text that should be a country code means.
pub(super) enum Meaning<'t> {
    /// A country of the rate table.
    Known(CountryCode, &'t Standing),
    /// None that the table has.
    Unknown { help: Option<String> },
}

/// `other_codes`: whether codes such as EL for GR are accepted.
pub(super) fn meaning<'t>(
    text: &str,
    table: &'t RateTable,
    names: &CountryNames,
    other_codes: bool,
) -> Meaning<'t> {
    let other = names.by_other_code(text);
    let code = CountryCode::from_text(text);
    let known = |code: CountryCode| table.countries.get(&code).map(|standing| (code, standing));
    let found = code.and_then(known).or_else(|| other.filter(|_| other_codes).and_then(known));
    if let Some((code, standing)) = found {
        return Meaning::Known(code, standing);
    }
    let upper =
        CountryCode::from_text(&text.to_ascii_uppercase()).filter(|code| known(*code).is_some());
    let offered = other.or(upper).or_else(|| names.by_name(text).filter(|_| text.len() > 2));
    let help = offered.map(|code| format!("the code of {} is `{code}`", names.name(code)));
    let general = "write the ISO code of two capital letters, such as `KG` (`XK` for Kosovo)";
    Meaning::Unknown { help: help.or_else(|| Some(general.to_owned())) }
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
    let (country, standing) = match meaning(given.value, resolver.table, resolver.names, false) {
        Meaning::Known(country, standing) => (country, standing),
        Meaning::Unknown { help } => {
            let message = format!("{} is no country code", quoted(given.value));
            return fault(Code::UnknownCountry, message, &help.unwrap_or_default());
        }
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
