//! The shortest script of a seed that fails: parts are left out as long as the same checker still finds something.

use crate::script::Part;
use crate::world::{Found, Options, run_with};

/// How many runs shrinking may take.
const MOST_RUNS: u32 = 3_000;

/// What is left of a seed.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// What happens, line by line.
    pub lines: Vec<String>,
    /// What the checker finds then.
    pub found: Found,
}

/// Leaves out of a failing seed whatever its failing does not need. `None` when the seed passes.
pub fn shrink(seed: u64, options: &Options) -> Option<Shrunk> {
    let mut options = Options { is_told: true, ..options.clone() };
    let report = run_with(seed, &options);
    let found = report.found?;
    let mut best = Shrunk { lines: lines(&report.story), found };
    let mut parts: Vec<Part> = report.story.into_iter().map(|(part, _)| part).collect();
    let mut size = parts.len().div_ceil(2);
    let mut runs = 0;
    while size > 0 && runs < MOST_RUNS {
        let mut begin = 0;
        let mut is_shorter = false;
        while begin < parts.len() && runs < MOST_RUNS {
            let end = (begin + size).min(parts.len());
            let mut without = options.without.clone();
            without.extend(&parts[begin..end]);
            runs += 1;
            let report = run_with(seed, &Options { without: without.clone(), ..options.clone() });
            match report.found {
                Some(found) if found.checker == best.found.checker => {
                    // What happened only because of what was left out has gone with it.
                    best = Shrunk { lines: lines(&report.story), found };
                    parts = report.story.into_iter().map(|(part, _)| part).collect();
                    options.without = without;
                    is_shorter = true;
                }
                _ => begin = end,
            }
        }
        size = match (size, is_shorter) {
            (1, true) => 1,
            (size, _) => size / 2,
        };
    }
    Some(best)
}

fn lines(story: &[(Part, String)]) -> Vec<String> {
    story.iter().map(|(_, line)| line.clone()).collect()
}
