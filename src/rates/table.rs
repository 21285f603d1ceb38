//! A validated rate table: everything that it must have is there, once.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::Spans;
use crate::diag::SourceFile;
use crate::model::{
    AwardCriterion, BelowLowestBand, Citation, CountryCode, CountryGroup, DailyTravelDay, Date,
    DistanceRule, EdgeRule, Eur, Figure, LastOfFebruary, Level, MonthlyTravelDay, PartMonths,
    Percent, Region, RoundingRule, Source, TableIdentity, TravelDayReading, ZeroGrantParticipants,
    words,
};

/// The rates and rules of one call.
#[derive(Clone, Debug)]
pub struct RateTable {
    /// The call year.
    pub call: u16,
    /// Id, status, origin and hash.
    pub identity: TableIdentity,
    /// The last day on which a person compared the table with its sources.
    pub checked_on: Date,
    /// What a project is.
    pub project: ProjectRules,
    /// How amounts are rounded.
    pub rounding: Figure<RoundingRule>,
    /// Travel support.
    pub travel: TravelRates,
    /// How many travel days are funded.
    pub travel_days: TravelDayLimits,
    /// Individual support of long-term students.
    pub long_term: LongTerm,
    /// Individual support of short-term students.
    pub short_term: ShortTerm,
    /// Individual support of staff.
    pub staff: Staff,
    /// The days paid at the first daily rate.
    pub first_period: FirstPeriod,
    /// EUR per participant.
    pub organisational_support: Figure<Eur>,
    /// Whether zero-grant participants count for it.
    pub zero_grant: Figure<ZeroGrantParticipants>,
    /// The share of inclusion costs that is paid.
    pub inclusion_support: Figure<Percent>,
    /// Permitted durations.
    pub durations: DurationRules,
    /// What an application must reach.
    pub award: Award,
    /// Who may not go where.
    pub restrictions: Vec<Restriction>,
    /// What the list of countries that may apply rests on.
    pub programme: Arc<Citation>,
    /// Every country that the table names and how it stands to the Programme.
    pub countries: BTreeMap<CountryCode, Standing>,
    /// The regions, 1 to 14.
    pub regions: BTreeMap<Region, RegionEntry>,
    /// Countries that rest on less than their region's list.
    pub eligibility: BTreeMap<CountryCode, Arc<Citation>>,
    /// The documents that figures cite, by key.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// The text that it was read from.
    pub file: Arc<SourceFile>,
    /// Places in it.
    pub spans: Spans,
}

/// What a project is.
#[derive(Clone, Debug)]
pub struct ProjectRules {
    /// The day on which projects of this call begin.
    pub start: Date,
    /// Permitted durations in months, ascending.
    pub months: Vec<u32>,
    /// What both rest on.
    pub citation: Arc<Citation>,
}

/// How a country stands to the Programme.
#[derive(Clone, Debug)]
pub enum Standing {
    /// An EU Member State or associated country: it may apply.
    Programme {
        /// Why it may apply.
        membership: Membership,
        /// The group that incoming individual support goes by.
        group: Figure<CountryGroup>,
    },
    /// A third country not associated: a partner.
    Third(Region),
}

words! {
    /// Why a country may apply.
    pub enum Membership: "membership" {
        /// It is an EU Member State.
        MemberState = "eu-member-state",
        /// It is associated to the Programme.
        Associated = "associated-country",
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Programme { membership: Membership::MemberState, group } => {
                write!(f, "EU Member State, {}", group.value)
            }
            Self::Programme { membership: Membership::Associated, group } => {
                write!(f, "associated country, {}", group.value)
            }
            Self::Third(region) => write!(f, "{region}"),
        }
    }
}

/// A world region.
#[derive(Clone, Debug)]
pub struct RegionEntry {
    /// Its name.
    pub name: Arc<str>,
    /// Whether mobility with it is funded.
    pub fundable: bool,
    /// What its list of countries rests on.
    pub citation: Arc<Citation>,
}

/// Travel support.
#[derive(Clone, Debug)]
pub struct TravelRates {
    /// The distance bands, ascending; at least one.
    pub bands: Vec<Band>,
    /// What is paid below the lowest band.
    pub below_lowest: Figure<BelowLowestBand>,
    /// How a distance is measured.
    pub distance: Figure<DistanceRule>,
    /// How a distance is compared with the edges.
    pub edges: Figure<EdgeRule>,
    /// When a share of the real cost is paid instead.
    pub expensive: ExpensiveTravelRule,
}

/// A distance band with its amounts.
#[derive(Clone, Debug)]
pub struct Band {
    /// `100-499`, `8000+`.
    pub label: Arc<str>,
    /// The first kilometre; the band ends where the next one begins.
    pub from_km: u32,
    /// EUR per participant, standard travel.
    pub standard: Figure<Eur>,
    /// EUR per participant, green travel, where an amount is published.
    pub green: Option<Figure<Eur>>,
}

/// Expensive travel.
#[derive(Clone, Debug)]
pub struct ExpensiveTravelRule {
    /// The unit contribution covers less than this share of the real cost.
    pub covered_below: Percent,
    /// This share of the real cost is paid instead.
    pub paid: Percent,
    /// What both rest on.
    pub citation: Arc<Citation>,
}

/// How many travel days are funded.
#[derive(Clone, Debug)]
pub struct TravelDayLimits {
    /// Staff.
    pub staff: DaysLimit,
    /// Long-term students.
    pub long: DaysLimit,
    /// Short-term students.
    pub short: DaysLimit,
}

/// A limit by way of travelling, in days in total.
#[derive(Clone, Debug)]
pub struct DaysLimit {
    /// Standard travel.
    pub standard: Figure<u32>,
    /// Green travel.
    pub green: Figure<u32>,
}

/// One rate for each country group that receives, one for all outgoing mobility.
#[derive(Clone, Debug)]
pub struct RatesByDirection {
    /// Groups 1, 2, 3.
    pub incoming: [Figure<Eur>; 3],
    /// Every third country.
    pub outgoing: Figure<Eur>,
}

/// Individual support of long-term students.
#[derive(Clone, Debug)]
pub struct LongTerm {
    /// EUR per month.
    pub monthly: RatesByDirection,
    /// Days of a month.
    pub month: Figure<u32>,
    /// How an end on the last day of February counts.
    pub february: Figure<LastOfFebruary>,
    /// What a travel day pays.
    pub travel_day: Figure<MonthlyTravelDay>,
    /// EUR per month for students with fewer opportunities.
    pub top_up: Figure<Eur>,
    /// What an incomplete month pays of it.
    pub top_up_part_months: Figure<PartMonths>,
}

/// Individual support of short-term students.
#[derive(Clone, Debug)]
pub struct ShortTerm {
    /// EUR per day of the first period.
    pub first_daily: Figure<Eur>,
    /// EUR per day after it.
    pub later_daily: Figure<Eur>,
    /// What a travel day pays.
    pub travel_day: Figure<DailyTravelDay>,
    /// Top-ups for students with fewer opportunities by length of activity, ascending.
    pub top_ups: Vec<ShortTopUp>,
}

/// A top-up for a short mobility.
#[derive(Clone, Debug)]
pub struct ShortTopUp {
    /// From this many activity days.
    pub from_days: u32,
    /// Where that stands in the table's text, in bytes.
    pub from_days_span: Range<usize>,
    /// EUR per mobility.
    pub amount: Figure<Eur>,
}

/// Individual support of staff.
#[derive(Clone, Debug)]
pub struct Staff {
    /// EUR per day.
    pub daily: RatesByDirection,
    /// The share that a day after the first period pays.
    pub later: Figure<Percent>,
    /// What a travel day pays.
    pub travel_day: Figure<DailyTravelDay>,
}

/// The days paid at the first daily rate.
#[derive(Clone, Debug)]
pub struct FirstPeriod {
    /// How many.
    pub days: Figure<u32>,
    /// Whether travel days use them up.
    pub reading: Figure<TravelDayReading>,
}

/// Permitted activity days.
#[derive(Clone, Debug)]
pub struct DurationRule {
    /// At least.
    pub min_days: u32,
    /// At most.
    pub max_days: u32,
    /// What both rest on.
    pub citation: Arc<Citation>,
}

/// Permitted durations by activity.
#[derive(Clone, Debug)]
pub struct DurationRules {
    /// Studies, long.
    pub studies_long: DurationRule,
    /// Studies, short.
    pub studies_short: DurationRule,
    /// Traineeships, long.
    pub traineeships_long: DurationRule,
    /// Traineeships, short.
    pub traineeships_short: DurationRule,
    /// Teaching.
    pub teaching: DurationRule,
    /// Teaching by invited staff of enterprises.
    pub teaching_from_enterprise: DurationRule,
    /// Training.
    pub training: DurationRule,
}

/// What an application must reach, per region.
#[derive(Clone, Debug)]
pub struct Award {
    /// Points in total.
    pub pass_points: u32,
    /// Share of each criterion's points.
    pub pass_share: Percent,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// What all of it rests on.
    pub citation: Arc<Citation>,
}

/// An award criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The criterion, as plans call it.
    pub key: AwardCriterion,
    /// Its name.
    pub name: String,
    /// The most points.
    pub max_points: u32,
    /// Whether it is judged for each region or once for the project.
    pub per_region: bool,
}

/// Who may not go where.
#[derive(Clone, Debug)]
pub struct Restriction {
    /// The regions that it concerns.
    pub regions: Vec<Region>,
    /// What it forbids.
    pub rule: RestrictionRule,
    /// The rule in words.
    pub explanation: Arc<str>,
    /// What it rests on.
    pub citation: Arc<Citation>,
}

/// The kinds of restriction.
#[derive(Clone, Debug)]
pub enum RestrictionRule {
    /// Only incoming students are funded.
    IncomingStudentsOnly,
    /// Allowed; the National Agency should be asked.
    CheckWithNationalAgency,
    /// Outgoing students of some levels may not go to some countries.
    OutgoingLevels {
        /// The levels.
        levels: Vec<Level>,
        /// The countries.
        countries: Vec<CountryCode>,
        /// Countries of which it is doubtful.
        doubtful: Vec<CountryCode>,
        /// Why the list of countries should be checked.
        unverified: Arc<str>,
    },
}
