//! A result's JSON into a [`SavedResult`]. Keys that are not known are ignored, as the format may grow.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{SavedEnvelopes, SavedFlow, SavedResult};
use crate::diag::{Code, Diagnostic, Errors, Findings, Place, SourceFile, quoted};
use crate::document::{self, Fields, Format, Node, Value};
use crate::model::{CountryCode, Eur, Options, Region, Setting, WhatIf, decimal_from_text};
use crate::plan::{self, FLOW_KEYS, PROJECT_KEYS};

/// The format and version that this program reads.
const FORMAT: &str = "ka171-budget";
const VERSION: u32 = 1;
/// In EUR: more than the largest plan can cost, and little enough for sums of them.
const LARGEST_AMOUNT: u64 = 10_000_000_000_000_000_000;
/// The basis of a distance that was estimated.
const ESTIMATED: &str = "estimated";

pub(super) fn result(file: &Arc<SourceFile>) -> Result<SavedResult, Errors> {
    let findings = Findings::default();
    if !file.text().trim_start().starts_with('{') {
        let message = "this is no result of `ka171 budget`: it does not begin with `{`";
        let place = Place { file: Arc::clone(file), span: 0..0 };
        findings.push(Diagnostic::error(Code::UnsupportedResult, place, message).help(WRITE_ONE));
        return Err(findings.into_errors());
    }
    let root = document::parse(Format::Json, file, &findings);
    let reader = Reader { file, findings: &findings };
    let result = root.as_ref().and_then(|root| reader.result(root));
    if let (Some(root), true) = (root, findings.is_empty()) {
        plan::check_form(&super::plan_in(root), file, &findings);
    }
    match result {
        Some(result) if findings.is_empty() => Ok(result),
        _ => Err(findings.into_errors()),
    }
}

/// What to do about a file of another kind.
const WRITE_ONE: &str = "write one: ka171 budget PLAN --format json";
/// What to do about a value that this program does not write.
const CHANGED: &str = "the file was changed after it was written: write the result anew";

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

    /// A hash of SHA-256 in hexadecimal.
    fn sha256<'t>(&self, fields: &Fields<'t, '_, '_>) -> Option<&'t str> {
        let given = fields.required("sha256", fields.text("sha256"));
        let given = given.located()?;
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if given.value.len() != 64 || !given.value.bytes().all(is_digit) {
            let message = "`sha256` is no hash: 64 digits, 0 to 9 and a to f";
            let place = fields.place(&given.span);
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(CHANGED));
            return None;
        }
        Some(given.value)
    }

    /// An amount, which may be larger than a plan may state.
    fn amount(&self, fields: &Fields<'_, '_, '_>, key: &str) -> Option<Eur> {
        let node = fields.required_node(key)?;
        let largest = Decimal::from(LARGEST_AMOUNT);
        let amount = match node.value {
            Value::Number(text) => decimal_from_text(text)
                .filter(|amount| amount.abs() <= largest)
                .and_then(Eur::from_decimal),
            _ => None,
        };
        if amount.is_none() {
            let message = format!("`{key}` must be an amount with two decimals");
            let place = fields.place(&node.span);
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(CHANGED));
        }
        amount
    }

    fn result(&self, node: &Node<'_>) -> Option<SavedResult> {
        let root = self.fields(node, "the result")?;
        self.check_format(&root)?;
        let engine_version = self.text(&root, "engine_version");
        let call = root.required("call", root.whole("call", 2000..=2999));
        let rates = self.section(&root, "rates", "`rates`");
        let rates = rates.map(|rates| (self.text(&rates, "id"), self.sha256(&rates)));
        let plan = self.section(&root, "plan", "`plan`");
        let files = plan.and_then(|plan| self.plan_files(&plan));
        let project = root.required_node("project");
        let envelopes = match root.entry("envelopes") {
            Some(entry) => self.envelopes(&entry.node).map(Some),
            None => Some(None),
        };
        let totals = self.section(&root, "totals", "`totals`");
        let amounts = totals.and_then(|totals| self.section(&totals, "amounts", "the amounts"));
        let total = amounts.and_then(|amounts| self.amount(&amounts, "total"));
        let mut flows = Vec::new();
        for region in root.list("regions") {
            self.region(region, &mut flows);
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
            places_file: self.places_file(&root),
            total: total?,
            what_if: self.what_if(&root)?,
            envelopes: envelopes?,
            options: self.options(&root)?,
            near_edge: self.near_edge(&root),
            has_notices: root.entry("notices").is_some(),
            has_order: super::plan::has_order(node),
        })
    }

    /// The list of envelopes, published or of the user.
    fn envelopes(&self, node: &Node<'_>) -> Option<SavedEnvelopes> {
        let list = self.fields(node, "`envelopes`")?;
        let is_published = list.entry("id").is_some();
        let name = self.text(&list, if is_published { "id" } else { "file" });
        let sha256 = self.sha256(&list);
        Some(SavedEnvelopes { name: name?.to_owned(), is_published, sha256: sha256?.to_owned() })
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
            let place = fields.own_place();
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(CHANGED));
            return None;
        };
        Some(WhatIf { set, drop_regions })
    }

    /// What the command line said instead of the plan.
    fn options(&self, root: &Fields<'_, '_, 'f>) -> Option<Options> {
        let Some(entry) = root.entry("options") else { return Some(Options::default()) };
        let fields = self.fields(&entry.node, "`options`")?;
        let text = |key| fields.text(key).value().map(|text| (*text).to_owned());
        let call = fields.whole("call", 0..=9_999).value().and_then(|&call| call.try_into().ok());
        Some(Options { call, country: text("country"), applicant: text("applicant") })
    }

    fn check_format(&self, root: &Fields<'_, '_, '_>) -> Option<()> {
        let format = root.required("format", root.text("format"));
        let format = format.located()?;
        if format.value != FORMAT {
            let message =
                format!("this is {}, not a result of `ka171 budget`", quoted(format.value));
            let place = root.place(&format.span);
            root.fault(Diagnostic::error(Code::UnsupportedResult, place, message).help(WRITE_ONE));
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

    /// The files of the plan, of which there is at least one.
    fn plan_files(&self, plan: &Fields<'_, '_, '_>) -> Option<Vec<(String, String)>> {
        let files = plan.list("files").iter().map(|file| self.plan_file(file));
        let files = files.collect::<Option<Vec<_>>>()?;
        if files.is_empty() {
            let message = "`plan` names no file";
            let place = plan.own_place();
            plan.fault(Diagnostic::error(Code::MissingKey, place, message).help(CHANGED));
        }
        Some(files)
    }

    fn plan_file(&self, file: &Node<'_>) -> Option<(String, String)> {
        let file = self.fields(file, "a file of the plan")?;
        let (name, sha256) = (self.text(&file, "name"), self.sha256(&file));
        Some((name?.to_owned(), sha256?.to_owned()))
    }

    fn region(&self, node: &Node<'_>, flows: &mut Vec<SavedFlow>) -> Option<()> {
        let fields = self.fields(node, "a region")?;
        let number = fields.required("region", fields.whole("region", 1..=Region::LAST.into()));
        let region = Region::new(*number.value()?)?;
        for country in fields.list("countries") {
            let country = self.fields(country, "a country")?;
            let read = |flow| self.flow(flow, region);
            flows.extend(country.list("flows").iter().filter_map(read));
        }
        Some(())
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
            let place = inputs.own_place();
            inputs.fault(Diagnostic::error(Code::UnknownCountry, place, message).help(CHANGED));
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

    /// The flows of the warnings about estimates near an edge.
    fn near_edge(&self, root: &Fields<'_, '_, '_>) -> Vec<String> {
        let mut flows = Vec::new();
        for notice in root.list("notices") {
            let Some(notice) = self.fields(notice, "a notice") else { continue };
            if notice.text("code").value() != Some(&Code::EstimateNearEdge.as_str()) {
                continue;
            }
            flows.extend(notice.list("flows").iter().filter_map(|flow| match &flow.value {
                Value::Text(id) => Some(id.to_string()),
                _ => None,
            }));
        }
        flows
    }

    /// Name and hash of the user's places file.
    fn places_file(&self, root: &Fields<'_, '_, '_>) -> Option<(String, String)> {
        let places = self.fields(&root.entry("places")?.node, "`places`")?;
        let own = self.fields(&places.entry("own")?.node, "the places file")?;
        let (name, sha256) = (self.text(&own, "name"), self.sha256(&own));
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
