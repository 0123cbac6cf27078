//! How long to wait after a failure.

/// The wait after the first failures, in milliseconds: most cuts are short, and who waits less finds their end sooner.
const QUICK_MS: u64 = 600;

/// By how much less a quick try may wait, in milliseconds.
const QUICK_SPREAD_MS: u64 = 200;

/// So many tries come quickly: those of a cut of three seconds.
const QUICK_TRIES: u32 = 7;

/// The wait after the first failure that follows them, in milliseconds. From here on the waits double.
const FIRST_LONG_MS: u64 = 2_000;

/// The longest wait, in milliseconds.
const LONGEST_MS: u64 = 5 * 60_000;

/// Waiting times that double after some quick tries, spread by a seed so that phones which failed together do not come back together.
#[derive(Clone, Debug)]
pub(crate) struct Backoff {
    failures: u32,
    random: u64,
}

impl Backoff {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { failures: 0, random: seed }
    }

    pub(crate) const fn reset(&mut self) {
        self.failures = 0;
    }

    /// Says whether something failed and nothing came through since.
    pub(crate) const fn has_failed(&self) -> bool {
        self.failures > 0
    }

    /// Returns the next wait in milliseconds; part of it is drawn, of a long one half.
    pub(crate) fn next_ms(&mut self) -> u64 {
        let failures = self.failures;
        self.failures = failures.saturating_add(1);
        let Some(doublings) = failures.checked_sub(QUICK_TRIES) else {
            return QUICK_MS - self.draw() % (QUICK_SPREAD_MS + 1);
        };
        self.spread_ms((FIRST_LONG_MS << doublings.min(16)).min(LONGEST_MS))
    }

    /// Returns the longest wait in milliseconds, spread.
    pub(crate) const fn longest_ms(&mut self) -> u64 {
        self.spread_ms(LONGEST_MS)
    }

    const fn spread_ms(&mut self, full: u64) -> u64 {
        full / 2 + self.draw() % (full / 2 + 1)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    const fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_after_quick_tries_up_to_a_limit_and_differ_by_seed() {
        let waits = |seed| {
            let mut backoff = Backoff::new(seed);
            std::array::from_fn::<u64, 20, _>(|_| backoff.next_ms())
        };
        for (failure, wait) in waits(1).into_iter().enumerate() {
            let full = if failure < 7 { 600 } else { (2_000 << (failure - 7)).min(LONGEST_MS) };
            let least = if failure < 7 { 400 } else { full / 2 };
            assert!((least..=full).contains(&wait), "failure {failure}: {wait}");
        }
        assert_ne!(waits(1), waits(2));
    }
}
