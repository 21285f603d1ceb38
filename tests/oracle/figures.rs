//! The figures of calls 2022 to 2026, typed from the published sources and not from the program's
//! rate tables. Whole euros.

/// Distance bands, and the kilometre at which each begins.
pub const BANDS: [&str; 7] =
    ["10-99", "100-499", "500-1999", "2000-2999", "3000-3999", "4000-7999", "8000+"];
pub const EDGES: [i128; 7] = [10, 100, 500, 2000, 3000, 4000, 8000];

/// Long-term students, per month in every call: incoming by country group, and outgoing.
pub const MONTH_IN: [i128; 3] = [900, 850, 800];
pub const MONTH_OUT: i128 = 700;

/// Top-up for students with fewer opportunities: long-term per month; short-term, once, for 5 to 14
/// and for 15 to 30 activity days.
pub const TOP_UPS: [i128; 3] = [250, 100, 150];

/// Organisational support per participant.
pub const ORGANISATION: i128 = 500;

/// The figures that differ between calls, in whole euros.
pub struct Figures {
    /// Receiving countries of groups 1, 2 and 3.
    pub groups: [&'static str; 3],
    /// Short-term students, per day: up to the 14th funded day, and from the 15th.
    pub short: [i128; 2],
    /// Staff, per day: incoming by country group, and outgoing.
    pub day_in: [i128; 3],
    pub day_out: i128,
    /// Travel per band; where no green amount is published the standard one stands for it.
    pub standard: [i128; 7],
    pub green: [i128; 7],
    /// Most travel days: standard and green travel.
    pub travel_days: [i128; 2],
}

/// Call 2023; and call 2022, but for its short-term rates of 70 and 50.
pub const EARLY: Figures = Figures {
    groups: [
        "DK FI IE IS LI LU NO SE",
        "AT BE CY DE ES FR GR IT MT NL PT",
        "BG CZ EE HR HU LT LV MK PL RO RS SI SK TR",
    ],
    short: [79, 56],
    day_in: [180, 160, 140],
    day_out: 180,
    standard: [20, 180, 275, 360, 530, 820, 1500],
    green: [20, 210, 320, 410, 610, 820, 1500],
    travel_days: [2, 4],
};

/// Calls 2024 and 2025; call 2026 carries them over.
pub const LATE: Figures = Figures {
    groups: [
        "AT BE DE DK FI FR IE IS IT LI LU NL NO SE",
        "CY CZ EE ES GR LV MT PT SI SK",
        "BG HR HU LT MK PL RO RS TR",
    ],
    short: [79, 56],
    day_in: [190, 170, 148],
    day_out: 190,
    standard: [28, 211, 309, 395, 580, 1188, 1735],
    green: [56, 285, 417, 535, 785, 1188, 1735],
    travel_days: [2, 6],
};
