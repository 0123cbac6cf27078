//! `cargo xtask simulate`: more seeds than every test run has time for.

#![expect(clippy::print_stdout, reason = "talking to the terminal is what a command is for")]

use std::process::ExitCode;
use std::thread::{available_parallelism, scope};

use simulation::{Occurred, run};

/// What became of some seeds.
#[derive(Default)]
struct Outcome {
    passed: u64,
    /// Seed and what was found.
    failed: Vec<(u64, String)>,
    /// In how many seeds each fault occurred.
    seeds_with: Occurred,
}

impl Outcome {
    fn add(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        for (fault, seeds) in other.seeds_with {
            *self.seeds_with.entry(fault).or_default() += seeds;
        }
        self
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((seeds, from)) = parse(&args) else {
        println!("simulate takes --seeds N and --from S, both whole numbers");
        return ExitCode::FAILURE;
    };
    #[expect(clippy::disallowed_methods, reason = "how long the command takes is no part of any world")]
    let started = std::time::Instant::now();
    let mut outcome = simulate(seeds, from);
    let seconds = started.elapsed().as_secs_f64();
    outcome.failed.sort();
    for (seed, found) in &outcome.failed {
        println!("seed {seed}: {found}");
    }
    for (fault, seeds_with) in &outcome.seeds_with {
        println!("{fault:<16}in {seeds_with} of {seeds} seeds");
    }
    println!("{seeds} seeds in {seconds:.1} s");
    println!("{} passed, {} failed", outcome.passed, outcome.failed.len());
    if outcome.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads how many seeds, and the first of them.
fn parse(args: &[String]) -> Option<(u64, u64)> {
    let (mut seeds, mut from) = (1_000, 0);
    for pair in args.chunks(2) {
        let [name, value] = pair else { return None };
        match name.as_str() {
            "--seeds" => seeds = value.parse().ok()?,
            "--from" => from = value.parse().ok()?,
            _ => return None,
        }
    }
    Some((seeds, from))
}

/// Runs seeds on all cores; each is a world of its own.
fn simulate(seeds: u64, from: u64) -> Outcome {
    let cores = available_parallelism().map_or(1, usize::from) as u64;
    scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|core| {
                scope.spawn(move || {
                    (core..seeds)
                        .step_by(cores as usize)
                        .map(|n| try_seed(from.wrapping_add(n)))
                        .fold(Outcome::default(), Outcome::add)
                })
            })
            .collect();
        let outcomes =
            threads.into_iter().map(|thread| thread.join().expect("a world that panics is caught in its seed"));
        outcomes.fold(Outcome::default(), Outcome::add)
    })
}

fn try_seed(seed: u64) -> Outcome {
    match std::panic::catch_unwind(|| run(seed)) {
        Ok(Ok(report)) => Outcome {
            passed: 1,
            seeds_with: report.faults.into_keys().map(|fault| (fault, 1)).collect(),
            ..Outcome::default()
        },
        Ok(Err(found)) => Outcome { failed: vec![(seed, found)], ..Outcome::default() },
        Err(_) => Outcome { failed: vec![(seed, "it panicked, as said above".to_owned())], ..Outcome::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Option<(u64, u64)> {
        parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn seeds_are_named_by_number() {
        assert_eq!(parsed(&["--seeds", "7", "--from", "18446744073709551615"]), Some((7, u64::MAX)));
        assert_eq!(parsed(&["--seeds"]), None);
        assert_eq!(parsed(&["--seeds", "many"]), None);
        assert_eq!(parsed(&["--mutants", "1"]), None);
    }

    #[test]
    fn every_seed_is_counted_once() {
        let outcome = simulate(5, 0);
        assert_eq!((outcome.passed, outcome.failed.len()), (5, 0));
    }
}
