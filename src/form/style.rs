//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const INK: Color = Color::RGB(0x001F_3864);
const PAPER: Color = Color::RGB(0x00FF_FFFF);
const PALE: Color = Color::RGB(0x00DD_E4F0);
const MUTED: Color = Color::RGB(0x0059_5959);

/// All formats of the workbook.
pub(super) struct Styles {
    /// The heading of a column or key that a plan needs.
    pub required: Format,
    /// The heading of another one.
    pub optional: Format,
    /// What is typed into such a cell stays as it is typed.
    pub text: Format,
    pub date: Format,
    pub plain: Format,
    /// A number that is a name.
    pub number: Format,
    pub title: Format,
    /// A line that explains something.
    pub remark: Format,
    /// The same, in a column of its own, in as many lines as it needs.
    pub lines: Format,
    /// A word of the program, as it is typed.
    pub word: Format,
}

impl Styles {
    pub fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        let heading = Format::new()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_right(FormatBorder::Thin)
            .set_border_right_color(PAPER);
        Self {
            required: heading.clone().set_font_color(PAPER).set_background_color(INK),
            optional: heading.set_font_color(INK).set_background_color(PALE),
            text: plain.clone().set_num_format("@"),
            date: plain.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            title: Format::new().set_bold().set_font_size(16).set_font_color(INK),
            remark: plain.clone().set_font_color(MUTED),
            lines: plain.clone().set_text_wrap(),
            word: plain.clone().set_bold(),
            number: plain.clone().set_align(FormatAlign::Left),
            plain,
        }
    }
}
