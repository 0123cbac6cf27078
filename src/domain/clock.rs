//! Time as a value, and the hybrid logical clock that orders writes.

use std::fmt;
use std::str::FromStr;

use crate::NodeId;
use crate::plain::{Plain, Value};

/// How far ahead of the server a stamp may be, in milliseconds. Beyond it the server refuses (`clock_ahead`) and no
/// clock is advanced by it.
pub const MAX_AHEAD_MS: u64 = 60_000;

/// The largest time that a stamp can hold: 48 bits of milliseconds, as in a UUIDv7.
const MAX_MS: u64 = (1 << 48) - 1;

/// Milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Timestamp(u64);

impl Timestamp {
    /// Wraps milliseconds since 1970; later than 48 bits can say is cut off there.
    pub const fn from_ms(ms: u64) -> Self {
        Self(if ms > MAX_MS { MAX_MS } else { ms })
    }

    /// Returns milliseconds since 1970.
    pub const fn ms(self) -> u64 {
        self.0
    }

    /// Returns this time moved by `offset_ms`, never below 1970.
    pub fn shifted(self, offset_ms: i64) -> Self {
        Self::from_ms(self.0.saturating_add_signed(offset_ms))
    }

    /// Returns this time plus `ms`.
    pub fn plus(self, ms: u64) -> Self {
        Self::from_ms(self.0.saturating_add(ms))
    }

    /// Returns how many milliseconds this time lies after `earlier`, or 0.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl Plain for Timestamp {
    fn to_value(&self) -> Value {
        self.0.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_u64().map(Self::from_ms)
    }
}

crate::serde_by_plain!(Timestamp);

/// When a field was written and by which device: ordered by time, then counter, then device.
///
/// Its text is 32 hexadecimal digits (12 time, 4 counter, 16 device), so text order is stamp order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Corrected time of the writer in milliseconds since 1970.
    pub at: Timestamp,
    /// Tells writes in one millisecond apart.
    pub count: u16,
    /// The device that wrote.
    pub node: NodeId,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}{:04x}{:016x}", self.at.ms(), self.count, self.node.0)
    }
}

/// The text is not a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StampError;

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stamp is 32 lowercase hexadecimal digits")
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let lowercase_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 32 || !text.bytes().all(lowercase_hex) {
            return Err(StampError);
        }
        let part = |from: usize, to: usize| u64::from_str_radix(&text[from..to], 16).map_err(|_| StampError);
        Ok(Self {
            at: Timestamp::from_ms(part(0, 12)?),
            count: u16::try_from(part(12, 16)?).map_err(|_| StampError)?,
            node: NodeId(part(16, 32)?),
        })
    }
}

crate::plain_text!(Stamp);

/// The hybrid logical clock of one device: hands out stamps that only grow.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    node: NodeId,
    last: (Timestamp, u16),
}

impl Clock {
    /// Makes the clock of `node` that goes on after `last`, the newest stamp it handed out or saw.
    pub fn new(node: NodeId, last: Option<Stamp>) -> Self {
        let last = last.map_or((Timestamp::default(), 0), |stamp| (stamp.at, stamp.count));
        Self { node, last }
    }

    /// Returns the device whose clock this is.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Returns a stamp later than all before it; `now` is the corrected time.
    pub fn tick(&mut self, now: Timestamp) -> Stamp {
        let (at, count) = self.last;
        self.last = if now > at {
            (now, 0)
        } else if count == u16::MAX {
            (at.plus(1), 0)
        } else {
            (at, count + 1)
        };
        Stamp { at: self.last.0, count: self.last.1, node: self.node }
    }

    /// Takes note of another device's stamp; one more than [`MAX_AHEAD_MS`] ahead of `now` advances nothing.
    pub fn observe(&mut self, stamp: Stamp, now: Timestamp) {
        if stamp.at <= now.plus(MAX_AHEAD_MS) {
            self.last = self.last.max((stamp.at, stamp.count));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn stamps_grow_while_the_phone_clock_stands_still_or_goes_back() {
        let mut clock = Clock::new(NodeId(7), None);
        let stamps = [clock.tick(at(100)), clock.tick(at(100)), clock.tick(at(40)), clock.tick(at(101))];
        assert!(stamps.is_sorted_by(|a, b| a < b), "{stamps:?}");
    }

    #[test]
    fn the_counter_that_is_full_goes_on_in_the_next_millisecond() {
        let last = Stamp { at: at(5), count: u16::MAX, node: NodeId(1) };
        let next = Clock::new(NodeId(1), Some(last)).tick(at(5));
        assert!(next > last);
    }

    #[test]
    fn a_stamp_far_ahead_advances_nobody() {
        let mut clock = Clock::new(NodeId(1), None);
        clock.observe(Stamp { at: at(1_000_000), count: 0, node: NodeId(2) }, at(1_000));
        assert_eq!(clock.tick(at(1_000)).at, at(1_000));
        clock.observe(Stamp { at: at(1_500), count: 0, node: NodeId(2) }, at(1_000));
        assert!(clock.tick(at(1_000)).at >= at(1_500));
    }

    #[test]
    fn text_order_is_stamp_order() {
        let a = Stamp { at: at(255), count: 2, node: NodeId(9) };
        let b = Stamp { at: at(256), count: 0, node: NodeId(1) };
        assert!(a < b && a.to_string() < b.to_string());
        assert_eq!(a.to_string().parse(), Ok(a));
        assert!("g".repeat(32).parse::<Stamp>().is_err() && "é".repeat(16).parse::<Stamp>().is_err());
    }
}
