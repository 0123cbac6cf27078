//! `cargo xtask simulate`: more seeds than every test run has time for, and engines that are broken on purpose.

#![expect(clippy::print_stdout, reason = "talking to the terminal is what a command is for")]

use std::process::ExitCode;
use std::thread::{available_parallelism, scope};

use simulation::{Fault, Found, Mutant, Occurred, Options, Report, run, run_with, shrink};

/// Of so many failing seeds the shortest script is looked for.
const MOST_SHRUNK: usize = 3;

/// Within so many seeds a broken engine has to be caught.
const SEEDS_OF_A_MUTANT: u64 = 200;

/// What became of some seeds.
#[derive(Default)]
struct Outcome {
    passed: u64,
    failed: Vec<(u64, Found)>,
    /// In how many seeds each fault occurred.
    seeds_with: Occurred,
    events: u64,
    wire: (u64, u64),
}

impl Outcome {
    fn of(seed: u64, report: Report) -> Self {
        Self {
            passed: u64::from(report.found.is_none()),
            failed: report.found.map(|found| (seed, found)).into_iter().collect(),
            seeds_with: report.faults.into_keys().map(|fault| (fault, 1)).collect(),
            events: report.events,
            wire: report.wire,
        }
    }

    fn add(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        for (fault, seeds) in other.seeds_with {
            *self.seeds_with.entry(fault).or_default() += seeds;
        }
        self.events += other.events;
        self.wire = (self.wire.0 + other.wire.0, self.wire.1 + other.wire.1);
        self
    }
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Seeds { seeds: u64, from: u64 },
    Mutants,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match parse(&args) {
        Some(Command::Seeds { seeds, from }) => try_seeds(seeds, from),
        Some(Command::Mutants) => try_mutants(),
        None => {
            println!("simulate takes --seeds N and --from S, both whole numbers, or --mutants");
            ExitCode::FAILURE
        }
    }
}

fn parse(args: &[String]) -> Option<Command> {
    if args == ["--mutants"] {
        return Some(Command::Mutants);
    }
    let (mut seeds, mut from) = (1_000, 0);
    for pair in args.chunks(2) {
        let [name, value] = pair else { return None };
        match name.as_str() {
            "--seeds" => seeds = value.parse().ok()?,
            "--from" => from = value.parse().ok()?,
            _ => return None,
        }
    }
    Some(Command::Seeds { seeds, from })
}

fn try_seeds(seeds: u64, from: u64) -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "how long the command takes is no part of any world")]
    let started = std::time::Instant::now();
    let mut outcome = simulate(seeds, from);
    let seconds = started.elapsed().as_secs_f64();
    outcome.failed.sort_by_key(|(seed, _)| *seed);
    for (seed, found) in &outcome.failed {
        println!("seed {seed}: {}: {}", found.checker, found.what);
    }
    for (seed, _) in outcome.failed.iter().take(MOST_SHRUNK) {
        print_shortest(*seed);
    }
    for fault in Fault::ALL {
        let seeds_with = outcome.seeds_with.get(fault).copied().unwrap_or(0);
        println!("{:<32}in {seeds_with} of {seeds} seeds", fault.name());
    }
    let (sent, useful) = outcome.wire;
    println!("{} events; {sent} bytes of uploads travelled, {useful} of them of use", outcome.events);
    println!("{seeds} seeds in {seconds:.1} s");
    println!("{} passed, {} failed", outcome.passed, outcome.failed.len());
    if outcome.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn print_shortest(seed: u64) {
    let Some(shrunk) = shrink(seed, &Options::default()) else { return };
    println!("the shortest script of seed {seed}:");
    for line in shrunk.lines {
        println!("  {line}");
    }
    println!("  => {}: {}", shrunk.found.checker, shrunk.found.what);
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
                        .map(|n| from.wrapping_add(n))
                        .map(|seed| Outcome::of(seed, run(seed)))
                        .fold(Outcome::default(), Outcome::add)
                })
            })
            .collect();
        let outcomes =
            threads.into_iter().map(|thread| thread.join().expect("a world that panics is caught in its seed"));
        outcomes.fold(Outcome::default(), Outcome::add)
    })
}

/// Looks for a seed in which each broken engine is caught by the checker meant for it.
fn try_mutants() -> ExitCode {
    let mut escaped = 0;
    println!("{:<42}{:<14}caught", "broken engine", "checker");
    for mutant in Mutant::ALL {
        let options = Options { mutant: Some(*mutant), ..Options::default() };
        let caught = (0..SEEDS_OF_A_MUTANT).find_map(|seed| {
            let found = run_with(seed, &options).found.filter(|found| found.checker == mutant.checker())?;
            Some((seed, found.what))
        });
        let what = match caught {
            Some((seed, what)) => format!("in seed {seed}: {what}"),
            None => {
                escaped += 1;
                format!("not in {SEEDS_OF_A_MUTANT} seeds")
            }
        };
        println!("{:<42}{:<14}{what}", mutant.name(), mutant.checker());
    }
    println!("{} caught, {escaped} escaped", Mutant::ALL.len() - escaped);
    if escaped == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Option<Command> {
        parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn seeds_are_named_by_number() {
        let all = Command::Seeds { seeds: 7, from: u64::MAX };
        assert_eq!(parsed(&["--seeds", "7", "--from", "18446744073709551615"]), Some(all));
        assert_eq!(parsed(&["--mutants"]), Some(Command::Mutants));
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
