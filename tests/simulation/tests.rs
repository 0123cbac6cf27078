use super::*;

/// Seeds of every test run; a found bug adds its own as a test of the engine with a name.
const SEEDS: u64 = 200;

#[test]
fn phones_in_a_storm_lose_nothing_double_nothing_and_agree_in_the_end() {
    let mut seeds_with = Occurred::new();
    for seed in 0..SEEDS {
        let report = run(seed);
        assert_eq!(report.found, None, "seed {seed}");
        for fault in report.faults.into_keys() {
            *seeds_with.entry(fault).or_default() += 1;
        }
    }
    for fault in Fault::ALL {
        let seeds = seeds_with.get(fault).copied().unwrap_or(0);
        println!("{:<32}in {seeds} of {SEEDS} seeds", fault.name());
        assert!(seeds * 10 >= SEEDS, "{} occurs in {seeds} of {SEEDS} seeds only", fault.name());
    }
}

#[test]
fn each_broken_engine_is_caught_by_the_checker_meant_for_it() {
    for mutant in Mutant::ALL {
        let options = Options { mutant: Some(*mutant), ..Options::default() };
        let is_caught =
            |seed: &u64| run_with(*seed, &options).found.is_some_and(|found| found.checker == mutant.checker());
        let caught = (0..SEEDS).find(is_caught);
        assert!(caught.is_some(), "{} is not caught by \"{}\"", mutant.name(), mutant.checker());
    }
}

#[test]
fn one_seed_is_one_story() {
    let told = Options { is_told: true, ..Options::default() };
    let (first, second) = (run_with(7, &told), run_with(7, &told));
    assert_eq!((first.events, first.faults, first.story), (second.events, second.faults, second.story));
}

#[test]
fn what_is_left_of_a_failing_seed_still_fails_in_the_same_way() {
    let options = Options { mutant: Some(Mutant::DeletesBeforeAnswer), ..Options::default() };
    let seed = (0..SEEDS).find(|seed| run_with(*seed, &options).found.is_some()).unwrap();
    let whole = run_with(seed, &Options { is_told: true, ..options.clone() });
    let shrunk = shrink(seed, &options).unwrap();
    assert_eq!(shrunk.found.checker, whole.found.unwrap().checker);
    assert!(shrunk.lines.len() < whole.story.len() && shrunk.lines.len() <= 6, "{:#?}", shrunk.lines);
    assert!(shrink(seed, &Options::default()).is_none(), "a seed that passes has nothing to shrink");
}
