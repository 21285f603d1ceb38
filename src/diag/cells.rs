//! Places in sheets: which cell a part of a text stands in.

use std::fmt;
use std::sync::Arc;

/// A cell of a sheet, as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// The sheet of a workbook; `None` in a file that has only one and no name for it.
    pub sheet: Option<Arc<str>>,
    /// The row, from 1.
    pub row: u32,
    /// The column, from 1; 0 for the row as a whole.
    pub column: u32,
    /// The heading of the column.
    pub heading: Option<Arc<str>>,
}

impl CellPlace {
    /// `G17`; `17` for a row as a whole.
    pub fn name(&self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }
}

/// `Flows!G17` in a workbook, `row 17, column G (Participants)` elsewhere.
impl fmt::Display for CellPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            return match self.column {
                0 => write!(f, "{sheet}, row {}", self.row),
                _ => write!(f, "{sheet}!{}", self.name()),
            };
        }
        write!(f, "row {}", self.row)?;
        if self.column > 0 {
            write!(f, ", column {}", letters(self.column))?;
        }
        match &self.heading {
            Some(heading) => write!(f, " ({heading})"),
            None => Ok(()),
        }
    }
}

/// The letters of a column: `A`, `Z`, `AA`.
fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        let letter = u8::try_from(column % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let named = [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA")];
        for (column, expected) in named {
            assert_eq!(letters(column), expected);
        }
        assert_eq!(letters(16_384), "XFD");
    }

    #[test]
    fn cells_are_named_as_their_users_see_them() {
        let heading = Some("Participants".into());
        let cell = CellPlace { sheet: None, row: 17, column: 7, heading };
        assert_eq!(cell.to_string(), "row 17, column G (Participants)");
        let cell = CellPlace { sheet: Some("Flows".into()), ..cell };
        assert_eq!(cell.to_string(), "Flows!G17");
        let row = CellPlace { column: 0, ..cell };
        assert_eq!(row.to_string(), "Flows, row 17");
    }
}
