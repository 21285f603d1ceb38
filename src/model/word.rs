//! Words that plans and rate tables choose from a fixed list.

/// A term of the field with a fixed spelling, such as `incoming` or `SMS`.
pub trait Word: Copy + Eq + Sized + 'static {
    /// What the word is, for messages: "direction", "activity".
    const WHAT: &'static str;
    /// Every value, in the order in which messages list them.
    const ALL: &'static [Self];

    /// The spelling that results use.
    fn as_str(self) -> &'static str;

    /// Other spellings that are accepted.
    fn other_spellings(self) -> &'static [&'static str] {
        &[]
    }

    /// The value that `text` spells, if any.
    fn from_word(text: &str) -> Option<Self> {
        let spells = |word: &Self| word.as_str() == text || word.other_spellings().contains(&text);
        Self::ALL.iter().copied().find(spells)
    }
}

/// Declares an enum whose values are [`Word`]s.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: $what:literal {
            $( $(#[$vmeta:meta])* $variant:ident = $text:literal $( | $other:literal )* ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vmeta])* $variant ),+ }

        impl $crate::model::Word for $name {
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text ),+ }
            }

            fn other_spellings(self) -> &'static [&'static str] {
                match self { $( Self::$variant => &[ $( $other ),* ] ),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::model::Word::as_str(*self))
            }
        }
    };
}
pub(crate) use words;
