//! The program's reader of rate tables, and what it says about what it knows.

use ka171::diag::{Code, Diagnostic};
use ka171::rates::{TableFile, read_table};
use toml::Table;

/// Everything that the reader finds wrong with a table.
pub fn read(table: &Table) -> Result<(), Vec<Diagnostic>> {
    let text = toml::to_string(table).expect("TOML").into_bytes();
    let file = TableFile::from_bytes("rates/2025.toml", text).expect("text");
    read_table(&file).map(drop).map_err(|errors| errors.list)
}

/// What no schema can see, so that only the reader refuses it.
pub fn sees_alone(finding: &Diagnostic) -> bool {
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
