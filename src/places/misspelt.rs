//! Coordinates as spreadsheet programs and maps write them, which are no coordinates here.

use super::coordinates;

/// What to do about a text that seems to be meant as coordinates; `None` where it does not.
pub(super) fn coordinates_meant(text: &str) -> Option<String> {
    let is_of_them = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | ';' | '/' | '+' | '-' | '°' | '\'' | '"' | '′' | '″')
            || matches!(c, 'N' | 'S' | 'E' | 'W')
    };
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    if !text.chars().all(is_of_them) || numbers.count() < 2 {
        return None;
    }
    let example = pair(text).unwrap_or_else(|| "46.253, 20.148".to_owned());
    Some(format!(
        "write degrees with a point, and a comma between latitude and longitude: `{example}`"
    ))
}

/// The same as latitude and longitude, where the text is two numbers.
fn pair(text: &str) -> Option<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '/'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let [latitude, longitude] = parts.as_slice() else { return None };
    let written =
        format!("{}, {}", degrees(latitude, ['N', 'S'])?, degrees(longitude, ['E', 'W'])?);
    coordinates(&written)?.map(|_| written)
}

/// `46,253,` and `46.253°N` as `46.253`; the second of the letters is the negative direction.
fn degrees(part: &str, [positive, negative]: [char; 2]) -> Option<String> {
    let part = part.trim_end_matches(',');
    let (digits, sign) = match part.strip_suffix(negative) {
        Some(digits) => (digits, "-"),
        None => (part.strip_suffix(positive).unwrap_or(part), ""),
    };
    let digits = digits.trim_end_matches('°').replace(',', ".");
    digits.bytes().any(|byte| byte.is_ascii_digit()).then(|| format!("{sign}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_written_anew() {
        for (text, expected) in [
            ("46,253; 20,148", "46.253, 20.148"),
            ("46,253, 20,148", "46.253, 20.148"),
            ("46,253 20,148", "46.253, 20.148"),
            ("46.253 20.148", "46.253, 20.148"),
            ("46.253°N 20.148°E", "46.253, 20.148"),
            ("33,87S; 58,5W", "-33.87, -58.5"),
            // What cannot be told apart, or is no point, has the example.
            ("46,253,20,148", "46.253, 20.148"),
            ("96,5; 20,1", "46.253, 20.148"),
            ("46° 15' 10\" N 20° 8' 53\" E", "46.253, 20.148"),
        ] {
            let help = coordinates_meant(text).unwrap_or_default();
            assert!(help.ends_with(&format!("longitude: `{expected}`")), "{text}: {help}");
        }
    }

    #[test]
    fn names_are_left_alone() {
        for text in ["Szeged", "46", "Sheffield S10 2TN", "NEWS", "", "10 de Octubre 3"] {
            assert_eq!(coordinates_meant(text), None, "{text}");
        }
    }
}
