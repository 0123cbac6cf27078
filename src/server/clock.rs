//! The server's time, as a value that tests can set.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;

/// Tells the time.
#[derive(Clone)]
pub(crate) struct WallClock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl WallClock {
    /// Makes a clock that shows the machine's time.
    pub(crate) fn of_the_machine() -> Self {
        Self::from_fn(|| {
            let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Timestamp::from_ms(u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX))
        })
    }

    /// Makes a clock that shows what `now` says.
    pub(crate) fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the time.
    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// Returns a stored time or number as it is told; none is negative.
pub(crate) fn told(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// Returns a time as databases store it; 48 bits always fit.
pub(crate) fn stored(time: Timestamp) -> i64 {
    i64::try_from(time.ms()).unwrap_or(i64::MAX)
}
