//! What a comparison leaves out: what computing again cannot say, and what may differ.

/// One comparison of a result with one that was computed again.
#[derive(Clone, Copy)]
pub(super) struct Pass {
    /// What it was computed from.
    pub of: ComputedFrom,
    /// Whether the list of envelopes is at hand, or there is none.
    pub has_list: bool,
    /// Whether the inputs are in the order of the plan.
    pub has_order: bool,
    /// Whether this version wrote the result: the format may have grown since.
    pub is_same_engine: bool,
}

/// What a result is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComputedFrom {
    /// The inputs that it carries.
    Inputs,
    /// The plan.
    Plan,
}

/// Told apart: the version, the origin of the table, the plan and its files, which may have other
/// names by now.
const TOLD_APART: [&str; 5] =
    ["engine_version", "rates.origin", "plan", "envelopes.origin", "envelopes.file"];
/// Notices that rest on what stands in the plan and not in its inputs.
const OF_THE_PLAN: [&str; 3] = ["envelopes-replaced", "unused-envelope", "unused-score"];
/// A plan may say that an envelope is another call's; a result does not.
const OF_ANOTHER_CALL: &str = "envelope-of-another-call";
/// Notices that rest on envelopes. A list may be less than confirmed.
const OF_ENVELOPES: [&str; 7] = [
    "envelopes-replaced",
    "unused-envelope",
    "envelope-exceeded",
    OF_ANOTHER_CALL,
    "inferred-figures",
    "contradicted-figures",
    "single-source-figures",
];

impl Pass {
    /// Whether a value is left out, by its path.
    pub fn leaves_out(self, path: &str) -> bool {
        TOLD_APART.contains(&path) || is_file_name(path) || self.cannot_say(path)
    }

    fn cannot_say(self, path: &str) -> bool {
        let is_of_inputs = match self.of {
            ComputedFrom::Plan => false,
            ComputedFrom::Inputs => {
                ["origins", "what_if", "options"].contains(&path)
                    || path == "notices" && !self.has_order
                    || is_notice(path) && path.ends_with(".location")
            }
        };
        let is_of_list = !self.has_list
            && (path == "envelopes"
                || self.of == ComputedFrom::Plan && is_envelope_of_region(path));
        is_of_inputs || is_of_list
    }

    /// Whether a table names all that there is, so that one more entry is a difference.
    pub fn lists_all(self, path: &str) -> bool {
        path == "sources" && self.has_list || path == "origins"
    }

    /// Whether a notice is left out, by its code.
    pub fn leaves_out_notice(self, code: &str) -> bool {
        let is_of_plan = OF_THE_PLAN.contains(&code) || code == OF_ANOTHER_CALL;
        self.of == ComputedFrom::Inputs && is_of_plan
            || !self.has_list && OF_ENVELOPES.contains(&code)
    }
}

/// Whether a path leads to a notice or a part of one.
pub(super) fn is_notice(path: &str) -> bool {
    path.starts_with("notices")
}

/// Whether a value depends on the list of envelopes.
pub(super) fn rests_on_envelopes(path: &str) -> bool {
    let is_of_region = path.starts_with("regions[") && path.contains("].envelope");
    path.starts_with("envelopes") || path.starts_with("sources") || is_of_region || is_notice(path)
}

fn is_envelope_of_region(path: &str) -> bool {
    path.starts_with("regions[") && path.ends_with("].envelope")
}

/// The plan may have come from standard input, or have another name by now; its hash tells.
fn is_file_name(path: &str) -> bool {
    path == "places.own.name"
        || path.starts_with("origins.") && path.ends_with(".file")
        || is_notice(path) && path.ends_with(".location.file")
}
