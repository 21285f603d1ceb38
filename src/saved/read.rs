//! A result's JSON into a [`SavedResult`]. Keys that are not known are ignored, as the format may grow.

use std::sync::Arc;

use super::{SavedFlow, SavedResult};
use crate::diag::{Code, Diagnostic, Errors, Findings, SourceFile, quoted};
use crate::document::{self, Fields, Format, Node, Value};
use crate::model::{CountryCode, Eur, Region, Setting, WhatIf, decimal_from_text};
use crate::plan::{FLOW_KEYS, PROJECT_KEYS};

/// The format and version that this program reads.
const FORMAT: &str = "ka171-budget";
const VERSION: u32 = 1;
/// The basis of a distance that was estimated.
const ESTIMATED: &str = "estimated";

pub(super) fn result(file: &Arc<SourceFile>) -> Result<SavedResult, Errors> {
    let findings = Findings::default();
    let root = document::parse(Format::Json, file, &findings);
    let reader = Reader { file, findings: &findings };
    match root.as_ref().and_then(|root| reader.result(root)) {
        Some(result) if findings.is_empty() => Ok(result),
        _ => Err(findings.into_errors()),
    }
}

struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    findings: &'f Findings,
}

impl<'f> Reader<'f> {
    fn fields<'t, 'a>(&self, node: &'t Node<'a>, what: &'static str) -> Option<Fields<'t, 'a, 'f>> {
        Fields::open(node, what, self.file, self.findings)
    }

    fn section<'t, 'a>(
        &self,
        within: &Fields<'t, 'a, 'f>,
        key: &str,
        what: &'static str,
    ) -> Option<Fields<'t, 'a, 'f>> {
        self.fields(within.required_node(key)?, what)
    }

    fn text<'t>(&self, fields: &Fields<'t, '_, '_>, key: &str) -> Option<&'t str> {
        fields.required(key, fields.text(key)).value().copied()
    }

    /// An amount, which may be larger than a plan may state.
    fn amount(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Option<Eur> {
        let node = fields.required_node(key)?;
        let amount = match node.value {
            Value::Number(text) => decimal_from_text(text).and_then(Eur::from_decimal),
            _ => None,
        };
        if amount.is_none() {
            let message = format!("`{key}` must be an amount with two decimals");
            let place = fields.place(&node.span);
            let help = "the file was changed after it was written: write the result anew";
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
        }
        amount
    }

    fn result(&self, root: &Node<'_>) -> Option<SavedResult> {
        let root = self.fields(root, "the result")?;
        self.check_format(&root)?;
        let engine_version = self.text(&root, "engine_version");
        let call = root.required("call", root.whole("call", 2000..=2999));
        let rates = self.section(&root, "rates", "`rates`");
        let rates = rates.map(|rates| (self.text(&rates, "id"), self.text(&rates, "sha256")));
        let plan = self.section(&root, "plan", "`plan`");
        let files = plan.map(|plan| plan.list("files").iter().map(|file| self.plan_file(file)));
        let files = files.and_then(|files| files.collect::<Option<Vec<_>>>());
        let project = root.required_node("project");
        let applicant = self.applicant(project);
        let list =
            root.entry("envelopes").and_then(|entry| self.fields(&entry.node, "`envelopes`"));
        let envelope_list =
            list.and_then(|list| list.text("id").value().map(|id| (*id).to_owned()));
        let totals = self.section(&root, "totals", "`totals`");
        let amounts = totals.and_then(|totals| self.section(&totals, "amounts", "the amounts"));
        let total = amounts.and_then(|amounts| self.amount(&amounts, "total"));
        let mut flows = Vec::new();
        let mut envelopes = Vec::new();
        for region in root.list("regions") {
            self.region(region, &mut flows, &mut envelopes);
        }
        if flows.is_empty() && self.findings.is_empty() {
            let message = "the result has no flows: it was written with `--by`";
            let help = "write it without `--by`: ka171 budget PLAN --format json";
            root.fault(
                Diagnostic::error(Code::ResultIncomplete, root.own_place(), message).help(help),
            );
        }
        let (rates_id, rates_sha256) = rates?;
        Some(SavedResult {
            file: Arc::clone(self.file),
            engine_version: engine_version?.to_owned(),
            call: u16::try_from(*call.value()?).ok()?,
            rates_id: rates_id?.to_owned(),
            rates_sha256: rates_sha256?.to_owned(),
            plan_files: files?,
            project: super::object(
                &self.known(&self.fields(project?, "`project`")?, &PROJECT_KEYS),
            ),
            flows,
            envelopes,
            places_file: self.places_file(&root),
            total: total?,
            what_if: self.what_if(&root)?,
            has_unknown_envelopes: root.entry("envelopes").is_some() && envelope_list.is_none(),
            envelope_list,
            applicant: applicant?,
        })
    }

    /// In what the inputs differ from the plan; `None` where that cannot be told.
    fn what_if(&self, root: &Fields<'_, '_, 'f>) -> Option<WhatIf> {
        let Some(entry) = root.entry("what_if") else { return Some(WhatIf::default()) };
        let fields = self.fields(&entry.node, "`what_if`")?;
        let set = fields.list("set").iter().map(|node| match &node.value {
            Value::Text(text) => Setting::from_text(text),
            _ => None,
        });
        let drop_regions = fields.list("drop_regions").iter().map(|node| match node.value {
            Value::Number(text) => text.parse().ok().and_then(Region::new),
            _ => None,
        });
        let read = (set.collect::<Option<Vec<_>>>(), drop_regions.collect::<Option<_>>());
        let (Some(set), Some(drop_regions)) = read else {
            let message = "`what_if` holds settings and regions that cannot be read";
            let help = "the file was changed after it was written: write the result anew";
            let place = fields.own_place();
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
            return None;
        };
        Some(WhatIf { set, drop_regions })
    }

    /// The applicant's country and name.
    fn applicant(&self, project: Option<&Node<'_>>) -> Option<(Option<String>, Option<String>)> {
        let fields = self.fields(project?, "`project`")?;
        let text = |key| fields.text(key).value().map(|text| (*text).to_owned());
        Some((text("country"), text("applicant")))
    }

    fn check_format(&self, root: &Fields<'_, '_, '_>) -> Option<()> {
        let format = root.required("format", root.text("format"));
        let format = format.located()?;
        if format.value != FORMAT {
            let message =
                format!("this is {}, not a result of `ka171 budget`", quoted(format.value));
            let help = "write one: ka171 budget PLAN --format json";
            let place = root.place(&format.span);
            root.fault(Diagnostic::error(Code::UnsupportedResult, place, message).help(help));
            return None;
        }
        let version = root.required("format_version", root.whole("format_version", 0..=u32::MAX));
        let version = version.located()?;
        if version.value != VERSION {
            let message = format!("this program does not know format version {}", version.value);
            let help = format!(
                "it reads version {VERSION}: take the ka171 that wrote the result, or a newer one, or write the result anew from its plan"
            );
            let place = root.place(&version.span);
            root.fault(Diagnostic::error(Code::UnsupportedResult, place, message).help(help));
            return None;
        }
        Some(())
    }

    fn plan_file(&self, file: &Node<'_>) -> Option<(String, String)> {
        let file = self.fields(file, "a file of the plan")?;
        let (name, sha256) = (self.text(&file, "name"), self.text(&file, "sha256"));
        Some((name?.to_owned(), sha256?.to_owned()))
    }

    fn region(
        &self,
        node: &Node<'_>,
        flows: &mut Vec<SavedFlow>,
        envelopes: &mut Vec<String>,
    ) -> Option<()> {
        let fields = self.fields(node, "a region")?;
        let number = fields.required("region", fields.whole("region", 1..=Region::LAST.into()));
        let region = Region::new(*number.value()?)?;
        if let Some(entry) = fields.entry("envelope") {
            envelopes.extend(self.envelope(&entry.node, region));
        }
        for country in fields.list("countries") {
            let country = self.fields(country, "a country")?;
            let read = |flow| self.flow(flow, region);
            flows.extend(country.list("flows").iter().filter_map(read));
        }
        Some(())
    }

    fn envelope(&self, node: &Node<'_>, region: Region) -> Option<String> {
        let fields = self.fields(node, "an envelope")?;
        let kind = self.source(fields.required_node("kind")?);
        let amount = self.source(fields.required_node("amount")?);
        Some(format!("{{\"region\":{},\"kind\":{kind},\"amount\":{amount}}}", region.number()))
    }

    fn flow(&self, node: &Node<'_>, region: Region) -> Option<SavedFlow> {
        let fields = self.fields(node, "a flow")?;
        let id = self.text(&fields, "id");
        let amounts = self.section(&fields, "amounts", "the amounts");
        let total = amounts.and_then(|amounts| self.amount(&amounts, "total"));
        let node = fields.required_node("inputs")?;
        let inputs = self.fields(node, "the inputs")?;
        let country = CountryCode::from_text(self.text(&inputs, "country")?);
        if country.is_none() {
            let message = "`country` is no country code".to_owned();
            let help = "the file was changed after it was written: write the result anew";
            let place = inputs.own_place();
            inputs.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(help));
        }
        let inputs = self.known(&inputs, &FLOW_KEYS);
        let estimated_km = self.estimated_km(&fields);
        let (id, country, total) = (id?.to_owned(), country?, total?);
        Some(SavedFlow { id, country, region, inputs, estimated_km, total })
    }

    /// The kilometres of a flow's distance, where they were estimated.
    fn estimated_km(&self, flow: &Fields<'_, '_, '_>) -> Option<String> {
        let distance = self.fields(&flow.entry("distance")?.node, "the distance")?;
        let is_estimated = distance.text("basis").value() == Some(&ESTIMATED);
        distance.entry("km").filter(|_| is_estimated).map(|km| self.source(&km.node))
    }

    /// Name and hash of the user's places file.
    fn places_file(&self, root: &Fields<'_, '_, '_>) -> Option<(String, String)> {
        let places = self.fields(&root.entry("places")?.node, "`places`")?;
        let own = self.fields(&places.entry("own")?.node, "the places file")?;
        let (name, sha256) = (self.text(&own, "name"), self.text(&own, "sha256"));
        Some((name?.to_owned(), sha256?.to_owned()))
    }

    /// The keys that a plan knows, with their values; a newer program may have written others.
    fn known(&self, fields: &Fields<'_, '_, '_>, keys: &[&str]) -> Vec<(String, String)> {
        let entries = fields.entries().iter().filter(|entry| keys.contains(&entry.key.as_ref()));
        entries.map(|entry| (entry.key.to_string(), self.source(&entry.node))).collect()
    }

    /// A value as the file writes it.
    fn source(&self, node: &Node<'_>) -> String {
        self.file.text().get(node.span.clone()).unwrap_or_default().to_owned()
    }
}
