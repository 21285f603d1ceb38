//! What the cells of a column hold, and the words that offices write for it.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A country by code or name.
    Country,
    /// A region by number, perhaps with its name behind it.
    Region,
    /// A whole number, perhaps with a unit.
    Whole(Units),
    /// A number, perhaps with a unit.
    Decimal(Units),
    /// Yes or no.
    Boolean,
    /// Yes for green travel, no for standard.
    GreenTravel,
    /// A day.
    Date,
    /// A distance band.
    Band,
    /// Months and days with their units.
    Duration,
    /// A word of a list.
    Word(Words),
}

/// Units that may stand behind a number.
pub(super) type Units = &'static [&'static str];
/// Words with what is written for them, folded.
pub(super) type Words = &'static [(&'static str, &'static [&'static str])];

pub(super) const NONE: Units = &[];
pub(super) const MONTHS: Units = &["month", "months"];
pub(super) const DAYS: Units = &["day", "days"];
pub(super) const PERSONS: Units =
    &["participant", "participants", "person", "persons", "student", "students"];
pub(super) const KILOMETRES: Units = &["km"];
pub(super) const EUROS: Units = &["eur", "euro", "euros", "€"];
pub(super) const POINTS: Units = &["point", "points"];

pub(super) const DIRECTION: Words =
    &[("incoming", &["in", "inbound", "inwards"]), ("outgoing", &["out", "outbound", "outwards"])];

pub(super) const ACTIVITY: Words = &[
    ("SMS", &["studies", "study", "studentstudies", "studentmobilityforstudies"]),
    (
        "SMT",
        &["traineeship", "traineeships", "studenttraineeship", "studentmobilityfortraineeships"],
    ),
    ("STA", &["teaching", "staffteaching", "staffmobilityforteaching", "teachingassignment"]),
    ("STT", &["training", "stafftraining", "staffmobilityfortraining"]),
];

pub(super) const TERM: Words =
    &[("long", &["longterm", "longtermmobility"]), ("short", &["shortterm", "shorttermmobility"])];

pub(super) const LEVEL: Words = &[
    ("short-cycle", &["shortcycle"]),
    ("bachelor", &["bachelors", "ba", "bsc", "firstcycle"]),
    ("master", &["masters", "ma", "msc", "secondcycle"]),
    ("doctoral", &["phd", "doctorate", "doctor", "thirdcycle"]),
];

pub(super) const TRAVEL: Words =
    &[("standard", &["normal", "nongreen"]), ("green", &["greentravel"])];

pub(super) const ENVELOPE: Words = &[("award", &["awarded"]), ("national", &["nationalenvelope"])];

/// Yes and no as offices tick it.
pub(super) const YES: [&str; 6] = ["yes", "y", "x", "true", "1", "✓"];
pub(super) const NO: [&str; 4] = ["no", "n", "false", "0"];
