//! What a user waits for: a pair of cities measured (the aim is less than 3 ms beyond the start of a
//! process), and the process from its start to the JSON of a plan of 100 flows (the aim is
//! less than 10 ms), and its peak memory (the aim is less than 20 MB).
#![allow(clippy::expect_used, clippy::indexing_slicing)] // a broken benchmark may stop
#![allow(clippy::print_stdout)] // a benchmark prints

#[allow(dead_code)] // only the text of a plan is needed here
mod plans;

use std::io::Write;
use std::process::{Child, Command, Stdio};

use divan::Bencher;

fn main() {
    divan::main();
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_ka171")).map(|program| program.len());
    println!("size of the program: {} kB", size.expect("the program") / 1_000);
    match peak_memory() {
        Some(kilobytes) => println!("peak memory of 100 flows to JSON: {kilobytes} kB"),
        None => println!("peak memory: this system does not tell"),
    }
}

/// Standard input to standard output, 100 flows.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn process_to_json(bencher: Bencher<'_, '_>) {
    let plan = plans::toml(100);
    bencher.bench_local(|| {
        let output = start(&plan).wait_with_output().expect("the program runs");
        assert!(output.status.success());
        output.stdout.len()
    });
}

/// The least that starting a process takes here.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn process_that_prints_its_version() -> usize {
    let output = Command::new(env!("CARGO_BIN_EXE_ka171")).arg("--version").output();
    output.expect("the program runs").stdout.len()
}

/// Two cities, their bands and amounts: in one call, and in every call, which reads all rate tables.
#[divan::bench(sample_count = 200, sample_size = 1, args = ["--call=2025", "--color=auto"])]
fn process_that_measures_a_pair(option: &str) -> usize {
    let arguments = ["distance", "Szeged, HU", "Osh, KG", option];
    let output = Command::new(env!("CARGO_BIN_EXE_ka171")).args(arguments).output();
    output.expect("the program runs").stdout.len()
}

fn start(plan: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ka171"))
        .args(["budget", "-", "--format", "json", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(plan.as_bytes()).expect("the plan is read");
    child
}

/// The most memory that the process held, as Linux tells. The result is larger than a pipe holds, so
/// the process waits for a reader with everything done.
fn peak_memory() -> Option<u64> {
    let mut child = start(&plans::toml(100));
    let status = format!("/proc/{}/status", child.id());
    std::thread::sleep(std::time::Duration::from_millis(500));
    let text = std::fs::read_to_string(status).ok();
    // The process may have ended; either way nobody waits for its result.
    let _ = child.kill();
    let _ = child.wait();
    let line = text.as_deref()?.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
