//! The vocabulary of KA171 in the Programme Guide's words: pure values, no input or output.

mod citation;
mod country;
mod date;
mod distance;
mod envelope;
mod eur;
mod flow;
mod number;
mod options;
mod percent;
mod place;
mod plan;
mod rules;
mod score;
mod terms;
mod what_if;
mod word;

pub use citation::{Basis, Citation, Figure, Locator, OtherFigure, Source};
pub use country::{CountryCode, CountryGroup, Region};
pub use date::{Date, DateFault, calendar_days, days_in_equal_months, february_rule_applies};
pub use distance::DistanceKm;
pub use envelope::{Envelope, EnvelopeListId, EnvelopeListIdentity, EnvelopeListName};
pub use eur::{Eur, Unrounded};
pub use flow::{
    Caveat, Distance, Duration, ExpensiveTravel, FlowInputs, Grounds, InclusionSupport,
    IndividualSupport, LaterRate, MobilityFlow, OrganisationalSupport, Origin, StayLength,
    SupportRate, TopUp, TopUpRate, TravelSupport,
};
pub use number::{decimal_from_text, grouped};
pub use options::Options;
pub use percent::Percent;
pub use place::{Degrees, Estimate, PlaceOrigin, PlacesIdentity, Point, Spot};
pub use plan::{FileIdentity, MobilityPlan, Project, TableIdentity};
pub use rules::{
    BelowLowestBand, Confidence, DailyTravelDay, DistanceRule, EdgeRule, LastOfFebruary,
    MonthlyTravelDay, PartMonths, RoundingRule, Status, TravelDayReading, ZeroGrantParticipants,
};
pub use score::{AwardCriterion, Mark, Points, Score};
pub use terms::{
    Activity, Direction, DistanceBasis, EnvelopeKind, Level, ParticipantKind, Term, TravelMode,
};
pub use what_if::{Setting, WhatIf};
pub use word::Word;
pub(crate) use word::words;
