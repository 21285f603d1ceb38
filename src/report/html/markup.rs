//! Tags and text. Whatever is text is escaped here, and nothing else writes text.

use super::super::escape;

/// A document as it grows. Its markup is XML as well, so that strict readers can check it.
#[derive(Default)]
pub(super) struct Markup {
    written: String,
}

/// Names of attributes and their values.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// Begins an element.
    pub fn open(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.tag(tag, attributes, ">");
    }

    /// Ends an element.
    pub fn close(&mut self, tag: &str) {
        self.written.push_str("</");
        self.written.push_str(tag);
        self.written.push('>');
    }

    /// Ends an element that fills lines, such as a row.
    pub fn close_line(&mut self, tag: &str) {
        self.close(tag);
        self.written.push('\n');
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.tag(tag, attributes, "/>");
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.written.push_str(&escape::html(text));
    }

    /// An element that holds a text.
    pub fn element(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// An element that holds a sentence: what stands in backquotes in the terminal is set apart here.
    pub fn sentence(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.open(tag, attributes);
        // A backquote without its fellow is one of the plan's own.
        match text.matches('`').count() % 2 {
            0 => {
                for (index, part) in text.split('`').enumerate() {
                    match index % 2 {
                        0 => self.text(part),
                        _ => self.element("code", &[], part),
                    }
                }
            }
            _ => self.text(text),
        }
        self.close(tag);
    }

    /// An element that holds a text, on a line of its own.
    pub fn line(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, text);
        self.written.push('\n');
    }

    /// The program's own style sheet or declaration, as it is.
    pub fn raw(&mut self, own: &str) {
        self.written.push_str(own);
    }

    /// The document.
    pub fn finish(self) -> String {
        self.written
    }

    fn tag(&mut self, tag: &str, attributes: Attributes<'_>, end: &str) {
        self.written.push('<');
        self.written.push_str(tag);
        for (name, value) in attributes {
            self.written.push_str(&format!(" {name}=\"{}\"", escape::html(value)));
        }
        self.written.push_str(end);
    }
}
