//! A list is of one kind, one country and one call.

use std::sync::Arc;

use super::row::{EnvelopeOwner, EnvelopeRow};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, quoted};
use crate::document::{Given, Located, Span};
use crate::model::{EnvelopeKind, Word};

/// Whose money a whole list is. What the list says at its top counts for every row that says nothing.
pub(super) fn owner(
    top: &EnvelopeOwner,
    rows: &[EnvelopeRow],
    file: &Arc<SourceFile>,
    findings: &Findings,
) -> EnvelopeOwner {
    let kinds = rows.iter().map(|row| (&row.span, &row.owner.kind));
    let countries = rows.iter().map(|row| (&row.span, &row.owner.country));
    let calls = rows.iter().map(|row| (&row.span, &row.owner.call));
    let agreement = |what, otherwise| Agreement { what, otherwise, file, findings };
    EnvelopeOwner {
        kind: agreement("kind", quoted(EnvelopeKind::Award.as_str())).of(&top.kind, kinds),
        country: agreement("country", "none".to_owned()).of(&top.country, countries),
        call: agreement("call", "none".to_owned()).of(&top.call, calls),
    }
}

/// What all rows must agree on.
struct Agreement<'f> {
    what: &'static str,
    /// What a row that says nothing says.
    otherwise: String,
    file: &'f Arc<SourceFile>,
    findings: &'f Findings,
}

impl Agreement<'_> {
    /// What they agree on; reports the first that does not.
    fn of<'r, T: Clone + ToString + 'r>(
        &self,
        top: &'r Given<T>,
        rows: impl Iterator<Item = (&'r Span, &'r Given<T>)>,
    ) -> Given<T> {
        let mut first: Option<(&Span, Option<&Located<T>>)> =
            top.located().map(|top| (&top.span, Some(top)));
        for (span, given) in rows {
            if top.is_faulty() || given.is_faulty() {
                return Given::Faulty;
            }
            let said = given.located().or(top.located());
            let Some((first_span, agreed)) = &first else {
                first = Some((said.map_or(span, |said| &said.span), said));
                continue;
            };
            if self.word(said) != self.word(*agreed) {
                self.fault((said.map_or(span, |said| &said.span), said), (*first_span, *agreed));
                return Given::Faulty;
            }
        }
        match first {
            Some((_, Some(agreed))) => Given::Value(agreed.clone()),
            _ if top.is_faulty() => Given::Faulty,
            _ => Given::Absent,
        }
    }

    fn word<T: ToString>(&self, said: Option<&Located<T>>) -> String {
        said.map_or_else(|| self.otherwise.clone(), |said| quoted(&said.value.to_string()))
    }

    fn fault<T: ToString>(
        &self,
        other: (&Span, Option<&Located<T>>),
        first: (&Span, Option<&Located<T>>),
    ) {
        let what = self.what;
        let [here, before] = [other.1, first.1].map(|said| self.word(said));
        let message = format!("a list of envelopes has one {what}: {here} here, {before} before");
        let mut help = format!("write the same `{what}` for all of them, or make two lists");
        if what == "kind" {
            help.push_str("; an envelope that says no kind is an award");
        }
        let place = |span: &Span| Place { file: Arc::clone(self.file), span: span.clone() };
        self.findings.push(
            Diagnostic::error(Code::EnvelopesDisagree, place(other.0), message)
                .related(place(first.0), "before")
                .help(help),
        );
    }
}
