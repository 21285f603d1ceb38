//! What a table says for a distance, a kind of participant, a direction, an activity.

use super::{
    Band, DurationRule, DurationRules, RateTable, RatesByDirection, ShortTerm, ShortTopUp,
    TravelDayLimits,
};
use crate::model::{
    Activity, CountryGroup, Direction, DistanceKm, Eur, Figure, ParticipantKind, Term, TravelMode,
};

impl RateTable {
    /// The label of the band that a distance lies in; `None` below the lowest band.
    pub fn band_of(&self, km: DistanceKm) -> Option<&Band> {
        self.travel.bands.iter().rev().find(|band| km.reaches(band.from_km))
    }

    /// The first kilometre of the lowest band.
    pub fn lowest_edge(&self) -> u32 {
        self.travel.bands.first().map_or(0, |band| band.from_km)
    }

    /// The longest permitted project, in months.
    pub fn longest_project(&self) -> u32 {
        self.project.months.iter().copied().max().unwrap_or(0)
    }
}

impl Band {
    /// The amount for a way of travelling; the standard one where no green one is published.
    pub fn amount(&self, mode: TravelMode) -> &Figure<Eur> {
        match mode {
            TravelMode::Standard => &self.standard,
            TravelMode::Green => self.green.as_ref().unwrap_or(&self.standard),
        }
    }

    /// Whether green travel pays more than standard travel.
    pub fn has_higher_green_amount(&self) -> bool {
        self.green.as_ref().is_some_and(|green| green.value > self.standard.value)
    }
}

impl TravelDayLimits {
    /// The limit for a kind of participant and way of travelling.
    pub fn limit(&self, kind: ParticipantKind, term: Term, mode: TravelMode) -> &Figure<u32> {
        let limit = match (kind, term) {
            (ParticipantKind::Staff, _) => &self.staff,
            (ParticipantKind::Students, Term::Long) => &self.long,
            (ParticipantKind::Students, Term::Short) => &self.short,
        };
        match mode {
            TravelMode::Standard => &limit.standard,
            TravelMode::Green => &limit.green,
        }
    }
}

impl RatesByDirection {
    /// The rate for a direction and the group of the country that receives.
    pub fn rate(&self, direction: Direction, group: CountryGroup) -> &Figure<Eur> {
        let [one, two, three] = &self.incoming;
        match (direction, group) {
            (Direction::Outgoing, _) => &self.outgoing,
            (Direction::Incoming, CountryGroup::One) => one,
            (Direction::Incoming, CountryGroup::Two) => two,
            (Direction::Incoming, CountryGroup::Three) => three,
        }
    }
}

impl ShortTerm {
    /// The top-up of a short mobility with so many activity days; `None` below all of them.
    pub fn top_up(&self, activity_days: u32) -> Option<&Figure<Eur>> {
        let reached = |top_up: &&ShortTopUp| top_up.from_days <= activity_days;
        self.top_ups.iter().rev().find(reached).map(|top_up| &top_up.amount)
    }
}

impl DurationRules {
    /// The permitted duration of an activity.
    pub fn of(&self, activity: Activity, term: Term, from_enterprise: bool) -> &DurationRule {
        match (activity, term) {
            (Activity::Sms, Term::Long) => &self.studies_long,
            (Activity::Sms, Term::Short) => &self.studies_short,
            (Activity::Smt, Term::Long) => &self.traineeships_long,
            (Activity::Smt, Term::Short) => &self.traineeships_short,
            (Activity::Sta, _) if from_enterprise => &self.teaching_from_enterprise,
            (Activity::Sta, _) => &self.teaching,
            (Activity::Stt, _) => &self.training,
        }
    }
}
