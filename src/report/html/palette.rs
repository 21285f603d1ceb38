//! The colours of the page, light and dark.
//!
//! Text has a contrast of at least 4.5 to 1 on both grounds, what is drawn one of 3 to 1; the tests
//! compute it. The colours of cost categories stay apart for readers who see no red, no green or no blue.

/// A name for the style sheet, then the colour by day and by night.
const COLOURS: [(&str, &str, &str); 14] = [
    // Grounds.
    ("paper", "#fdfcf9", "#14181d"),
    ("panel", "#f4f1e9", "#1c2229"),
    // Text.
    ("ink", "#1b232d", "#ebe7dd"),
    ("muted", "#575f69", "#a9b1ba"),
    ("accent", "#1d5a68", "#8accd6"),
    ("over", "#a02c20", "#ff9c8c"),
    // Lines, and what is left in an envelope.
    ("rule", "#d8d3c6", "#39424c"),
    ("room", "#e3ddce", "#37414b"),
    // Cost categories, in their order.
    ("item-1", "#3b7dbb", "#6bb4e3"),
    ("item-2", "#ad8c3f", "#dcc05a"),
    ("item-3", "#1a5855", "#cce6dc"),
    ("item-4", "#6e1b1f", "#bd4a3e"),
    ("item-5", "#4d2a72", "#9149bd"),
    ("item-6", "#8b939e", "#627081"),
];

/// The custom properties of the style sheet. Paper is always light.
pub(super) fn properties() -> String {
    let light: String =
        COLOURS.iter().map(|(name, light, _)| format!("--{name}:{light};")).collect();
    let dark: String = COLOURS.iter().map(|(name, _, dark)| format!("--{name}:{dark};")).collect();
    format!(
        ":root{{{light}color-scheme:light dark}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
}
