//! A plan whose flows come some at a time, from a sheet that need not fit into memory.

use std::sync::Arc;

use super::raw::{RawPlan, no_flows};
use super::resolve::{self, First};
use super::sheet::Batches;
use super::{DecimalMark, Loaded, Overrides, find_table};
use crate::diag::{Errors, Findings, SourceFile};
use crate::error::Refusal;
use crate::model::{CountryCode, FileIdentity, MobilityFlow, Region};
use crate::rates::{CountryNames, EnvelopeList, RateStore, read_envelopes};
use crate::sheet::{Row, Sheet};

/// Resolves flows as they come.
pub struct FlowStream<'o> {
    overrides: &'o Overrides,
    store: &'o RateStore,
    names: CountryNames,
    list: Option<EnvelopeList>,
    file: Arc<SourceFile>,
    batches: Batches,
    /// The plan without its flows, once the first ones have come.
    known: Option<Loaded>,
}

/// What became of some rows.
pub struct Resolved {
    /// The flows without ids, each with the number of its row; `None` where a row has a fault.
    pub flows: Vec<(u32, Option<MobilityFlow>)>,
    /// The text that holds their places.
    pub file: Arc<SourceFile>,
    /// What is wrong with the rows.
    pub errors: Option<Errors>,
}

impl<'o> FlowStream<'o> {
    /// Reads the headings, which stand in one of these rows.
    ///
    /// # Errors
    ///
    /// What is wrong with them or with the list of envelopes, or a table that cannot be read.
    pub fn begin(
        path: &str,
        rows: Vec<Row>,
        mark: Option<DecimalMark>,
        overrides: &'o Overrides,
        store: &'o RateStore,
    ) -> Result<Self, Refusal> {
        let names = store.country_names()?;
        let list = overrides.envelopes.as_ref().map(|list| read_envelopes(list, &names));
        let list = list.transpose()?;
        let findings = Findings::default();
        let batches = Batches::begin(path, &Sheet { name: None, rows }, mark);
        let batches = match batches {
            Ok(batches) => batches,
            Err(faults) => {
                faults.into_iter().for_each(|fault| findings.push(fault));
                return Err(findings.into_errors().into());
            }
        };
        if let Some(fault) = batches.fault_of_columns() {
            return Err(fault.into());
        }
        let file = SourceFile::new(path, String::new());
        Ok(Self { overrides, store, names, list, file, batches, known: None })
    }

    /// The number of the row with the headings.
    pub fn row_of_headings(&self) -> u32 {
        self.batches.row_of_headings()
    }

    /// The key of each column that has a heading, from the left; `None` where it is the user's own.
    pub fn keys(&self) -> impl Iterator<Item = (u32, Option<&'static str>)> {
        self.batches.keys()
    }

    /// The plan without its flows; `None` before the first of them.
    pub fn known(&self) -> Option<&Loaded> {
        self.known.as_ref()
    }

    /// Resolves the flows of some rows.
    ///
    /// # Errors
    ///
    /// What is wrong with the plan as a whole, so that nothing can be said of its flows; or a table that
    /// cannot be read.
    pub fn resolve(&mut self, rows: Vec<Row>) -> Result<Resolved, Refusal> {
        let findings = Findings::default();
        let (file, plan) = self.batches.plan(rows);
        plan.report_faults(&file, Some(&self.names), &findings);
        // Rows without flows may still say something of the plan.
        let root = plan.tree(&file, Some(&self.names)).filter(|_| plan.has_flows());
        let raw = root.as_ref().and_then(|root| RawPlan::read(root, &file, &findings));
        let Some(raw) = raw else {
            let errors = (!findings.is_empty()).then(|| findings.into_errors());
            return Ok(Resolved { flows: Vec::new(), file, errors });
        };
        let flows = match &self.known {
            Some(known) => {
                let rates = (&known.table, &self.names);
                resolve::some_flows(&raw, self.overrides, rates, None, &findings).0
            }
            None => self.first_flows(&raw, &findings)?,
        };
        if self.known.is_none() {
            return Err(findings.into_errors().into());
        }
        let rows = raw.flows.iter().map(|flow| file.line_number(flow.span.start));
        let flows = rows.zip(flows).collect();
        let errors = (!findings.is_empty()).then(|| findings.into_errors());
        Ok(Resolved { flows, file, errors })
    }

    /// With the first flows comes what the plan says as a whole.
    fn first_flows(
        &mut self,
        raw: &RawPlan<'_>,
        findings: &Findings,
    ) -> Result<Vec<Option<MobilityFlow>>, Refusal> {
        let Some(table) = find_table(raw, self.overrides, self.store, findings)? else {
            return Ok(Vec::new());
        };
        let file = FileIdentity { name: self.file.name().into(), sha256: String::new() };
        let first = First { list: self.list.as_ref(), file };
        let rates = (&table, &self.names);
        let (flows, plan) = resolve::some_flows(raw, self.overrides, rates, Some(first), findings);
        let call = raw.call.located().filter(|_| self.overrides.call.is_none());
        let call_place = call.map(|call| raw.place(&call.span).resolved());
        let list = self.list.iter().map(|list| &list.file);
        let files = std::iter::once(&self.file).chain(list).map(Arc::clone).collect();
        let replaced_envelopes = Vec::new();
        self.known = plan.map(|plan| Loaded { plan, table, files, replaced_envelopes, call_place });
        Ok(flows)
    }

    /// The plan, with those of its flows that are to be shown. `sha256` is the hash of its file, `places` are
    /// the regions and countries of all its flows.
    ///
    /// # Errors
    ///
    /// There was no flow.
    pub fn finish(
        self,
        sha256: String,
        flows: Vec<MobilityFlow>,
        places: impl Iterator<Item = (Region, CountryCode)>,
    ) -> Result<Loaded, Refusal> {
        let Some(mut known) = self.known else {
            return Err(no_flows(self.batches.heading(0)).into());
        };
        let plan = &mut known.plan;
        resolve::name(plan, places, &known.table, &self.names);
        plan.files.iter_mut().for_each(|file| file.sha256.clone_from(&sha256));
        let mut distances = flows.iter().filter_map(|flow| flow.distance.as_ref());
        let is_estimated = distances.any(|distance| distance.estimate.is_some());
        plan.places = is_estimated.then(|| self.overrides.places.identity());
        plan.flows = flows;
        Ok(known)
    }
}
