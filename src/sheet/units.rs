//! Units that number formats of Excel show behind or before numbers: `0%`, `#,##0 "Ft"`, `[$$-409]#,##0`.

/// Formats of the user's own country: the file does not say which.
const LOCAL: [u32; 6] = [5, 6, 7, 8, 42, 44];
/// How formats and languages write currencies that have no sign of their own, in small letters.
const CURRENCIES: [&str; 16] = [
    "ft", "zł", "kč", "kr", "kr.", "lei", "ron", "лв", "лв.", "din", "din.", "дин.", "ден", "fr.",
    "chf", "tl",
];
/// Other units of length.
const LENGTHS: [&str; 4] = ["mi", "mi.", "mile", "miles"];

/// The unit of a format's code, where it is one that changes what a number counts; `None` for plain numbers,
/// for other words, and for euros. `id` is the number of the format.
pub(super) fn unit_of_format(code: &str, id: Option<u32>) -> Option<String> {
    let is_local = id.is_some_and(|id| LOCAL.contains(&id)) && code.contains("_($");
    if is_local {
        return None;
    }
    words_of(code).into_iter().find(|word| is_unit(word))
}

/// Whether a word is a unit that changes what a number counts.
pub(super) fn is_unit(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    match word {
        "%" | "‰" => true,
        "EUR" | "€" => false,
        _ => {
            is_code
                || word.contains(is_sign)
                || CURRENCIES.contains(&&*lower)
                || LENGTHS.contains(&&*lower)
        }
    }
}

/// The unit in what a cell shows of a number: `1,200 Ft`.
pub(super) fn unit_of_shown(text: &str) -> Option<String> {
    let is_of_number = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '-' | '\u{2212}' | '\'' | '(' | ')')
    };
    let unit = text.trim_matches(is_of_number);
    is_unit(unit).then(|| unit.to_owned())
}

/// Whether a character is the sign of a currency, but for the euro.
fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}') && c != '€'
}

/// What a format's first section shows beside digits.
fn words_of(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => words.push(chars.by_ref().take_while(|c| *c != '"').collect::<String>()),
            '[' => {
                let within: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // `[$Ft-40E]` is a currency in a language; `[Red]` is none.
                if let Some(currency) = within.strip_prefix('$') {
                    words.push(currency.split('-').next().unwrap_or_default().to_owned());
                }
            }
            '\\' => words.extend(chars.next().map(String::from)),
            // A blank of that width, and what fills the cell.
            '_' | '*' => {
                chars.next();
            }
            '%' | '‰' => words.push(c.to_string()),
            c if is_sign(c) => words.push(c.to_string()),
            _ => {}
        }
    }
    words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_units() {
        for (code, unit) in [
            ("0%", "%"),
            ("0.00\\ %", "%"),
            ("#,##0\\ \"Ft\"", "Ft"),
            ("_-* #,##0.00\\ \"Ft\"_-;\\-* #,##0.00\\ \"Ft\"_-", "Ft"),
            ("[$$-409]#,##0.00", "$"),
            ("[$HUF] #,##0", "HUF"),
            ("\"$\"#,##0", "$"),
            ("£#,##0", "£"),
            ("[$zł-415]#,##0.00", "zł"),
            ("0 \"miles\"", "miles"),
        ] {
            assert_eq!(unit_of_format(code, Some(164)).as_deref(), Some(unit), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00\\ \"€\"",
            "[$€-2] #,##0",
            "[$EUR] #,##0.00",
            "#,##0 [$€-407]",
            "0\" km\"",
            "0 \"months\"",
            "[Red]0.00",
            "yyyy-mm-dd",
            "@",
            "0.00;[$$-409]0",
            "_(* #,##0_)",
        ] {
            assert_eq!(unit_of_format(code, Some(164)), None, "{code}");
        }
        assert_eq!(unit_of_shown("1,200 Ft").as_deref(), Some("Ft"));
        assert_eq!(unit_of_shown("-$1 200.50").as_deref(), Some("$"));
        assert_eq!(unit_of_shown("1.200,00 €"), None);
        assert_eq!(unit_of_shown("4222 km"), None);
        // Excel shows the user's own currency, whatever stands in the file.
        assert_eq!(unit_of_format("_($* #,##0.00_);_(@_)", Some(44)), None);
    }
}
