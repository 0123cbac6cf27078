//! How long to wait after a failure, and whether the wait is over.

use domain::Timestamp;
use protocol::ErrorCode;

/// When to go on after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wakeup {
    pub(super) at: Timestamp,
    pub(super) wait_ms: u64,
}

impl Wakeup {
    /// Says whether the wait is over, also when the clock was set back meanwhile: it never was longer than that.
    pub(super) const fn is_due(self, now: Timestamp) -> bool {
        self.at.since(now) == 0 || self.at.since(now) > self.wait_ms
    }
}

/// Why a run stopped; by default nobody said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: Option<ErrorCode>,
    pub(super) retry_after_ms: Option<u64>,
}

impl Failure {
    /// Of several failures the one for which the server asked to wait longest counts.
    pub(super) fn or_longer(self, other: Self) -> Self {
        if self.retry_after_ms > other.retry_after_ms { self } else { other }
    }
}
