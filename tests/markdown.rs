//! Budgets as Markdown, read by another reader: the amounts of the result, nothing but our own markup.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a failing test may stop

mod support;

use ka171::model::Word;
use ka171::plan::Loaded;
use ka171::report::markdown::render;
use ka171::report::{By, Locale, Style};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use support::reports::{self, FORMULA, PIPES, SCRIPT, exact, plans};

fn page(loaded: &Loaded, style: impl Into<Style>) -> String {
    reports::with_budget(loaded, |budget, notices| render(budget, notices, style))
}

fn events(page: &str) -> Vec<Event<'_>> {
    Parser::new_ext(page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
}

/// The tables as rows of cells, without the heading's.
fn tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut cell = None;
    for event in events(page) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableRow) => tables.last_mut().expect("a table").push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::Text(text) => cell.iter_mut().for_each(|cell| cell.push_str(&text)),
            Event::End(TagEnd::TableCell) => {
                let text = cell.take().expect("a cell");
                if let Some(row) = tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(text);
                }
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn the_first_table_has_the_amounts_of_the_result() {
    for (path, loaded) in plans() {
        let result = reports::result(&loaded);
        let tables = tables(&page(&loaded, By::Region));
        let rows = &tables[0];
        let regions = result.regions.iter().map(|region| &region.amounts);
        assert_eq!(rows.len(), result.regions.len() + 1, "{}", path.display());
        for (row, amounts) in rows.iter().zip(regions.chain([&result.totals.amounts])) {
            // Without the mark of an estimated distance.
            let plain = |cell: &String| cell.replace(',', "").trim_start_matches('~').to_owned();
            let plain: Vec<String> = row.iter().map(plain).collect();
            for key in ["individual_support", "top_up", "travel", "organisational_support", "total"]
            {
                let amount = exact(&amounts[key]).to_string();
                assert!(plain.contains(&amount), "{}, {key}: {row:?}", path.display());
            }
        }
    }
}

#[test]
fn texts_of_the_plan_are_no_markup() {
    let loaded = reports::hostile();
    let addresses: Vec<String> =
        loaded.table.sources.values().map(|source| source.locator.to_string()).collect();
    for by in By::ALL {
        let page = page(&loaded, *by);
        let mut open = 0;
        for event in events(&page) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let rest = html.replace("<details>", "").replace("</details>", "");
                    let rest = rest.replace("<summary>", "").replace("</summary>", "");
                    assert!(!rest.contains(['<', '>']), "{by}: {html}");
                    open += html.matches("<details>").count();
                    open -= html.matches("</details>").count();
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(addresses.iter().any(|url| **url == *dest_url), "{by}: {dest_url}");
                }
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Emphasis)
                | Event::Code(_)
                | Event::Rule => assert!(page.is_empty(), "{by}: {event:?}"),
                _ => {}
            }
        }
        assert_eq!(open, 0, "{by}: everything that is folded ends");
        for table in tables(&page) {
            assert!(table.iter().all(|row| row.len() == table[0].len()), "{by}: {table:?}");
        }
        assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "{by}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_no_markup(text in reports::text()) {
        let loaded = reports::saying(&text);
        prop_assume!(loaded.is_some());
        let loaded = loaded.expect("a plan");
        let (page, plain) = (page(&loaded, By::Flow), page(&reports::saying("x").expect("a plan"), By::Flow));
        let kinds = |page: &str| -> Vec<_> {
            events(page).into_iter().filter(|event| !matches!(event, Event::Text(_) | Event::SoftBreak))
                .map(|event| format!("{event:?}")).filter(|event| !event.contains("SHA-256")).collect()
        };
        prop_assert_eq!(kinds(&page), kinds(&plain));
    }
}

#[test]
fn texts_of_the_plan_are_whole() {
    let page = page(&reports::hostile(), By::Region);
    let mut items: Vec<String> = Vec::new();
    for event in events(&page) {
        match event {
            Event::Start(Tag::Item) => items.push(String::new()),
            Event::Text(text) => {
                items.iter_mut().last().into_iter().for_each(|i| i.push_str(&text))
            }
            _ => {}
        }
    }
    for partner in [FORMULA, SCRIPT, PIPES, &reports::long()] {
        let item = format!("Partner: {partner}");
        assert!(items.contains(&item), "{item}");
    }
    // A reader drops cells that have no heading: what stands in the right one tells.
    let page = self::page(&reports::hostile(), By::Flow);
    let ids: Vec<String> = tables(&page)[0].iter().map(|row| row[2].trim().to_owned()).collect();
    for id in [FORMULA, SCRIPT, PIPES] {
        assert!(ids.contains(&id.to_owned()), "{id}: {ids:?}");
    }
}

#[test]
fn what_counts_stands_first_and_the_rest_is_folded() {
    let loaded = reports::with_everything();
    for by in By::ALL {
        let page = page(&loaded, *by);
        let (first, folded) = page.split_once("<details>").expect("details");
        for wanted in [
            "25 participants",
            "Region 1 Western Balkans fails with 54.5 points.",
            "3 warnings and 3 notes",
            "Rates 2023.1, published, embedded",
            "Envelopes HU-2023, national, embedded",
            "What-if: flow.pecs-sarajevo-students-in.participants = 5; project.months = 24",
        ] {
            assert!(first.contains(wanted), "{by}: {wanted}\n{first}");
        }
        for wanted in [
            "contradicted by another source",
            "organisational support, per participant",
            "national envelope of 1,019,000.00",
            "54.5 fails",
            &loaded.plan.rates.sha256,
            &loaded.plan.files[0].sha256,
        ] {
            assert!(folded.contains(wanted), "{by}: {wanted}");
        }
    }
}

#[test]
fn numbers_are_written_as_the_locale_has_it() {
    let loaded = reports::with_everything();
    let total = |locale| {
        let tables = tables(&page(&loaded, Style::new(By::Region, locale)));
        tables[0].last().expect("a total")[7].clone()
    };
    let english = total(Locale::En);
    assert_eq!(english.matches(',').count(), 1);
    assert_eq!(total(Locale::De), english.replace(',', "g").replace('.', ",").replace('g', "."));
    assert_eq!(total(Locale::Fr), english.replace(',', "\u{202f}").replace('.', ","));
}

#[test]
fn the_same_budget_gives_the_same_bytes() {
    let loaded = reports::with_everything();
    assert_eq!(page(&loaded, By::Flow), page(&loaded, By::Flow));
}
