//! `ka171 rates check`

mod checked;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use checked::{Checked, Holds};

use crate::cli::Exit;
use crate::cli::args::FindingsFormat;
use crate::cli::args::rates::{DenyFindings, RatesCheckArgs};
use crate::cli::findings::FindingsRecord;
use crate::cli::output::Output;
use crate::diag::{Diagnostic, Errors, Severity};
use crate::error::{Error, Refusal};
use crate::model::Date;
use crate::rates::{
    CountryNames, EnvelopeFile, FolderContents, RateStore, RateTable, TableFile, Yardsticks, lint,
    lint_envelopes, read_envelopes, read_table,
};
use crate::report::json;

/// Validates and lints every table and says what was found.
pub(super) fn run(args: &RatesCheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let mut check = Check { today: args.today, ..Check::default() };
    if args.paths.is_empty() {
        check.embedded()?;
    }
    for path in &args.paths {
        if path.is_dir() {
            check.folder(path)?;
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
                output.result(&check.list_of_files())?;
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
    /// The names of the program and of each folder; `None` where they have errors, which are then
    /// among the findings.
    names: BTreeMap<Option<PathBuf>, Option<CountryNames>>,
}

impl Check {
    /// Everything that is part of the program.
    fn embedded(&mut self) -> Result<(), Refusal> {
        let store = RateStore::Embedded;
        for call in store.calls()? {
            if let Some(table) = store.table(call)? {
                let path = table.file().path().to_owned();
                self.table(path, Ok(table), &store)?;
            }
        }
        self.names_file(&store)?;
        for list in store.own_envelopes()? {
            self.list(list.file().path().to_owned(), Ok(list), &store)?;
        }
        Ok(())
    }

    /// A folder of tables, with its names and lists; or one of lists, which go with the program's tables.
    fn folder(&mut self, folder: &Path) -> Result<(), Refusal> {
        let is_of_lists = EnvelopeFile::is_folder(folder);
        let (contents, store) = match is_of_lists {
            true => (FolderContents::of_lists(folder)?, RateStore::Embedded),
            false => (FolderContents::of(folder)?, RateStore::Folder(folder.to_owned())),
        };
        if !is_of_lists && contents.tables.is_empty() && contents.lists.is_empty() {
            return Err(Error::NoRateTable(folder.to_owned()).into());
        }
        for path in &contents.tables {
            self.table(shown(path), TableFile::read(path), &store)?;
        }
        if contents.has_names {
            self.names_file(&store)?;
        }
        for path in &contents.lists {
            self.list(shown(path), EnvelopeFile::published(path), &store)?;
        }
        self.findings.extend(contents.unused());
        Ok(())
    }

    /// One file, with the names of its folder. A list goes with the program's tables.
    fn file(&mut self, path: &Path) -> Result<(), Refusal> {
        let is_csv = path.extension().and_then(OsStr::to_str);
        if is_csv.is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            return self.list(shown(path), EnvelopeFile::read(path), &RateStore::Embedded);
        }
        if EnvelopeFile::is_published(path) {
            return self.list(shown(path), EnvelopeFile::published(path), &RateStore::Embedded);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let store = RateStore::Folder(folder.to_owned());
        match TableFile::read(path) {
            Err(Refusal::Machine(machine)) => Err(machine.into()),
            _ if path == store.country_names_path() => self.names_file(&store),
            Ok(file) if EnvelopeFile::is_list(&file) => {
                let list = EnvelopeFile::given(path, file);
                self.list(shown(path), Ok(list), &RateStore::Embedded)
            }
            read => self.table(shown(path), read, &store),
        }
    }

    fn table(
        &mut self,
        path: String,
        read: Result<TableFile, Refusal>,
        store: &RateStore,
    ) -> Result<(), Refusal> {
        let names = self.names(store)?;
        let (identity, found) = match faults(read)?.and_then(|file| read_table(&file)) {
            Err(errors) => (None, errors),
            Ok(table) => {
                let shipped = table_of(table.call, &RateStore::Embedded);
                let (names, shipped) = (names.as_ref(), shipped.as_ref());
                let list = lint(&table, Yardsticks { names, shipped, today: self.today });
                (Some(table.identity), Errors { list, omitted: 0 })
            }
        };
        self.checked(path, Holds::Rates(identity), found);
        Ok(())
    }

    /// A list of envelopes. Where the store's names have errors, it is read with the program's.
    fn list(
        &mut self,
        path: String,
        read: Result<EnvelopeFile, Refusal>,
        store: &RateStore,
    ) -> Result<(), Refusal> {
        let names = match self.names(store)? {
            Some(names) => names,
            None => RateStore::Embedded.country_names()?,
        };
        let (identity, found) = match faults(read)?.and_then(|file| read_envelopes(&file, &names)) {
            Err(errors) => (None, errors),
            Ok(envelopes) => {
                let table = envelopes.identity.call.and_then(|call| table_of(call, store));
                let list = lint_envelopes(&envelopes, table.as_ref(), self.today);
                (Some(envelopes.identity), Errors { list, omitted: 0 })
            }
        };
        self.checked(path, Holds::Envelopes(identity), found);
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
        let read = faults(store.country_names_file())?.and_then(|file| CountryNames::read(&file));
        let names = match read {
            Ok(names) => Some(names),
            Err(errors) => {
                self.checked(shown(&store.country_names_path()), Holds::Names, errors);
                None
            }
        };
        self.names.insert(folder, names.clone());
        Ok(names)
    }

    /// The names as a file of their own; where they have errors, it is among the files already.
    fn names_file(&mut self, store: &RateStore) -> Result<(), Refusal> {
        if self.names(store)?.is_some() {
            let nothing = Errors { list: Vec::new(), omitted: 0 };
            self.checked(shown(&store.country_names_path()), Holds::Names, nothing);
        }
        Ok(())
    }

    fn checked(&mut self, path: String, holds: Holds, found: Errors) {
        let number = |severity| found.list.iter().filter(|f| f.severity == severity).count();
        let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
        self.checked.push(Checked { path, holds, errors, warnings });
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
        let files = self.checked.iter().map(Checked::record).collect();
        FindingsRecord::of_files(files, &self.findings, self.omitted)
    }

    /// A line for each file, for people.
    fn list_of_files(&self) -> String {
        self.checked.iter().map(Checked::line).collect()
    }
}

/// What was read, or what is wrong with it: a fault of one file is a finding, one of the machine ends
/// the run.
fn faults<T>(read: Result<T, Refusal>) -> Result<Result<T, Errors>, Refusal> {
    match read {
        Ok(read) => Ok(Ok(read)),
        Err(Refusal::Faults(errors)) => Ok(Err(errors)),
        Err(machine) => Err(machine),
    }
}

/// The table of a call, where the store has one without errors.
fn table_of(call: u16, store: &RateStore) -> Option<RateTable> {
    let file = store.table(call).ok().flatten()?;
    read_table(&file).ok()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
