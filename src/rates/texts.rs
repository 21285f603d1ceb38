//! Texts that must say something.

use crate::diag::{Code, Diagnostic};
use crate::document::{Fields, Given};

/// A required text.
pub(super) fn said<'t>(fields: &Fields<'t, '_, '_>, key: &str) -> Option<&'t str> {
    let text = said_if_given(fields, key, "write a text in the quotes");
    fields.required(key, text).value().copied()
}

/// A text that may be left out. `help` says what it is for.
pub(super) fn said_if_given<'t>(
    fields: &Fields<'t, '_, '_>,
    key: &str,
    help: &str,
) -> Given<&'t str> {
    fields.read_text(fields.text(key), |fields, text, span| {
        let says_something = !text.trim().is_empty();
        if !says_something {
            let message = format!("`{key}` is empty");
            let place = fields.place(span);
            fields.fault(Diagnostic::error(Code::TextLength, place, message).help(help));
        }
        says_something.then_some(text)
    })
}
