//! Where in the plan the inputs of an amount stand.

use super::Subject;
use crate::diag::Place;
use crate::model::{MobilityFlow, ParticipantKind};
use crate::plan::WrittenKey;

/// A key of the plan that an amount depends on.
#[derive(Clone, Debug)]
pub struct Input {
    /// The key: `months`, `project.country`.
    pub key: String,
    /// The value as it is written.
    pub value: String,
    /// Who says so.
    pub origin: InputOrigin,
}

/// Who says what a key means.
#[derive(Clone, Debug)]
pub enum InputOrigin {
    /// The plan.
    Plan(Place),
    /// The command line.
    CommandLine,
    /// Nobody: it is so by default.
    Default,
}

/// What keys mean that a plan leaves out.
const DEFAULTS: [(&str, &str); 3] =
    [("travel", "\"standard\""), ("travel_days", "0"), ("term", "\"long\"")];

/// The keys of one flow, and those of the plan that concern it.
pub(super) struct Keys<'s> {
    flow: &'s [WrittenKey],
    home: Input,
    home_city: Option<Input>,
    participants: ParticipantKind,
}

impl<'s> Keys<'s> {
    pub fn new(subject: &Subject<'s>, flow: &'s [WrittenKey], resolved: &MobilityFlow) -> Self {
        let city = subject.written.cities.get(&resolved.origin.source);
        let home_city = city.map(|city| of_plan_text(HOME_CITY, city));
        let participants = resolved.inputs.activity.participants();
        Self { flow, home: home(subject), home_city, participants }
    }

    /// These keys, as far as the plan has them or says something by leaving them out.
    pub fn inputs(&self, keys: &[&str]) -> Vec<Input> {
        keys.iter().filter_map(|key| self.input(key)).collect()
    }

    fn input(&self, key: &str) -> Option<Input> {
        if key == HOME {
            return Some(self.home.clone());
        }
        if key == HOME_CITY {
            // A city of the flow itself goes before it.
            let has_own = self.flow.iter().any(|written| written.key == "home_city");
            return self.home_city.clone().filter(|_| !has_own);
        }
        let written = self.flow.iter().find(|written| written.key == key);
        let by_default = || {
            let (key, value) = DEFAULTS.iter().find(|(known, _)| *known == key)?;
            if *key == "term" && self.participants == ParticipantKind::Staff {
                return None;
            }
            Some(Input {
                key: (*key).to_owned(),
                value: (*value).to_owned(),
                origin: InputOrigin::Default,
            })
        };
        written.map(|written| of_plan_text(key, written)).or_else(by_default)
    }
}

/// The applicant's country.
pub(super) const HOME: &str = "project.country";

/// The applicant's city.
pub(super) const HOME_CITY: &str = "project.city";

/// The call and the applicant's country.
pub(super) fn of_plan(subject: &Subject<'_>) -> Vec<Input> {
    let call = subject.written.call.as_ref().filter(|_| subject.overrides.call.is_none());
    let call = match call {
        Some(written) => of_plan_text("call", written),
        None => said("call", subject.loaded.plan.call.to_string()),
    };
    vec![call, home(subject)]
}

fn home(subject: &Subject<'_>) -> Input {
    let written = subject.written.country.as_ref().filter(|_| subject.overrides.country.is_none());
    match written {
        Some(written) => of_plan_text(HOME, written),
        None => said(HOME, format!("\"{}\"", subject.loaded.plan.project.country)),
    }
}

fn of_plan_text(key: &str, written: &WrittenKey) -> Input {
    let origin = match written.is_set {
        true => InputOrigin::CommandLine,
        false => InputOrigin::Plan(written.place.clone()),
    };
    Input { key: key.to_owned(), value: written.value.clone(), origin }
}

fn said(key: &str, value: String) -> Input {
    Input { key: key.to_owned(), value, origin: InputOrigin::CommandLine }
}
