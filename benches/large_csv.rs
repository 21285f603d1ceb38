//! A CSV file of a million flows, from the start of a process to its budget by region in JSON, beside what
//! the csv crate alone needs to read the same records. The aim is less than 1.5 s on one core, less than
//! twice the time of the crate, and less than 64 MB of memory.
#![allow(clippy::expect_used)] // a broken benchmark may stop
#![allow(clippy::print_stdout)] // a benchmark prints

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROWS: u32 = 1_000_000;
/// Each time is the best of so many.
const TIMES: u32 = 5;
const HEADINGS: &str = "partner,country,direction,activity,term,level,participants,\
    fewer_opportunities,months,days,travel,travel_days,distance_km,inclusion_support";
const COUNTRIES: [&str; 24] = [
    "AL", "BA", "GE", "MD", "UA", "EG", "MA", "TN", "VN", "ID", "IN", "KG", "KZ", "UZ", "QA", "AU",
    "ZA", "KE", "GH", "BR", "MX", "JM", "US", "JP",
];

/// How much the rows have in common.
const SHEETS: [(&str, Sheet); 4] = [
    ("a thousand kinds of rows", Sheet { stays: 2, fewer: 1, costs: false }),
    ("thirty thousand kinds", Sheet { stays: 56, fewer: 1, costs: false }),
    ("fifty thousand kinds", Sheet { stays: 10_000, fewer: 100, costs: false }),
    ("no two alike", Sheet { stays: 10_000, fewer: 100, costs: true }),
];

#[derive(Clone, Copy)]
struct Sheet {
    /// Different lengths of stays.
    stays: u32,
    /// Different numbers of participants with fewer opportunities.
    fewer: u32,
    /// Whether each has real costs of its own.
    costs: bool,
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, sheet) in SHEETS {
        let path = folder.path().join("flows.csv");
        sheet.write(&path).expect("room for a hundred megabytes");
        let crate_alone = best(|| read_alone(&path));
        let budget = best(|| assert!(start(&path).wait().expect("the program ends").success()));
        let tenths = 10 * budget.as_micros() / crate_alone.as_micros().max(1);
        println!("a million rows, {name}:");
        println!("  csv crate alone {:>6} ms", crate_alone.as_millis());
        let (times, tenth) = (tenths / 10, tenths % 10);
        println!("  budget          {:>6} ms, {times}.{tenth} times as long", budget.as_millis());
        match peak_memory(&path) {
            Some(kilobytes) => println!("  peak memory     {kilobytes:>6} kB"),
            None => println!("  peak memory: this system does not tell"),
        }
    }
}

fn best(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..TIMES).map(time).min().unwrap_or_default()
}

fn read_alone(path: &Path) {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record).expect("CSV") {
        rows += 1;
    }
    assert_eq!(rows, ROWS);
}

fn start(path: &Path) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_ka171"))
        .args(["budget", "--call=2025", "--country=HU", "--by=region", "--format=json", "--quiet"])
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// The most memory that a process held until shortly before its end, as Linux tells.
fn peak_memory(path: &Path) -> Option<u64> {
    let mut child = start(path);
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    while child.try_wait().ok()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        most = now.or(most);
        std::thread::sleep(Duration::from_millis(1));
    }
    most
}

impl Sheet {
    fn write(self, path: &Path) -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        writeln!(file, "{HEADINGS}")?;
        let mut chance = Chance(171);
        for number in 0..ROWS {
            let country = chance.one_of(&COUNTRIES);
            let heads = 1 + chance.of(30);
            let km = 500 + chance.of(12_000);
            write!(file, "Partner University {},{country},", number % 997)?;
            if chance.of(2) == 0 {
                let stay = 60 + chance.of(self.stays) % 300;
                let fewer = chance.of(self.fewer).min(heads);
                let (months, days) = (stay / 30, stay % 30);
                write!(file, "incoming,SMS,long,,{heads},{fewer},{months},{days},,2,{km},")?;
            } else {
                let direction = chance.one_of(&["incoming", "outgoing"]);
                let days = 5 + chance.of(self.stays) % 56;
                write!(file, "{direction},STT,,,{heads},,,{days},green,2,{km},")?;
            }
            match self.costs {
                true => writeln!(file, "{number}.25")?,
                false => writeln!(file)?,
            }
        }
        file.flush()
    }
}

/// Numbers in no order, the same every time.
struct Chance(u64);

impl Chance {
    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        let choices = u32::try_from(words.len()).unwrap_or(u32::MAX);
        words.get(self.of(choices) as usize).copied().unwrap_or_default()
    }

    fn of(&mut self, choices: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(choices)).unwrap_or_default()
    }
}
