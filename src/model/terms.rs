//! The choices that describe a mobility flow, as the Programme Guide spells them.

use super::word::words;

words! {
    /// Where participants go, seen from the applicant.
    pub enum Direction: "direction" {
        /// From the third country to the applicant's country.
        Incoming = "incoming",
        /// From the applicant's country to the third country.
        Outgoing = "outgoing",
    }
}

words! {
    /// The type of mobility activity. `HE-` in front and the older `SMP` are accepted.
    pub enum Activity: "activity" {
        /// Student mobility for studies.
        Sms = "SMS" | "HE-SMS",
        /// Student mobility for traineeships.
        Smt = "SMT" | "HE-SMT" | "SMP" | "HE-SMP",
        /// Staff mobility for teaching.
        Sta = "STA" | "HE-STA",
        /// Staff mobility for training.
        Stt = "STT" | "HE-STT",
    }
}

impl Activity {
    /// Whether students or staff take part.
    pub fn participants(self) -> ParticipantKind {
        match self {
            Self::Sms | Self::Smt => ParticipantKind::Students,
            Self::Sta | Self::Stt => ParticipantKind::Staff,
        }
    }
}

words! {
    /// Students or staff.
    pub enum ParticipantKind: "kind of participant" {
        /// Students, recent graduates included.
        Students = "students",
        /// Staff, invited staff of enterprises included.
        Staff = "staff",
    }
}

words! {
    /// Long-term or short-term student mobility.
    pub enum Term: "term" {
        /// 2 to 12 months, paid by the month.
        Long = "long",
        /// 5 to 30 days, blended or doctoral, paid by the day.
        Short = "short",
    }
}

words! {
    /// The level of study; a recent graduate has the level just completed.
    pub enum Level: "level" {
        /// Short-cycle.
        ShortCycle = "short-cycle",
        /// First cycle.
        Bachelor = "bachelor",
        /// Second cycle.
        Master = "master",
        /// Third cycle.
        Doctoral = "doctoral",
    }
}

words! {
    /// How participants travel.
    pub enum TravelMode: "way of travelling" {
        /// Any means of transport.
        Standard = "standard",
        /// Low-emission means for the main part of the travel.
        Green = "green",
    }
}

words! {
    /// What an envelope's amount stands for.
    pub enum EnvelopeKind: "kind of envelope" {
        /// What this project got or asks for in the region.
        Award = "award",
        /// What the National Agency has in the region for all applicants.
        National = "national",
    }
}

words! {
    /// Where a flow's distance comes from.
    pub enum DistanceBasis: "basis" {
        /// The plan states the kilometres.
        Stated = "stated",
        /// The plan states the distance band.
        Band = "band",
        /// Estimated from the two cities.
        Estimated = "estimated",
    }
}
