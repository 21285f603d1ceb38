//! Texts of the plan where a reader would act upon some of them: Markdown, HTML, cells of spreadsheets.

use crate::diag::printable;
use crate::sheet::BEGINS_FORMULA;

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

/// A web address between `<` and `>` in Markdown, where nothing but these two means anything.
pub fn address(url: &str) -> String {
    on_one_line(url).replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

/// A text in HTML, as the heading of something folded is.
pub fn escaped_in_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    on_one_line(text).chars().for_each(|c| push_in_html(&mut escaped, c));
    escaped
}

/// A text in a page of HTML: between tags and between quotes.
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in on_one_line(text).chars() {
        match c {
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Strict readers refuse these two, which are no characters.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => push_in_html(&mut escaped, c),
        }
    }
    escaped
}

/// A text in a cell of CSV that no spreadsheet runs as a formula: an apostrophe stands before what
/// would begin one.
///
/// `foreign` separates cells for a program that reads the file in another dialect: what follows it must
/// not begin a formula there.
pub fn cell(text: &str, foreign: char) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut begins = true;
    for c in on_one_line(text).chars() {
        if begins && BEGINS_FORMULA.contains(&c) {
            cell.push('\'');
        }
        begins = c == foreign || (begins && (c == '"' || c.is_whitespace()));
        cell.push(c);
    }
    cell
}

/// A text without line breaks and without characters that act on what stands beside them.
pub fn on_one_line(text: &str) -> String {
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
    fn html_has_no_tags_and_no_quotes() {
        let text = "<a href=\"x\" title='y'>&amp;\u{202e}\u{ffff}\u{0}";
        let escaped =
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;\u{fffd}\u{fffd}\u{fffd}";
        assert_eq!(html(text), escaped);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let formulas = [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("\t=1", " '=1"),
            ("\r\n=1", "  '=1"),
            ("\"=1", "\"'=1"),
            ("a;=1", "a;'=1"),
            ("a; \"-1;b", "a; \"'-1;b"),
            ("a,=1", "a,=1"),
            ("a=b-c@d.eu", "a=b-c@d.eu"),
            ("", ""),
        ];
        for (text, harmless) in formulas {
            assert_eq!(cell(text, ';'), harmless, "{text:?}");
        }
        assert_eq!(cell("a,=1;=2", ','), "a,'=1;=2");
    }

    #[test]
    fn backslashes_mean_nothing_in_html() {
        assert_eq!(escaped_in_html("p[1]*_<x>.toml"), "p[1]*_&lt;x&gt;.toml");
    }
}
