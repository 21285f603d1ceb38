//! Country names: what reports print, and what users write instead of a code.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::TableFile;
use super::texts::said;
use crate::diag::{Code, Diagnostic, Errors, Findings, nearest, quoted};
use crate::document::{self, Entry, Fields, Format, Node, Value};
use crate::model::CountryCode;

/// The version of the list's format that this program reads.
const SCHEMA: u32 = 1;

/// Names and other spellings of countries by code.
#[derive(Clone, Debug)]
pub struct CountryNames(BTreeMap<CountryCode, Names>);

#[derive(Clone, Debug)]
struct Names {
    name: Arc<str>,
    other_names: Vec<String>,
    other_codes: Vec<String>,
}

impl CountryNames {
    /// Reads the names.
    ///
    /// # Errors
    ///
    /// Every fault of the file.
    pub fn read(table: &TableFile) -> Result<Self, Errors> {
        let findings = Findings::default();
        let names = document::parse(Format::Toml, table.file(), &findings).and_then(|root| {
            let keys = ["schema", "country"];
            let root = Fields::of(&root, "the list of countries", &keys, table.file(), &findings)?;
            check_schema(&root)?;
            Some(
                entries(&root)?.iter().filter_map(|entry| names(table, entry, &findings)).collect(),
            )
        });
        match names {
            Some(names) if findings.is_empty() => Ok(Self(names)),
            _ => Err(findings.into_errors()),
        }
    }

    /// The countries of the list by code.
    pub fn codes(&self) -> impl Iterator<Item = CountryCode> {
        self.0.keys().copied()
    }

    /// Whether the list has a country.
    pub fn has(&self, code: CountryCode) -> bool {
        self.0.contains_key(&code)
    }

    /// The name that reports print; the code where the list does not have the country.
    pub fn name(&self, code: CountryCode) -> Arc<str> {
        self.0.get(&code).map_or_else(|| code.to_string().into(), |names| Arc::clone(&names.name))
    }

    /// The country of another code in use, such as EL for GR.
    pub fn by_other_code(&self, text: &str) -> Option<CountryCode> {
        let has = |names: &Names| names.other_codes.iter().any(|code| code == text);
        self.0.iter().find(|(_, names)| has(names)).map(|(code, _)| *code)
    }

    /// The country of a code or a name, in small or capital letters.
    pub fn find(&self, text: &str) -> Option<CountryCode> {
        let capitals = text.trim().to_ascii_uppercase();
        let code = CountryCode::from_text(&capitals).filter(|code| self.has(*code));
        code.or_else(|| self.by_other_code(&capitals)).or_else(|| self.by_exact_name(text))
    }

    /// The country that a text names, or seems to name. Abbreviations must be exact: too many of
    /// them are alike.
    pub fn by_name(&self, text: &str) -> Option<CountryCode> {
        self.by_exact_name(text).or_else(|| {
            let text = text.trim();
            let known = self.spellings().map(|(name, _)| name).filter(|name| name.len() > 3);
            let found = nearest(text, known).filter(|_| text.len() > 3)?;
            self.by_exact_name(found)
        })
    }

    /// Says that a text is no country code, and which one may have been meant: message and help.
    pub(crate) fn unknown(&self, text: &str) -> (String, String) {
        let capitals = text.to_ascii_uppercase();
        let meant = CountryCode::from_text(&capitals)
            .filter(|code| self.has(*code))
            .or_else(|| self.by_other_code(&capitals))
            .or_else(|| self.by_name(text).filter(|_| text.len() > 2));
        let help = match meant {
            Some(code) => format!("the code of {} is `{code}`", self.name(code)),
            None => {
                "write the ISO code of two capital letters, such as `KG` (`XK` for Kosovo)".into()
            }
        };
        (format!("{} is no country code", quoted(text)), help)
    }

    fn by_exact_name(&self, text: &str) -> Option<CountryCode> {
        let wanted = text.trim().to_lowercase();
        let spelt = self.spellings().find(|(name, _)| name.to_lowercase() == wanted);
        spelt.map(|(_, code)| code)
    }

    /// Every name of every country.
    fn spellings(&self) -> impl Iterator<Item = (&str, CountryCode)> {
        self.0.iter().flat_map(|(code, names)| {
            let others = names.other_names.iter().map(String::as_str);
            others.chain([&*names.name]).map(|name| (name, *code))
        })
    }
}

fn check_schema(root: &Fields<'_, '_, '_>) -> Option<()> {
    let schema = root.required("schema", root.whole("schema", 0..=u32::MAX));
    let schema = schema.located()?;
    if schema.value != SCHEMA {
        let message = format!("this version reads lists of countries of schema {SCHEMA}");
        let help = "another version of ka171 reads this list";
        let place = root.place(&schema.span);
        root.fault(Diagnostic::error(Code::UnsupportedTable, place, message).help(help));
    }
    Some(())
}

/// The countries by code.
fn entries<'t, 'a>(root: &Fields<'t, 'a, '_>) -> Option<&'t [Entry<'a>]> {
    let node = root.required_node("country")?;
    match &node.value {
        Value::Table(entries) => Some(entries),
        Value::Faulty => None,
        other => {
            let message = format!("`country` must be a table, not {}", other.kind());
            let help = "write `[country]` and below it a line for each, such as `HU = { name = \"Hungary\" }`";
            let place = root.place(&node.span);
            root.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
            None
        }
    }
}

fn names(
    table: &TableFile,
    entry: &Entry<'_>,
    findings: &Findings,
) -> Option<(CountryCode, Names)> {
    let keys = ["name", "other_names", "other_codes"];
    let fields = Fields::of(&entry.node, "a country", &keys, table.file(), findings)?;
    let Some(code) = CountryCode::from_text(&entry.key) else {
        let message = "the key of a country is its code of two capital letters";
        let help = "write the code, such as HU; the country's name stands in `name`";
        let place = fields.place(&entry.key_span);
        fields.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        return None;
    };
    let name = said(&fields, "name");
    let other_names = texts(&fields, "other_names");
    let other_codes = texts(&fields, "other_codes");
    Some((code, Names { name: name?.into(), other_names, other_codes }))
}

/// The texts of a list; what is none is reported.
fn texts(fields: &Fields<'_, '_, '_>, key: &str) -> Vec<String> {
    let read = |node: &Node<'_>| match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone().into_owned()),
        Value::Faulty => None,
        other => {
            let (code, message) = match other {
                Value::Text(_) => (Code::TextLength, format!("`{key}` lists an empty text")),
                _ => (Code::WrongType, format!("`{key}` lists texts, not {}", other.kind())),
            };
            let help = "write each in double quotes, or take it out";
            let place = fields.place(&node.span);
            fields.fault(Diagnostic::error(code, place, message).help(help));
            None
        }
    };
    fields.list(key).iter().filter_map(read).collect()
}
