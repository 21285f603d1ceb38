//! How cells look.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const INK: Color = Color::RGB(0x001F_3864);
pub(super) const PAPER: Color = Color::RGB(0x00FF_FFFF);
const MUTED: Color = Color::RGB(0x0080_8080);
const LINE: Color = Color::RGB(0x00BF_BFBF);
const INPUT: Color = Color::RGB(0x00FF_F2CC);
const INPUT_LINE: Color = Color::RGB(0x00D6_B656);
const TOTAL: Color = Color::RGB(0x00E9_EEF7);
const ALERT: Color = Color::RGB(0x009C_2A00);
const ALERT_PAPER: Color = Color::RGB(0x00FC_E4D6);

/// The height of rows of totals, in points.
pub(super) const TOTAL_HEIGHT: u16 = 20;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Text,
    /// A short name or a number that is one.
    Name,
    /// A text of several lines.
    Lines,
    Count,
    /// EUR.
    Money,
    /// A percentage by its number: 70.
    Percent,
    /// A share: 0.7.
    Share,
    Points,
    Date,
}

/// What a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Plain,
    /// It repeats what stands elsewhere.
    Muted,
    /// It can be changed, and formulas follow.
    Input,
    Total,
    /// The sum of its row.
    Sum,
    /// Nobody should miss it.
    Alert,
}

/// All formats of the workbook.
pub(super) struct Styles {
    cells: BTreeMap<(Kind, Role, bool), Format>,
    /// A cell of no kind.
    pub plain: Format,
    pub title: Format,
    /// A heading within a sheet.
    pub section: Format,
    /// A heading of a column.
    pub heading: Format,
    /// A heading of a narrow column, written upwards.
    pub upright: Format,
    /// A sentence about a sheet.
    pub remark: Format,
    /// A sample of an input cell.
    pub sample: Format,
}

impl Styles {
    pub fn new() -> Self {
        let mut cells = BTreeMap::new();
        for kind in KINDS {
            for role in [Role::Plain, Role::Muted, Role::Input, Role::Total, Role::Sum, Role::Alert]
            {
                for begins in [false, true] {
                    cells.insert((kind, role, begins), cell(kind, role, begins));
                }
            }
        }
        let plain = Format::new();
        let heading = plain
            .clone()
            .set_bold()
            .set_font_color(PAPER)
            .set_background_color(INK)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self {
            cells,
            title: plain.clone().set_bold().set_font_size(16).set_font_color(INK),
            section: plain.clone().set_bold().set_font_size(12).set_font_color(INK),
            upright: heading.clone().set_rotation(90),
            heading,
            remark: plain.clone().set_font_color(MUTED),
            sample: cell(Kind::Text, Role::Input, false),
            plain,
        }
    }

    /// The format of a cell.
    pub fn cell(&self, kind: Kind, role: Role) -> &Format {
        self.at(kind, role, false)
    }

    /// The format of a cell in a row that begins a group of rows, or in another one.
    pub fn at(&self, kind: Kind, role: Role, begins: bool) -> &Format {
        self.cells.get(&(kind, role, begins)).unwrap_or(&self.plain)
    }
}

const KINDS: [Kind; 9] = [
    Kind::Text,
    Kind::Name,
    Kind::Lines,
    Kind::Count,
    Kind::Money,
    Kind::Percent,
    Kind::Share,
    Kind::Points,
    Kind::Date,
];

fn cell(kind: Kind, role: Role, begins: bool) -> Format {
    let format = match kind {
        Kind::Text | Kind::Name | Kind::Points => Format::new(),
        Kind::Lines => Format::new().set_text_wrap(),
        Kind::Count => Format::new().set_num_format("#,##0"),
        Kind::Money => Format::new().set_num_format(EUROS),
        Kind::Percent => Format::new().set_num_format("0\" %\""),
        Kind::Share => Format::new().set_num_format("0.00%"),
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
    };
    let format = match kind {
        // Numbers end where the column ends: a text beside them needs a gap.
        Kind::Text | Kind::Lines => format.set_align(FormatAlign::Left).set_indent(1),
        Kind::Name => format.set_align(FormatAlign::Center),
        _ => format.set_align(FormatAlign::Right),
    };
    let format = format.set_align(FormatAlign::Top);
    let format = match role {
        Role::Plain => format,
        Role::Muted => format.set_font_color(MUTED),
        // Where somebody protects a sheet, its inputs can still be typed.
        Role::Input => format
            .set_unlocked()
            .set_background_color(INPUT)
            .set_border(FormatBorder::Thin)
            .set_border_color(INPUT_LINE),
        Role::Total => format
            .set_align(FormatAlign::VerticalCenter)
            .set_bold()
            .set_background_color(TOTAL)
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(INK),
        Role::Sum => format.set_bold().set_background_color(TOTAL),
        Role::Alert => format.set_bold().set_font_color(ALERT).set_background_color(ALERT_PAPER),
    };
    match (role, begins) {
        (Role::Plain | Role::Muted | Role::Sum | Role::Alert, true) => {
            format.set_border_top(FormatBorder::Thin).set_border_top_color(LINE)
        }
        _ => format,
    }
}

/// Amounts in euros. Zero is a dash: most rows have some.
const EUROS: &str = "#,##0.00\\ [$\u{20ac}-1];[Red]-#,##0.00\\ [$\u{20ac}-1];\"\u{2013}\"";

/// The colours of the cost categories in the chart, told apart by people who see few colours too.
pub(super) const SERIES: [Color; 6] = [
    Color::RGB(0x0000_72B2),
    Color::RGB(0x00CC_79A7),
    Color::RGB(0x00E6_9F00),
    Color::RGB(0x00D5_5E00),
    Color::RGB(0x0056_B4E9),
    Color::RGB(0x0000_9E73),
];

/// The colour of the envelopes in the chart.
pub(super) const ENVELOPE: Color = Color::RGB(0x0000_0000);

/// The colour of the lines behind the columns.
pub(super) const GRID: Color = Color::RGB(0x00D9_D9D9);
