//! What can go wrong, and how often, in one place.

use std::collections::BTreeMap;

use crate::random::Random;

/// How often what goes wrong in the stormy part of a run; all in percent unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct FaultPlan {
    /// A request never arrives.
    pub request_lost: u8,
    /// The server does what was asked, and its reply is lost.
    pub reply_lost: u8,
    /// The connection of an upload breaks after some of its bytes.
    pub cut: u8,
    /// A request arrives twice.
    pub duplicated: u8,
    /// The server answers that it is busy.
    pub busy: u8,
    /// The longest way of a request or a reply, in milliseconds.
    pub delay_ms: u64,
    /// A phone's app is killed between two effects.
    pub killed: u8,
    /// A transaction fails; nothing of it is kept.
    pub disk_fails: u8,
    /// A phone's clock is wrong by up to this many milliseconds, either way.
    pub skew_ms: u64,
    /// A phone's clock jumps.
    pub clock_jumps: u8,
}

/// How often each kind of fault occurred in a run.
pub type Occurred = BTreeMap<&'static str, u64>;

impl FaultPlan {
    /// Nothing goes wrong.
    pub const CALM: Self = Self {
        request_lost: 0,
        reply_lost: 0,
        cut: 0,
        duplicated: 0,
        busy: 0,
        delay_ms: 50,
        killed: 0,
        disk_fails: 0,
        skew_ms: 0,
        clock_jumps: 0,
    };

    /// Draws a plan: some runs are mild, some are wild.
    pub(crate) const fn draw(random: &mut Random) -> Self {
        const DAY_MS: u64 = 24 * 60 * 60 * 1000;
        let skews = [0, 500, 90_000, 2 * DAY_MS, 3650 * DAY_MS];
        Self {
            request_lost: random.below(30) as u8,
            reply_lost: random.below(30) as u8,
            cut: random.below(40) as u8,
            duplicated: random.below(15) as u8,
            busy: random.below(10) as u8,
            delay_ms: 1 + random.below(8_000),
            killed: random.below(6) as u8,
            disk_fails: random.below(6) as u8,
            skew_ms: skews[random.below(5) as usize],
            clock_jumps: random.below(8) as u8,
        }
    }
}
