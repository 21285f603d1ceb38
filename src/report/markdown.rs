//! Texts in Markdown.

use crate::diag::printable;

/// A text that Markdown shows as it is: no markup, no line break, no end of a cell, and nobody is
/// notified where a comment shows it.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in on_one_line(text).chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => escaped.extend(['\\', c]),
            // An `@name` calls somebody, a `#12` an issue: nothing stands between the two visibly.
            '@' | '#' => escaped.extend([c, '\u{200b}']),
            c => push_in_html(&mut escaped, c),
        }
    }
    escaped
}

/// A text in HTML, as the heading of something folded is.
pub fn escaped_in_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    on_one_line(text).chars().for_each(|c| push_in_html(&mut escaped, c));
    escaped
}

fn on_one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

fn push_in_html(escaped: &mut String, c: char) {
    match c {
        '&' => escaped.push_str("&amp;"),
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        c => escaped.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_as_it_is() {
        assert_eq!(escaped("| a | b |"), "\\| a \\| b \\|");
        assert_eq!(escaped("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(escaped("[x](y)\n*z*"), "\\[x\\](y) \\*z\\*");
        assert_eq!(escaped("__bold__"), "\\_\\_bold\\_\\_");
    }

    #[test]
    fn nobody_is_called_and_nothing_is_a_heading() {
        assert_eq!(escaped("@org/team"), "@\u{200b}org/team");
        assert_eq!(escaped("# big #12"), "#\u{200b} big #\u{200b}12");
    }

    #[test]
    fn backslashes_mean_nothing_in_html() {
        assert_eq!(escaped_in_html("p[1]*_<x>.toml"), "p[1]*_&lt;x&gt;.toml");
    }
}
