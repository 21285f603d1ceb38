//! Calendar dates and the two ways in which a stay is counted.

use std::fmt;

use super::LastOfFebruary;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the Gregorian calendar, years 1900 to 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date; `None` where the calendar has no such day or the year is outside 1900 to 2999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let exists = (1900..=2999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day);
        exists.then_some(date)
    }

    /// A date from ISO text, `2026-09-01`. The error says whether it has the form of a date.
    pub fn from_iso(text: &str) -> Result<Self, DateFault> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return Err(DateFault::Form) };
        let number = |part: &str, digits: usize| {
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse::<u16>().ok() } else { None }
        };
        let (Some(year), Some(month), Some(day)) =
            (number(year, 4), number(month, 2), number(day, 2))
        else {
            return Err(DateFault::Form);
        };
        let small = |number: u16| u8::try_from(number).unwrap_or(0);
        Self::new(year, small(month), small(day)).ok_or(DateFault::NoSuchDay)
    }

    /// Year, month and day.
    pub fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Day and month in words: `1 August`.
    pub fn day_and_month(self) -> String {
        let month = MONTHS.get(usize::from(self.month) - 1).copied().unwrap_or_default();
        format!("{} {month}", self.day)
    }

    /// The first day of a month, `months` months after this date's.
    pub fn first_of_month_after(self, months: u32) -> Option<Self> {
        let count = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        Self::new(u16::try_from(count / 12).ok()?, u8::try_from(count % 12 + 1).ok()?, 1)
    }

    /// Whether this day lies more than a year before another one, by the calendar. 21 November 2025
    /// is a year before 21 November 2026, and more than that before 22 November 2026.
    pub fn is_more_than_a_year_before(self, later: Self) -> bool {
        (self.year + 1, self.month, self.day) < (later.year, later.month, later.day)
    }

    fn is_last_of_february(self) -> bool {
        self.month == 2 && self.day == days_of_month(self.year, 2)
    }

    /// Days since the first of March of the year 0, for differences.
    fn day_number(self) -> i32 {
        let month = (i32::from(self.month) + 9) % 12;
        let year = i32::from(self.year) - i32::from(self.month <= 2);
        365 * year + year / 4 - year / 100
            + year / 400
            + (month * 306 + 5) / 10
            + i32::from(self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It does not read year-month-day.
    Form,
    /// The calendar has no such day.
    NoSuchDay,
}

/// Days of a stay in calendar days, first and last included; `None` where the end is first.
///
/// Source: European Commission help page "Duration Calculated (days)".
pub fn calendar_days(start: Date, end: Date) -> Option<u32> {
    u32::try_from(end.day_number() - start.day_number() + 1).ok().filter(|&days| days > 0)
}

/// Days of a long-term student's stay in months of equal length (30 days), first and last included;
/// `None` where the end is first.
///
/// A later day, such as the 31st, counts as the last of the month. What an end on the last day of
/// February counts as is the table's rule; there is none for a start. Source: European Commission
/// help page "Duration Calculated (days)".
pub fn days_in_equal_months(
    start: Date,
    end: Date,
    days_in_month: u32,
    february: LastOfFebruary,
) -> Option<u32> {
    if end < start {
        return None;
    }
    let last = i64::from(days_in_month);
    let end_day = match february {
        LastOfFebruary::EndCountsAsDay30 if end.is_last_of_february() => last,
        _ => i64::from(end.day).min(last),
    };
    let years = i64::from(end.year) - i64::from(start.year);
    let months = years * 12 + i64::from(end.month) - i64::from(start.month);
    u32::try_from(months * last + end_day - i64::from(start.day).min(last) + 1).ok()
}

/// Whether the rule for the last day of February changes how this end date counts.
pub fn february_rule_applies(end: Date, february: LastOfFebruary) -> bool {
    february == LastOfFebruary::EndCountsAsDay30 && end.is_last_of_february()
}

fn days_of_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn long(start: &str, end: &str) -> Option<u32> {
        days_in_equal_months(date(start), date(end), 30, LastOfFebruary::EndCountsAsDay30)
    }

    #[test]
    fn knows_the_calendar() {
        assert!(Date::from_iso("2028-02-29").is_ok());
        assert_eq!(Date::from_iso("2026-02-29"), Err(DateFault::NoSuchDay));
        assert_eq!(Date::from_iso("2026-13-01"), Err(DateFault::NoSuchDay));
        assert_eq!(Date::from_iso("2026-00-10"), Err(DateFault::NoSuchDay));
        for text in ["", "2026", "2026-9-1", "01/09/2026", "2026-09-01-", "+026-09-01"] {
            assert_eq!(Date::from_iso(text), Err(DateFault::Form), "{text}");
        }
    }

    /// The Commission's own example: 1 January to 15 April 2023 is 3 months and 15 days.
    #[test]
    fn the_commissions_example_is_105_days() {
        assert_eq!(long("2023-01-01", "2023-04-15"), Some(105));
    }

    #[test]
    fn months_have_30_days() {
        assert_eq!(long("2024-10-01", "2025-03-31"), Some(180));
        assert_eq!(long("2026-09-01", "2027-02-28"), Some(180));
        assert_eq!(long("2027-09-01", "2028-02-28"), Some(178)); // not the last of February
        assert_eq!(long("2027-09-01", "2028-02-29"), Some(180));
        assert_eq!(long("2026-02-28", "2026-03-31"), Some(33)); // no rule for a start
        assert_eq!(long("2026-10-31", "2026-10-31"), Some(1));
        assert_eq!(long("2026-10-30", "2026-10-31"), Some(1));
        assert_eq!(long("2026-10-31", "2026-10-30"), None);
    }

    #[test]
    fn calendar_days_count_both_ends() {
        let days = |start, end| calendar_days(date(start), date(end));
        assert_eq!(days("2026-03-01", "2026-03-01"), Some(1));
        assert_eq!(days("2026-02-27", "2026-03-02"), Some(4));
        assert_eq!(days("2028-02-27", "2028-03-02"), Some(5));
        assert_eq!(days("2026-12-30", "2027-01-03"), Some(5));
        assert_eq!(days("2000-01-01", "2001-01-01"), Some(367));
        assert_eq!(days("2026-03-02", "2026-03-01"), None);
    }

    #[test]
    fn a_year_is_one_of_the_calendar() {
        let more = |day, later| date(day).is_more_than_a_year_before(date(later));
        assert!(!more("2025-11-21", "2026-11-21"));
        assert!(more("2025-11-21", "2026-11-22"));
        assert!(more("2025-11-21", "2027-01-01"));
        assert!(!more("2025-12-31", "2026-11-22"));
        assert!(!more("2028-02-29", "2029-02-28"));
        assert!(more("2028-02-29", "2029-03-01"));
        assert!(!more("2027-02-28", "2028-02-28"));
        assert!(more("2027-02-28", "2028-02-29"));
        assert!(!more("2026-11-22", "2025-11-21"));
    }

    #[test]
    fn months_on() {
        let august = date("2023-08-01");
        assert_eq!(august.first_of_month_after(36), Some(date("2026-08-01")));
        assert_eq!(august.first_of_month_after(5), Some(date("2024-01-01")));
    }
}
