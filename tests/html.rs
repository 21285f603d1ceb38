//! Budgets as a page of HTML: well-formed, without script or anything from elsewhere, readable for
//! everybody, with the amounts of the result.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop
#![allow(clippy::disallowed_types, clippy::float_arithmetic)] // contrast is a formula with powers

mod support;

use std::collections::{BTreeMap, BTreeSet};

use ka171::model::Word;
use ka171::plan::Loaded;
use ka171::report::html::render;
use ka171::report::{By, Locale, Style};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};
use support::reports::{self, CONTROLS, FORMULA, PIPES, SCRIPT, exact, plans};

const ELEMENTS: [&str; 44] = [
    "a", "article", "b", "bdi", "body", "caption", "code", "dd", "desc", "details", "div", "dl",
    "dt", "footer", "h1", "h2", "h3", "h4", "head", "header", "html", "li", "main", "meta", "ol",
    "p", "path", "rect", "section", "small", "span", "style", "summary", "sup", "svg", "table",
    "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
];

fn page(loaded: &Loaded, style: impl Into<Style>) -> String {
    reports::with_budget(loaded, |budget, notices| render(budget, notices, style))
}

/// Reads the page as XML, which forgives nothing.
fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).expect("well-formed")
}

fn elements<'d>(document: &'d Document<'_>, tag: &'d str) -> impl Iterator<Item = Node<'d, 'd>> {
    document.descendants().filter(move |node| node.has_tag_name(tag))
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// All plans, and those that are meant to do harm.
fn all() -> Vec<(String, Loaded)> {
    let plans = plans().into_iter().map(|(path, loaded)| (path.display().to_string(), loaded));
    plans
        .chain([
            ("hostile".to_owned(), reports::hostile()),
            ("everything".to_owned(), reports::with_everything()),
        ])
        .collect()
}

#[test]
fn pages_need_nothing_and_run_nothing() {
    for (name, loaded) in all() {
        let page = page(&loaded, By::Region);
        let document = parsed(&page);
        let sources: BTreeSet<String> = source_addresses(&loaded);
        for node in document.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            assert!(ELEMENTS.contains(&tag), "{name}: <{tag}>");
            for attribute in node.attributes() {
                let (key, value) = (attribute.name(), attribute.value());
                assert!(!key.starts_with("on") && key != "src" && key != "style", "{name}: {key}");
                if key == "href" {
                    let is_inner = value.starts_with('#');
                    assert!(tag == "a" && (is_inner || sources.contains(value)), "{name}: {value}");
                }
            }
        }
        let sheet = text(elements(&document, "style").next().expect("a style sheet"));
        for fetching in ["url(", "@import", "@font-face", "expression("] {
            assert!(!sheet.contains(fetching), "{name}: {fetching}");
        }
        let policy = elements(&document, "meta")
            .find(|node| node.attribute("http-equiv") == Some("Content-Security-Policy"));
        let policy = policy.and_then(|node| node.attribute("content")).expect("a policy");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"), "{name}");
        assert!(!page.to_lowercase().contains("<script"), "{name}");
    }
}

/// The web addresses of the documents that the result names.
fn source_addresses(loaded: &Loaded) -> BTreeSet<String> {
    let table = loaded.table.sources.values().map(|source| source.locator.to_string());
    let list = loaded.plan.envelope_list.as_ref().and_then(|list| list.citation.as_ref());
    let list = list.into_iter().flat_map(|citation| citation.sources());
    table.chain(list.map(|source| source.locator.to_string())).collect()
}

#[test]
fn texts_of_the_plan_stand_there_as_texts() {
    let page = page(&reports::hostile(), By::Flow);
    let document = parsed(&page);
    let facts: Vec<String> = elements(&document, "dd").map(text).collect();
    for partner in [FORMULA, SCRIPT, PIPES, &reports::long()] {
        // As partner, as Organisation ID, as city and as note.
        assert_eq!(facts.iter().filter(|fact| *fact == partner).count(), 4, "{partner}");
    }
    let harmless = "a\u{fffd}\u{fffd}[31m\u{fffd}b\u{fffd}  c \u{fffd}d\u{fffd}";
    assert!(facts.iter().any(|fact| fact == harmless), "{CONTROLS:?}");
    let heading = text(elements(&document, "h1").next().expect("a heading"));
    assert_eq!(heading, format!("{SCRIPT}{FORMULA}{harmless} (HU)"));
    let ids: Vec<String> = elements(&document, "h4").map(text).collect();
    assert!(ids.contains(&FORMULA.to_owned()), "{ids:?}");
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'));
}

/// What stands for a text on the page.
fn shown(text: &str) -> String {
    let hidden = |c: char| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() || turns || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let shown = |c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if hidden(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_stands_there_as_it_is(text in reports::text()) {
        let loaded = reports::saying(&text);
        prop_assume!(loaded.is_some());
        let page = page(&loaded.expect("a plan"), By::Region);
        let document = parsed(&page);
        let facts = elements(&document, "dd").map(|fact| self::text(fact));
        prop_assert_eq!(facts.filter(|fact| *fact == shown(&text)).count(), 3);
    }
}

#[test]
fn places_that_links_lead_to_are_there_once() {
    for (name, loaded) in all() {
        let page = page(&loaded, By::Country);
        let document = parsed(&page);
        let ids: Vec<&str> =
            document.descendants().filter_map(|node| node.attribute("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}");
        let inner = elements(&document, "a").filter_map(|node| node.attribute("href"));
        let inner: Vec<&str> = inner.filter_map(|address| address.strip_prefix('#')).collect();
        assert!(inner.len() > 3, "{name}");
        assert!(inner.iter().all(|place| unique.contains(place)), "{name}");
    }
}

#[test]
fn charts_and_tables_can_be_listened_to() {
    for (name, loaded) in all() {
        let page = page(&loaded, By::Region);
        let document = parsed(&page);
        let regions = reports::result(&loaded).regions.len();
        let charts: Vec<Node<'_, '_>> = elements(&document, "svg")
            .filter(|node| node.attribute("role") == Some("img"))
            .collect();
        assert_eq!(charts.len(), regions, "{name}");
        for chart in charts {
            let named: Vec<&str> =
                chart.attribute("aria-labelledby").expect("names").split(' ').collect();
            let children = ["title", "desc"].map(|tag| {
                chart.children().find(|node| node.has_tag_name(tag)).expect("a text alternative")
            });
            assert_eq!(children.map(|node| node.attribute("id").expect("an id")).to_vec(), named);
            assert!(children.into_iter().all(|node| text(node).len() > 10), "{name}");
        }
        let silent = |node: &Node<'_, '_>| node.attribute("role") != Some("img");
        for key in elements(&document, "svg").filter(silent) {
            assert_eq!(key.attribute("aria-hidden"), Some("true"), "{name}");
        }
        for heading in elements(&document, "th") {
            assert!(matches!(heading.attribute("scope"), Some("col" | "row")), "{name}");
        }
        for table in elements(&document, "table") {
            let count = |tag| table.descendants().filter(|node| node.has_tag_name(tag)).count();
            assert_eq!((count("caption"), count("thead")), (1, 1), "{name}");
            let rows = table.descendants().filter(|node| node.has_tag_name("tr"));
            let widths: BTreeSet<usize> =
                rows.map(|row| row.children().filter(Node::is_element).count()).collect();
            assert_eq!(widths.len(), 1, "{name}: every row has every cell");
        }
        let levels = document.descendants().filter_map(|node| {
            node.tag_name().name().strip_prefix('h').and_then(|level| level.parse::<u8>().ok())
        });
        let mut before = 0;
        for level in levels {
            assert!(level <= before + 1, "{name}: h{level} below h{before}");
            before = level;
        }
    }
}

#[test]
fn the_amounts_are_those_of_the_result() {
    for (name, loaded) in all() {
        let page = page(&loaded, By::Region);
        let document = parsed(&page);
        let result = reports::result(&loaded);
        let plain = |text: &str| text.replace(',', "");
        let budget = elements(&document, "table").next().expect("the table of regions");
        let rows = |part: &'static str| {
            let part = budget.children().find(|node| node.has_tag_name(part)).expect("a part");
            let rows = part.children().filter(Node::is_element);
            rows.map(|row| cells(row)).collect::<Vec<_>>()
        };
        let written: Vec<BTreeMap<String, String>> = rows("tbody");
        let wanted = result.regions.iter().map(|region| &region.amounts);
        let totals = [&result.totals.amounts];
        let all = written.iter().chain(&rows("tfoot")).cloned().collect::<Vec<_>>();
        assert_eq!(all.len(), result.regions.len() + 1, "{name}");
        for (cells, amounts) in all.iter().zip(wanted.chain(totals)) {
            for (heading, key) in [
                ("Individual support", "individual_support"),
                ("Top-ups", "top_up"),
                ("Travel", "travel"),
                ("Organisational support", "organisational_support"),
                ("Total", "total"),
            ] {
                // The mark of an estimated distance.
                let shown = cells[heading].trim_start_matches('~');
                assert_eq!(plain(shown), exact(&amounts[key]).to_string(), "{name}");
            }
        }
        let sums = elements(&document, "summary").map(|summary| {
            let sum = summary.children().find(|node| node.attribute("class") == Some("sum"));
            plain(&text(sum.expect("a sum")))
        });
        let wanted =
            result.regions.iter().map(|region| exact(&region.amounts["total"]).to_string());
        assert!(sums.eq(wanted), "{name}");
        let parts = elements(&document, "details").filter_map(|node| node.last_element_child());
        let ids = parts.filter_map(|node| node.attribute("id"));
        let wanted = result.regions.iter().map(|region| format!("region-{}", region.region));
        assert!(ids.map(str::to_owned).eq(wanted), "{name}");
    }
}

/// The cells of a row by their headings.
fn cells(row: Node<'_, '_>) -> BTreeMap<String, String> {
    let cells = row.children().filter(|node| node.has_tag_name("td"));
    cells
        .map(|cell| (cell.attribute("data-label").expect("a heading").to_owned(), text(cell)))
        .collect()
}

#[test]
fn nothing_that_the_table_says_is_lost() {
    let loaded = reports::with_everything();
    let page = page(&loaded, By::Region);
    let document = parsed(&page);
    let all = text(document.root_element());
    for wanted in [
        "What-if: flow.pecs-sarajevo-students-in.participants = 5; project.months = 24",
        "Rates 2023.1, published, embedded",
        "Envelopes HU-2023, national, embedded",
        "54.5 fails",
        "Region 1 Western Balkans fails with 54.5 points.",
        "national envelope of 1,019,000.00",
        "2 figures that this budget uses are contradicted by another source",
        "ask your National Agency which reading it applies",
        "organisational support, per participant",
        "NEO-KG states it for call 2026.",
        "hungary.toml",
        &loaded.plan.files[0].sha256,
        &loaded.plan.rates.sha256,
        &loaded.plan.envelope_list.as_ref().expect("a list").sha256,
    ] {
        assert!(all.contains(wanted), "{wanted}");
    }
    reports::with_budget(&loaded, |_, notices| {
        for text in notices.iter().flat_map(|notice| notice.details.iter().chain([&notice.message]))
        {
            assert!(all.contains(text.as_str()), "{text}");
        }
    });
}

/// Each figure that an amount rests on stands among the figures, with its sources below.
#[test]
fn every_amount_leads_to_its_figures() {
    for (name, loaded) in all() {
        let page = page(&loaded, By::Region);
        let document = parsed(&page);
        let figures: BTreeMap<&str, String> = elements(&document, "li")
            .filter_map(|node| Some((node.attribute("id")?, text(node))))
            .collect();
        let is_lines = |node: &Node<'_, '_>| node.attribute("class") == Some("lines");
        let rows = elements(&document, "table").filter(is_lines).flat_map(|table| {
            let body = table.children().find(|node| node.has_tag_name("tbody")).expect("a body");
            body.children().filter(Node::is_element).collect::<Vec<_>>()
        });
        let mut shown: BTreeSet<String> = BTreeSet::new();
        for row in rows {
            let links: Vec<&str> =
                row.descendants().filter_map(|node| node.attribute("href")).collect();
            assert!(!links.is_empty(), "{name}");
            shown.extend(links.iter().map(|link| figures[&link[1..]].clone()));
        }
        reports::with_budget(&loaded, |budget, _| {
            let flows = budget.regions.iter().flat_map(|region| &region.countries);
            let lines = flows.flat_map(|country| &country.flows).flat_map(|flow| &flow.lines);
            for citation in lines.flat_map(|line| line.grounds) {
                let is_it = |shown: &&String| shown.starts_with(&format!("{} ", citation.figure));
                let figure = shown.iter().find(is_it).expect(&citation.figure);
                for source in citation.sources() {
                    assert!(figure.contains(&source.key), "{name}: {figure}");
                }
            }
        });
    }
}

#[test]
fn numbers_are_written_as_the_locale_has_it() {
    let loaded = reports::with_everything();
    let total = |locale| {
        let page = page(&loaded, Style::new(By::Region, locale));
        let document = parsed(&page);
        let total = document.descendants().find(|node| node.attribute("class") == Some("amount"));
        (text(total.expect("a total")), text(document.root_element()))
    };
    let (english, _) = total(Locale::En);
    let marks = |group: &str, decimal: &str| {
        english.replace(',', "g").replace('.', decimal).replace('g', group)
    };
    assert!(english.len() > 8, "{english}");
    let (german, page) = total(Locale::De);
    assert_eq!(german, marks(".", ","));
    assert!(page.contains("1.019.000,00"));
    let (french, page) = total(Locale::Fr);
    assert_eq!(french, marks("\u{202f}", ","));
    assert!(page.contains("1\u{202f}019\u{202f}000,00"));
}

#[test]
fn the_same_budget_gives_the_same_bytes() {
    let loaded = reports::with_everything();
    for by in By::ALL {
        assert_eq!(page(&loaded, *by), page(&loaded, *by), "{by}");
    }
}

/// A colour of the style sheet as red, green and blue.
type Palette = BTreeMap<String, [u8; 3]>;

/// The palettes by day and by night.
fn palettes(sheet: &str) -> [Palette; 2] {
    let (light, rest) =
        sheet.split_once("@media screen and (prefers-color-scheme:dark){").expect("both");
    let dark = rest.lines().next().expect("a line");
    [light, dark].map(|part| {
        let colours = part.split([';', '{']).filter_map(|property| {
            let (name, colour) = property.strip_prefix("--")?.split_once(":#")?;
            let part = |at| u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits");
            Some((name.to_owned(), [part(0), part(2), part(4)]))
        });
        colours.collect()
    })
}

/// Relative luminance, as WCAG 2 defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_right() {
    let (black, white, grey) = ([0; 3], [255; 3], [0x76; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    // The lightest grey that passes on white.
    assert!((4.54..4.55).contains(&contrast(grey, white)));
}

#[test]
fn text_and_drawings_stand_out_by_day_and_by_night() {
    let page = page(&reports::with_everything(), By::Region);
    let document = parsed(&page);
    let sheet = text(elements(&document, "style").next().expect("a style sheet"));
    let texts = of_property(&sheet, "color");
    let grounds = of_property(&sheet, "background");
    assert_eq!(texts, ["accent", "ink", "muted", "over"].map(str::to_owned).into());
    assert_eq!(grounds, ["panel", "paper"].map(str::to_owned).into());
    for palette in palettes(&sheet) {
        assert!(palette.len() > 10, "{palette:?}");
        for (text, ground) in texts.iter().flat_map(|text| grounds.iter().map(move |g| (text, g))) {
            let ratio = contrast(palette[text], palette[ground]);
            assert!(ratio >= 4.5, "{text} on {ground}: {ratio}");
        }
        let drawn = palette.keys().filter(|name| name.starts_with("item-"));
        for drawn in drawn.map(String::as_str).chain(["ink", "over"]) {
            let ratio = contrast(palette[drawn], palette["paper"]);
            assert!(ratio >= 3.0, "{drawn}: {ratio}");
        }
    }
}

/// The names of the colours that a property takes anywhere in a style sheet.
fn of_property(sheet: &str, property: &str) -> BTreeSet<String> {
    let declarations = sheet.split(['{', ';', '}']).filter_map(|part| part.trim().split_once(':'));
    let values = declarations.filter(|(name, _)| *name == property).map(|(_, value)| value.trim());
    let named = values.filter(|value| !matches!(*value, "inherit" | "none"));
    let name = |value: &str| {
        let name = value.strip_prefix("var(--").and_then(|value| value.strip_suffix(')'));
        name.unwrap_or_else(|| panic!("{property}: {value} is no colour of the palette")).to_owned()
    };
    named.map(name).collect()
}
