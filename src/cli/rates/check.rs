//! `ka171 rates check`

use crate::cli::Exit;
use crate::cli::args::rates::RatesCheckArgs;
use crate::cli::output::Output;
use crate::diag::Errors;
use crate::error::Refusal;
use crate::rates::{CountryNames, RateStore, TableFile, read_table};

/// Validates every table and says what is wrong with each.
pub(super) fn run(args: &RatesCheckArgs, output: &Output) -> Result<Exit, Refusal> {
    let mut check = Check { output, valid: String::new(), exit: Exit::Done };
    if args.paths.is_empty() {
        check.store(&RateStore::Embedded)?;
    }
    for path in &args.paths {
        if path.is_dir() {
            check.store(&RateStore::Folder(path.clone()))?;
        } else {
            check.file(&TableFile::read(path)?);
        }
    }
    if check.exit == Exit::Done {
        output.result(&check.valid)?;
    }
    Ok(check.exit)
}

/// What was found so far.
struct Check<'o> {
    output: &'o Output,
    valid: String,
    exit: Exit,
}

impl Check<'_> {
    fn store(&mut self, store: &RateStore) -> Result<(), Refusal> {
        for call in store.calls()? {
            if let Some(table) = store.table(call)? {
                self.table(&table);
            }
        }
        match store.country_names() {
            Err(Refusal::Faults(errors)) => self.faults(&errors),
            names => drop(names?),
        }
        Ok(())
    }

    fn file(&mut self, file: &TableFile) {
        if !file.is_country_names() {
            return self.table(file);
        }
        match CountryNames::read(file) {
            Ok(_) => self.valid.push_str(&format!("{}: names, valid\n", file.file().path())),
            Err(errors) => self.faults(&errors),
        }
    }

    fn table(&mut self, file: &TableFile) {
        match read_table(file) {
            Ok(table) => {
                let path = file.file().path();
                let rates = &table.identity;
                self.valid.push_str(&format!("{path}: {}, {}, valid\n", rates.id, rates.status));
            }
            Err(errors) => self.faults(&errors),
        }
    }

    fn faults(&mut self, errors: &Errors) {
        self.output.errors(errors, "");
        self.exit = Exit::Input;
    }
}
