//! Headings, lines and tables one below the other, for a terminal or as Markdown.

use super::escape::{address, escaped, escaped_in_html};
use super::grid::Grid;
use super::wrap::wrapped;
use crate::diag::printable;

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a terminal of this width; `None` where lines may be of any length.
    Text(Option<usize>),
    /// Markdown, for pull requests and wikis.
    Markdown,
}

/// Blocks in their order.
#[derive(Default)]
pub struct Page {
    blocks: Vec<Block>,
}

enum Block {
    Title(String),
    Heading(String),
    Subheading(String),
    Line(String),
    Item(String),
    /// With a web address behind it.
    LinkedItem(String, String),
    Grid(Grid),
    /// In Markdown folded away under its heading.
    Folded(String, Page),
}

impl Page {
    /// Adds the page's own heading.
    pub fn title(&mut self, title: impl Into<String>) {
        self.blocks.push(Block::Title(title.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, heading: impl Into<String>) {
        self.blocks.push(Block::Heading(heading.into()));
    }

    /// Adds a heading below another one.
    pub fn subheading(&mut self, heading: impl Into<String>) {
        self.blocks.push(Block::Subheading(heading.into()));
    }

    /// Adds a line of text.
    pub fn line(&mut self, line: impl Into<String>) {
        self.blocks.push(Block::Line(line.into()));
    }

    /// Adds an item of a list.
    pub fn item(&mut self, item: impl Into<String>) {
        self.blocks.push(Block::Item(item.into()));
    }

    /// Adds an item of a list that ends in a web address.
    pub fn linked_item(&mut self, item: impl Into<String>, url: impl Into<String>) {
        self.blocks.push(Block::LinkedItem(item.into(), url.into()));
    }

    /// Adds a table.
    pub fn grid(&mut self, grid: Grid) {
        self.blocks.push(Block::Grid(grid));
    }

    /// Adds the blocks of another page.
    pub fn append(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }

    /// Whether it has no block.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds details under a heading.
    pub fn folded(&mut self, heading: impl Into<String>, details: Page) {
        self.blocks.push(Block::Folded(heading.into(), details));
    }

    /// The page as text that ends with a line break.
    pub fn write(&self, form: Form) -> String {
        match form {
            Form::Text(width) => self.text(width),
            Form::Markdown => self.markdown(2),
        }
    }

    fn text(&self, width: Option<usize>) -> String {
        let mut text = String::new();
        let mut before = None;
        for block in &self.blocks {
            if before.is_some_and(|before: &Block| !before.is_close_to(block)) {
                text.push('\n');
            }
            before = Some(block);
            text.push_str(&match block {
                Block::Title(line)
                | Block::Heading(line)
                | Block::Subheading(line)
                | Block::Line(line) => wrapped(&printable(line), width),
                Block::Item(item) => wrapped(&format!("- {}", printable(item)), width),
                Block::LinkedItem(item, url) => {
                    wrapped(&format!("- {}, {}", printable(item), printable(url)), width)
                }
                Block::Grid(grid) => grid.text(width),
                Block::Folded(heading, page) => {
                    format!("{}\n\n{}", printable(heading), page.text(width))
                }
            });
        }
        text
    }

    /// Headings are of a level that fits into a comment.
    fn markdown(&self, level: usize) -> String {
        let hashes = "#".repeat(level);
        let mut text = String::new();
        let mut before: Option<&Block> = None;
        for block in &self.blocks {
            let is_next_item = before.is_some_and(Block::is_item) && block.is_item();
            if before.is_some() && !is_next_item {
                text.push('\n');
            }
            before = Some(block);
            text.push_str(&match block {
                Block::Title(title) => format!("{hashes} {}\n", escaped(title)),
                Block::Heading(heading) => format!("{hashes}# {}\n", escaped(heading)),
                Block::Subheading(heading) => format!("{hashes}## {}\n", escaped(heading)),
                Block::Line(line) => format!("{}\n", escaped(line)),
                Block::Item(item) => format!("- {}\n", escaped(item)),
                Block::LinkedItem(item, url) => {
                    format!("- {}, <{}>\n", escaped(item), address(url))
                }
                Block::Grid(grid) => grid.markdown(),
                Block::Folded(heading, page) => format!(
                    "<details><summary>{}</summary>\n\n{}\n</details>\n",
                    escaped_in_html(heading),
                    page.markdown(level + 1)
                ),
            });
        }
        text
    }
}

impl Block {
    fn is_item(&self) -> bool {
        matches!(self, Self::Item(_) | Self::LinkedItem(..))
    }

    /// Whether the next block follows without a blank line between them.
    fn is_close_to(&self, next: &Self) -> bool {
        let is_line = |block: &Self| matches!(block, Self::Line(_)) || block.is_item();
        let has_text = matches!(self, Self::Title(_) | Self::Subheading(_)) || is_line(self);
        has_text && is_line(next)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::text;
    use super::*;

    fn page() -> Page {
        let mut page = Page::default();
        page.title("Rates 2025.1");
        page.line("checked on 2026-11-21");
        page.heading("Travel");
        let mut grid = Grid::new([text("Figure")]);
        grid.row(["edges".to_owned()]);
        page.grid(grid);
        let mut notes = Page::default();
        notes.item("one");
        notes.linked_item("two*", "https://example.org/a_b*<c>");
        page.folded("Notes", notes);
        page
    }

    #[test]
    fn writes_text() {
        let expected = "\
Rates 2025.1
checked on 2026-11-21

Travel

Figure
------
edges

Notes

- one
- two*, https://example.org/a_b*<c>
";
        assert_eq!(page().write(Form::Text(None)), expected);
    }

    #[test]
    fn writes_markdown() {
        let expected = "\
## Rates 2025.1

checked on 2026-11-21

### Travel

| Figure |
| --- |
| edges |

<details><summary>Notes</summary>

- one
- two\\*, <https://example.org/a_b*%3Cc%3E>

</details>
";
        assert_eq!(page().write(Form::Markdown), expected);
    }
}
