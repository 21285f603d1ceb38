//! The documents that figures cite.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::Context;
use crate::diag::{Code, Diagnostic, quoted};
use crate::document::{Entry, Fields, Value};
use crate::model::{Locator, Source};
use crate::rates::texts::{said, said_if_given};

pub(super) fn sources(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<BTreeMap<String, Arc<Source>>> {
    let node = root.required_node("source")?;
    let entries = match &node.value {
        Value::Table(entries) => entries,
        Value::Faulty => return None,
        other => {
            let message = format!("the sources are tables, not {}", other.kind());
            let help = "begin each source with a line `[source.KEY]`";
            context.fault(Code::WrongType, node, message, help);
            return None;
        }
    };
    let source = |entry: &Entry<'_>| {
        let source = source(context, entry);
        (source.key.clone(), Arc::new(source))
    };
    Some(entries.iter().map(source).collect())
}

/// A faulty source can be cited all the same: its fault is reported once, not at every figure.
fn source(context: &Context<'_>, entry: &Entry<'_>) -> Source {
    let keys = ["publisher", "title", "url", "offline", "official"];
    let fields = context.table(&entry.node, "a source", &keys);
    let fields = fields.as_ref();
    let required = |key| fields.and_then(|fields| said(fields, key)).unwrap_or_default().to_owned();
    Source {
        key: entry.key.clone().into_owned(),
        publisher: required("publisher"),
        title: required("title"),
        locator: fields
            .and_then(|fields| locator(fields, entry))
            .unwrap_or_else(|| Locator::Offline(String::new())),
        official: fields.is_some_and(|fields| fields.boolean("official").or(false)),
        span: entry.key_span.clone(),
    }
}

fn locator(fields: &Fields<'_, '_, '_>, entry: &Entry<'_>) -> Option<Locator> {
    let url = fields.read_text(said_if_given(fields, "url", "write the web address"), |fields, url, span| {
        if !is_web_address(url) {
            let message = format!("`url` must be a web address, not {}", quoted(url));
            let help =
                "begin it with https:// or http:// and a host, without blanks; what is not on the web has `offline` instead";
            let place = fields.place(span);
            fields.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
            return None;
        }
        Some(url)
    });
    let offline =
        said_if_given(fields, "offline", "say what it is, such as a letter or a presentation");
    if url.is_absent() == offline.is_absent() {
        let message = "a source has a `url` or, where it is not on the web, `offline`";
        let help = match url.is_absent() {
            true => "add `url = \"https://...\"`, or `offline = \"...\"` with what it is",
            false => "keep one of the two",
        };
        let place = fields.place(&entry.key_span);
        fields.fault(Diagnostic::error(Code::BasisMissing, place, message).help(help));
        return None;
    }
    let url = url.value().map(|url| Locator::Url((*url).to_owned()));
    url.or_else(|| offline.value().map(|what| Locator::Offline((*what).to_owned())))
}

/// `https://` or `http://`, then a host, and nothing blank in it.
fn is_web_address(url: &str) -> bool {
    let rest = |scheme: &str| {
        let (begin, rest) = url.split_at_checked(scheme.len())?;
        begin.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let Some(rest) = rest("https://").or_else(|| rest("http://")) else { return false };
    let begins_with_host = rest.chars().next().is_some_and(|c| !c.is_ascii_punctuation());
    begins_with_host && !rest.contains(char::is_whitespace)
}
