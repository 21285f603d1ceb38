//! Headings of a sheet: the keys of a plan, and what offices write instead.

use super::kinds::{self, Kind};
use super::values::is_word;
use crate::diag::{all_of, nearest};

/// A column that a plan knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heading {
    /// The key of the plan.
    pub key: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Other headings, folded.
    others: &'static [&'static str],
}

const fn heading(key: &'static str, kind: Kind, others: &'static [&'static str]) -> Heading {
    Heading { key, kind, others }
}

/// A key whose column may stand in each row, and which belongs to the plan as a whole.
pub(super) const CALL: &str = "call";
/// So may this one.
pub(super) const APPLICANT: &str = "applicant";
/// And this one; `country` is the partner's.
pub(super) const APPLICANT_COUNTRY: &str = "applicant_country";
/// And this one; `city` is the partner's, and `home_city` the flow's own.
pub(super) const PROJECT_CITY: &str = "project_city";
/// And this one; `months` is the flow's.
pub(super) const PROJECT_MONTHS: &str = "project_months";

/// The columns of flows.
pub(super) const FLOW: [Heading; 36] = [
    heading("id", Kind::Text, &["flow", "flowid", "ref", "reference"]),
    heading(
        "partner",
        Kind::Text,
        &[
            "partnerinstitution",
            "partneruniversity",
            "partnerorganisation",
            "partnername",
            "institution",
            "university",
        ],
    ),
    heading("oid", Kind::Text, &["organisationid", "partneroid", "organizationid"]),
    heading("note", Kind::Text, &["notes", "comment", "comments", "remark", "remarks"]),
    heading("country", Kind::Country, &["partnercountry", "countrycode", "thirdcountry"]),
    heading("region", Kind::Region, &["worldregion", "regionnumber", "partnerregion"]),
    heading("city", Kind::Text, &["hostcity", "partnercity", "town"]),
    heading("home_city", Kind::Text, &["applicantcity", "ourcity"]),
    heading(
        "direction",
        Kind::Word(kinds::DIRECTION),
        &["inout", "incomingoutgoing", "flowdirection"],
    ),
    heading(
        "activity",
        Kind::Word(kinds::ACTIVITY),
        &["activitytype", "typeofmobility", "mobilitytype", "typeofactivity", "mobility"],
    ),
    heading("term", Kind::Word(kinds::TERM), &["longshort", "longorshort", "longtermshortterm"]),
    heading(
        "level",
        Kind::Word(kinds::LEVEL),
        &["studylevel", "levelofstudy", "studycycle", "cycle"],
    ),
    heading("blended", Kind::Boolean, &["blendedmobility", "virtualcomponent"]),
    heading(
        "participants",
        Kind::Whole(kinds::PERSONS),
        &[
            "noofparticipants",
            "numberofparticipants",
            "noparticipants",
            "persons",
            "noofpersons",
            "mobilities",
            "noofmobilities",
            "numberofmobilities",
        ],
    ),
    heading(
        "fewer_opportunities",
        Kind::Whole(kinds::PERSONS),
        &[
            "participantswithfeweropportunities",
            "noofparticipantswithfeweropportunities",
            "withfeweropportunities",
        ],
    ),
    heading(
        "months",
        Kind::Whole(kinds::MONTHS),
        &["durationmonths", "durationinmonths", "noofmonths", "numberofmonths"],
    ),
    heading(
        "days",
        Kind::Whole(kinds::DAYS),
        &["durationdays", "durationindays", "noofdays", "numberofdays", "activitydays"],
    ),
    heading("duration", Kind::Duration, &["lengthofstay", "length", "stay"]),
    heading("start", Kind::Date, &["startdate", "begin", "beginning", "firstday", "from"]),
    heading("end", Kind::Date, &["enddate", "lastday", "until", "to"]),
    heading("interruption_days", Kind::Whole(kinds::DAYS), &["interruption", "daysofinterruption"]),
    heading("unfunded_days", Kind::Whole(kinds::DAYS), &["daysnotfunded", "zerograntdays"]),
    heading("travel", Kind::Word(kinds::TRAVEL), &["travelmode", "modeoftravel", "typeoftravel"]),
    heading("green_travel", Kind::GreenTravel, &["green"]),
    heading(
        "travel_days",
        Kind::Whole(kinds::DAYS),
        &["nooftraveldays", "numberoftraveldays", "daysoftravel"],
    ),
    heading(
        "distance_km",
        Kind::Decimal(kinds::KILOMETRES),
        &["distance", "km", "distanceinkm", "kilometres", "kilometers"],
    ),
    heading("band", Kind::Band, &["distanceband", "travelband"]),
    heading(
        "travel_cost",
        Kind::Decimal(kinds::EUROS),
        &["travelcosts", "realtravelcost", "realtravelcosts", "travelcosteur"],
    ),
    heading(
        "inclusion_support",
        Kind::Decimal(kinds::EUROS),
        &["inclusionsupporteur", "inclusioncosts"],
    ),
    heading("zero_grant", Kind::Boolean, &["nogrant", "zerograntflow"]),
    heading(
        "from_enterprise",
        Kind::Boolean,
        &["enterprise", "invitedfromenterprise", "stafffromenterprise"],
    ),
    heading("restriction_checked", Kind::Boolean, &["restrictioncleared"]),
    heading(CALL, Kind::Whole(kinds::NONE), &["callyear"]),
    heading(
        APPLICANT,
        Kind::Text,
        &["applicantname", "applicantorganisation", "applicantinstitution", "beneficiary"],
    ),
    heading(PROJECT_CITY, Kind::Text, &["cityoftheproject"]),
    heading(PROJECT_MONTHS, Kind::Whole(kinds::MONTHS), &["projectduration"]),
];

/// The applicant's country beside the partner's.
pub(super) const OF_APPLICANT: Heading = heading(
    APPLICANT_COUNTRY,
    Kind::Country,
    &["homecountry", "countryofapplicant", "beneficiarycountry"],
);

/// A list of a plan that may stand beside its flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Envelopes,
    Scores,
}

/// Columns of envelopes and of scores in a sheet of flows, with the keys that they hold there: a table of its own
/// beside the flows, which has nothing to do with the flow in the same row.
pub(super) const BESIDE: [(Heading, Beside, &str); 9] = [
    (heading("envelope_region", Kind::Region, &[]), Beside::Envelopes, "region"),
    (heading("envelope_amount", Kind::Decimal(kinds::EUROS), &[]), Beside::Envelopes, "amount"),
    (heading("envelope_kind", Kind::Word(kinds::ENVELOPE), &[]), Beside::Envelopes, "kind"),
    (heading("envelope_country", Kind::Country, &[]), Beside::Envelopes, "country"),
    (heading("envelope_call", Kind::Whole(kinds::NONE), &[]), Beside::Envelopes, CALL),
    (heading("score_region", Kind::Region, &[]), Beside::Scores, "region"),
    (heading("score_design", Kind::Decimal(kinds::POINTS), &[]), Beside::Scores, "design"),
    (heading("score_relevance", Kind::Decimal(kinds::POINTS), &[]), Beside::Scores, "relevance"),
    (heading("score_impact", Kind::Decimal(kinds::POINTS), &[]), Beside::Scores, "impact"),
];

/// All columns that a sheet of flows may have.
pub(super) fn of_flows() -> Vec<Heading> {
    let beside = BESIDE.iter().map(|(heading, ..)| *heading);
    FLOW.into_iter().chain([OF_APPLICANT]).chain(beside).collect()
}

/// The list beside the flows that a column belongs to, and the key that it holds there.
pub(super) fn beside(key: &str) -> Option<(Beside, &'static str)> {
    let found = BESIDE.iter().find(|(heading, ..)| heading.key == key);
    found.map(|(_, list, key)| (*list, *key))
}

/// The keys of a sheet `Project`, with their values beside them.
pub(super) const PROJECT: [Heading; 7] = [
    heading(CALL, Kind::Whole(kinds::NONE), &["callyear"]),
    heading(
        APPLICANT,
        Kind::Text,
        &["applicantname", "applicantorganisation", "applicantinstitution", "beneficiary"],
    ),
    heading("country", Kind::Country, &["applicantcountry", "homecountry", "countrycode"]),
    heading("city", Kind::Text, &["applicantcity", "homecity"]),
    heading(
        "months",
        Kind::Whole(kinds::MONTHS),
        &["projectmonths", "projectduration", "duration", "durationinmonths"],
    ),
    heading("format_version", Kind::Whole(kinds::NONE), &[]),
    heading("action", Kind::Text, &["keyaction"]),
];

/// The columns of a sheet `Envelopes`.
pub(super) const ENVELOPES: [Heading; 5] = [
    heading("region", Kind::Region, &["worldregion", "regionnumber"]),
    heading("amount", Kind::Decimal(kinds::EUROS), &["amounteur", "amountineur", "envelope"]),
    heading("kind", Kind::Word(kinds::ENVELOPE), &["type"]),
    heading("country", Kind::Country, &["countrycode"]),
    heading(CALL, Kind::Whole(kinds::NONE), &["callyear"]),
];

/// The columns of a sheet `Scores`.
pub(super) const SCORES: [Heading; 4] = [
    heading("region", Kind::Region, &["worldregion", "regionnumber"]),
    heading("design", Kind::Decimal(kinds::POINTS), &["projectdesign", "designandcooperation"]),
    heading("relevance", Kind::Decimal(kinds::POINTS), &["relevanceofthestrategy"]),
    heading("impact", Kind::Decimal(kinds::POINTS), &["impactanddissemination"]),
];

/// A heading without case, blanks and signs.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Heading {
    /// Whether a folded text is this heading.
    fn is(&self, folded: &str) -> bool {
        self.key.bytes().filter(|byte| *byte != b'_').eq(folded.bytes())
            || self.others.contains(&folded)
    }

    /// Whether this may stand in brackets behind it: nothing that gives the column another unit, another
    /// currency or another meaning, such as `Distance (miles)` or `Travel cost (return, HUF)`.
    fn allows(&self, within: &str) -> bool {
        let within_folded = folded(within);
        let is_one_of = |words: &[&str]| words.contains(&&*within_folded);
        let of_kind = match self.kind {
            Kind::Whole(units) | Kind::Decimal(units) => {
                units.contains(&within.trim().to_lowercase().as_str())
                    || self.key == "travel_cost" && is_one_of(&["eurperparticipant"])
            }
            Kind::Duration => is_one_of(&["ofstay"]),
            Kind::Date => is_one_of(&["ddmmyyyy", "yyyymmdd"]),
            Kind::Boolean | Kind::GreenTravel => is_one_of(&["yesno", "yn"]),
            Kind::Country => is_one_of(&["iso", "isocode", "code"]),
            Kind::Word(words) => within.split(['/', ',']).all(|word| is_word(word, words)),
            Kind::Text | Kind::Region | Kind::Band => false,
        };
        of_kind || is_one_of(&["planned", "optional", "required"])
    }
}

/// The heading that a text spells.
pub(super) fn find(text: &str, known: &[Heading]) -> Option<Heading> {
    let spelt = |text: &str| {
        let folded = folded(text);
        known.iter().copied().find(|heading| heading.is(&folded))
    };
    // `Duration (months)` is not `Duration`, and `Participants (planned)` is `Participants`.
    let before_bracket = || {
        let (before, within) = text.trim_end().split_once(['(', '['])?;
        let within = within.strip_suffix([')', ']'])?;
        spelt(before).filter(|heading| heading.allows(within))
    };
    spelt(text).or_else(before_bracket)
}

/// Whether a column is the user's own: `x_budget line`.
pub(super) fn is_own(text: &str) -> bool {
    text.trim_start().get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x_"))
}

/// The key nearest to a heading that is none.
fn nearest_key(text: &str, known: &[Heading]) -> Option<&'static str> {
    let folded = folded(text);
    let spellings = known.iter().flat_map(|heading| {
        let own: String = heading.key.chars().filter(|c| *c != '_').collect();
        let others = heading.others.iter().map(|other| (*other).to_owned());
        std::iter::once(own).chain(others).map(|spelling| (spelling, heading.key))
    });
    let spellings: Vec<(String, &'static str)> = spellings.collect();
    let near = nearest(&folded, spellings.iter().map(|(spelling, _)| spelling.as_str()))?;
    spellings.iter().find(|(spelling, _)| spelling == near).map(|(_, key)| *key)
}

/// What to do about a heading that is none.
pub(super) fn advice(text: &str, known: &[Heading]) -> String {
    let own = "a column of your own begins with `x_`";
    match nearest_key(text, known) {
        Some(near) => format!("the nearest heading is `{near}`; {own}"),
        None => format!("the headings are {}; {own}", all_of(known.iter().map(|known| known.key))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manual names every heading, and each is read as it says.
    #[test]
    fn the_manual_names_every_heading() {
        let manual = std::fs::read_to_string("docs/sheets.md").expect("the manual");
        let (_, table) = manual.split_once("| column | also read | holds |").expect("the table");
        let (table, _) = table.split_once("\n\n").expect("its end");
        let known = of_flows();
        let mut named = Vec::new();
        for row in table.lines().filter(|row| row.starts_with("| `")) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let key = cells[1].trim_matches('`');
            for spelt in cells[2].split(", ").chain([key]) {
                let found = find(spelt, &known).map(|heading| heading.key);
                assert_eq!(found, Some(key), "{spelt}");
                named.push(folded(spelt));
            }
        }
        for heading in &known {
            for spelling in heading.others.iter().copied().chain([folded(heading.key).as_str()]) {
                assert!(
                    named.iter().any(|name| name == spelling),
                    "{spelling} is not in the manual"
                );
            }
        }
    }

    #[test]
    fn case_blanks_signs_and_known_brackets_do_not_matter() {
        let key = |text: &str| find(text, &FLOW).map(|heading| heading.key);
        assert_eq!(key(" No. of Participants "), Some("participants"));
        assert_eq!(key("Participants (planned)"), Some("participants"));
        assert_eq!(key("TRAVEL_DAYS"), Some("travel_days"));
        assert_eq!(key("Duration (months)"), Some("months"));
        assert_eq!(key("Duration [days]"), Some("days"));
        assert_eq!(key("Duration (of stay)"), Some("duration"));
        assert_eq!(key("Travel cost (€)"), Some("travel_cost"));
        assert_eq!(key("Direction (in/out)"), Some("direction"));
        for other in [
            "Distance (miles)",
            "Distance (return)",
            "Travel cost (HUF)",
            "Months (weeks)",
            "No. of participants (fewer opportunities)",
            "City (home)",
            "Travel cost (EUR) of all",
        ] {
            assert_eq!(key(other), None, "{other}");
        }
        assert_eq!(key("(none)"), None);
        assert_eq!(key(""), None);
        assert_eq!(key("Colour"), None);
        assert!(is_own("X_Budget line") && !is_own("xylophone"));
    }

    /// No spelling means two keys.
    #[test]
    fn headings_are_distinct() {
        for list in [&of_flows()[..], &PROJECT, &ENVELOPES, &SCORES] {
            let spellings = list.iter().flat_map(|heading| {
                heading.others.iter().map(|other| (*other).to_owned()).chain([folded(heading.key)])
            });
            let all: Vec<String> = spellings.collect();
            let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
            assert_eq!(all.len(), distinct.len());
            assert!(all.iter().all(|spelling| *spelling == folded(spelling)), "{all:?}");
        }
    }
}
