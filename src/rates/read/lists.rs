//! Lists: of rows, of countries, of words, of numbers.
//!
//! A list with an item that cannot be read is `None`: what the others lack may be what that item
//! should have been.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::context::Context;
use crate::diag::{Code, Diagnostic, Place, one_of, quoted};
use crate::document::{Fields, Node, Value};
use crate::model::{CountryCode, Word};

/// Every item, or `None` where one could not be read. All are tried, so that all faults show.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let tried: Vec<Option<T>> = items.collect();
    tried.into_iter().collect()
}

impl Context<'_> {
    /// The items of a list that may be left out; `None` where the key has no list.
    pub fn items<'t, 'a>(&self, fields: &Fields<'t, 'a, '_>, key: &str) -> Option<&'t [Node<'a>]> {
        let items = fields.list(key);
        let other = |node: &Node<'_>| !matches!(node.value, Value::List(_));
        let has_no_list = fields.entry(key).is_some_and(|entry| other(&entry.node));
        (!has_no_list).then_some(items)
    }

    /// The items of a list that must be there and have some. `item` is what it lists.
    pub fn some_items<'t, 'a>(
        &self,
        fields: &Fields<'t, 'a, '_>,
        key: &str,
        item: &str,
    ) -> Option<&'t [Node<'a>]> {
        let node = fields.required_node(key)?;
        let items = self.items(fields, key)?;
        if items.is_empty() {
            let help = format!("list at least one {item}");
            self.fault(Code::OutOfBounds, node, format!("`{key}` is empty"), help);
            return None;
        }
        Some(items)
    }

    /// Country codes with their places.
    pub fn countries(&self, key: &str, nodes: &[Node<'_>]) -> Option<Vec<(CountryCode, Place)>> {
        let read = |node: &Node<'_>| {
            let code = match &node.value {
                Value::Text(text) => CountryCode::from_text(text),
                _ => None,
            };
            if code.is_none() {
                let message = format!("`{key}` lists country codes of two capital letters");
                let help = "write a code in double quotes, such as \"KG\"";
                self.fault(Code::UnknownCountry, node, message, help);
            }
            Some((code?, self.place(node)))
        };
        all(nodes.iter().map(read))
    }

    /// A list of country codes that must be there and have some.
    pub fn some_countries(
        &self,
        fields: &Fields<'_, '_, '_>,
        key: &str,
    ) -> Option<Vec<(CountryCode, Place)>> {
        self.countries(key, self.some_items(fields, key, "country")?)
    }

    /// Words of one list.
    pub fn words<W: Word>(&self, nodes: &[Node<'_>]) -> Option<Vec<W>> {
        let read = |node: &Node<'_>| {
            let word = match &node.value {
                Value::Text(text) => W::from_word(text),
                _ => None,
            };
            if word.is_none() {
                let known = one_of(W::ALL.iter().map(|word| word.as_str()));
                let message = format!("this is no {}", W::WHAT);
                self.fault(Code::UnknownWord, node, message, format!("known: {known}"));
            }
            word
        };
        all(nodes.iter().map(read))
    }

    /// Reports the items that stood in the list before. `words` says what an item is.
    pub fn each_once<T: PartialEq>(
        &self,
        nodes: &[Node<'_>],
        items: &[T],
        words: impl Fn(&T) -> String,
    ) {
        for (index, (node, item)) in nodes.iter().zip(items).enumerate() {
            let mut before = nodes.iter().zip(items).take(index);
            if let Some((first, _)) = before.find(|(_, other)| *other == item) {
                self.doubled(self.place(node), self.place(first), &words(item));
            }
        }
    }

    /// Whole numbers within bounds.
    pub fn numbers(
        &self,
        key: &str,
        nodes: &[Node<'_>],
        bounds: &RangeInclusive<u32>,
    ) -> Option<Vec<u32>> {
        let read = |node: &Node<'_>| {
            let number = match &node.value {
                Value::Number(text) => text.parse::<u32>().ok(),
                _ => None,
            };
            let Some(number) = number else {
                let message = format!("`{key}` lists whole numbers");
                let help = "write each in digits, without quotes, a sign or a point";
                self.fault(Code::WrongType, node, message, help);
                return None;
            };
            if !bounds.contains(&number) {
                let found = quoted(&number.to_string());
                let message = format!("`{key}` lists {found}, beyond its bounds");
                let help =
                    format!("it lists numbers between {} and {}", bounds.start(), bounds.end());
                self.fault(Code::OutOfBounds, node, message, help);
                return None;
            }
            Some(number)
        };
        all(nodes.iter().map(read))
    }
}

/// Countries that stand in one place only.
#[derive(Default)]
pub(super) struct Places(BTreeMap<CountryCode, Place>);

impl Places {
    /// Notes where a country stands; reports where it already stood, and is then false.
    pub fn first(
        &mut self,
        context: &Context<'_>,
        code: CountryCode,
        place: &Place,
        help: &str,
    ) -> bool {
        let Some(first) = self.0.get(&code) else {
            self.0.insert(code, place.clone());
            return true;
        };
        let message = format!("{code} stands here a second time");
        let finding = Diagnostic::error(Code::CountryMisplaced, place.clone(), message);
        context.findings.push(finding.related(first.clone(), "first here").help(help));
        false
    }

    /// The countries with their places.
    pub fn iter(&self) -> impl Iterator<Item = (CountryCode, &Place)> {
        self.0.iter().map(|(code, place)| (*code, place))
    }

    /// Whether a country was noted.
    pub fn has(&self, code: CountryCode) -> bool {
        self.0.contains_key(&code)
    }
}
