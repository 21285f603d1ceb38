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
use crate::model::{Date, Status, TableIdentity, Word};
use crate::rates::{CountryNames, RateStore, TableFile, Yardsticks, lint, read_table};
use crate::report::json;

/// Validates and lints every table and says what was found.
pub(super) fn run(args: &RatesCheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let mut check = Check { today: args.today, ..Check::default() };
    if args.paths.is_empty() {
        check.store(&RateStore::Embedded)?;
    }
    for path in &args.paths {
        if path.is_dir() {
            check.store(&RateStore::Folder(path.clone()))?;
        } else {
            check.file(path)?;
        }
    }
    let exit = check.exit(&args.deny);
    match args.format {
        FindingsFormat::Json => output.result(&json::document(&check.record())?)?,
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
    /// Of rates that can be read.
    identity: Option<TableIdentity>,
    is_names: bool,
    errors: usize,
    warnings: usize,
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
            self.checked.push(Checked {
                file,
                identity: None,
                is_names: true,
                errors,
                warnings: 0,
            });
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
        let number = |severity| found.list.iter().filter(|f| f.severity == severity).count();
        self.checked.push(Checked {
            file: Arc::clone(file.file()),
            identity,
            is_names: false,
            errors: number(Severity::Error),
            warnings: number(Severity::Warning),
        });
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

    /// Format `ka171-rates-check`, version 1.
    fn record(&self) -> FindingsRecord<'_> {
        FindingsRecord::new("ka171-rates-check", &self.findings, self.omitted)
            .about(self.checked.iter().map(Checked::record).collect())
    }

    /// A line for each file, for people.
    fn list(&self) -> String {
        self.checked.iter().map(Checked::line).collect()
    }
}

impl Checked {
    fn record(&self) -> TableRecord<'_> {
        TableRecord {
            file: self.file.name(),
            kind: if self.is_names { "names" } else { "rates" },
            id: self.identity.as_ref().map(|rates| rates.id.as_str()),
            status: self.identity.as_ref().map(|rates| rates.status).map(Status::as_str),
            valid: self.errors == 0,
        }
    }

    fn line(&self) -> String {
        let what = self
            .identity
            .as_ref()
            .map_or("names".to_owned(), |rates| format!("{}, {}", rates.id, rates.status));
        let warnings = match self.warnings {
            0 => String::new(),
            warnings => format!(", {}", count(warnings as u64, "warning")),
        };
        format!("{}: {what}, valid{warnings}\n", self.file.path())
    }
}
