//! Counts wrong join codes, so that nobody finds a code by trying.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::{DeviceId, Timestamp};

/// How long a wrong code counts, in milliseconds.
const WINDOW_MS: u64 = 10 * 60 * 1000;

/// Beyond this many senders the oldest counts are dropped: memory is bounded, also under attack.
const MAX_SENDERS: usize = 10_000;

/// Who sent a wrong code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sender {
    /// A device that is known already.
    Device(DeviceId),
    /// An address; behind one there may be a whole neighbourhood.
    Address(IpAddr),
}

impl Sender {
    /// Returns the sender with this address. A home has a whole /64 of IPv6.
    pub(crate) fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
            v4 @ IpAddr::V4(_) => v4,
        })
    }

    const fn limit(self) -> u32 {
        match self {
            Self::Device(_) => 20,
            Self::Address(_) => 200,
        }
    }
}

/// The wrong codes of the last minutes, in memory: a restart forgives.
#[derive(Default)]
pub(crate) struct WrongCodes(Mutex<BTreeMap<Sender, Count>>);

#[derive(Clone, Copy)]
struct Count {
    since: Timestamp,
    wrong: u32,
}

impl WrongCodes {
    /// Returns how many seconds this sender has to wait, if it has to.
    pub(crate) fn wait_s(&self, sender: Sender, now: Timestamp) -> Option<u64> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.get(&sender).filter(|count| count.wrong >= sender.limit())?;
        let waited_ms = now.since(count.since);
        (waited_ms < WINDOW_MS).then(|| (WINDOW_MS - waited_ms).div_ceil(1000))
    }

    /// Counts a wrong code.
    pub(crate) fn count(&self, sender: Sender, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MAX_SENDERS {
            counts.retain(|_, count| now.since(count.since) < WINDOW_MS);
            let oldest = counts.iter().min_by_key(|(_, count)| count.since).map(|(sender, _)| *sender);
            if let Some(oldest) = oldest.filter(|_| counts.len() >= MAX_SENDERS) {
                counts.remove(&oldest);
            }
        }
        let count = counts.entry(sender).or_insert(Count { since: now, wrong: 0 });
        if now.since(count.since) >= WINDOW_MS {
            *count = Count { since: now, wrong: 0 };
        }
        count.wrong += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_wrong_codes_have_to_wait_and_then_start_anew() {
        let codes = WrongCodes::default();
        let sender = Sender::at("192.0.2.1".parse().unwrap());
        let now = Timestamp::from_ms(1_000);
        for _ in 0..200 {
            assert_eq!(codes.wait_s(sender, now), None);
            codes.count(sender, now);
        }
        assert_eq!(codes.wait_s(sender, now.plus(1_000)), Some(599));
        assert_eq!(codes.wait_s(Sender::at("192.0.2.2".parse().unwrap()), now), None);
        assert_eq!(codes.wait_s(sender, now.plus(WINDOW_MS)), None);
        codes.count(sender, now.plus(WINDOW_MS));
        assert_eq!(codes.wait_s(sender, now.plus(WINDOW_MS)), None);
    }

    #[test]
    fn a_home_is_one_sender_and_a_mapped_address_is_itself() {
        let at = |text: &str| Sender::at(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::2:3"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
    }
}
