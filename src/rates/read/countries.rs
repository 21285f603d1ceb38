//! Countries, country groups and regions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::context::{Context, text, whole};
use super::coverage::{Case, Coverage};
use super::lists::{Places, all};
use crate::diag::{Code, Place, quoted};
use crate::document::{Fields, Node, Span};
use crate::model::{Citation, CountryCode, CountryGroup, Figure, Region};
use crate::rates::table::{Membership, RegionEntry, Standing};
use crate::rates::texts::said;

/// Countries by code.
pub(super) type Standings = BTreeMap<CountryCode, Standing>;

/// What a table says about countries.
pub(super) struct Countries {
    /// What the list of countries that may apply rests on.
    pub programme: Arc<Citation>,
    /// Every country by code.
    pub countries: Standings,
    /// The regions by number.
    pub regions: BTreeMap<Region, RegionEntry>,
    /// Where each country stands in its group or region.
    pub spans: BTreeMap<CountryCode, Span>,
}

const ONE_LIST: &str = "a country is in one group or one region: keep one of the two";

/// The group of each country, and where that stands.
type Groups = BTreeMap<CountryCode, (Place, Figure<CountryGroup>)>;

/// `None` where a country is misplaced, so that nothing is said about what rests on its place.
pub(super) fn countries(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<Countries> {
    let mut places = Places::default();
    let programme = programme(context, root);
    let groups = groups(context, root, &mut places);
    let fitting = programme
        .zip(groups)
        .filter(|(programme, groups)| groups_fit(context, &programme.places, groups));
    let regions = regions(context, root, &mut places);
    let ((programme, groups), (third, regions)) = (fitting?, regions?);
    let may_apply = groups.into_iter().map(|(code, (_, group))| {
        let membership = match programme.associated.contains(&code) {
            true => Membership::Associated,
            false => Membership::MemberState,
        };
        (code, Standing::Programme { membership, group })
    });
    let third = third.into_iter().map(|(code, region)| (code, Standing::Third(region)));
    let countries = may_apply.chain(third).collect();
    let spans = places.iter().map(|(code, place)| (code, place.span.clone())).collect();
    Some(Countries { programme: programme.citation, countries, regions, spans })
}

/// The countries that may apply.
struct Programme {
    places: Places,
    associated: BTreeSet<CountryCode>,
    citation: Arc<Citation>,
}

fn programme(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<Programme> {
    let keys = ["eu_member_states", "associated"];
    let table = context.sourced_section(root, "programme", "the section [programme]", &keys)?;
    let mut places = Places::default();
    let [member_states, associated] = keys.map(|key| context.some_countries(&table.fields, key));
    let mut alone = true;
    let (member_states, associated) = (member_states?, associated?);
    for (code, place) in member_states.iter().chain(&associated) {
        alone &= places.first(context, *code, place, "keep one of the two");
    }
    let figure = "countries that may apply".to_owned();
    let citation = table.citation("eu_member_states", figure, "as listed".to_owned(), "");
    let associated = associated.into_iter().map(|(code, _)| code).collect();
    alone.then_some(Programme { places, associated, citation })
}

fn groups(context: &Context<'_>, root: &Fields<'_, '_, '_>, places: &mut Places) -> Option<Groups> {
    let rows = context.items(root, "group");
    let mut rows = Coverage::read(context, root.own_place(), "[[group]]", rows, |row| {
        Some(vec![group(context, row)?])
    });
    let listed = all(CountryGroup::ALL.into_iter().map(|group| rows.take(group)))?;
    let mut groups = BTreeMap::new();
    let mut alone = true;
    for (code, place, group) in listed.into_iter().flatten() {
        alone &= places.first(context, code, &place, ONE_LIST);
        groups.insert(code, (place, group));
    }
    alone.then_some(groups)
}

type GroupRow = (CountryGroup, Vec<(CountryCode, Place, Figure<CountryGroup>)>);

fn group(context: &Context<'_>, row: &Node<'_>) -> Option<GroupRow> {
    let table = context.sourced(row, "a country group", &["number", "countries"])?;
    let number = whole(&table.fields, "number", 1, 3);
    let countries = context.some_countries(&table.fields, "countries");
    let group = CountryGroup::new(number?)?;
    let with_figure = |(code, place)| {
        let figure = format!("country group of {code}");
        (code, place, table.figure("countries", figure, group, group.to_string(), ""))
    };
    Some((group, countries?.into_iter().map(with_figure).collect()))
}

impl Case for CountryGroup {
    fn words(self) -> String {
        format!("country {self}")
    }
}

/// Whether the countries that may apply are those that are in a group.
fn groups_fit(context: &Context<'_>, programme: &Places, groups: &Groups) -> bool {
    let mut fit = true;
    for (code, place) in programme.iter().filter(|(code, _)| !groups.contains_key(code)) {
        let help = "add it to the `countries` of a [[group]], or take it out of [programme]";
        context.misplaced(place, format!("{code} may apply and is in no group"), help);
        fit = false;
    }
    for (code, (place, _)) in groups.iter().filter(|(code, _)| !programme.has(**code)) {
        let help = "take it out of the group, or add it to [programme]";
        context.misplaced(place, format!("{code} is in a group and may not apply"), help);
        fit = false;
    }
    fit
}

type Regions = (BTreeMap<CountryCode, Region>, BTreeMap<Region, RegionEntry>);

fn regions(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    places: &mut Places,
) -> Option<Regions> {
    let rows = context.items(root, "region");
    let mut rows = Coverage::read(context, root.own_place(), "[[region]]", rows, |row| {
        Some(vec![region(context, row)?])
    });
    let every = (1..=u32::from(Region::LAST)).filter_map(Region::new);
    let listed = all(every.map(|region| Some((region, rows.take(region)?))))?;
    let mut countries = BTreeMap::new();
    let mut regions = BTreeMap::new();
    let mut alone = true;
    for (region, (entry, codes)) in listed {
        for (code, place) in codes {
            alone &= places.first(context, code, &place, ONE_LIST);
            countries.insert(code, region);
        }
        regions.insert(region, entry);
    }
    alone.then_some((countries, regions))
}

type RegionRow = (Region, (RegionEntry, Vec<(CountryCode, Place)>));

fn region(context: &Context<'_>, row: &Node<'_>) -> Option<RegionRow> {
    let keys = ["number", "name", "countries", "fundable"];
    let table = context.sourced(row, "a region", &keys)?;
    let number = whole(&table.fields, "number", 1, Region::LAST.into());
    let name = said(&table.fields, "name");
    let fundable = table.fields.boolean("fundable").or(true);
    let countries = context.some_countries(&table.fields, "countries");
    // One name for all rows: a budget over six regions rests on one list.
    let figure = "countries by region".to_owned();
    let citation = table.citation("countries", figure, "as listed".to_owned(), "");
    let entry = RegionEntry { name: name?.into(), fundable, citation };
    Some((Region::new(number?)?, (entry, countries?)))
}

impl Case for Region {
    fn words(self) -> String {
        self.to_string()
    }
}

/// Countries that rest on less than their region's list. `standings` is `None` where the table's
/// countries could not be read.
pub(super) fn marks(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
    standings: Option<&Standings>,
) -> BTreeMap<CountryCode, Arc<Citation>> {
    let mut places = Places::default();
    let mut marks = BTreeMap::new();
    for row in context.items(root, "eligibility").unwrap_or_default() {
        let Some((code, place, citation)) = mark(context, row) else { continue };
        places.first(context, code, &place, "a country has one mark: keep one of the two");
        if let Some(standings) = standings {
            check_third(context, code, &place, standings);
        }
        marks.insert(code, citation);
    }
    marks
}

fn mark(context: &Context<'_>, row: &Node<'_>) -> Option<(CountryCode, Place, Arc<Citation>)> {
    let table = context.sourced(row, "a mark of a country", &["country"])?;
    let text = text(&table.fields, "country")?;
    let node = table.fields.entry("country").map_or(row, |entry| &entry.node);
    let code = CountryCode::from_text(text);
    if code.is_none() {
        let message = format!("{} is no country code", quoted(text));
        let help = "a code has two capital letters, such as \"KG\"";
        context.fault(Code::UnknownCountry, node, message, help);
    }
    let figure = format!("eligibility of {text}");
    let citation = table.citation("country", figure, "taken as eligible".to_owned(), "");
    Some((code?, context.place(node), citation))
}

/// A mark of a country that is no partner would never be shown.
fn check_third(context: &Context<'_>, code: CountryCode, place: &Place, standings: &Standings) {
    let (message, help) = match standings.get(&code) {
        Some(Standing::Third(_)) => return,
        Some(Standing::Programme { .. }) => (
            format!("{code} may apply: it is no third country"),
            "a mark is for a country of a [[region]]; [programme] has its own `confidence`",
        ),
        None => (
            format!("{code} is in no region"),
            "add it to the `countries` of a [[region]], or take the mark out",
        ),
    };
    context.misplaced(place, message, help);
}
