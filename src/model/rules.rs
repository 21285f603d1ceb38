//! Shapes of rules. A rate table names one; the engine knows how each is applied.

use super::word::words;

words! {
    /// How a rate table stands to its call.
    pub enum Status: "status" {
        /// Compared with published sources of the call.
        Published = "published",
        /// Carried over from another call; no document of this call was seen.
        Provisional = "provisional",
    }
}

words! {
    /// How much a figure can be relied on, weakest last.
    pub enum Confidence: "confidence" {
        /// An official text, or two independent sources that agree.
        Confirmed = "confirmed",
        /// One source.
        Single = "single",
        /// Sources disagree.
        Contradicted = "contradicted",
        /// Reasoned from another call or action; no page seen.
        Inferred = "inferred",
    }
}

words! {
    /// How an amount per participant and cost item is rounded.
    pub enum RoundingRule: "rounding rule" {
        /// Once, half up to the cent.
        HalfUpToTheCent = "half-up-to-the-cent",
    }
}

words! {
    /// How a distance is measured.
    pub enum DistanceRule: "distance rule" {
        /// From the sending to the receiving place, not doubled for the return.
        OneWay = "one-way",
    }
}

words! {
    /// How a distance is compared with the edges of the bands.
    pub enum EdgeRule: "edge rule" {
        /// As it is; an edge belongs to the band that it begins.
        Unrounded = "unrounded",
    }
}

words! {
    /// What is paid below the lowest distance band.
    pub enum BelowLowestBand: "rule" {
        /// Neither a travel amount nor exceptional costs.
        NoTravelSupport = "no-travel-support",
    }
}

words! {
    /// How an end date on the last day of February counts for long-term students.
    pub enum LastOfFebruary: "rule" {
        /// As day 30.
        EndCountsAsDay30 = "end-counts-as-day-30",
        /// As the day that it is.
        AsWritten = "as-written",
    }
}

words! {
    /// What a travel day pays to a participant with a monthly rate.
    pub enum MonthlyTravelDay: "rule" {
        /// The monthly rate over the days of a month.
        DayOfTheMonth = "day-of-the-month",
    }
}

words! {
    /// What a travel day pays to a participant with a daily rate.
    pub enum DailyTravelDay: "rule" {
        /// The rate of the first period.
        FirstDailyRate = "first-daily-rate",
    }
}

words! {
    /// What an incomplete month pays of a monthly top-up.
    pub enum PartMonths: "rule" {
        /// The monthly amount x days / days of a month.
        ProRataByDay = "pro-rata-by-day",
    }
}

words! {
    /// Whether travel days use up the days paid at the first daily rate.
    pub enum TravelDayReading: "reading" {
        /// They do not: the first period counts days of activity.
        Outside = "outside",
        /// They do: the first period counts funded days, travel first.
        Inside = "inside",
    }
}

words! {
    /// Whether zero-grant participants bring organisational support.
    pub enum ZeroGrantParticipants: "rule" {
        /// They count.
        Counted = "counted",
        /// They do not.
        NotCounted = "not-counted",
    }
}
