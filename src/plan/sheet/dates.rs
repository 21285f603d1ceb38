//! Days as offices write them: `2026-09-01`, `01/09/2026`, `1.9.2026`, always with the day before the
//! month.

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFault {
    /// The month stands first, as in American dates.
    MonthFirst,
    /// The year has two digits.
    ShortYear,
    /// It is none.
    None,
}

/// A day as `2026-09-01`. Whether the calendar has it is not checked here.
pub(super) fn day(text: &str) -> Result<String, DateFault> {
    // `2026. 09. 01.`, as in Hungary.
    let text = text.strip_suffix('.').unwrap_or(text);
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.')).ok_or(DateFault::None)?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return Err(DateFault::None) };
    let is_digits =
        |part: &&&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| is_digits(&part)) {
        return Err(DateFault::None);
    }
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 1..=2) => (first, second, third),
        (1..=2, 4) => (third, second, first),
        (1..=2, 1..=2) => return Err(DateFault::ShortYear),
        _ => return Err(DateFault::None),
    };
    let number = |part: &str| part.parse::<u8>().map_err(|_| DateFault::None);
    let (month, day) = (number(month)?, number(day)?);
    if month > 12 && (1..=12).contains(&day) {
        return Err(DateFault::MonthFirst);
    }
    Ok(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_before_the_month() {
        for text in [
            "2026-09-01",
            "01/09/2026",
            "1.9.2026",
            "1. 9. 2026",
            "2026/9/1",
            "1-9-2026",
            "2026. 09. 01.",
            "2026.9.1.",
            "1.9.2026.",
        ] {
            assert_eq!(day(text).as_deref(), Ok("2026-09-01"), "{text}");
        }
    }

    #[test]
    fn other_dates_are_refused() {
        assert_eq!(day("09/25/2026"), Err(DateFault::MonthFirst));
        assert_eq!(day("2026-25-09"), Err(DateFault::MonthFirst));
        assert_eq!(day("1.9.26"), Err(DateFault::ShortYear));
        for text in ["", "September", "1.9", "1.9.2026 10:00", "1/9/20266", "a.b.2026", "46266"] {
            assert_eq!(day(text), Err(DateFault::None), "{text}");
        }
        // For the calendar to find.
        assert_eq!(day("31.02.2026").as_deref(), Ok("2026-02-31"));
    }
}
