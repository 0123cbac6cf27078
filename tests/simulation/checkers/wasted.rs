//! Wasted bytes are bounded: of the bytes of uploads that travel, all are of use but those that a fault cost.

use sync::Outcome;

use super::{WASTED, found};
use crate::world::{Found, World};

/// What may be wasted beyond what faults cost, in bytes.
const SPARE: u64 = 0;

/// Bytes of uploads.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    sent: u64,
    useful: u64,
    allowed: u64,
}

/// A request that arrived.
#[derive(Debug)]
pub(crate) struct Travel<'a> {
    /// Bytes of its body that came.
    pub(crate) sent: u64,
    /// Those of them that the server did not hold.
    pub(crate) useful: u64,
    pub(crate) outcome: &'a Outcome,
    pub(crate) is_cut: bool,
    /// The phone waits for it, and it comes for the first time.
    pub(crate) is_expected: bool,
    pub(crate) is_reply_lost: bool,
    /// Phone or server do not know how to go on.
    pub(crate) is_old: bool,
}

impl Wire {
    /// Returns how many bytes travelled, and how many of them had to.
    pub(crate) const fn totals(&self) -> (u64, u64) {
        (self.sent, self.useful)
    }

    /// A fault costs so many bytes.
    pub(crate) const fn allow(&mut self, bytes: u64) {
        self.allowed += bytes;
    }

    /// Bytes went where no server of ours is.
    pub(crate) const fn waste(&mut self, bytes: u64) {
        self.sent += bytes;
    }

    pub(crate) const fn carry(&mut self, travel: &Travel<'_>) {
        self.sent += travel.sent;
        self.useful += travel.useful;
        let is_refused = matches!(travel.outcome, Outcome::Refused { .. });
        if !travel.is_expected || is_refused || (travel.is_old && (travel.is_cut || travel.is_reply_lost)) {
            self.allowed += travel.sent;
        }
    }
}

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    let Wire { sent, useful, allowed } = world.wire;
    if sent > useful + allowed + SPARE {
        let wasted = sent - useful;
        return found(WASTED, format!("{sent} bytes travelled, {wasted} in vain; faults cost {allowed}"));
    }
    Ok(())
}
