//! What a table says for a key.

use super::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// What a table says for a key.
#[derive(Clone, Debug, Default)]
pub enum Given<T> {
    /// Nothing.
    #[default]
    Absent,
    /// Something that cannot be used; the fault has been reported.
    Faulty,
    /// A value.
    Value(Located<T>),
}

impl<T> Given<T> {
    /// The value, if there is a usable one.
    pub fn value(&self) -> Option<&T> {
        self.located().map(|located| &located.value)
    }

    /// The value with its place, if there is a usable one.
    pub fn located(&self) -> Option<&Located<T>> {
        match self {
            Self::Value(located) => Some(located),
            Self::Absent | Self::Faulty => None,
        }
    }

    /// Whether the key is absent. A faulty value is not absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the value cannot be used.
    pub fn is_faulty(&self) -> bool {
        matches!(self, Self::Faulty)
    }

    /// The value converted.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Absent => Given::Absent,
            Self::Faulty => Given::Faulty,
            Self::Value(Located { value, span }) => {
                Given::Value(Located { value: convert(value), span })
            }
        }
    }
}

impl<T: Copy> Given<T> {
    /// The value, or a default where the key is absent or faulty.
    pub fn or(&self, default: T) -> T {
        self.value().copied().unwrap_or(default)
    }
}

impl Given<bool> {
    /// Whether it is `true`, or faulty and may be meant so: then no other fault follows from it.
    pub fn may_be_true(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Faulty => true,
            Self::Value(flag) => flag.value,
        }
    }
}
