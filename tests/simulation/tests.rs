use super::*;

/// Seeds of every test run; a found bug adds its own below as a test with a name.
const SEEDS: std::ops::Range<u64> = 0..200;

#[test]
fn phones_in_a_storm_lose_nothing_double_nothing_and_agree_in_the_end() {
    let mut faults = Occurred::new();
    let mut seeds_with = Occurred::new();
    for seed in SEEDS {
        let report = run(seed).unwrap_or_else(|found| panic!("seed {seed}: {found}"));
        assert!(report.entries > 0, "seed {seed}: nobody made anything");
        for (fault, times) in report.faults {
            *faults.entry(fault).or_default() += times;
            *seeds_with.entry(fault).or_default() += 1;
        }
    }
    println!("faults: {faults:?}");
    let runs = SEEDS.end - SEEDS.start;
    for fault in [
        "request lost",
        "reply lost",
        "cut",
        "duplicated",
        "busy",
        "killed",
        "disk failed",
        "clock jumped",
        "token lost",
    ] {
        let seeds = seeds_with.get(fault).copied().unwrap_or(0);
        assert!(seeds * 10 >= runs, "{fault} occurs in {seeds} of {runs} seeds only");
    }
}

#[test]
fn one_seed_is_one_story() {
    let (first, second) = (run(7).unwrap(), run(7).unwrap());
    assert_eq!((first.events, first.faults), (second.events, second.faults));
}
