//! The codes of all findings. A code never changes its meaning; tests freeze the list.

/// Declares [`Code`] with its kebab-case names.
macro_rules! codes {
    ($( $(#[$meta:meta])* $variant:ident = $text:literal ),+ $(,)?) => {
        /// What a finding is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[$meta])* $variant ),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The name that users and scripts see.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text ),+ }
            }
        }
    };
}

codes! {
    // ---- Reading a file ----------------------------------------------------------------
    /// The bytes are no UTF-8 text.
    NotUtf8 = "not-utf8",
    /// The file is larger than any plan.
    TooLarge = "too-large",
    /// The text is no TOML or JSON.
    Syntax = "syntax",
    /// A key stands twice.
    DuplicateKey = "duplicate-key",
    /// A key that nothing reads.
    UnknownKey = "unknown-key",
    /// A required key is absent.
    MissingKey = "missing-key",
    /// A value of the wrong type.
    WrongType = "wrong-type",
    /// A word that is not in its list.
    UnknownWord = "unknown-word",
    /// A number beyond its bounds.
    OutOfBounds = "out-of-bounds",
    /// Money or points with more than two decimals.
    TooManyDecimals = "too-many-decimals",
    /// A text that is empty where it must not be, or too long.
    TextLength = "text-length",
    /// A pattern of file names that no file has.
    NoSuchFiles = "no-such-files",
    /// A number in a sheet that can be read with decimals or with thousands.
    AmbiguousNumber = "ambiguous-number",
    /// A cell whose formula gives an error, or was never computed.
    FormulaFault = "formula-fault",
    /// A sheet without a row that names its columns.
    NoHeadings = "no-headings",
    /// A row of a sheet that begins like a comment and holds a flow.
    DoubtfulComment = "doubtful-comment",
    /// A workbook without the sheet that is needed.
    NoSheet = "no-sheet",
    /// Rows that should say the same.
    RowsDisagree = "rows-disagree",
    /// A workbook that cannot be read.
    UnreadableWorkbook = "unreadable-workbook",
    /// A day that the calendar does not have.
    ImpossibleDate = "impossible-date",

    // ---- The plan ----------------------------------------------------------------------
    /// A `format_version` or `action` that this version does not know.
    UnsupportedPlan = "unsupported-plan",
    /// No rate table for the call.
    UnknownCall = "unknown-call",
    /// A project duration that the call does not have.
    ProjectMonths = "project-months",
    /// Plans that are to be one state different things.
    PlansDisagree = "plans-disagree",
    /// The plan has no flow.
    NoFlows = "no-flows",
    /// Two flows with one id.
    DuplicateId = "duplicate-id",
    /// A flow that the plan does not have.
    UnknownFlow = "unknown-flow",
    /// A region that no flow goes to.
    RegionWithoutFlows = "region-without-flows",
    /// A country that no list knows.
    UnknownCountry = "unknown-country",
    /// The applicant's country is a third country.
    ThirdCountryAsApplicant = "third-country-as-applicant",
    /// The partner's country is a Programme country.
    ProgrammeCountryAsPartner = "programme-country-as-partner",
    /// A country of Region 13 or 14.
    CountryNotFundable = "country-not-fundable",
    /// The region is not the country's.
    RegionContradictsCountry = "region-contradicts-country",
    /// A key that does not apply to this kind of flow.
    KeyDoesNotApply = "key-does-not-apply",
    /// Fewer opportunities are for students.
    FewerOpportunitiesOnStaff = "fewer-opportunities-on-staff",
    /// More participants with fewer opportunities than participants.
    FewerOpportunitiesAboveParticipants = "fewer-opportunities-above-participants",
    /// No length of stay.
    DurationMissing = "duration-missing",
    /// A length of stay given twice.
    DurationDoubled = "duration-doubled",
    /// Below the minimum of the activity.
    DurationTooShort = "duration-too-short",
    /// Above the maximum of the activity.
    DurationTooLong = "duration-too-long",
    /// The end before the start.
    DatesReversed = "dates-reversed",
    /// Months where the activity counts days.
    MonthsNotAllowed = "months-not-allowed",
    /// Interruptions or unfunded days leave no funded day.
    NoFundedDays = "no-funded-days",
    /// More travel days than are funded.
    TooManyTravelDays = "too-many-travel-days",
    /// Neither a distance nor a band.
    DistanceMissing = "distance-missing",
    /// A city that its country does not have.
    UnknownPlace = "unknown-place",
    /// Several places of one name, and it matters which is meant.
    AmbiguousPlace = "ambiguous-place",
    /// Two places of one name in a places file.
    DuplicatePlace = "duplicate-place",
    /// A saved result rests on a places file that was not given, or on another one.
    PlacesFileNeeded = "places-file-needed",
    /// A band that the call does not have.
    UnknownBand = "unknown-band",
    /// The distance lies in another band than stated.
    BandContradictsDistance = "band-contradicts-distance",
    /// The level of study is needed and absent.
    LevelMissing = "level-missing",
    /// A short student mobility that is neither blended nor doctoral.
    ShortNeitherBlendedNorDoctoral = "short-neither-blended-nor-doctoral",
    /// Blended on a long stay.
    BlendedOnLongStay = "blended-on-long-stay",
    /// An enterprise's staff where only incoming teaching may have them.
    FromEnterpriseNotAllowed = "from-enterprise-not-allowed",
    /// An outgoing level of study that the country is closed to.
    OutgoingLevelRestricted = "outgoing-level-restricted",
    /// A region that the call opens to incoming students only.
    RegionRestricted = "region-restricted",
    /// Two envelopes for one region.
    DuplicateEnvelope = "duplicate-envelope",
    /// A national envelope of another country.
    EnvelopeOfAnotherCountry = "envelope-of-another-country",
    /// Two scores for one region.
    DuplicateScore = "duplicate-score",
    /// Two marks for an award criterion that is judged once for the project.
    ScoresDisagree = "scores-disagree",
    /// A list of envelopes that the store does not have.
    UnknownEnvelopes = "unknown-envelopes",
    /// A list of envelopes of two kinds, countries or calls.
    EnvelopesDisagree = "envelopes-disagree",
    /// Envelopes do not sum up to the total that their list states.
    EnvelopesContradictTotal = "envelopes-contradict-total",

    // ---- Saved results -----------------------------------------------------------------
    /// No result of `ka171 budget`, or of a version that this program does not know.
    UnsupportedResult = "unsupported-result",
    /// A result without its flows.
    ResultIncomplete = "result-incomplete",
    /// The total of a saved result is not that of its flows.
    ResultInconsistent = "result-inconsistent",

    // ---- Rate tables -------------------------------------------------------------------
    /// A table with a schema that this version does not know.
    UnsupportedTable = "unsupported-table",
    /// A table's call is not its file name's.
    CallContradictsFileName = "call-contradicts-file-name",
    /// A figure without sources or a project's choice with them.
    BasisMissing = "basis-missing",
    /// A cited source that the table does not list.
    UnknownSource = "unknown-source",
    /// Bands out of order or labels that do not fit their edges.
    BandsContradict = "bands-contradict",
    /// A rate or limit that the table must have and has not.
    CoverageMissing = "coverage-missing",
    /// A rate or limit that stands twice.
    CoverageDoubled = "coverage-doubled",
    /// A country in two places, or in a list where it does not belong.
    CountryMisplaced = "country-misplaced",
    /// A list of envelopes has another country or call than its file name.
    EnvelopesContradictFileName = "envelopes-contradict-file-name",

    // ---- Lints of rate tables ----------------------------------------------------------
    /// Limits, durations, percentages or points that contradict each other.
    LimitsOutOfOrder = "limits-out-of-order",
    /// A longer distance that pays less.
    TravelFallsWithDistance = "travel-falls-with-distance",
    /// Green travel that pays less than standard travel.
    GreenBelowStandard = "green-below-standard",
    /// A country group that pays more than the group before it.
    GroupsOutOfOrder = "groups-out-of-order",
    /// A day after the first period that pays more than one in it.
    LaterRateAboveFirst = "later-rate-above-first",
    /// A longer short stay that gets a smaller top-up.
    TopUpFalls = "top-up-falls",
    /// A country that has a name and no group or region.
    CountryWithoutPlace = "country-without-place",
    /// A country that has a group or region and no name.
    CountryWithoutName = "country-without-name",
    /// A source that nothing cites.
    UnusedSource = "unused-source",
    /// A confirmed figure with neither two sources nor an official one.
    ConfirmedOnOneSource = "confirmed-on-one-source",
    /// A figure of another call that is marked as confirmed for this one.
    CarriedFigureConfirmed = "carried-figure-confirmed",
    /// The program has another table of the same call and revision.
    RevisionNotRaised = "revision-not-raised",
    /// A table that was checked after today.
    CheckedInFuture = "checked-in-future",
    /// A table that was checked more than a year ago.
    CheckedLongAgo = "checked-long-ago",
    /// A web address without encryption.
    HttpUrl = "http-url",
    /// A file among tables or lists that its name makes neither.
    UnusedFile = "unused-file",

    // ---- Warnings ----------------------------------------------------------------------
    /// The rate table carries another call's figures over.
    ProvisionalRates = "provisional-rates",
    /// Figures that no KA171 page of this call states.
    InferredFigures = "inferred-figures",
    /// Figures on which sources disagree.
    ContradictedFigures = "contradicted-figures",
    /// The two readings of the 14-day rule differ.
    FirstPeriodReading = "first-period-reading",
    /// A country that may or may not be restricted.
    DoubtfulRestriction = "doubtful-restriction",
    /// The National Agency should be asked.
    CheckWithNationalAgency = "check-with-national-agency",
    /// Too near for travel support.
    BelowLowestBand = "below-lowest-band",
    /// An estimated distance so near a band's edge that it may lie in the other band.
    EstimateNearEdge = "estimate-near-edge",
    /// Dates outside the project.
    OutsideProject = "outside-project",
    /// A national envelope of another call.
    EnvelopeOfAnotherCall = "envelope-of-another-call",
    /// A region costs more than its envelope.
    EnvelopeExceeded = "envelope-exceeded",

    // ---- Notes -------------------------------------------------------------------------
    /// Figures that one source states.
    SingleSourceFigures = "single-source-figures",
    /// Green travel that pays no more than standard travel.
    NoHigherGreenAmount = "no-higher-green-amount",
    /// Travel days that could be funded and are not planned.
    UnplannedTravelDays = "unplanned-travel-days",
    /// An award for a region that no flow goes to.
    UnusedEnvelope = "unused-envelope",
    /// A score for a region that no flow goes to.
    UnusedScore = "unused-score",
    /// A list takes the place of the plan's envelopes.
    EnvelopesReplaced = "envelopes-replaced",
    /// Distances were estimated from cities.
    EstimatedDistances = "estimated-distances",
    /// A fraction of a kilometre decides the band.
    NearBandEdge = "near-band-edge",
    /// Keys of a zero-grant flow that pay nothing.
    ZeroGrantPaysNothing = "zero-grant-pays-nothing",
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
