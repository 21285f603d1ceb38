//! What every section reader needs: the file, the findings, the sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::basis::BASIS_KEYS;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};
use crate::document::{Fields, Given, Node, Span};
use crate::model::{Basis, Citation, Eur, Figure, Percent, Source, Word};

pub(super) struct Context<'f> {
    pub file: &'f Arc<SourceFile>,
    pub findings: &'f Findings,
    /// `None` where they could not be read: nothing is then said about what cites them.
    pub sources: Option<BTreeMap<String, Arc<Source>>>,
    /// Whether the table says that it carries another call's figures over; `None` where its status
    /// cannot be told.
    pub provisional: Option<bool>,
}

/// A table whose figures rest on something.
pub(super) struct Sourced<'t, 'a, 'f> {
    pub fields: Fields<'t, 'a, 'f>,
    basis: Basis,
    /// Where the table begins.
    span: Span,
}

impl<'f> Context<'f> {
    /// A table without a basis of its own.
    pub fn table<'t, 'a>(
        &self,
        node: &'t Node<'a>,
        what: &'static str,
        keys: &[&'static str],
    ) -> Option<Fields<'t, 'a, 'f>> {
        Fields::of(node, what, keys, self.file, self.findings)
    }

    /// A table within another one, which must be there.
    pub fn section<'t, 'a>(
        &self,
        within: &Fields<'t, 'a, 'f>,
        key: &str,
        what: &'static str,
        keys: &[&'static str],
    ) -> Option<Fields<'t, 'a, 'f>> {
        self.table(within.required_node(key)?, what, keys)
    }

    /// A table with a basis.
    pub fn sourced<'t, 'a>(
        &self,
        node: &'t Node<'a>,
        what: &'static str,
        keys: &[&'static str],
    ) -> Option<Sourced<'t, 'a, 'f>> {
        let fields = self.table(node, what, &[keys, &BASIS_KEYS].concat())?;
        let basis = self.basis(&fields)?;
        Some(Sourced { fields, basis, span: node.span.clone() })
    }

    /// A table with a basis within another one, which must be there.
    pub fn sourced_section<'t, 'a>(
        &self,
        within: &Fields<'t, 'a, 'f>,
        key: &str,
        what: &'static str,
        keys: &[&'static str],
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
        Some(table.figure("rule", figure.to_owned(), rule, rule.as_str().to_owned(), ""))
    }

    pub fn place(&self, node: &Node<'_>) -> Place {
        Place { file: Arc::clone(self.file), span: node.span.clone() }
    }

    pub fn fault(&self, code: Code, node: &Node<'_>, message: String, help: impl Into<String>) {
        let place = self.place(node);
        self.findings.push(Diagnostic::error(code, place, message).help(help));
    }

    /// Reports a country that stands where it does not belong.
    pub fn misplaced(&self, place: &Place, message: String, help: impl Into<String>) {
        let finding = Diagnostic::error(Code::CountryMisplaced, place.clone(), message);
        self.findings.push(finding.help(help));
    }

    /// Reports that something stands twice.
    pub fn doubled(&self, place: Place, first: Place, what: &str) {
        let message = format!("{what} stands here a second time");
        let finding = Diagnostic::error(Code::CoverageDoubled, place, message);
        let help = "keep one of the two, or correct what one of them is for";
        self.findings.push(finding.related(first, "first here").help(help));
    }

    /// Reports that something is not there. `header` is that of the table that would say it.
    pub fn lacking(&self, place: Place, what: &str, header: &str) {
        let message = format!("the table has nothing for {what}");
        let help = format!("add a table {header} for it");
        self.findings.push(Diagnostic::error(Code::CoverageMissing, place, message).help(help));
    }
}

impl Sourced<'_, '_, '_> {
    /// What the value of a key rests on. `unit` follows the other figure.
    pub fn citation(&self, key: &str, figure: String, value: String, unit: &str) -> Arc<Citation> {
        let mut basis = self.basis.clone();
        if let Basis::Sourced { other: Some(other), .. } = &mut basis {
            other.value.push_str(unit);
        }
        let span = self.value_span(key);
        let basis_span = match basis {
            Basis::Sourced { .. } => self.value_span("confidence"),
            Basis::Policy(_) => self.value_span("policy"),
        };
        Arc::new(Citation { figure, value, basis, span, basis_span })
    }

    /// Where the value of a key stands; where the table begins if it has no such key.
    pub fn value_span(&self, key: &str) -> Span {
        self.fields.entry(key).map_or(&self.span, |entry| &entry.node.span).clone()
    }

    /// The value of a key with what it rests on.
    pub fn figure<T>(
        &self,
        key: &str,
        figure: String,
        value: T,
        text: String,
        unit: &str,
    ) -> Figure<T> {
        Figure { value, citation: self.citation(key, figure, text, unit) }
    }

    /// An amount in EUR.
    pub fn eur(&self, key: &str, figure: String) -> Option<Figure<Eur>> {
        let amount = *self.fields.required(key, self.fields.money(key)).value()?;
        Some(self.figure(key, figure, amount, format!("{} EUR", amount.short()), " EUR"))
    }

    /// A percentage.
    pub fn percent(&self, key: &str, figure: &str) -> Option<Figure<Percent>> {
        let percent = percent(&self.fields, key)?;
        Some(self.figure(key, figure.to_owned(), percent, percent.to_string(), " %"))
    }

    /// A number of days, at least 1.
    pub fn days(&self, key: &str, figure: String) -> Option<Figure<u32>> {
        let days = whole(&self.fields, key, 1, 1_000)?;
        Some(self.figure(key, figure, days, format!("{days} days"), " days"))
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

/// A required text, of which the reader itself says what it may be.
pub(super) fn text<'t>(fields: &Fields<'t, '_, '_>, key: &str) -> Option<&'t str> {
    let given: Given<&'t str> = fields.text(key);
    fields.required(key, given).value().copied()
}
