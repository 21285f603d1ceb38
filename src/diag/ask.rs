//! What a finding asks for, in the words of the file: a text has keys, a sheet has cells.

use super::Place;

impl Place {
    fn is_in_sheet(&self) -> bool {
        self.cell().is_some()
    }

    /// To state a key; `value` is written as in TOML.
    pub fn enter(&self, key: &str, value: &str) -> String {
        match self.is_in_sheet() {
            true => {
                let word = if value == "true" { "yes" } else { value.trim_matches('"') };
                format!("write {word} into the column `{key}`")
            }
            false => format!("add `{key} = {value}`"),
        }
    }

    /// Not to state it.
    pub fn clear(&self) -> &'static str {
        if self.is_in_sheet() { "leave the cell empty" } else { "leave the key out" }
    }

    /// That something does not state a key.
    pub fn lacks(&self, what: &str, key: &str) -> String {
        match self.is_in_sheet() {
            true => format!("{what} has no `{key}`"),
            false => format!("{what} lacks the key `{key}`"),
        }
    }

    /// To state a key that must be there, perhaps with a value like one as TOML writes it.
    pub fn fill_in(&self, key: &str, example: Option<&str>) -> String {
        match (self.is_in_sheet(), example) {
            (true, Some(example)) => {
                format!("fill in the column `{key}`, such as {}", example.trim_matches('"'))
            }
            (true, None) => format!("fill in the column `{key}`"),
            (false, Some(example)) => format!("add the key, with a value such as {example}"),
            (false, None) => "add the key".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{CellPlace, SourceFile};

    #[test]
    fn a_sheet_has_columns_and_a_text_has_keys() {
        let cell = CellPlace { sheet: None, row: 2, column: 1, heading: None };
        let sheet = SourceFile::of_cells("a.csv", "KG\n".to_owned(), vec![(0, cell)]);
        let text = SourceFile::new("a.toml", "call = 2025\n".to_owned());
        let [sheet, text] = [sheet, text].map(|file| Place { file: Arc::clone(&file), span: 0..0 });
        assert_eq!(text.enter("level", "\"doctoral\""), "add `level = \"doctoral\"`");
        assert_eq!(sheet.enter("level", "\"doctoral\""), "write doctoral into the column `level`");
        assert_eq!(sheet.enter("blended", "true"), "write yes into the column `blended`");
        assert_eq!(sheet.clear(), "leave the cell empty");
        assert_eq!(text.lacks("a flow", "days"), "a flow lacks the key `days`");
        assert_eq!(sheet.lacks("a flow", "days"), "a flow has no `days`");
        assert_eq!(sheet.fill_in("days", Some("5")), "fill in the column `days`, such as 5");
    }
}
