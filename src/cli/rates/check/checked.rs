//! A file that was looked at, for people and for scripts.

use crate::cli::findings::TableRecord;
use crate::diag::count;
use crate::model::{EnvelopeListIdentity, TableIdentity, Word};

pub(super) struct Checked {
    /// As the user gave it.
    pub path: String,
    pub holds: Holds,
    pub errors: usize,
    pub warnings: usize,
}

/// What a file holds; what it calls itself, where it can be read.
pub(super) enum Holds {
    Rates(Option<TableIdentity>),
    Names,
    Envelopes(Option<EnvelopeListIdentity>),
}

impl Checked {
    pub fn record(&self) -> TableRecord<'_> {
        let (kind, id, status) = match &self.holds {
            Holds::Rates(rates) => {
                let rates = rates.as_ref();
                let status = rates.map(|rates| rates.status.as_str());
                ("rates", rates.map(|rates| rates.id.clone()), status)
            }
            Holds::Names => ("names", None, None),
            Holds::Envelopes(list) => {
                let id = list.as_ref().and_then(|list| list.name.id());
                ("envelopes", id.map(|id| id.to_string()), None)
            }
        };
        TableRecord { file: &self.path, kind, id, status, valid: self.errors == 0 }
    }

    /// Of a file without errors.
    pub fn line(&self) -> String {
        let what = match &self.holds {
            Holds::Rates(Some(rates)) => format!("{}, {}", rates.id, rates.status),
            Holds::Envelopes(Some(list)) => match list.name.id() {
                Some(id) => format!("{id}, {}", list.kind),
                None => format!("envelopes, {}", list.kind),
            },
            Holds::Rates(None) | Holds::Names | Holds::Envelopes(None) => "names".to_owned(),
        };
        let warnings = match self.warnings {
            0 => String::new(),
            warnings => format!(", {}", count(warnings as u64, "warning")),
        };
        format!("{}: {what}, valid{warnings}\n", self.path)
    }
}
