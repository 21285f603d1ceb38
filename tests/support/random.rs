//! Random plans without errors, over all calls and every kind of flow.

use std::fmt::Write;

use proptest::prelude::*;

/// Countries of the Programme, from every group of both generations.
const HOMES: [&str; 8] = ["HU", "DE", "IE", "FR", "CZ", "PT", "RS", "EL"];
/// Third countries from every region but 4.
const PARTNERS: [&str; 14] =
    ["AL", "XK", "GE", "IL", "JO", "PH", "JP", "KG", "QA", "PW", "ZA", "BR", "GY", "CA"];
/// A city of each of these countries.
const CITIES: [(&str, &str); 22] = [
    ("HU", "Szeged"),
    ("DE", "München"),
    ("IE", "galway"),
    ("FR", "Saint-Étienne"),
    ("CZ", "Brno"),
    ("PT", "41.1496,-8.611"),
    ("RS", "Belgrade"),
    ("EL", "Thessaloniki"),
    ("AL", "Tirana"),
    ("XK", "Prishtina"),
    ("GE", "Tbilisi"),
    ("IL", "Haifa"),
    ("JO", "Amman"),
    ("PH", "Cebu City"),
    ("JP", "京都市"),
    ("KG", "Osh"),
    ("QA", "Doha"),
    ("PW", "Melekeok"),
    ("ZA", "Cape Town"),
    ("BR", "São Paulo"),
    ("GY", "Georgetown"),
    ("CA", "Montreal"),
];
const EDGES: [&str; 14] = [
    "0", "9.99", "10", "99.4", "100", "499.7", "500", "1999.99", "2000", "2999", "3000", "4000",
    "7999.5", "20040",
];
const BANDS: [&str; 7] =
    ["10-99", "100-499", "500-1999", "2000-2999", "3000-3999", "4000-7999", "8000+"];

/// A plan that can be changed and written.
#[derive(Clone, Debug)]
pub struct Plan {
    pub call: u16,
    pub home: &'static str,
    pub flows: Vec<Flow>,
}

#[derive(Clone, Debug)]
pub struct Flow {
    pub country: &'static str,
    pub kind: Kind,
    pub days: u32,
    pub participants: u32,
    pub fewer_opportunities: u32,
    pub green: bool,
    pub travel_days: u32,
    pub distance: Distance,
    pub travel_cost: Option<u32>,
    pub inclusion_support: Option<u32>,
    pub interruption_days: u32,
    pub unfunded_days: u32,
    pub zero_grant: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    LongIncoming,
    LongOutgoing,
    ShortBlended,
    ShortDoctoral,
    StaffIncoming,
    StaffOutgoing,
    Enterprise,
}

#[derive(Clone, Debug)]
pub enum Distance {
    Km(String),
    Band(&'static str),
    /// From the cities of [`CITIES`].
    Estimated,
}

fn city(country: &str) -> &'static str {
    CITIES.iter().find(|(code, _)| *code == country).expect("a city").1
}

impl Kind {
    /// The least and the most activity days.
    pub fn bounds(self) -> (u32, u32) {
        match self {
            Self::LongIncoming | Self::LongOutgoing => (60, 360),
            Self::ShortBlended | Self::ShortDoctoral => (5, 30),
            Self::StaffIncoming | Self::StaffOutgoing => (5, 60),
            Self::Enterprise => (1, 60),
        }
    }

    fn is_student(self) -> bool {
        !matches!(self, Self::StaffIncoming | Self::StaffOutgoing | Self::Enterprise)
    }

    fn keys(self) -> &'static str {
        match self {
            Self::LongIncoming => "direction = \"incoming\"\nactivity = \"SMS\"\n",
            Self::LongOutgoing => {
                "direction = \"outgoing\"\nactivity = \"SMT\"\nlevel = \"master\"\nrestriction_checked = true\n"
            }
            Self::ShortBlended => {
                "direction = \"incoming\"\nactivity = \"SMS\"\nterm = \"short\"\nblended = true\n"
            }
            Self::ShortDoctoral => {
                "direction = \"outgoing\"\nactivity = \"SMT\"\nterm = \"short\"\nlevel = \"doctoral\"\n"
            }
            Self::StaffIncoming => "direction = \"incoming\"\nactivity = \"STT\"\n",
            Self::StaffOutgoing => "direction = \"outgoing\"\nactivity = \"STA\"\n",
            Self::Enterprise => {
                "direction = \"incoming\"\nactivity = \"STA\"\nfrom_enterprise = true\n"
            }
        }
    }
}

impl Plan {
    /// The plan as TOML.
    pub fn toml(&self) -> String {
        let (call, home, city) = (self.call, self.home, city(self.home));
        let mut text =
            format!("call = {call}\n[project]\ncountry = \"{home}\"\ncity = \"{city}\"\n");
        for flow in &self.flows {
            flow.write(&mut text);
        }
        text
    }
}

impl Flow {
    fn write(&self, text: &mut String) {
        let mut line = |key: &str, value: &str| writeln!(text, "{key} = {value}").expect("text");
        line("[[flow]]\ncountry", &format!("\"{}\"", self.country));
        line("participants", &self.participants.to_string());
        if self.kind.is_student() {
            line("fewer_opportunities", &self.fewer_opportunities.to_string());
        }
        line("days", &(self.days + self.interruption_days).to_string());
        line("interruption_days", &self.interruption_days.to_string());
        line("unfunded_days", &self.unfunded_days.min(self.days - 1).to_string());
        line("travel", if self.green { "\"green\"" } else { "\"standard\"" });
        line("travel_days", &self.travel_days.to_string());
        match &self.distance {
            Distance::Km(km) => line("distance_km", km),
            Distance::Band(band) => line("band", &format!("\"{band}\"")),
            Distance::Estimated => line("city", &format!("\"{}\"", city(self.country))),
        }
        let cents = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
        if let Some(cost) = self.travel_cost {
            line("travel_cost", &cents(cost));
        }
        if let Some(cost) = self.inclusion_support {
            line("inclusion_support", &cents(cost));
        }
        line("zero_grant", if self.zero_grant { "true" } else { "false" });
        text.push_str(self.kind.keys());
    }
}

/// Any plan of one to eight flows.
pub fn plan() -> impl Strategy<Value = Plan> {
    let home = prop::sample::select(&HOMES[..]);
    (2022_u16..=2026, home).prop_flat_map(|(call, home)| {
        prop::collection::vec(flow(call), 1..8).prop_map(move |flows| Plan { call, home, flows })
    })
}

fn flow(call: u16) -> impl Strategy<Value = Flow> {
    let kind = prop::sample::select(vec![
        Kind::LongIncoming,
        Kind::LongOutgoing,
        Kind::ShortBlended,
        Kind::ShortDoctoral,
        Kind::StaffIncoming,
        Kind::StaffOutgoing,
        Kind::Enterprise,
    ]);
    (kind, any::<bool>()).prop_flat_map(move |(kind, green)| {
        let most_travel_days = match (green, call) {
            (false, _) => 2_u32,
            (true, 2022 | 2023) => 4,
            (true, _) => 6,
        };
        let (least, most) = kind.bounds();
        let place = (prop::sample::select(&PARTNERS[..]), distance());
        let heads = (1_u32..40).prop_flat_map(|heads| (Just(heads), 0..=heads));
        let days = (least..=most, 0..=most_travel_days, 0_u32..9, 0_u32..9);
        let costs = (
            prop::option::weighted(0.3, 1_u32..400_000),
            prop::option::weighted(0.2, 0_u32..400_000),
            prop::bool::weighted(0.1),
        );
        (place, heads, days, costs).prop_map(move |(place, heads, days, costs)| Flow {
            country: place.0,
            kind,
            days: days.0,
            participants: heads.0,
            fewer_opportunities: heads.1,
            green,
            travel_days: days.1,
            distance: place.1,
            travel_cost: costs.0,
            inclusion_support: costs.1,
            interruption_days: days.2,
            unfunded_days: days.3,
            zero_grant: costs.2,
        })
    })
}

fn distance() -> impl Strategy<Value = Distance> {
    let km = (0_u32..=20_039, 0_u32..100).prop_map(|(km, part)| format!("{km}.{part:02}"));
    prop_oneof![
        4 => km.prop_map(Distance::Km),
        2 => prop::sample::select(&EDGES[..]).prop_map(|km| Distance::Km(km.to_owned())),
        1 => prop::sample::select(&BANDS[..]).prop_map(Distance::Band),
        1 => Just(Distance::Estimated),
    ]
}
