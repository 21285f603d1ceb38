//! Countries that the table or the list of names has alone.

use crate::diag::{Code, Diagnostic, listed};
use crate::rates::{CountryNames, EnvelopeList, RateTable, Standing};

/// Nothing is said where the names could not be read.
pub(super) fn lints(table: &RateTable, names: Option<&CountryNames>) -> Vec<Diagnostic> {
    let Some(names) = names else { return Vec::new() };
    without_place(table, names).into_iter().chain(without_name(table, names)).collect()
}

/// A list of envelopes of a country that has no National Agency in the call.
pub(super) fn envelopes_of_no_applicant(
    list: &EnvelopeList,
    table: &RateTable,
) -> Option<Diagnostic> {
    let (country, place) = (list.identity.country?, list.country_place.clone()?);
    let why = match table.countries.get(&country) {
        Some(Standing::Programme { .. }) => return None,
        Some(Standing::Third(region)) => format!("it is in {region}"),
        None => "no [[group]] lists it".to_owned(),
    };
    let message = format!("{country} has no National Agency in call {}: {why}", table.call);
    let help = "write the code of an EU Member State or associated country";
    Some(Diagnostic::error(Code::CountryMisplaced, place, message).help(help))
}

/// All in one finding: they are nowhere in the table, so they have no place of their own.
fn without_place(table: &RateTable, names: &CountryNames) -> Option<Diagnostic> {
    let lacking: Vec<String> = names
        .codes()
        .filter(|code| !table.countries.contains_key(code))
        .map(|code| code.to_string())
        .collect();
    let message = format!("no [[group]] and no [[region]] lists {}", listed(&lacking, "or"));
    let help = "add each country to the `countries` of its group or region, or take it out of countries.toml";
    let code = Code::CountryWithoutPlace;
    (!lacking.is_empty()).then(|| table.fault(code, &(0..0), message).help(help))
}

fn without_name<'l>(
    table: &'l RateTable,
    names: &'l CountryNames,
) -> impl Iterator<Item = Diagnostic> {
    let nameless = table.spans.countries.iter().filter(|(code, _)| !names.has(**code));
    nameless.map(|(country, span)| {
        let message = format!("countries.toml has no name for {country}");
        let help =
            format!("correct the code, or add a line `{country} = {{ name = \"...\" }}` to countries.toml beside the table");
        table.fault(Code::CountryWithoutName, span, message).help(help)
    })
}
