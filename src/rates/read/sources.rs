//! The documents that figures cite.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, text};
use crate::diag::{Code, Diagnostic};
use crate::document::{Entry, Fields, Value};
use crate::model::{Locator, Source};

pub(super) fn sources(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> BTreeMap<String, Arc<Source>> {
    let Some(node) = root.required_node("source") else { return BTreeMap::new() };
    let Value::Table(entries) = &node.value else {
        let message = "the sources are tables [source.KEY]".to_owned();
        context.fault(Code::WrongType, node, message, None);
        return BTreeMap::new();
    };
    entries.iter().filter_map(|entry| source(context, entry)).collect()
}

/// A faulty source can be cited all the same: its fault is reported once, not at every figure.
fn source(context: &Context<'_>, entry: &Entry<'_>) -> Option<(String, Arc<Source>)> {
    let keys = ["publisher", "title", "url", "offline", "official"];
    let fields = context.table(&entry.node, "a source", &keys)?;
    let publisher = text(&fields, "publisher");
    let title = text(&fields, "title");
    let url = fields.text("url");
    let offline = fields.text("offline");
    let locator = match (url.value(), offline.value()) {
        (Some(url), None) => Locator::Url((*url).to_owned()),
        (None, Some(what)) => Locator::Offline((*what).to_owned()),
        _ => {
            let message = "a source has a `url` or, where it is not on the web, `offline`";
            let place = fields.place(&entry.key_span);
            fields.fault(Diagnostic::error(Code::BasisMissing, place, message));
            Locator::Offline(String::new())
        }
    };
    let source = Source {
        key: entry.key.clone().into_owned(),
        publisher: publisher.unwrap_or_default().to_owned(),
        title: title.unwrap_or_default().to_owned(),
        locator,
        official: fields.boolean("official").or(false),
    };
    Some((source.key.clone(), Arc::new(source)))
}
