//! The program's readers, and what they say about what they know.

use ka171::diag::{Code, Diagnostic};
use ka171::plan::{Overrides, PlanFormat, PlanText, Refusal, load};
use ka171::rates::{RateStore, TableFile, read_table};
use toml::Table;

use crate::schema::json_of;

/// A file format that has a schema and a reader.
pub struct Format {
    /// The committed schema.
    pub schema: &'static str,
    /// Valid files, which are changed to see what both say.
    pub files: &'static [&'static str],
    /// Everything that the reader finds wrong with a file.
    pub read: fn(&Table) -> Result<(), Vec<Diagnostic>>,
    /// What no schema can see, so that only the reader refuses it.
    pub sees_alone: fn(&Diagnostic) -> bool,
}

/// The small valid table, which is the fastest to read, and a shipped one, for what that lacks.
pub const RATES: Format = Format {
    schema: ka171::schema::RATES,
    files: &["tests/bad/rates/valid/2025.toml", "rates/2025.toml"],
    read: read_rates,
    sees_alone: sees_alone_in_rates,
};

/// A plan with every key, and shipped ones.
pub const PLAN: Format = Format {
    schema: ka171::schema::PLAN,
    files: &["tests/schema/every-key.toml", "examples/small.toml", "examples/scores.toml"],
    read: read_plan,
    sees_alone: sees_alone_in_plans,
};

fn read_rates(table: &Table) -> Result<(), Vec<Diagnostic>> {
    let text = toml::to_string(table).expect("TOML").into_bytes();
    let file = TableFile::from_bytes("rates/2025.toml", text).expect("text");
    read_table(&file).map(drop).map_err(|errors| errors.list)
}

/// A plan is read as TOML and as JSON, which must say the same.
fn read_plan(table: &Table) -> Result<(), Vec<Diagnostic>> {
    let read = |text: Vec<u8>, format| {
        let text = PlanText::from_bytes("plan", text, Some(format)).expect("text");
        match load(&text, &Overrides::default(), &RateStore::Embedded) {
            Ok(_) => Ok(()),
            Err(Refusal::Faults(errors)) => Err(errors.list),
            Err(Refusal::Machine(error)) => panic!("{error}"),
        }
    };
    let of_toml = read(toml::to_string(table).expect("TOML").into_bytes(), PlanFormat::Toml);
    let of_json = read(json_of(table).to_string().into_bytes(), PlanFormat::Json);
    assert_eq!(of_toml.is_ok(), of_json.is_ok(), "{table}");
    of_toml
}

fn sees_alone_in_rates(finding: &Diagnostic) -> bool {
    let says = |text: &str| finding.message.contains(text);
    match finding.code {
        // What one part of the table says about another: rows that together cover every case once,
        // bands that touch, countries with one place, sources that are there.
        Code::BandsContradict
        | Code::CoverageMissing
        | Code::CoverageDoubled
        | Code::CountryMisplaced
        | Code::UnknownSource => true,
        Code::OutOfBounds => says("the minimum is above the maximum") || says("cannot carry call"),
        Code::BasisMissing => says("`other` is the figure that was taken"),
        Code::ImpossibleDate => says("the project's first day is no day of the calendar"),
        // `status` stands at the top, `carried` beside a figure.
        Code::KeyDoesNotApply => says("only a provisional table has figures that are carried over"),
        // The file's name is not in the file.
        Code::CallContradictsFileName => true,
        // How a number is written is lost in JSON: 40.000 is 40 there, and 5.0 a whole number.
        // `multipleOf` 0.01 would refuse 4.35 in validators that divide in binary.
        Code::TooManyDecimals => true,
        _ => false,
    }
}

/// All but the form: keys, types, words and bounds. What they mean together is the reader's.
fn sees_alone_in_plans(finding: &Diagnostic) -> bool {
    let says = |text: &str| finding.message.contains(text);
    let help = |text: &str| finding.help.as_ref().is_some_and(|help| help.contains(text));
    match finding.code {
        // The command line may say these. The marks of a score are those of its call.
        Code::MissingKey => {
            says("which call it is for")
                || says("the applicant's country")
                || says("a stay by dates needs both")
                || says("a score lacks")
        }
        // In JSON 4.0 is 4.
        Code::WrongType => says("must be a whole number") && says(".0`"),
        Code::OutOfBounds => help(" points in this call"),
        Code::UnknownKey
        | Code::UnknownWord
        | Code::TextLength
        | Code::ImpossibleDate
        | Code::NoFlows
        | Code::UnsupportedPlan => false,
        _ => true,
    }
}
