//! A mobility flow as the engine takes it: every look-up done, every input bounded.

use std::sync::Arc;

use super::{
    Activity, Citation, CountryCode, CountryGroup, Date, Direction, DistanceBasis, DistanceKm,
    Estimate, Eur, Figure, Level, Percent, Region, Term, TravelDayReading, TravelMode,
};

/// The rates and rules that an amount rests on, most telling first.
pub type Grounds = Vec<Arc<Citation>>;

/// A group of participants who share everything that the grant depends on.
#[derive(Clone, Debug)]
pub struct MobilityFlow {
    /// What the plan says, with defaults filled in.
    pub inputs: FlowInputs,
    /// Where the plan says it.
    pub origin: Origin,
    /// The country group of the receiving country; incoming flows only.
    pub country_group: Option<CountryGroup>,
    /// The length of the stay.
    pub duration: Duration,
    /// The distance and its band; `None` for zero-grant flows that give none.
    pub distance: Option<Distance>,
    /// The most travel days that are funded.
    pub travel_day_limit: Figure<u32>,
    /// Individual support; `None` for zero-grant flows.
    pub individual_support: Option<IndividualSupport>,
    /// Top-up for participants with fewer opportunities; `None` where there are none.
    pub top_up: Option<TopUp>,
    /// Travel support; `None` for zero-grant flows and below the lowest band.
    pub travel: Option<TravelSupport>,
    /// Inclusion support, real costs of the whole flow; `None` where the plan gives none.
    pub inclusion_support: Option<InclusionSupport>,
    /// Organisational support; `None` where the rate table does not count zero-grant participants.
    pub organisational_support: Option<OrganisationalSupport>,
    /// What the flow rests on beyond its amounts: its region, its permitted duration.
    pub grounds: Grounds,
    /// What the user should know about this flow.
    pub caveats: Vec<Caveat>,
}

/// The plan's keys of one flow, with defaults filled in. Keys that do not apply are `None`.
#[derive(Clone, Debug)]
pub struct FlowInputs {
    /// Unique in the plan.
    pub id: String,
    /// The partner organisation.
    pub partner: Option<String>,
    /// The partner's Organisation ID.
    pub oid: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// The third country.
    pub country: CountryCode,
    /// Its region.
    pub region: Region,
    /// The partner's city.
    pub city: Option<String>,
    /// The applicant's city.
    pub home_city: Option<String>,
    /// Incoming or outgoing.
    pub direction: Direction,
    /// The mobility activity.
    pub activity: Activity,
    /// Long or short; students only.
    pub term: Option<Term>,
    /// The level of study; students only.
    pub level: Option<Level>,
    /// Whether a short student mobility is blended; short-term students only.
    pub blended: Option<bool>,
    /// Participants, 1 to 100,000.
    pub participants: u32,
    /// Those of them with fewer opportunities; students only.
    pub fewer_opportunities: Option<u32>,
    /// How the plan gives the length of the stay.
    pub length: StayLength,
    /// Days without activity within the stay.
    pub interruption_days: u32,
    /// Activity days that are not funded.
    pub unfunded_days: u32,
    /// Standard or green travel.
    pub travel: TravelMode,
    /// Days of travel that get individual support.
    pub travel_days: u32,
    /// Stated one-way distance.
    pub distance_km: Option<DistanceKm>,
    /// Stated distance band.
    pub band: Option<String>,
    /// Real travel cost per participant.
    pub travel_cost: Option<Eur>,
    /// Real costs of inclusion support for the whole flow.
    pub inclusion_support: Option<Eur>,
    /// Whether the participants get no grant.
    pub zero_grant: bool,
    /// Whether invited staff come from an enterprise; incoming teaching only.
    pub from_enterprise: Option<bool>,
    /// Whether the office has cleared a restriction with its National Agency.
    pub restriction_checked: bool,
}

/// How a plan gives the length of a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StayLength {
    /// Months of 30 days and days, as far as given.
    Counted {
        /// `months`
        months: Option<u32>,
        /// `days`
        days: Option<u32>,
    },
    /// First and last day.
    Dates {
        /// `start`
        start: Date,
        /// `end`
        end: Date,
    },
}

/// Where a flow or an envelope begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Which of the files that were read, by its place in the list of them.
    pub source: usize,
    /// The file's name, without folders.
    pub file: Arc<str>,
    /// The line, or the row in a sheet, from 1.
    pub line: u32,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The byte offset in the file's text.
    pub offset: usize,
}

/// The length of a stay in days, without travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// From first to last day.
    pub stay_days: u32,
    /// Without interruptions: minima, maxima and the short-term top-up go by these.
    pub activity_days: u32,
    /// Without unfunded days, at least 1: rates go by these.
    pub funded_days: u32,
}

/// How far participants travel, one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The kilometres, where they are known.
    pub km: Option<DistanceKm>,
    /// Where the distance comes from.
    pub basis: DistanceBasis,
    /// The distance band; `None` below the lowest one.
    pub band: Option<Arc<str>>,
    /// What it was estimated from, where it was.
    pub estimate: Option<Estimate>,
}

/// The rate of individual support that applies to a flow.
#[derive(Clone, Debug)]
pub struct IndividualSupport {
    /// Monthly or daily.
    pub rate: SupportRate,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A rate of individual support.
#[derive(Clone, Copy, Debug)]
pub enum SupportRate {
    /// Long-term students: travel days pay a day of the month each.
    Monthly {
        /// EUR per month.
        monthly: Eur,
        /// Days of a month.
        days_in_month: u32,
    },
    /// Staff and short-term students: travel days pay the first rate.
    Daily {
        /// EUR per day of the first period.
        first: Eur,
        /// What a day after it pays.
        later: LaterRate,
        /// Days of the first period.
        first_period: u32,
        /// Whether travel days use up the first period.
        reading: TravelDayReading,
    },
}

/// What a day after the first period pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaterRate {
    /// An amount of its own.
    Amount(Eur),
    /// A share of the first rate.
    Share(Percent),
}

/// The top-up for students with fewer opportunities that applies to a flow.
#[derive(Clone, Debug)]
pub struct TopUp {
    /// Participants who get it, at least 1.
    pub participants: u32,
    /// How it is paid.
    pub rate: TopUpRate,
    /// What it rests on.
    pub grounds: Grounds,
}

/// How a top-up is paid.
#[derive(Clone, Copy, Debug)]
pub enum TopUpRate {
    /// Long-term students: by the month, an incomplete one by the day.
    Monthly {
        /// EUR per month.
        monthly: Eur,
        /// Days of a month.
        days_in_month: u32,
    },
    /// Short-term students: one amount per mobility.
    Once(Eur),
}

/// The travel support that applies to a flow.
#[derive(Clone, Debug)]
pub struct TravelSupport {
    /// The band's amount for the way of travelling, EUR per participant.
    pub unit: Eur,
    /// The expensive-travel rule; `None` where the plan gives no real cost.
    pub expensive: Option<ExpensiveTravel>,
    /// What it rests on.
    pub grounds: Grounds,
}

/// The expensive-travel rule with the real cost that it is applied to.
#[derive(Clone, Copy, Debug)]
pub struct ExpensiveTravel {
    /// Real travel cost, EUR per participant.
    pub cost: Eur,
    /// The rule applies where the unit contribution is less than this share of the cost.
    pub covered_below: Percent,
    /// The share of the cost that is then paid instead.
    pub paid: Percent,
}

/// Inclusion support for participants: a share of real costs.
#[derive(Clone, Debug)]
pub struct InclusionSupport {
    /// Real costs of the whole flow.
    pub cost: Eur,
    /// The share that is paid.
    pub paid: Percent,
    /// What it rests on.
    pub grounds: Grounds,
}

/// Organisational support.
#[derive(Clone, Debug)]
pub struct OrganisationalSupport {
    /// EUR per participant.
    pub per_participant: Eur,
    /// What it rests on.
    pub grounds: Grounds,
}

/// Something about a flow that does not stop the run and that its user should know.
#[derive(Clone, Debug)]
pub enum Caveat {
    /// The distance is below the lowest band: no travel support.
    BelowLowestBand(Arc<Citation>),
    /// Green travel in a band that has no green amount, or none above the standard one.
    NoHigherGreenAmount,
    /// Rounded to a whole kilometre, the distance would fall into another band.
    NearBandEdge(Arc<Citation>),
    /// The rate table asks to check with the National Agency; says why.
    CheckWithNationalAgency(Arc<str>),
    /// It is doubtful whether a restriction of outgoing levels concerns the country; says why, and
    /// why its list of countries should be checked.
    DoubtfulRestriction(Arc<str>),
    /// The dates do not lie within the project.
    OutsideProject,
    /// Travel days or a travel cost on a zero-grant flow: they pay nothing.
    PaysNothing,
}
