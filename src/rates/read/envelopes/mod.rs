//! A list's text into an [`EnvelopeList`], or everything that is wrong with it.

mod agree;
mod columns;
mod csv;
mod row;
mod toml;

pub(crate) use row::EnvelopeRow;

use std::collections::BTreeMap;
use std::sync::Arc;

use row::EnvelopeOwner;

use crate::diag::{Code, Diagnostic, Errors, Findings, Place, SourceFile};
use crate::document::{Given, Located, Span};
use crate::model::{
    Basis, Citation, CountryCode, Date, EnvelopeKind, EnvelopeListId, EnvelopeListIdentity,
    EnvelopeListName, Eur, Source,
};
use crate::rates::CountryNames;
use crate::rates::envelopes::{EnvelopeFile, EnvelopeList, Form, ListedEnvelope, Role};

/// There are twelve regions: a list of more lines is something else.
const LONGEST_LIST: usize = 1_000;

/// Reads and validates a list of envelopes.
///
/// # Errors
///
/// Every fault that was found, with its place; none of the list can then be used.
pub fn read_envelopes(list: &EnvelopeFile, names: &CountryNames) -> Result<EnvelopeList, Errors> {
    let findings = Findings::default();
    let reader = Reader { list, names, file: list.file(), findings: &findings };
    let written = match list.form {
        Form::Toml => toml::written(list, &findings),
        Form::Csv => csv::rows(list.file(), &findings).map(|(rows, has_lost_rows)| Written {
            rows,
            has_lost_rows,
            ..Written::default()
        }),
    };
    match written.and_then(|written| reader.list(written)) {
        Some(list) if findings.is_empty() => Ok(list),
        _ => Err(findings.into_errors()),
    }
}

/// What a file says.
#[derive(Default)]
struct Written {
    rows: Vec<EnvelopeRow>,
    /// Whether there are envelopes that could not be read.
    has_lost_rows: bool,
    owner: EnvelopeOwner,
    total: Given<Eur>,
    checked_on: Given<Date>,
    ground: Option<Ground>,
}

/// What the amounts rest on.
struct Ground {
    basis: Basis,
    /// Where its mark stands.
    span: Span,
    sources: BTreeMap<String, Arc<Source>>,
}

struct Reader<'f> {
    list: &'f EnvelopeFile,
    names: &'f CountryNames,
    file: &'f Arc<SourceFile>,
    findings: &'f Findings,
}

impl Reader<'_> {
    fn list(&self, written: Written) -> Option<EnvelopeList> {
        if written.rows.is_empty() && !written.has_lost_rows {
            let message = "the list has no envelope";
            let help = "add one for each region, with `region` and `amount`; in TOML it begins with a line `[[envelope]]`";
            let place = self.place(&(0..0));
            self.findings.push(Diagnostic::error(Code::MissingKey, place, message).help(help));
        }
        let owner = agree::owner(&written.owner, &written.rows, self.file, self.findings);
        owner.check(self.file, self.findings);
        let country = self.country(&owner.country);
        let call = owner.call.located().and_then(|call| {
            Some(Located { value: u16::try_from(call.value).ok()?, span: call.span.clone() })
        });
        let by_region = EnvelopeRow::by_region(&written.rows, self.file, self.findings);
        let name = self.name(country.as_ref(), call.as_ref());
        let total = by_region.values().map(|(_, amount)| *amount).sum();
        // What a lost envelope would add is not known.
        if !written.has_lost_rows && by_region.len() == written.rows.len() {
            self.check_total(total, &written.total);
        }
        let listed = |(region, (row, amount)): (_, (&EnvelopeRow, Eur))| {
            (region, ListedEnvelope { amount, span: row.span.clone() })
        };
        let envelopes: BTreeMap<_, _> = by_region.into_iter().map(listed).collect();
        let kind = owner.kind.or(EnvelopeKind::Award);
        let country_place = country.as_ref().map(|country| self.place(&country.span));
        let (country, call) = (country.map(|given| given.value), call.map(|given| given.value));
        let at = written.total.located().map_or(0..0, |total| total.span.clone());
        let sources = written.ground.as_ref().map(|ground| ground.sources.clone());
        let citation = written.ground.map(|ground| Citation {
            figure: figure(kind, country, call),
            value: format!("{} EUR together", total.grouped()),
            basis: ground.basis,
            span: at,
            basis_span: ground.span,
        });
        let identity = EnvelopeListIdentity {
            name: name?,
            kind,
            country,
            call,
            citation: citation.map(Arc::new),
            origin: self.list.text.origin.clone(),
            sha256: self.list.text.sha256.clone(),
        };
        Some(EnvelopeList {
            identity,
            envelopes,
            total,
            checked_on: written.checked_on.value().copied(),
            checked_on_place: written.checked_on.located().map(|date| self.place(&date.span)),
            sources: sources.unwrap_or_default(),
            file: Arc::clone(self.file),
            country_place,
        })
    }

    fn place(&self, span: &Span) -> Place {
        Place { file: Arc::clone(self.file), span: span.clone() }
    }

    fn country(&self, given: &Given<String>) -> Option<Located<CountryCode>> {
        let Located { value: text, span } = given.located()?;
        let code = || CountryCode::from_text(text).filter(|code| self.names.has(*code));
        let known = self.names.by_other_code(text).or_else(code);
        if known.is_none() {
            let (message, help) = match CountryCode::from_text(text) {
                Some(code) => {
                    let help = "correct the code, or add the country to your countries.toml";
                    (format!("the list of country names has no {code}"), help.to_owned())
                }
                None => self.names.unknown(text),
            };
            let place = self.place(span);
            self.findings.push(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        }
        Some(Located { value: known?, span: span.clone() })
    }

    /// A published list is named by its country and call, any other by its file.
    fn name(
        &self,
        country: Option<&Located<CountryCode>>,
        call: Option<&Located<u16>>,
    ) -> Option<EnvelopeListName> {
        if self.list.role == Role::Given {
            return Some(EnvelopeListName::File(self.file.name().into()));
        }
        let (country, call) = (country?, call?);
        let id = EnvelopeListId { country: country.value, call: call.value };
        let named = self.list.named_id();
        if named != Some(id) {
            let message =
                format!("these are the envelopes {id}, their file is named {}", self.file.name());
            let is_country = named.is_none_or(|named| named.country != id.country);
            let place = self.place(if is_country { &country.span } else { &call.span });
            let help =
                format!("rename the file to {id}.toml, or correct the list's `country` and `call`");
            self.findings.push(
                Diagnostic::error(Code::EnvelopesContradictFileName, place, message).help(help),
            );
        }
        Some(EnvelopeListName::Published(id))
    }

    fn check_total(&self, sum: Eur, stated: &Given<Eur>) {
        let Some(stated) = stated.located().filter(|stated| stated.value != sum) else { return };
        let (difference, direction) = match sum < stated.value {
            true => (stated.value - sum, "less"),
            false => (sum - stated.value, "more"),
        };
        let message = format!(
            "the envelopes sum up to {} EUR, {} EUR {direction} than the stated total of {} EUR",
            sum.grouped(),
            difference.grouped(),
            stated.value.grouped()
        );
        let help = "compare each amount and `total` with the source";
        let place = self.place(&stated.span);
        self.findings
            .push(Diagnostic::error(Code::EnvelopesContradictTotal, place, message).help(help));
    }
}

fn too_long(place: Place) -> Diagnostic {
    let message = format!("the list has more than {LONGEST_LIST} lines");
    let help = "a list has one envelope for each of the twelve regions; is this the right file?";
    Diagnostic::error(Code::TooLarge, place, message).help(help)
}

/// What the amounts of a list are, in words.
fn figure(kind: EnvelopeKind, country: Option<CountryCode>, call: Option<u16>) -> String {
    let mut figure = match kind {
        EnvelopeKind::Award => "awards".to_owned(),
        EnvelopeKind::National => "national envelopes".to_owned(),
    };
    figure.extend(country.map(|country| format!(" of {country}")));
    figure.extend(call.map(|call| format!(", call {call}")));
    figure
}
