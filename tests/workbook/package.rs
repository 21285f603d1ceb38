//! A workbook taken apart: its parts as text, the cells of its sheets, and what changes them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The sheets, in their order.
pub const SHEETS: [&str; 5] = ["Summary", "Flows", "Rates", "Notices", "About"];

/// The parts of a file by name.
#[derive(Clone)]
pub struct Package {
    pub parts: BTreeMap<String, String>,
}

/// A cell as the file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub formula: Option<String>,
    /// The number or the text; of a formula, the value that the file keeps.
    pub value: String,
    /// Whether the file says that it is a text.
    pub is_text: bool,
}

/// What is put into a cell.
pub enum Put<'p> {
    Number(&'p str),
    Text(&'p str),
}

impl Package {
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a part");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            parts.insert(file.name().expect("a name").into_owned(), text);
        }
        Self { parts }
    }

    /// The file again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.parts {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
            writer.write_all(text.as_bytes()).expect("written");
        }
        writer.finish().expect("a file").into_inner()
    }

    fn part_of(sheet: &str) -> String {
        let place = SHEETS.iter().position(|name| *name == sheet).expect(sheet);
        format!("xl/worksheets/sheet{}.xml", place + 1)
    }

    /// The XML of a sheet.
    pub fn sheet(&self, sheet: &str) -> &str {
        &self.parts[&Self::part_of(sheet)]
    }

    /// The cells of a sheet by name.
    pub fn cells(&self, sheet: &str) -> BTreeMap<String, Cell> {
        let shared = self.shared_strings();
        let elements = cells(self.sheet(sheet));
        elements.map(|element| (attribute(element, "r"), cell(element, &shared))).collect()
    }

    fn shared_strings(&self) -> Vec<String> {
        let Some(text) = self.parts.get("xl/sharedStrings.xml") else { return Vec::new() };
        let items = text.split("<si>").skip(1);
        items.map(|item| unescaped(between(item, ">", "</t>").unwrap_or_default())).collect()
    }

    /// Replaces the content of a cell, whatever it is, and keeps how it looks.
    pub fn put(&mut self, sheet: &str, name: &str, put: &Put<'_>) {
        let text = self.parts.get_mut(&Self::part_of(sheet)).expect("a sheet");
        let begin = text.find(&format!("<c r=\"{name}\"")).unwrap_or_else(|| panic!("no {name}"));
        let element = cells(&text[begin..]).next().expect("a cell").to_owned();
        let style = attribute(&element, "s");
        let new = match put {
            Put::Number(number) => format!("<c r=\"{name}\" s=\"{style}\"><v>{number}</v></c>"),
            Put::Text(word) => {
                format!("<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t>{word}</t></is></c>")
            }
        };
        text.replace_range(begin..begin + element.len(), &new);
    }

    /// Replaces the value that the file keeps of every formula by one that is surely wrong.
    pub fn spoil(&mut self) -> usize {
        let mut spoilt = 0;
        for sheet in SHEETS {
            let text = self.parts.get_mut(&Self::part_of(sheet)).expect("a sheet");
            let mut parts = text.split("</f><v>");
            let mut new = parts.next().expect("a part").to_owned();
            for part in parts {
                let (_, after) = part.split_once("</v>").expect("a value");
                new += &format!("</f><v>-987654321</v>{after}");
                spoilt += 1;
            }
            *text = new.replace(" t=\"str\"><f>", "><f>");
        }
        spoilt
    }
}

/// The `c` elements of a sheet.
fn cells(sheet: &str) -> impl Iterator<Item = &str> {
    sheet.match_indices("<c r=").map(|(begin, _)| {
        let rest = &sheet[begin..];
        let tag = rest.find('>').expect("a tag") + 1;
        match rest[..tag].ends_with("/>") {
            true => &rest[..tag],
            false => &rest[..rest.find("</c>").expect("an end") + "</c>".len()],
        }
    })
}

fn cell(element: &str, shared: &[String]) -> Cell {
    let formula = between(element, "<f>", "</f>").map(unescaped);
    let value = between(element, "<v>", "</v>").map(unescaped).unwrap_or_default();
    match attribute(element, "t").as_str() {
        "s" => {
            let value = shared[value.parse::<usize>().expect("a number")].clone();
            Cell { formula, value, is_text: true }
        }
        "" => Cell { formula, value, is_text: false },
        _ => Cell { formula, value, is_text: true },
    }
}

fn attribute(element: &str, name: &str) -> String {
    let tag = element.split('>').next().unwrap_or_default();
    between(tag, &format!(" {name}=\""), "\"").unwrap_or_default().to_owned()
}

fn between<'t>(text: &'t str, begin: &str, end: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(begin)?;
    after.split_once(end).map(|(inside, _)| inside)
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&amp;", "&")
}
