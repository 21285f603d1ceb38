//! A CSV file of more than 16 MiB.

use std::fs;
use std::path::Path;

const ROWS: usize = 17_000;
/// Two teachers.
const ROW: &str = "KG,outgoing,STA,2,5,green,2,4222";
const HEADINGS: &str =
    "partner,country,direction,activity,participants,days,travel,travel_days,distance_km";

/// Writes 17,000 rows, most of them the partner's name, and others behind them. Gives the path.
pub fn csv(folder: &Path, others: &str) -> String {
    let partner = "University ".repeat(90);
    let row = |number: usize| format!("{partner}{number},{ROW}\n");
    let rows: String = (0..ROWS).map(row).collect();
    let path = folder.join("large.csv");
    fs::write(&path, format!("{HEADINGS}\n{rows}{others}")).expect("a file");
    path.display().to_string()
}
