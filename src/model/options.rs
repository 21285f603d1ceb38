//! What the command line says instead of a plan's file.

/// Keys of the plan whose values come from options: `--call`, `--country`, `--applicant`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The call year.
    pub call: Option<u16>,
    /// The applicant's country, as it was given.
    pub country: Option<String>,
    /// The applicant's name.
    pub applicant: Option<String>,
}

impl Options {
    /// Whether the file alone says all of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
