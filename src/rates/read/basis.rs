//! What a figure rests on: sources and how far they can be relied on, or a choice of this project.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::context::Context;
use super::lists::all;
use super::place_of;
use crate::diag::{Code, Diagnostic, Place, nearest, quoted};
use crate::document::{Fields, Given, Node, Value};
use crate::model::{Basis, Confidence, Eur, OtherFigure, Source, decimal_from_text};
use crate::rates::texts::said_if_given;

/// The keys that say it.
pub(super) const BASIS_KEYS: [&str; 7] =
    ["policy", "cite", "confidence", "carried", "note", "other", "other_cite"];

/// Figures in EUR. Of a band, `other` is that of standard travel.
const AMOUNTS: [&str; 6] = ["standard", "monthly", "daily", "amount", "per_participant", "total"];
/// Other figures that are numbers.
const NUMBERS: [&str; 3] = ["percent", "max", "days"];

impl Context<'_> {
    pub fn basis(&self, fields: &Fields<'_, '_, '_>) -> Option<Basis> {
        let policy = said_if_given(fields, "policy", "say what was chosen and why");
        if policy.is_absent() {
            return self.sourced_basis(fields);
        }
        let [_, of_sources @ ..] = BASIS_KEYS;
        if of_sources.iter().any(|key| fields.entry(key).is_some()) {
            let message = "a figure has sources or is this project's own choice, not both";
            let help = "keep `policy` alone, or take it out";
            return self.no_basis(fields, message, help);
        }
        policy.value().map(|policy| Basis::Policy((*policy).to_owned()))
    }

    fn sourced_basis(&self, fields: &Fields<'_, '_, '_>) -> Option<Basis> {
        let confidence = fields.word::<Confidence>("confidence");
        let sources = self.sources(fields, "cite");
        let note =
            said_if_given(fields, "note", "write a text in the quotes, or leave the key out");
        if fields.entry("cite").is_none() || confidence.is_absent() {
            let help = "add `cite = [...]` and `confidence = \"...\"`";
            return self.no_basis(fields, "a figure needs its sources and a confidence", help);
        }
        if sources.as_ref().is_some_and(Vec::is_empty) {
            let help = "name at least one source of the table in `cite`";
            let place = place_of(fields, "cite");
            return self.no_basis_at(place, "a figure needs at least one source", help);
        }
        let other = self.other(fields, confidence.value().copied());
        let carried = self.carried(fields);
        let (sources, confidence) = (sources?, *confidence.value()?);
        if other.is_faulty() || note.is_faulty() {
            return None;
        }
        let note = note.value().map(|note| (*note).to_owned());
        let other = other.value().cloned();
        Some(Basis::Sourced { sources, confidence, carried: carried?, other, note })
    }

    /// Whether the figure is carried over from another call; `None` where that cannot be told.
    fn carried(&self, fields: &Fields<'_, '_, '_>) -> Option<bool> {
        let carried = fields.boolean("carried");
        if let Some(entry) = fields.entry("carried").filter(|_| self.provisional == Some(false)) {
            let message = "only a provisional table has figures that are carried over or not";
            let help = "leave the key out";
            let place = fields.place(&entry.key_span);
            fields.fault(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
            return None;
        }
        (!carried.is_faulty()).then(|| carried.or(self.provisional == Some(true)))
    }

    /// The figure that was not taken, and who states it: both or neither.
    fn other(
        &self,
        fields: &Fields<'_, '_, '_>,
        confidence: Option<Confidence>,
    ) -> Given<OtherFigure> {
        let value = other_value(fields);
        let sources = self.sources(fields, "other_cite");
        let nobody = sources.as_ref().is_some_and(Vec::is_empty);
        let lacking = if value.is_absent() && confidence == Some(Confidence::Contradicted) {
            let help = "add `other = ...` and who states it: `other_cite = [...]`";
            Some(("a contradicted figure names the other one", help))
        } else if value.is_absent() && fields.entry("other_cite").is_some() {
            let help = "add `other = ...`, or take `other_cite` out";
            Some(("`other_cite` says who states another figure, and there is none", help))
        } else if !value.is_absent() && nobody {
            Some(("the other figure needs a source too", "add who states it: `other_cite = [...]`"))
        } else {
            None
        };
        if let Some((message, help)) = lacking {
            self.no_basis(fields, message, help);
            return Given::Faulty;
        }
        if value.value().is_some_and(|other| figure_taken(fields) == Some(*other)) {
            let help = "write what the other source states; where it agrees, name it in `cite`";
            self.no_basis_at(
                place_of(fields, "other"),
                "`other` is the figure that was taken",
                help,
            );
            return Given::Faulty;
        }
        let Some(sources) = sources else { return Given::Faulty };
        value.map(|value| OtherFigure { value: value.normalize().to_string(), sources })
    }

    fn no_basis(&self, fields: &Fields<'_, '_, '_>, message: &str, help: &str) -> Option<Basis> {
        self.no_basis_at(fields.own_place(), message, help)
    }

    fn no_basis_at(&self, place: Place, message: &str, help: &str) -> Option<Basis> {
        self.findings.push(Diagnostic::error(Code::BasisMissing, place, message).help(help));
        None
    }

    /// The sources that a list of keys names; `None` where one cannot be told.
    fn sources(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Option<Vec<Arc<Source>>> {
        all(self.items(fields, key)?.iter().map(|node| self.source(key, node)))
    }

    fn source(&self, key: &str, node: &Node<'_>) -> Option<Arc<Source>> {
        let Value::Text(cited) = &node.value else {
            let message = format!("`{key}` lists the keys of sources, not {}", node.value.kind());
            let help = "for a table [source.guide] write \"guide\"";
            self.fault(Code::WrongType, node, message, help);
            return None;
        };
        let known = self.sources.as_ref()?;
        let source = known.get(cited.as_ref());
        if source.is_none() {
            let help = match nearest(cited, known.keys().map(String::as_str)) {
                Some(near) => format!("the nearest source is `{near}`"),
                None => format!("add a table [source.{cited}]"),
            };
            let message = format!("the table has no source {}", quoted(cited));
            self.fault(Code::UnknownSource, node, message, help);
        }
        source.cloned()
    }
}

/// The figure that was not taken: an amount where the one taken is an amount.
fn other_value(fields: &Fields<'_, '_, '_>) -> Given<Decimal> {
    match AMOUNTS.iter().chain(&["envelope"]).find(|key| fields.entry(key).is_some()) {
        // Of a list of envelopes it is their sum, stated or not.
        Some(&("total" | "envelope")) => {
            fields.money_up_to("other", Eur::LARGEST_TOTAL).map(Eur::short)
        }
        Some(_) => fields.money("other").map(Eur::short),
        None => fields.decimal("other", 0..=Eur::LARGEST_INPUT),
    }
}

/// The figure that `other` contradicts; what is wrong with it is said elsewhere.
fn figure_taken(fields: &Fields<'_, '_, '_>) -> Option<Decimal> {
    let entry = AMOUNTS.iter().chain(&NUMBERS).find_map(|key| fields.entry(key))?;
    match entry.node.value {
        Value::Number(text) => decimal_from_text(&text.replace('_', "")),
        _ => None,
    }
}
