//! Numbers for people.

/// Hundredths as a decimal number: 7563 is `75.63`.
pub(super) fn hundredths(number: i128) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_hundredths() {
        assert_eq!(hundredths(7563), "75.63");
        assert_eq!(hundredths(5), "0.05");
        assert_eq!(hundredths(10_000), "100.00");
    }
}
