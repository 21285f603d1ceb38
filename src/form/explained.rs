//! What the columns and keys of a plan hold, in a line each.

/// Every column of a sheet of flows with what stands in it, in the order of the starter.
pub const COLUMNS: [(&str, &str); 37] = [
    ("call", "the year of the call; the same in each row"),
    ("applicant", "your institution's name; optional; the same in each row"),
    ("applicant_country", "your country: code or English name; the same in each row"),
    ("project_city", "your city, for estimates of distances; optional; the same in each row"),
    ("project_months", "how long the project lasts, 24 or 36; optional; the same in each row"),
    ("id", "a name of your own for the flow; optional"),
    ("partner", "the partner institution's name; optional"),
    ("oid", "the partner's Organisation ID; optional"),
    ("country", "the partner's country: code or English name; required"),
    ("region", "the partner's region, 1 to 12; optional, since it follows from the country"),
    ("direction", "incoming (to you) or outgoing (from you); required"),
    ("activity", "SMS: studies; SMT: traineeship; STA: teaching; STT: training; required"),
    ("term", "of students: long (default) or short"),
    ("level", "of students: short-cycle, bachelor, master or doctoral; required where they go out"),
    ("blended", "of short students: yes where a part is virtual"),
    ("participants", "how many persons; required"),
    ("fewer_opportunities", "of students: how many of them get the top-up for fewer opportunities"),
    ("months", "of long students: months of the stay; days can stand beside it"),
    ("days", "days of the stay without travel days"),
    ("duration", "the stay with its unit, such as 5 months, instead of months and days"),
    ("start", "the first day, such as 2026-09-01; with end, instead of months and days"),
    ("end", "the last day; with start"),
    ("interruption_days", "days of the stay that are no activity"),
    ("unfunded_days", "days of activity that pay nothing"),
    ("travel", "standard (default) or green"),
    ("green_travel", "yes or no, instead of travel"),
    ("travel_days", "days of travel that get individual support"),
    ("distance_km", "one way, by the official Distance Calculator"),
    ("band", "the distance band, such as 500-1999, instead of distance_km"),
    ("city", "the partner's city: the distance is estimated where no other column says it"),
    ("home_city", "your city, for the same estimate"),
    ("travel_cost", "real travel cost, EUR for each participant, for the rule on expensive travel"),
    ("inclusion_support", "real costs of inclusion support, EUR for the whole flow"),
    ("zero_grant", "yes where the flow gets no grant"),
    ("from_enterprise", "of incoming STA: yes for invited staff of an enterprise"),
    ("restriction_checked", "yes where your National Agency has cleared the level of study"),
    ("note", "free text; optional"),
];

/// The keys of a sheet `Project`.
pub(super) const PROJECT: [(&str, &str); 5] = [
    ("call", "the year of the call"),
    ("applicant", "your institution's name; optional"),
    ("country", "your country: code or English name"),
    ("city", "your city, for estimates of distances; optional"),
    ("months", "how long the project lasts, 24 or 36; optional"),
];

/// The columns of a sheet `Envelopes`.
pub(super) const ENVELOPES: [(&str, &str); 5] = [
    ("region", "the region, 1 to 12"),
    ("amount", "what there is for the region, EUR"),
    ("kind", "award: what this project got or asks for (default); national: what there is for all"),
    ("country", "of a national envelope: the country of its National Agency; optional"),
    ("call", "of a national envelope: its call; optional"),
];

/// The columns of a sheet `Scores`.
pub(super) const SCORES: [(&str, &str); 4] = [
    ("region", "the region, 1 to 12"),
    ("design", "points for the project design and the cooperation; the same in each row"),
    ("relevance", "points for the relevance of the strategy"),
    ("impact", "points for impact and dissemination"),
];
