//! How long to wait after a failure.

/// The wait after the first failures, in milliseconds.
const FIRST_MS: u64 = 1_000;

/// So many tries come quickly: most cuts are short. Then the waits double.
const QUICK_TRIES: u32 = 6;

/// The longest wait, in milliseconds.
const LONGEST_MS: u64 = 5 * 60_000;

/// Waiting times that double after a few quick tries, spread by a seed so that phones which failed together do not come back together.
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

    /// Returns the next wait in milliseconds: half of it fixed, half of it drawn.
    pub(crate) fn next_ms(&mut self) -> u64 {
        let full = FIRST_MS.saturating_mul(1 << self.failures.saturating_sub(QUICK_TRIES - 1).min(16)).min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        self.spread_ms(full)
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
    fn waits_double_up_to_a_limit_and_differ_by_seed() {
        let waits = |seed| {
            let mut backoff = Backoff::new(seed);
            std::array::from_fn::<u64, 20, _>(|_| backoff.next_ms())
        };
        for (failure, wait) in waits(1).into_iter().enumerate() {
            let full = (FIRST_MS << failure.saturating_sub(5).min(16)).min(LONGEST_MS);
            assert!((full / 2..=full).contains(&wait), "failure {failure}: {wait}");
        }
        assert_ne!(waits(1), waits(2));
    }
}
