//! Amounts and other numbers, written from their exact text.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::engine::{Amounts, CostItem};
use crate::model::Eur;

/// The seven amounts that every level has.
#[derive(Serialize)]
pub(super) struct AmountsRecord {
    individual_support: Number,
    top_up: Number,
    travel: Number,
    exceptional_costs: Number,
    inclusion_support: Number,
    organisational_support: Number,
    total: Number,
}

/// A number in its exact text, which a float would not keep.
#[derive(Debug)]
pub struct Number(pub String);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl From<Eur> for Number {
    fn from(amount: Eur) -> Self {
        Self(amount.to_string())
    }
}

/// A value by its text.
#[derive(Debug)]
pub struct Text(pub String);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<&Amounts> for AmountsRecord {
    fn from(amounts: &Amounts) -> Self {
        Self {
            individual_support: amounts.get(CostItem::IndividualSupport).into(),
            top_up: amounts.get(CostItem::TopUp).into(),
            travel: amounts.get(CostItem::Travel).into(),
            exceptional_costs: amounts.get(CostItem::ExceptionalCosts).into(),
            inclusion_support: amounts.get(CostItem::InclusionSupport).into(),
            organisational_support: amounts.get(CostItem::OrganisationalSupport).into(),
            total: amounts.total().into(),
        }
    }
}
