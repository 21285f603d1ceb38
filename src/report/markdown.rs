//! Texts in Markdown.

use crate::diag::printable;

/// A text that Markdown shows as it is: no markup, no line break, no end of a cell.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let text = text.replace(['\n', '\r', '\t'], " ");
    for c in printable(&text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '[' | ']' | '~' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_is_shown_as_it_is() {
        assert_eq!(escaped("| a | b |"), "\\| a \\| b \\|");
        assert_eq!(escaped("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(escaped("[x](y)\n*z*"), "\\[x\\](y) \\*z\\*");
        assert_eq!(escaped("travel_days"), "travel_days");
    }
}
