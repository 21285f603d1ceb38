//! Places that the user adds: a file in TOML with `[[place]]`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{PlaceOrigin, Spot, fold};
use crate::diag::{Code, Diagnostic, Findings, SourceFile, printable, quoted};
use crate::document::{self, Fields, Format, HashedText, Located, Node, Span, Value};
use crate::error::Refusal;
use crate::model::{CountryCode, Degrees, FileIdentity, Point, decimal_from_text};
use crate::rates::CountryNames;

/// More places are no list that a person keeps.
const MOST_PLACES: usize = 50_000;
const FILE_KEYS: [&str; 1] = ["place"];
const KEYS: [&str; 4] = ["name", "country", "latitude", "longitude"];

/// The places of a file by country and folded name.
#[derive(Debug)]
pub(super) struct OwnPlaces {
    spots: BTreeMap<(CountryCode, String), Spot>,
    file: FileIdentity,
}

impl OwnPlaces {
    /// Reads a file; every fault of it.
    pub fn read(path: &Path, names: &CountryNames) -> Result<Self, Refusal> {
        let HashedText { file, sha256 } = HashedText::read(path)?;
        let findings = Findings::default();
        let reader = Reader { file: &file, names, findings: &findings };
        let spots = reader.spots();
        if !findings.is_empty() {
            return Err(findings.into_errors().into());
        }
        let file = FileIdentity { name: file.name().into(), sha256 };
        Ok(Self { spots: spots.unwrap_or_default(), file })
    }

    pub fn file(&self) -> &FileIdentity {
        &self.file
    }

    pub fn find(&self, country: CountryCode, folded: &str) -> Option<&Spot> {
        self.spots.get(&(country, folded.to_owned()))
    }

    pub fn in_country(&self, country: CountryCode) -> impl Iterator<Item = &Spot> {
        let spots = self.spots.iter().filter(move |((of, _), _)| *of == country);
        spots.map(|(_, spot)| spot)
    }
}

struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    names: &'f CountryNames,
    findings: &'f Findings,
}

impl Reader<'_> {
    fn spots(&self) -> Option<BTreeMap<(CountryCode, String), Spot>> {
        let root = document::parse(Format::Toml, self.file, self.findings)?;
        let what = "a places file";
        let fields = Fields::of(&root, what, &FILE_KEYS, self.file, self.findings)?;
        let rows = fields.list("place");
        if rows.len() > MOST_PLACES {
            let message = format!("the file has more than {MOST_PLACES} places");
            let place = fields.own_place();
            let help = "keep the places that your plans name";
            fields.fault(Diagnostic::error(Code::TooLarge, place, message).help(help));
            return None;
        }
        if fields.entry("place").is_none() && !fields.is_mistyped("place") {
            let help = "a place begins with a line `[[place]]` and has the keys name, country, latitude and longitude";
            let finding =
                Diagnostic::error(Code::MissingKey, fields.own_place(), "the file has no place");
            fields.fault(finding.help(help));
        }
        let mut spots = BTreeMap::new();
        let mut seen: BTreeMap<(CountryCode, String), Span> = BTreeMap::new();
        for row in rows {
            let Some((key, spot, span)) = self.spot(row) else { continue };
            if let Some(first) = seen.get(&key) {
                let name = quoted(spot.name.as_deref().unwrap_or_default());
                let message = format!("two places of {} have the name {name}", key.0);
                let finding = Diagnostic::error(Code::DuplicatePlace, fields.place(&span), message)
                    .related(fields.place(first), "first here")
                    .help("give one of them another name, or take it out");
                fields.fault(finding);
                continue;
            }
            seen.insert(key.clone(), span);
            spots.insert(key, spot);
        }
        Some(spots)
    }

    fn spot(&self, row: &Node<'_>) -> Option<((CountryCode, String), Spot, Span)> {
        let fields = Fields::of(row, "a place", &KEYS, self.file, self.findings)?;
        let name = fields.required("name", fields.text("name"));
        let country = fields.required("country", fields.text("country"));
        let latitude = degrees(&fields, "latitude", 90);
        let longitude = degrees(&fields, "longitude", 180);
        let folded = name.located().and_then(|name| folded(&fields, name));
        let country = country.located().and_then(|given| self.country(&fields, given));
        let (name, country) = (name.located()?, country?);
        let spot = Spot {
            name: Some(printable(name.value.trim()).into()),
            country: Some(country),
            division: "".into(),
            point: Point::new(latitude?, longitude?)?,
            origin: PlaceOrigin::Own,
        };
        Some(((country, folded?), spot, name.span.clone()))
    }

    fn country(&self, fields: &Fields<'_, '_, '_>, given: &Located<&str>) -> Option<CountryCode> {
        let code = CountryCode::from_text(given.value);
        let known = code.filter(|code| self.names.has(*code) || super::Places::has_country(*code));
        if known.is_none() {
            let (message, help) = self.names.unknown(given.value);
            let place = fields.place(&given.span);
            fields.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        }
        known
    }
}

/// The folded name; a name without a letter is a fault.
fn folded(fields: &Fields<'_, '_, '_>, name: &Located<&str>) -> Option<String> {
    let folded = fold(name.value);
    if folded.is_empty() {
        let message = format!("{} is no name of a place", quoted(name.value));
        let place = fields.place(&name.span);
        let finding = Diagnostic::error(Code::TextLength, place, message);
        fields.fault(finding.help("a name has at least one letter or digit"));
        return None;
    }
    Some(folded)
}

/// Degrees between minus and plus `most`.
fn degrees(fields: &Fields<'_, '_, '_>, key: &str, most: u32) -> Option<Degrees> {
    let node = fields.required_node(key)?;
    let Value::Number(text) = node.value else {
        if !matches!(node.value, Value::Faulty) {
            let message = format!("`{key}` must be a number, not {}", node.value.kind());
            let help = "write degrees with a point, without quotes and letters: 46.253; south and west are negative";
            let place = fields.place(&node.span);
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
        }
        return None;
    };
    let number = decimal_from_text(text.strip_prefix('+').unwrap_or(text));
    let found = number.filter(|number| number.abs() <= most.into());
    let found = found.and_then(Degrees::from_decimal);
    if found.is_none() {
        let message = format!("`{key}` is {}, beyond its bounds", quoted(text));
        let help = format!("it lies between -{most} and {most} degrees");
        let place = fields.place(&node.span);
        fields.fault(Diagnostic::error(Code::OutOfBounds, place, message).help(help));
    }
    found
}
