//! `ka171 rates check`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::Exit;
use crate::cli::args::FindingsFormat;
use crate::cli::args::rates::{DenyFindings, RatesCheckArgs};
use crate::cli::findings::{FindingsRecord, TableRecord};
use crate::cli::output::Output;
use crate::diag::{Diagnostic, Errors, Severity, SourceFile, count};
use crate::error::Refusal;
use crate::model::{Date, EnvelopeListIdentity, TableIdentity, Word};
use crate::rates::{
    CountryNames, EnvelopeFile, RateStore, TableFile, Yardsticks, lint, read_envelopes, read_table,
};
use crate::report::json;

/// Validates and lints every table and says what was found.
pub(super) fn run(args: &RatesCheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let mut check = Check { today: args.today, ..Check::default() };
    if args.paths.is_empty() {
        check.store(&RateStore::Embedded)?;
    }
    for path in &args.paths {
        if path.is_dir() && EnvelopeFile::is_folder(path) {
            check.envelopes(&EnvelopeFile::in_folder(path)?, &RateStore::Embedded)?;
        } else if path.is_dir() {
            check.store(&RateStore::Folder(path.clone()))?;
        } else if EnvelopeFile::is_published(path) {
            check.envelopes(&[EnvelopeFile::published(path)?], &RateStore::Embedded)?;
        } else {
            check.file(path)?;
        }
    }
    let exit = check.exit(&args.deny);
    match args.format {
        FindingsFormat::Json => {
            output.result(&json::record("ka171-rates-check", &check.record())?)?
        }
        FindingsFormat::Text => {
            output.findings_in_files(&check.findings, check.omitted);
            if exit != Exit::Input {
                output.result(&check.list())?;
            }
        }
    }
    Ok(exit)
}

/// What was found so far.
#[derive(Default)]
struct Check {
    today: Option<Date>,
    checked: Vec<Checked>,
    findings: Vec<Diagnostic>,
    omitted: usize,
    /// The names of the program and of each folder; `None` where they have errors, which are then among the findings.
    names: BTreeMap<Option<PathBuf>, Option<CountryNames>>,
}

/// A file that was looked at.
struct Checked {
    file: Arc<SourceFile>,
    holds: Holds,
    errors: usize,
    warnings: usize,
}

/// What a file holds; what it calls itself, where it can be read.
enum Holds {
    Rates(Option<TableIdentity>),
    Names,
    Envelopes(Option<EnvelopeListIdentity>),
}

impl Check {
    /// Every table of a store, each with the store's names.
    fn store(&mut self, store: &RateStore) -> Result<(), Refusal> {
        let names = self.names(store)?;
        for call in store.calls()? {
            if let Some(table) = store.table(call)? {
                self.table(&table, names.as_ref());
            }
        }
        self.envelopes(&store.own_envelopes()?, store)
    }

    /// Published lists of envelopes, with the names of a store.
    fn envelopes(&mut self, lists: &[EnvelopeFile], store: &RateStore) -> Result<(), Refusal> {
        let Some(names) = self.names(store)? else { return Ok(()) };
        for file in lists {
            let (identity, found) = match read_envelopes(file, &names) {
                Ok(list) => (Some(list.identity), Errors { list: Vec::new(), omitted: 0 }),
                Err(errors) => (None, errors),
            };
            self.checked(file.file(), Holds::Envelopes(identity), found);
        }
        Ok(())
    }

    /// One file, with the names of its folder.
    fn file(&mut self, path: &Path) -> Result<(), Refusal> {
        let file = TableFile::read(path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let names = self.names(&RateStore::Folder(folder.to_owned()))?;
        if file.is_country_names() {
            let errors = usize::from(names.is_none());
            let file = Arc::clone(file.file());
            self.checked.push(Checked { file, holds: Holds::Names, errors, warnings: 0 });
        } else {
            self.table(&file, names.as_ref());
        }
        Ok(())
    }

    /// The names that go with a store's tables; their errors are reported once.
    fn names(&mut self, store: &RateStore) -> Result<Option<CountryNames>, Refusal> {
        let folder = match store {
            RateStore::Embedded => None,
            RateStore::Folder(folder) => Some(folder.clone()),
        };
        if let Some(names) = self.names.get(&folder) {
            return Ok(names.clone());
        }
        let names = CountryNames::read(&store.country_names_file()?);
        let names = names.map_err(|errors| self.add(errors)).ok();
        self.names.insert(folder, names.clone());
        Ok(names)
    }

    fn table(&mut self, file: &TableFile, names: Option<&CountryNames>) {
        let (identity, found) = match read_table(file) {
            Err(errors) => (None, errors),
            Ok(table) => {
                let shipped = RateStore::Embedded.table(table.call).ok().flatten();
                let shipped = shipped.and_then(|shipped| read_table(&shipped).ok());
                let shipped = shipped.as_ref();
                let list = lint(&table, Yardsticks { names, shipped, today: self.today });
                (Some(table.identity), Errors { list, omitted: 0 })
            }
        };
        self.checked(file.file(), Holds::Rates(identity), found);
    }

    fn checked(&mut self, file: &Arc<SourceFile>, holds: Holds, found: Errors) {
        let number = |severity| found.list.iter().filter(|f| f.severity == severity).count();
        let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
        self.checked.push(Checked { file: Arc::clone(file), holds, errors, warnings });
        self.add(found);
    }

    fn add(&mut self, found: Errors) {
        self.findings.extend(found.list);
        self.omitted += found.omitted;
    }

    fn exit(&self, deny: &[DenyFindings]) -> Exit {
        let has = |severity| self.findings.iter().any(|finding| finding.severity == severity);
        if has(Severity::Error) {
            Exit::Input
        } else if deny.contains(&DenyFindings::Warnings) && has(Severity::Warning) {
            Exit::Guardrail
        } else {
            Exit::Done
        }
    }

    /// For scripts.
    fn record(&self) -> FindingsRecord<'_> {
        FindingsRecord::new(&self.findings, self.omitted)
            .about(self.checked.iter().map(Checked::record).collect())
    }

    /// A line for each file, for people.
    fn list(&self) -> String {
        self.checked.iter().map(Checked::line).collect()
    }
}

impl Checked {
    fn record(&self) -> TableRecord<'_> {
        let (kind, id, status) = match &self.holds {
            Holds::Rates(rates) => {
                let rates = rates.as_ref();
                let status = rates.map(|rates| rates.status.as_str());
                ("rates", rates.map(|rates| rates.id.clone()), status)
            }
            Holds::Names => ("names", None, None),
            Holds::Envelopes(list) => {
                ("envelopes", list.as_ref().map(|list| list.name.to_string()), None)
            }
        };
        TableRecord { file: self.file.name(), kind, id, status, valid: self.errors == 0 }
    }

    /// Of a file without errors.
    fn line(&self) -> String {
        let what = match &self.holds {
            Holds::Rates(Some(rates)) => format!("{}, {}", rates.id, rates.status),
            Holds::Envelopes(Some(list)) => format!("{}, {}", list.name, list.kind),
            Holds::Rates(None) | Holds::Names | Holds::Envelopes(None) => "names".to_owned(),
        };
        let warnings = match self.warnings {
            0 => String::new(),
            warnings => format!(", {}", count(warnings as u64, "warning")),
        };
        format!("{}: {what}, valid{warnings}\n", self.file.path())
    }
}
