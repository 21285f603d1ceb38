//! Reads the keys of one table: known keys, types and bounds.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::advice::{decimals, example, number_help};
use super::{Entry, Given, Located, Node, Span, Value};
use crate::diag::{Code, Diagnostic, Findings, Place, SourceFile, all_of, nearest, one_of, quoted};
use crate::model::{Date, DateFault, Eur, Points, Word, decimal_from_text};

/// The longest text that a plan or a rate table may hold, in characters.
const LONGEST_TEXT: usize = 10_000;

/// The keys of one table.
pub struct Fields<'t, 'a, 'f> {
    entries: &'t [Entry<'a>],
    /// Known keys that are absent and nearest to an unknown one: nothing else is said about them.
    mistyped: Vec<&'static str>,
    /// What the table is, for messages: "a flow".
    what: &'static str,
    /// Where a missing key is reported.
    span: Span,
    file: &'f Arc<SourceFile>,
    findings: &'f Findings,
}

impl<'t, 'a, 'f> Fields<'t, 'a, 'f> {
    /// The keys of a table that may have any others; `None` where it is no table.
    pub fn open(
        node: &'t Node<'a>,
        what: &'static str,
        file: &'f Arc<SourceFile>,
        findings: &'f Findings,
    ) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            let place = Place { file: Arc::clone(file), span: node.span.clone() };
            if !matches!(node.value, Value::Faulty) {
                let message = format!("{what} is a table with keys, not {}", node.value.kind());
                let help = "a table holds keys with values, such as `country = \"HU\"`";
                findings.push(Diagnostic::error(Code::WrongType, place, message).help(help));
            }
            return None;
        };
        let mistyped = Vec::new();
        Some(Self { entries, mistyped, what, span: node.span.clone(), file, findings })
    }

    /// The keys of a table; reports the ones that are not `known`. `None` where it is no table.
    pub fn of(
        node: &'t Node<'a>,
        what: &'static str,
        known: &[&'static str],
        file: &'f Arc<SourceFile>,
        findings: &'f Findings,
    ) -> Option<Self> {
        let mut fields = Self::open(node, what, file, findings)?;
        fields.refuse_unknown(known);
        Some(fields)
    }

    fn refuse_unknown(&mut self, known: &[&'static str]) {
        for entry in self.entries {
            if known.contains(&entry.key.as_ref()) {
                continue;
            }
            if self.findings.is_full() {
                // Nobody reads it, and the nearest key takes its time.
                self.findings.count_only();
                continue;
            }
            let message = format!("{} has no key {}", self.what, quoted(&entry.key));
            let near = nearest(&entry.key, known.iter().copied());
            let help = match near {
                Some(key) => format!("the nearest key is `{key}`"),
                None => format!("its keys are {}", all_of(known.iter().copied())),
            };
            self.mistyped.extend(near.filter(|key| self.entry(key).is_none()));
            let place = self.place(&entry.key_span);
            self.findings.push(Diagnostic::error(Code::UnknownKey, place, message).help(help));
        }
    }

    /// A place in the file.
    pub fn place(&self, span: &Span) -> Place {
        Place { file: Arc::clone(self.file), span: span.clone() }
    }

    /// Where the table itself begins.
    pub fn own_place(&self) -> Place {
        self.place(&self.span)
    }

    /// Reports a fault.
    pub fn fault(&self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The keys in their order.
    pub fn entries(&self) -> &'t [Entry<'a>] {
        self.entries
    }

    /// A key with its value.
    pub fn entry(&self, key: &str) -> Option<&'t Entry<'a>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key that must be there, whatever it is.
    pub fn required_node(&self, key: &str) -> Option<&'t Node<'a>> {
        let node = self.entry(key).map(|entry| &entry.node);
        if node.is_none() && !self.is_mistyped(key) {
            self.missing(key);
        }
        node
    }

    /// Whether an unknown key seems to be meant for this one, which is absent.
    pub fn is_mistyped(&self, key: &str) -> bool {
        self.mistyped.contains(&key)
    }

    /// The value of a key that must be there.
    pub fn required<T>(&self, key: &str, given: Given<T>) -> Given<T> {
        if !given.is_absent() {
            return given;
        }
        self.missing(key);
        Given::Faulty
    }

    fn missing(&self, key: &str) {
        let place = self.own_place();
        let message = place.lacks(self.what, key);
        let help = place.fill_in(key, example(key));
        self.fault(Diagnostic::error(Code::MissingKey, place, message).help(help));
    }

    /// The items of a list; none where the key is absent.
    pub fn list(&self, key: &str) -> &'t [Node<'a>] {
        match self.entry(key).map(|entry| &entry.node) {
            None | Some(Node { value: Value::Faulty, .. }) => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                let help = match node.value {
                    Value::Table(_) => Some(format!(
                        "in TOML each item begins with a line `[[{key}]]`, in JSON the list stands in `[ ]`"
                    )),
                    _ => Some("a list stands in square brackets: `[ ]`".to_owned()),
                };
                self.wrong_type(key, node, "a list", help);
                &[]
            }
        }
    }

    /// A text of at most 10,000 characters.
    pub fn text(&self, key: &str) -> Given<&'t str> {
        self.read(key, |this, node| match &node.value {
            Value::Text(text) if text.chars().count() > LONGEST_TEXT => {
                let place = this.place(&node.span);
                let message = format!("`{key}` is longer than {LONGEST_TEXT} characters");
                let help = "shorten it";
                this.fault(Diagnostic::error(Code::TextLength, place, message).help(help));
                None
            }
            Value::Text(text) => Some(text.as_ref()),
            _ => {
                let alone =
                    matches!(node.value, Value::Number(_) | Value::Date(_) | Value::Boolean(_));
                let help = alone.then(|| "put it in double quotes".to_owned());
                this.wrong_type(key, node, "a text", help);
                None
            }
        })
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &str) -> Given<bool> {
        self.read(key, |this, node| match node.value {
            Value::Boolean(value) => Some(value),
            _ => {
                let help = "write `true` or `false`, without quotes".to_owned();
                this.wrong_type(key, node, "`true` or `false`", Some(help));
                None
            }
        })
    }

    /// One of the words of a list.
    pub fn word<W: Word>(&self, key: &str) -> Given<W> {
        let words = || one_of(W::ALL.iter().map(|word| word.as_str()));
        self.read(key, |this, node| {
            let Value::Text(text) = &node.value else {
                this.wrong_type(key, node, "a text", Some(format!("write {}", words())));
                return None;
            };
            let word = W::from_word(text);
            if word.is_none() {
                let help = match nearest(text, W::ALL.iter().map(|word| word.as_str())) {
                    Some(near) if W::ALL.len() > 4 => format!("the nearest is `{near}`"),
                    Some(near) => format!("the nearest is `{near}`; known: {}", words()),
                    None => format!("known: {}", words()),
                };
                let message = format!("{} is no {}", quoted(text), W::WHAT);
                let place = this.place(&node.span);
                this.fault(Diagnostic::error(Code::UnknownWord, place, message).help(help));
            }
            word
        })
    }

    /// A whole number within bounds.
    pub fn whole(&self, key: &str, bounds: RangeInclusive<u32>) -> Given<u32> {
        self.read(key, |this, node| {
            let Value::Number(text) = node.value else {
                let help = number_help(node);
                this.wrong_type(key, node, "a whole number", help);
                return None;
            };
            let plain = text.replace('_', "");
            let plain = plain.strip_prefix('+').unwrap_or(&plain);
            let digits = plain.strip_prefix('-').unwrap_or(plain);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                let help = "write it in digits, without a point or an exponent".to_owned();
                this.wrong_type(key, node, "a whole number", Some(help));
                return None;
            }
            let value = plain.parse::<u32>().ok().filter(|value| bounds.contains(value));
            if value.is_none() {
                this.out_of_bounds(key, &node.span, plain, bounds.start(), bounds.end());
            }
            value
        })
    }

    /// A decimal number from its text, within bounds.
    pub fn decimal(&self, key: &str, bounds: RangeInclusive<u64>) -> Given<Decimal> {
        self.read(key, |this, node| {
            let Value::Number(text) = node.value else {
                this.wrong_type(key, node, "a number", number_help(node));
                return None;
            };
            let plain = text.replace('_', "");
            let plain = plain.strip_prefix('+').unwrap_or(&plain);
            let (low, high) = (Decimal::from(*bounds.start()), Decimal::from(*bounds.end()));
            match decimal_from_text(plain) {
                Some(number) if (low..=high).contains(&number) => Some(number),
                Some(_) => {
                    this.out_of_bounds(key, &node.span, plain, bounds.start(), bounds.end());
                    None
                }
                None => {
                    let help = "write it in at most 28 digits, without an exponent: 1697.14";
                    this.wrong_type(key, node, "a decimal number", Some(help.to_owned()));
                    None
                }
            }
        })
    }

    /// An amount in EUR: 0 to [`Eur::LARGEST_INPUT`] with at most two decimals.
    ///
    /// A third decimal is refused even where it is zero: `40.000` is a thousands separator, and
    /// forty euros to a parser.
    pub fn money(&self, key: &str) -> Given<Eur> {
        self.money_up_to(key, Eur::LARGEST_INPUT)
    }

    /// An amount like that of [`Self::money`], with a bound of its own in whole euros.
    pub fn money_up_to(&self, key: &str, largest: u64) -> Given<Eur> {
        let help =
            "a point stands before the cents; write thousands without a separator, such as 40000";
        self.two_decimals(key, 0..=largest, help, Eur::from_decimal)
    }

    /// Points of an award criterion: 0 to [`Points::MOST`] with at most two decimals.
    pub fn points(&self, key: &str) -> Given<Points> {
        let help = "write the points with a point before the decimals, such as 27.5";
        self.two_decimals(key, 0..=u64::from(Points::MOST), help, Points::from_decimal)
    }

    fn two_decimals<T>(
        &self,
        key: &str,
        bounds: RangeInclusive<u64>,
        help: &str,
        convert: impl FnOnce(Decimal) -> Option<T>,
    ) -> Given<T> {
        let Located { value, span } = match self.decimal(key, bounds) {
            Given::Absent => return Given::Absent,
            Given::Faulty => return Given::Faulty,
            Given::Value(number) => number,
        };
        let written = self.file.written(&span);
        match convert(value).filter(|_| decimals(written) <= 2) {
            Some(value) => Given::Value(Located { value, span }),
            None => {
                let place = self.place(&span);
                let message = format!("`{key}` has more than two decimals");
                self.fault(Diagnostic::error(Code::TooManyDecimals, place, message).help(help));
                Given::Faulty
            }
        }
    }

    /// A TOML date or an ISO text.
    pub fn date(&self, key: &str) -> Given<Date> {
        self.read(key, |this, node| {
            let text = match &node.value {
                Value::Date(text) => text,
                Value::Text(text) => text.as_ref(),
                _ => "",
            };
            match Date::from_iso(text) {
                Ok(date) => Some(date),
                Err(DateFault::NoSuchDay) => {
                    let place = this.place(&node.span);
                    let message = format!("{} is no day of the calendar", quoted(text));
                    let help =
                        "write a date as year-month-day, such as 2026-09-01 (years 1900 to 2999)";
                    this.fault(Diagnostic::error(Code::ImpossibleDate, place, message).help(help));
                    None
                }
                Err(DateFault::Form) => {
                    let help = "write it as year-month-day, such as 2026-09-01".to_owned();
                    this.wrong_type(key, node, "a date", Some(help));
                    None
                }
            }
        })
    }

    fn read<T>(
        &self,
        key: &str,
        convert: impl FnOnce(&Self, &'t Node<'a>) -> Option<T>,
    ) -> Given<T> {
        let Some(entry) = self.entry(key) else {
            return if self.is_mistyped(key) { Given::Faulty } else { Given::Absent };
        };
        if matches!(entry.node.value, Value::Faulty) {
            return Given::Faulty;
        }
        match convert(self, &entry.node) {
            Some(value) => Given::Value(Located { value, span: entry.node.span.clone() }),
            None => Given::Faulty,
        }
    }

    /// Converts a text that was read.
    pub fn read_text<'s, T>(
        &self,
        text: Given<&'s str>,
        convert: impl FnOnce(&Self, &'s str, &Span) -> Option<T>,
    ) -> Given<T> {
        match text {
            Given::Absent => Given::Absent,
            Given::Faulty => Given::Faulty,
            Given::Value(Located { value, span }) => match convert(self, value, &span) {
                Some(value) => Given::Value(Located { value, span }),
                None => Given::Faulty,
            },
        }
    }

    fn wrong_type(&self, key: &str, node: &Node<'_>, wanted: &str, help: Option<String>) {
        let place = self.place(&node.span);
        let found = match &node.value {
            Value::Text(text) => format!("the text {}", quoted(text)),
            Value::Number(text) | Value::Date(text) => quoted(text),
            other => other.kind().to_owned(),
        };
        let help = match node.value {
            Value::Null => "write a value, or leave the key out".to_owned(),
            _ => help.unwrap_or_else(|| format!("write {wanted}")),
        };
        let message = format!("`{key}` must be {wanted}, not {found}");
        self.fault(Diagnostic::error(Code::WrongType, place, message).help(help));
    }

    fn out_of_bounds(
        &self,
        key: &str,
        span: &Span,
        found: &str,
        low: impl Display,
        high: impl Display,
    ) {
        let place = self.place(span);
        let message = format!("`{key}` is {}, beyond its bounds", quoted(found));
        let help = format!("it lies between {low} and {high}");
        self.fault(Diagnostic::error(Code::OutOfBounds, place, message).help(help));
    }
}
