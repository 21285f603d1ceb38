//! Digits in groups and the decimal mark, as a reader knows them.

use crate::model::{Eur, decimal_from_text, grouped};

crate::model::words! {
    /// How numbers for people are written. Words stay English.
    pub enum Locale: "locale" {
        /// `1,234.56`
        En = "en",
        /// `1.234,56`
        De = "de",
        /// `1 234,56`, with a narrow blank at which no line breaks
        Fr = "fr",
    }
}

impl Locale {
    /// An amount with its cents: `1,234.56`.
    pub fn amount(self, amount: Eur) -> String {
        self.number(&amount.to_string())
    }

    /// A decimal number, from its text with a point and without groups.
    pub fn number(self, number: &str) -> String {
        self.marked(&grouped(number))
    }

    /// A text without words, such as `103.6 x 5`: its points are decimal marks.
    pub(super) fn marked(self, text: &str) -> String {
        let (group, decimal) = match self {
            Self::En => return text.to_owned(),
            Self::De => ('.', ','),
            Self::Fr => ('\u{202f}', ','),
        };
        let mark = |c| match c {
            ',' => group,
            '.' => decimal,
            c => c,
        };
        text.chars().map(mark).collect()
    }

    /// The value of a figure: where it begins with a number, that is written in this way.
    pub(super) fn value(self, value: &str) -> String {
        let (first, rest) = value.split_at(value.find(' ').unwrap_or(value.len()));
        match decimal_from_text(first) {
            Some(_) => format!("{}{rest}", self.number(first)),
            None => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_marks_of_their_locale() {
        let amounts = |cents| {
            let amount = Eur::from_cents(cents);
            [Locale::En, Locale::De, Locale::Fr].map(|locale| locale.amount(amount))
        };
        assert_eq!(amounts(5), ["0.05", "0,05", "0,05"]);
        assert_eq!(amounts(99_999), ["999.99", "999,99", "999,99"]);
        assert_eq!(amounts(123_456), ["1,234.56", "1.234,56", "1\u{202f}234,56"]);
        let millions = ["-1,128,272.00", "-1.128.272,00", "-1\u{202f}128\u{202f}272,00"];
        assert_eq!(amounts(-112_827_200), millions);
    }

    #[test]
    fn values_of_figures_keep_their_words() {
        assert_eq!(Locale::De.value("1188 EUR"), "1.188 EUR");
        assert_eq!(Locale::Fr.value("103.6 EUR"), "103,6 EUR");
        assert_eq!(Locale::De.value("60 to 360 days"), "60 to 360 days");
        assert_eq!(
            Locale::De.value("first-daily-rate, see p. 3.1"),
            "first-daily-rate, see p. 3.1"
        );
        assert_eq!(Locale::En.value("1188 EUR"), "1,188 EUR");
    }
}
