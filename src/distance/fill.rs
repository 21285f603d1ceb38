//! A plan's text with the bands that are missing in it, as comments: for a person to compare with the
//! official calculator, and to enter what that says.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Findings, Place};
use crate::document::{self, Format, Node, Value};
use crate::error::Refusal;
use crate::model::{DistanceBasis, MobilityFlow};
use crate::places::{CALCULATOR, Edge, margin_text, nearest_edge};
use crate::plan::{Loaded, PlanText};
use crate::rates::RateTable;

/// The text of a plan, with a comment in each flow whose distance was estimated; everything else is
/// left as it is.
///
/// # Errors
///
/// The plan is not written in TOML, or such a flow does not begin with `[[flow]]`: there is no room
/// for a comment.
pub fn fill(text: &PlanText, loaded: &Loaded) -> Result<String, Refusal> {
    let own = text.file.text();
    let whole = Place { file: std::sync::Arc::clone(&text.file), span: 0..0 };
    if !text.is_toml() {
        let message = "a plan in a sheet or in JSON has no room for comments";
        let help = "write the plan in TOML, or look its distances up with `ka171 distance --pairs`";
        return Err(Diagnostic::error(Code::UnsupportedPlan, whole, message).help(help).into());
    }
    let findings = Findings::default();
    let root = document::parse(Format::Toml, &text.file, &findings);
    let ends = root.as_ref().map(flow_ends).unwrap_or_default();
    // Behind which byte a comment goes.
    let mut comments: BTreeMap<usize, String> = BTreeMap::new();
    for flow in &loaded.plan.flows {
        let Some(comment) = comment(&loaded.table, flow) else { continue };
        let start = flow.origin.offset;
        let end = ends.get(&start);
        let header = own.get(start..).filter(|rest| rest.starts_with("[["));
        let Some((end, _)) = end.zip(header) else {
            let place = Place { span: start..start, ..whole.clone() };
            let message = "there is no room for a comment in this flow";
            let help = "write it with a line `[[flow]]` and a line for each key";
            findings.push(Diagnostic::error(Code::UnsupportedPlan, place, message).help(help));
            continue;
        };
        let rest = own.get(*end..).unwrap_or_default();
        let line_end = rest.find('\n').map_or(own.len(), |at| end + at + 1);
        comments.insert(line_end, comment);
    }
    if !findings.is_empty() {
        return Err(findings.into_errors().into());
    }
    Ok(with_lines(own, &comments))
}

/// The text with lines added at places where lines begin.
fn with_lines(text: &str, lines: &BTreeMap<usize, String>) -> String {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut filled = String::with_capacity(text.len());
    let mut from = 0;
    for (at, line) in lines {
        filled.push_str(text.get(from..*at).unwrap_or_default());
        if !filled.ends_with('\n') {
            filled.push_str(line_break);
        }
        filled.push_str(line);
        filled.push_str(line_break);
        from = *at;
    }
    filled.push_str(text.get(from..).unwrap_or_default());
    filled
}

/// Where the last value of each flow ends, by where the flow begins.
fn flow_ends(root: &Node<'_>) -> BTreeMap<usize, usize> {
    let Value::Table(entries) = &root.value else { return BTreeMap::new() };
    let flows = entries.iter().find(|entry| entry.key == "flow").map(|entry| &entry.node.value);
    let Some(Value::List(flows)) = flows else { return BTreeMap::new() };
    flows.iter().map(|flow| (flow.span.start, end(flow))).collect()
}

fn end(node: &Node<'_>) -> usize {
    let inner = match &node.value {
        Value::Table(entries) => entries.iter().map(|entry| end(&entry.node)).max(),
        _ => None,
    };
    inner.unwrap_or(0).max(node.span.end)
}

/// `# band = "4000-7999"  # estimated 4,222.5 km, ...`; `None` where nothing was estimated.
fn comment(table: &RateTable, flow: &MobilityFlow) -> Option<String> {
    let distance = flow.distance.as_ref()?;
    let km = distance.km.filter(|_| distance.basis == DistanceBasis::Estimated)?;
    let (begin, sure) = match &distance.band {
        Some(band) => (format!("# band = \"{band}\"  #"), ""),
        None => ("#".to_owned(), ", below the lowest band"),
    };
    let edge = nearest_edge(table, km).map(|edge| beside(&edge)).unwrap_or_default();
    Some(format!(
        "{begin} estimated {} km{sure}{edge}: check with the official Distance Calculator, {CALCULATOR}",
        km.to_tenth()
    ))
}

/// `, 3.9 km from the edge at 2000 km; it may as well be "2000-2999"`
fn beside(edge: &Edge<'_>) -> String {
    let near = match (edge.is_uncertain, edge.beyond) {
        (false, _) => String::new(),
        (true, Some(band)) => format!("; it may as well be \"{}\"", band.label),
        (true, None) => "; it may as well be below the lowest band".to_owned(),
    };
    format!(", {} km from the edge at {} km{near}", margin_text(edge), edge.km)
}
