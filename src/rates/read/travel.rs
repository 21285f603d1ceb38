//! Travel bands, expensive travel, travel days.

use super::context::{Context, percent, text, whole};
use super::coverage::{Case, Coverage};
use super::lists::all;
use crate::diag::{Code, Diagnostic};
use crate::document::{Fields, Node};
use crate::model::{DistanceKm, Figure, ParticipantKind, Term, TravelMode};
use crate::rates::table::{Band, DaysLimit, ExpensiveTravelRule, TravelDayLimits, TravelRates};

const SECTION_KEYS: [&str; 5] = ["band", "distance", "edges", "below_lowest_band", "expensive"];

pub(super) fn travel(context: &Context<'_>, root: &Fields<'_, '_, '_>) -> Option<TravelRates> {
    let section = context.section(root, "travel", "the section [travel]", &SECTION_KEYS)?;
    let rows = context.items(&section, "band");
    let bands = rows.and_then(|rows| bands(context, &section, rows));
    let below_lowest = context.rule(&section, "below_lowest_band", "below the lowest band");
    let distance = context.rule(&section, "distance", "distance");
    let edges = context.rule(&section, "edges", "edges of the bands");
    let expensive = expensive(context, &section);
    Some(TravelRates {
        bands: bands?,
        below_lowest: below_lowest?,
        distance: distance?,
        edges: edges?,
        expensive: expensive?,
    })
}

fn bands(
    context: &Context<'_>,
    section: &Fields<'_, '_, '_>,
    rows: &[Node<'_>],
) -> Option<Vec<Band>> {
    let bands = all(rows.iter().map(|row| band(context, row)))?;
    bands_fit(context, section, rows, &bands).then_some(bands)
}

fn band(context: &Context<'_>, row: &Node<'_>) -> Option<Band> {
    let keys = ["label", "from_km", "standard", "green"];
    let table = context.sourced(row, "a travel band", &keys)?;
    let label = text(&table.fields, "label")?;
    let from_km = whole(&table.fields, "from_km", 0, DistanceKm::LONGEST)?;
    let standard = table.eur("standard", format!("travel, {label} km, standard"))?;
    let green = match table.fields.entry("green") {
        Some(_) => Some(table.eur("green", format!("travel, {label} km, green"))?),
        None => None,
    };
    Some(Band { label: label.into(), from_km, standard, green })
}

/// Bands ascend and their labels name their edges.
fn bands_fit(
    context: &Context<'_>,
    section: &Fields<'_, '_, '_>,
    rows: &[Node<'_>],
    bands: &[Band],
) -> bool {
    if bands.is_empty() {
        context.lacking(section.own_place(), "any distance band", "[[travel.band]]");
        return false;
    }
    let mut fit = true;
    for (index, (row, band)) in rows.iter().zip(bands).enumerate() {
        let next = bands.get(index + 1).map(|next| next.from_km);
        let label = match next {
            Some(next) => format!("{}-{}", band.from_km, next.saturating_sub(1)),
            None => format!("{}+", band.from_km),
        };
        let ascends = next.is_none_or(|next| next > band.from_km);
        if !ascends || *label != *band.label {
            let message = format!("the band `{}` begins at {} km", band.label, band.from_km);
            let help = match next {
                Some(next) if !ascends => {
                    format!("the next band begins at {next} km; bands ascend")
                }
                Some(next) => {
                    format!("the next one begins at {next} km, so its label is `{label}`")
                }
                None => format!("it is the last one and open, so its label is `{label}`"),
            };
            let place = context.place(row);
            context
                .findings
                .push(Diagnostic::error(Code::BandsContradict, place, message).help(help));
            fit = false;
        }
    }
    fit
}

fn expensive(context: &Context<'_>, section: &Fields<'_, '_, '_>) -> Option<ExpensiveTravelRule> {
    let keys = ["covered_below_percent", "paid_percent"];
    let table = context.sourced_section(section, "expensive", "expensive travel", &keys)?;
    let covered_below = percent(&table.fields, "covered_below_percent");
    let paid = percent(&table.fields, "paid_percent");
    let (covered_below, paid) = (covered_below?, paid?);
    let value = format!("{paid} of the real cost where less than {covered_below} is covered");
    let citation = table.citation("paid_percent", "expensive travel".to_owned(), value, " %");
    Some(ExpensiveTravelRule { covered_below, paid, citation })
}

pub(super) fn travel_days(
    context: &Context<'_>,
    root: &Fields<'_, '_, '_>,
) -> Option<TravelDayLimits> {
    let rows = context.items(root, "travel_days");
    let mut limits = Coverage::read(context, root.own_place(), "[[travel_days]]", rows, |row| {
        Some(vec![limit(context, row)?])
    });
    let mut limit = |kind, term| {
        let standard = limits.take(LimitCase { kind, term, mode: TravelMode::Standard });
        let green = limits.take(LimitCase { kind, term, mode: TravelMode::Green });
        Some(DaysLimit { standard: standard?, green: green? })
    };
    let staff = limit(ParticipantKind::Staff, None);
    let long = limit(ParticipantKind::Students, Some(Term::Long));
    let short = limit(ParticipantKind::Students, Some(Term::Short));
    limits.finish();
    Some(TravelDayLimits { staff: staff?, long: long?, short: short? })
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct LimitCase {
    kind: ParticipantKind,
    term: Option<Term>,
    mode: TravelMode,
}

impl Case for LimitCase {
    fn words(self) -> String {
        let term = self.term.map(|term| format!(", {term}-term")).unwrap_or_default();
        format!("travel days, {}{term}, {} travel", self.kind, self.mode)
    }
}

fn limit(context: &Context<'_>, row: &Node<'_>) -> Option<(LimitCase, Figure<u32>)> {
    let keys = ["participants", "term", "travel", "max"];
    let table = context.sourced(row, "a limit of travel days", &keys)?;
    let fields = &table.fields;
    let kind = fields.required("participants", fields.word("participants"));
    let term = fields.word("term");
    let mode = fields.required("travel", fields.word("travel"));
    let max = whole(fields, "max", 0, 1_000);
    if term.is_faulty() {
        return None;
    }
    let term = term.value().copied();
    let case = LimitCase { kind: *kind.value()?, term, mode: *mode.value()? };
    let max = max?;
    let figure = table.figure("max", case.words(), max, format!("at most {max}"), "");
    Some((case, figure))
}
