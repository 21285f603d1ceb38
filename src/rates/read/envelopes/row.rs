//! One envelope as a plan or a list writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile};
use crate::document::{Fields, Given, Located, Node, Span};
use crate::model::{EnvelopeKind, Eur, Region};

const KEYS: [&str; 5] = ["region", "amount", "kind", "country", "call"];

/// An envelope: typed and bounded, with the place of every value, not yet understood.
pub(crate) struct EnvelopeRow {
    pub span: Span,
    pub region: Given<Region>,
    pub amount: Given<Eur>,
    pub owner: EnvelopeOwner,
}

/// Whose money an envelope is.
#[derive(Default)]
pub(crate) struct EnvelopeOwner {
    pub kind: Given<EnvelopeKind>,
    pub country: Given<String>,
    pub call: Given<u32>,
}

impl EnvelopeRow {
    /// Reads an envelope; `None` where it is none at all.
    pub fn read(node: &Node<'_>, file: &Arc<SourceFile>, findings: &Findings) -> Option<Self> {
        let fields = Fields::of(node, "an envelope", &KEYS, file, findings)?;
        Some(Self {
            span: node.span.clone(),
            region: fields.required("region", region(&fields)),
            amount: fields.required("amount", fields.money("amount")),
            owner: EnvelopeOwner::read(&fields),
        })
    }

    /// The envelopes of which region and amount could be read, by region. Two of one region are a
    /// fault.
    pub fn by_region<'r>(
        rows: &'r [Self],
        file: &Arc<SourceFile>,
        findings: &Findings,
    ) -> BTreeMap<Region, (&'r Self, Eur)> {
        let mut by_region: BTreeMap<Region, (&Self, Eur)> = BTreeMap::new();
        for row in rows {
            let (Some(region), Some(amount)) = (row.region.located(), row.amount.value()) else {
                continue;
            };
            let Some((first, _)) = by_region.get(&region.value) else {
                by_region.insert(region.value, (row, *amount));
                continue;
            };
            let message = format!("{} has two envelopes", region.value);
            let place = |span: &Span| Place { file: Arc::clone(file), span: span.clone() };
            let first = first.region.located().map_or(&first.span, |first| &first.span);
            findings.push(
                Diagnostic::error(Code::DuplicateEnvelope, place(&region.span), message)
                    .related(place(first), "first here")
                    .help("a region's budget is compared with one envelope: keep one of the two"),
            );
        }
        by_region
    }
}

impl EnvelopeOwner {
    /// Reads whose money it is, of one envelope or of a whole list.
    pub fn read(fields: &Fields<'_, '_, '_>) -> Self {
        Self {
            kind: fields.word("kind"),
            country: fields.text("country").map(str::to_owned),
            call: fields.whole("call", 2000..=2999),
        }
    }

    /// Only a national envelope has a country and a call of its own.
    pub fn check(&self, file: &Arc<SourceFile>, findings: &Findings) {
        if self.kind.is_faulty() || self.kind.or(EnvelopeKind::Award) == EnvelopeKind::National {
            return;
        }
        let country = self.country.located().map(|country| &country.span);
        let call = self.call.located().map(|call| &call.span);
        for span in [country, call].into_iter().flatten() {
            let message = "an award belongs to this project: it has no country or call of its own";
            let help =
                "add `kind = \"national\"` where this is what the National Agency has for everyone";
            let place = Place { file: Arc::clone(file), span: span.clone() };
            findings.push(Diagnostic::error(Code::KeyDoesNotApply, place, message).help(help));
        }
    }
}

fn region(fields: &Fields<'_, '_, '_>) -> Given<Region> {
    match fields.whole("region", 1..=u32::from(Region::LAST_FUNDABLE)) {
        Given::Absent => Given::Absent,
        Given::Faulty => Given::Faulty,
        Given::Value(Located { value, span }) => match Region::new(value) {
            Some(value) => Given::Value(Located { value, span }),
            None => Given::Faulty,
        },
    }
}
