//! The applicant and its project.

use std::sync::Arc;

use super::Resolver;
use super::country;
use crate::diag::{Code, Diagnostic, Findings, Place, listed};
use crate::model::{Citation, CountryCode, CountryGroup, Figure, Project};
use crate::plan::Overrides;
use crate::plan::raw::RawPlan;
use crate::rates::{CountryNames, RateTable, Standing};

/// The applicant's country, as far as it is known.
pub(super) struct Home {
    pub country: Option<CountryCode>,
    pub group: Option<Figure<CountryGroup>>,
    pub city: Option<String>,
    /// Where the plan says the country; `None` where the command line does.
    pub place: Option<Place>,
}

impl Home {
    /// The country group with what it rests on.
    pub fn group(&self) -> Option<(CountryGroup, &Arc<Citation>)> {
        self.group.as_ref().map(|figure| (figure.value, &figure.citation))
    }
}

pub(super) fn home(
    raw: &RawPlan<'_>,
    overrides: &Overrides,
    table: &RateTable,
    names: &CountryNames,
    findings: &Findings,
) -> Home {
    let city = raw.project.city.value().map(|city| (*city).to_owned());
    let unknown = Home { country: None, group: None, city: city.clone(), place: None };
    let (text, place) = match (&overrides.country, raw.project.country.located()) {
        (Some(text), _) => (text.as_str(), None),
        (None, Some(given)) => (given.value, Some(raw.place(&given.span))),
        (None, None) => {
            if raw.project.country.is_absent() {
                let message = "the plan does not say the applicant's country";
                let place = raw.own_place.clone();
                let help = match place.cell() {
                    Some(_) => {
                        "use --country HU, a column `applicant_country`, or a sheet `Project` with the key `country`"
                    }
                    None => {
                        "add the key `country` to `project`, such as \"HU\", or use --country HU"
                    }
                };
                findings.push(Diagnostic::error(Code::MissingKey, place, message).help(help));
            }
            return unknown;
        }
    };
    let fault = |code, message: String, help: &str| {
        let message = match place {
            Some(_) => message,
            None => format!("--country: {message}"),
        };
        let finding = Diagnostic::new(crate::diag::Severity::Error, code, message);
        findings.push(Diagnostic { place: place.clone(), ..finding }.help(help));
    };
    match country::meaning(text, table, names, true) {
        Some((country, Standing::Programme { group, .. })) => {
            Home { country: Some(country), group: Some(group.clone()), city, place: place.clone() }
        }
        Some((country, Standing::Third(region))) => {
            let name = names.name(country);
            let fundable = table.regions.get(region).is_some_and(|entry| entry.fundable);
            let message = format!("{country} ({name}) cannot apply: it is in {region}");
            let help = match fundable {
                true => {
                    "the applicant is an organisation of an EU Member State or associated country; an organisation of a third country takes part as a partner: put it into a flow"
                }
                false => {
                    "the applicant is an organisation of an EU Member State or associated country; this region takes no part in KA171"
                }
            };
            fault(Code::ThirdCountryAsApplicant, message, help);
            unknown
        }
        None => {
            let (message, help) = names.unknown(text);
            fault(Code::UnknownCountry, message, &help);
            unknown
        }
    }
}

pub(super) fn project(resolver: &Resolver<'_>, overrides: &Overrides) -> Option<Project> {
    let raw = &resolver.raw.project;
    let months = raw.months.value().copied();
    let permitted = &resolver.table.project.months;
    if let Some(given) = raw.months.located().filter(|given| !permitted.contains(&given.value)) {
        let permitted: Vec<String> = permitted.iter().map(u32::to_string).collect();
        let message = format!("a project does not last {} months", given.value);
        let help = format!("a project of this call lasts {} months", listed(&permitted, "or"));
        let place: Place = resolver.place(&given.span);
        resolver.fault(Diagnostic::error(Code::ProjectMonths, place, message).help(help));
    }
    let applicant = raw.applicant.value().map(|applicant| (*applicant).to_owned());
    Some(Project {
        applicant: overrides.applicant.clone().or(applicant),
        country: resolver.home.country?,
        city: resolver.home.city.clone(),
        months,
    })
}
