//! Names of places without what people write differently.

use unicode_normalization::UnicodeNormalization;

/// A name without case, diacritics, punctuation and blanks: `Nur-Sultan` is `nursultan`. The names
/// of the table are folded by the same steps in `places/build.py`.
pub fn fold(name: &str) -> String {
    let lower = name.nfkd().flat_map(char::to_lowercase).nfkd();
    let mut plain = String::with_capacity(name.len());
    for letter in lower {
        match spelt_out(letter) {
            Some(letters) => plain.push_str(letters),
            None => plain.extend(Some(letter).filter(|letter| counts(*letter))),
        }
    }
    plain.nfc().collect()
}

/// Letters that are no letter with a mark, as people without them write them.
fn spelt_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ə' => "e",
        'ς' => "σ",
        _ => return None,
    })
}

/// Letters and digits; not marks, and not the letters that stand for apostrophes.
fn counts(letter: char) -> bool {
    let is_mark = unicode_normalization::char::is_combining_mark(letter);
    letter.is_alphanumeric() && !is_mark && !matches!(letter, '\u{2b0}'..='\u{2ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one() {
        let spellings = [
            ("Nur-Sultan", "nur sultan"),
            ("Priština", "PRISTINA"),
            ("St. Augustine", "St Augustine"),
            ("Łódź", "Lodz"),
            ("Nuku\u{2bb}alofa", "Nuku'alofa"),
            ("İstanbul", "istanbul"),
            ("Thessaloníki", "THESSALONIKI"),
            ("Ｏｓｈ", "Osh"),
        ];
        for (one, other) in spellings {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_eq!(fold("Győr"), "gyor");
        assert_eq!(fold("ΑΘΉΝΑΣ"), "αθηνασ");
        assert_eq!(fold(" -.'"), "");
    }

    /// The script that folds the names of the table writes what it makes of each character in them.
    #[test]
    fn the_script_folds_as_the_program_does() {
        let folded = include_str!("../../places/folding.txt");
        assert!(folded.lines().count() > 5_000);
        for line in folded.lines() {
            let (code, expected) = line.split_once(' ').expect("a code and its folding");
            let code = u32::from_str_radix(code, 16).expect("a code");
            let letter = char::from_u32(code).expect("a character").to_string();
            assert_eq!(fold(&letter), expected, "U+{code:04X}");
        }
    }
}
