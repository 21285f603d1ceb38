//! What every section reader needs: the file, the findings, the sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, nearest, one_of, quoted};
use crate::document::{Fields, Given, Node, Value};
use crate::model::{
    Basis, Citation, Confidence, CountryCode, Eur, Figure, OtherFigure, Percent, Source, Word,
};

/// The keys that say what a figure rests on.
const BASIS_KEYS: [&str; 6] = ["cite", "confidence", "note", "other", "other_cite", "policy"];

pub(super) struct Context<'f> {
    pub file: &'f Arc<SourceFile>,
    pub findings: &'f Findings,
    pub sources: BTreeMap<String, Arc<Source>>,
}

/// A table whose figures rest on something.
pub(super) struct Sourced<'t, 'a, 'f> {
    pub fields: Fields<'t, 'a, 'f>,
    basis: Basis,
}

impl<'f> Context<'f> {
    /// A table without a basis of its own.
    pub fn table<'t, 'a>(
        &self,
        node: &'t Node<'a>,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Fields<'t, 'a, 'f>> {
        Fields::of(node, what, keys, self.file, self.findings)
    }

    /// A table within another one, which must be there.
    pub fn section<'t, 'a>(
        &self,
        within: &Fields<'t, 'a, 'f>,
        key: &str,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Fields<'t, 'a, 'f>> {
        self.table(within.required_node(key)?, what, keys)
    }

    /// A table with a basis.
    pub fn sourced<'t, 'a>(
        &self,
        node: &'t Node<'a>,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Sourced<'t, 'a, 'f>> {
        let fields = self.table(node, what, &[keys, &BASIS_KEYS].concat())?;
        let basis = self.basis(&fields)?;
        Some(Sourced { fields, basis })
    }

    /// A table with a basis within another one, which must be there.
    pub fn sourced_section<'t, 'a>(
        &self,
        within: &Fields<'t, 'a, 'f>,
        key: &str,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Sourced<'t, 'a, 'f>> {
        self.sourced(within.required_node(key)?, what, keys)
    }

    /// A table with nothing but a `rule` and its basis.
    pub fn rule<W: Word>(
        &self,
        within: &Fields<'_, '_, 'f>,
        key: &str,
        figure: &'static str,
    ) -> Option<Figure<W>> {
        let table = self.sourced_section(within, key, figure, &["rule"])?;
        let rule = *table.fields.required("rule", table.fields.word::<W>("rule")).value()?;
        Some(table.figure(figure.to_owned(), rule, rule.as_str().to_owned(), ""))
    }

    fn basis(&self, fields: &Fields<'_, '_, '_>) -> Option<Basis> {
        let policy = fields.text("policy");
        let cite = fields.entry("cite");
        let confidence = fields.word::<Confidence>("confidence");
        if let Some(policy) = policy.value() {
            if cite.is_some() || !confidence.is_absent() {
                return self.no_basis(
                    fields,
                    "a figure has sources or is this project's own choice, not both",
                    "keep `cite` and `confidence`, or `policy`",
                );
            }
            return Some(Basis::Policy((*policy).to_owned()));
        }
        let sources = self.sources(fields, "cite");
        let note = fields.text("note");
        let other = fields.decimal("other", 0..=1_000_000_000);
        let other_sources = self.sources(fields, "other_cite");
        if cite.is_none() || confidence.is_absent() {
            let help = "add `cite = [...]` and `confidence = \"...\"`";
            return self.no_basis(fields, "a figure needs its sources and a confidence", help);
        }
        let (sources, confidence) = (sources?, *confidence.value()?);
        if sources.is_empty() {
            let help = "name at least one source of the table in `cite`";
            return self.no_basis(fields, "a figure needs at least one source", help);
        }
        if confidence == Confidence::Contradicted && other.is_absent() {
            let help = "add `other = ...` and who states it: `other_cite = [...]`";
            return self.no_basis(fields, "a contradicted figure names the other one", help);
        }
        let other_sources = other_sources.unwrap_or_default();
        let other = other.value().map(|value| OtherFigure {
            value: value.normalize().to_string(),
            sources: other_sources,
        });
        let note = note.value().map(|note| (*note).to_owned());
        Some(Basis::Sourced { sources, confidence, other, note })
    }

    fn no_basis(&self, fields: &Fields<'_, '_, '_>, message: &str, help: &str) -> Option<Basis> {
        let place = fields.own_place();
        self.findings.push(Diagnostic::error(Code::BasisMissing, place, message).help(help));
        None
    }

    /// The sources that a list of keys names.
    fn sources(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Option<Vec<Arc<Source>>> {
        let nodes = fields.list(key);
        let found: Vec<_> = nodes.iter().filter_map(|node| self.source(key, node)).collect();
        (found.len() == nodes.len()).then_some(found)
    }

    fn source(&self, key: &str, node: &Node<'_>) -> Option<Arc<Source>> {
        let Value::Text(cited) = &node.value else {
            let message = format!("`{key}` lists the keys of sources, not {}", node.value.kind());
            self.fault(Code::WrongType, node, message, None);
            return None;
        };
        let source = self.sources.get(cited.as_ref());
        if source.is_none() {
            let near = nearest(cited, self.sources.keys().map(String::as_str));
            let help = match near {
                Some(near) => format!("the nearest source is `{near}`"),
                None => format!("add a table [source.{cited}]"),
            };
            let message = format!("the table has no source {}", quoted(cited));
            self.fault(Code::UnknownSource, node, message, Some(help));
        }
        source.cloned()
    }

    /// A list of country codes.
    pub fn countries(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Vec<(CountryCode, Place)> {
        let read = |node: &Node<'_>| {
            let code = match &node.value {
                Value::Text(text) => CountryCode::from_text(text),
                _ => None,
            };
            if code.is_none() {
                let message = format!("`{key}` lists country codes of two capital letters");
                self.fault(Code::UnknownCountry, node, message, None);
            }
            code.map(|code| (code, self.place(node)))
        };
        fields.list(key).iter().filter_map(read).collect()
    }

    /// A list of words.
    pub fn words<W: Word>(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Vec<W> {
        let read = |node: &Node<'_>| {
            let word = match &node.value {
                Value::Text(text) => W::from_word(text),
                _ => None,
            };
            if word.is_none() {
                let known = one_of(W::ALL.iter().map(|word| word.as_str()));
                let message = format!("this is no {}", W::WHAT);
                self.fault(Code::UnknownWord, node, message, Some(format!("known: {known}")));
            }
            word
        };
        fields.list(key).iter().filter_map(read).collect()
    }

    /// A list of whole numbers; what is none is reported.
    pub fn numbers(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Vec<u32> {
        let read = |node: &Node<'_>| {
            let number = match &node.value {
                Value::Number(text) => text.parse().ok(),
                _ => None,
            };
            if number.is_none() {
                let message = format!("`{key}` lists whole numbers");
                self.fault(Code::WrongType, node, message, None);
            }
            number
        };
        fields.list(key).iter().filter_map(read).collect()
    }

    pub fn place(&self, node: &Node<'_>) -> Place {
        Place { file: Arc::clone(self.file), span: node.span.clone() }
    }

    pub fn fault(&self, code: Code, node: &Node<'_>, message: String, help: Option<String>) {
        let place = self.place(node);
        self.findings.push(Diagnostic::error(code, place, message).help_if(help));
    }

    /// Reports that something stands twice.
    pub fn doubled(&self, place: Place, what: &str) {
        let message = format!("{what} stands here a second time");
        self.findings.push(Diagnostic::error(Code::CoverageDoubled, place, message));
    }

    /// Reports that something is not there.
    pub fn lacking(&self, place: Place, what: &str) {
        let message = format!("the table has nothing for {what}");
        self.findings.push(Diagnostic::error(Code::CoverageMissing, place, message));
    }
}

impl Sourced<'_, '_, '_> {
    /// What a value of this table rests on. `unit` follows the other figure.
    pub fn citation(&self, figure: String, value: String, unit: &str) -> Arc<Citation> {
        let mut basis = self.basis.clone();
        if let Basis::Sourced { other: Some(other), .. } = &mut basis {
            other.value.push_str(unit);
        }
        Arc::new(Citation { figure, value, basis })
    }

    /// A value of this table with what it rests on.
    pub fn figure<T>(&self, figure: String, value: T, text: String, unit: &str) -> Figure<T> {
        Figure { value, citation: self.citation(figure, text, unit) }
    }

    /// An amount in EUR.
    pub fn eur(&self, key: &str, figure: String) -> Option<Figure<Eur>> {
        let amount = *self.fields.required(key, self.fields.money(key)).value()?;
        Some(self.figure(figure, amount, format!("{} EUR", amount.short()), " EUR"))
    }

    /// A percentage.
    pub fn percent(&self, key: &str, figure: &str) -> Option<Figure<Percent>> {
        let percent = percent(&self.fields, key)?;
        Some(self.figure(figure.to_owned(), percent, percent.to_string(), " %"))
    }

    /// A number of days, at least 1.
    pub fn days(&self, key: &str, figure: String) -> Option<Figure<u32>> {
        let days = whole(&self.fields, key, 1, 1_000)?;
        Some(self.figure(figure, days, format!("{days} days"), " days"))
    }
}

/// A required whole number.
pub(super) fn whole(fields: &Fields<'_, '_, '_>, key: &str, low: u32, high: u32) -> Option<u32> {
    fields.required(key, fields.whole(key, low..=high)).value().copied()
}

/// A required percentage.
pub(super) fn percent(fields: &Fields<'_, '_, '_>, key: &str) -> Option<Percent> {
    whole(fields, key, 0, 100).and_then(Percent::new)
}

/// A required text.
pub(super) fn text<'t>(fields: &Fields<'t, '_, '_>, key: &str) -> Option<&'t str> {
    let given: Given<&'t str> = fields.text(key);
    fields.required(key, given).value().copied()
}
