//! Mangled plans are computed or refused, never with a panic, a hang or silence.
//!
//! `KA171_MANGLED=1000000 cargo test --release --test mangled` tries a million.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // a failing test may stop

mod oracle;
mod support;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use ka171::plan::Refusal;

/// What is put into plans: broken syntax, wrong types, huge numbers, invalid UTF-8.
const SCRAPS: [&[u8]; 28] = [
    b"\xff\xfe",
    b"\xc3\x28",
    b"\0",
    b"\"",
    b"'''",
    b"[[flow]]\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"=",
    b"99999999999999999999999999999999999999",
    b"-1",
    b"1e308",
    b"0.1234567890123456789012345678901",
    b"nan",
    b"2026-02-30",
    b"2999-12-31",
    b"null",
    b"true",
    b"\\ud800",
    b"# ",
    b"\n\n",
    b",",
    b"country = \"RU\"\n",
    b"travel_days = 6\n",
    b"\xef\xbb\xbf",
    b"1000000000",
];

/// A small generator with known numbers: failures can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("a small number")
    }

    fn mangle(&mut self, plan: &mut Vec<u8>) {
        let (at, to) = (self.roll(plan.len() + 1), self.roll(plan.len() + 1));
        let (from, to) = (at.min(to), at.max(to).min(at.min(to) + 40));
        match self.roll(6) {
            0 => plan.truncate(at),
            1 => drop(plan.drain(from..to)),
            2 => {
                let part = plan[from..to].to_vec();
                let place = self.roll(plan.len() + 1);
                plan.splice(place..place, part);
            }
            3 if at < plan.len() => plan[at] = u8::try_from(self.roll(256)).expect("a byte"),
            _ => {
                let scrap = SCRAPS[self.roll(SCRAPS.len())];
                plan.splice(from..if self.roll(2) == 0 { from } else { to }, scrap.iter().copied());
            }
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let plans = ["2025/szeged-osh", "2023/leap-day", "2022/group-1-norway", "2025/envelopes"];
    let read =
        |case: &str| fs::read(format!("tests/golden/{case}/plan.toml")).expect("a golden plan");
    let mut seeds: Vec<Vec<u8>> = plans.iter().map(|case| read(case)).collect();
    let json = fs::read("tests/support/plan.json").expect("a plan in JSON");
    seeds.extend([json.clone(), json]);
    seeds
}

#[test]
fn mangled_plans_are_computed_or_refused() {
    let count = std::env::var("KA171_MANGLED").ok().and_then(|count| count.parse().ok());
    let seeds = seeds();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut computed, mut refused) = (0_u32, 0_u32);
    for _ in 0..count.unwrap_or(3_000_u32) {
        let mut plan = seeds[dice.roll(seeds.len())].clone();
        for _ in 0..=dice.roll(4) {
            dice.mangle(&mut plan);
        }
        match support::loaded(&plan) {
            Ok(loaded) => {
                let result = support::result_of(&loaded);
                oracle::recompute(&result).expect("amounts that equal the recomputation");
                computed += 1;
            }
            Err(Refusal::Faults(errors)) => {
                assert!(!errors.list.is_empty(), "refused without a word");
                refused += 1;
            }
            Err(Refusal::Machine(error)) => panic!("{error}"),
        }
    }
    assert!(computed > 0 && refused > 0, "{computed} computed, {refused} refused");
}

/// The program itself: a result with exit code 0, or errors with exit code 1 and nothing else.
#[test]
fn the_program_computes_or_refuses_mangled_plans() {
    let seeds = seeds();
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for _ in 0..150 {
        let mut plan = seeds[dice.roll(seeds.len())].clone();
        dice.mangle(&mut plan);
        let mut child = Command::new(env!("CARGO_BIN_EXE_ka171"))
            .args(["budget", "-", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(&plan).expect("the plan is read");
        let output = child.wait_with_output().expect("the program ends");
        let plan = String::from_utf8_lossy(&plan);
        match output.status.code() {
            Some(0) => {
                let result = serde_json::from_slice(&output.stdout).expect("a result");
                oracle::recompute(&result).expect("amounts that equal the recomputation");
            }
            Some(1) => {
                assert!(output.stdout.is_empty(), "{plan}");
                assert!(output.stderr.starts_with(b"error["), "{plan}");
            }
            other => panic!("exit code {other:?}\n{plan}"),
        }
    }
}
