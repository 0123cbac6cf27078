//! Tokens that were shown a moment ago: a phone that sends twenty photos is looked up once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::DeviceId;

/// How long a token is known without looking. Other processes write too: what they take away ends within five seconds.
const KNOWN: Duration = Duration::from_secs(4);

/// Beyond this many tokens all are forgotten: memory is bounded, also under attack.
const MAX_TOKENS: usize = 4096;

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Whose it is.
    pub(crate) device: DeviceId,
    /// When it was renewed last.
    pub(crate) renewed_ms: i64,
    /// When it ends.
    pub(crate) expires_ms: i64,
    /// When the device was noted to be heard of.
    pub(crate) seen_ms: i64,
    /// Its device was shut out.
    pub(crate) is_shut_out: bool,
}

/// The tokens, by their hash.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<Known>);

#[derive(Default)]
struct Known {
    by_hash: BTreeMap<[u8; 32], (Instant, Token)>,
    /// How often a device was forgotten.
    forgotten: u64,
}

impl Tokens {
    /// Returns what was learnt of a token a moment ago.
    pub(crate) fn get(&self, hash: &[u8; 32], now: Instant) -> Option<Token> {
        let (learnt, token) = *self.lock().by_hash.get(hash)?;
        (now.duration_since(learnt) < KNOWN).then_some(token)
    }

    /// Returns what to give to [`Self::learn`]: asked before the database is.
    pub(crate) fn forgotten(&self) -> u64 {
        self.lock().forgotten
    }

    /// Notes what the database said of a token, unless a device was forgotten since: it may have said so before that.
    pub(crate) fn learn(&self, hash: [u8; 32], token: Token, now: Instant, forgotten: u64) {
        let mut known = self.lock();
        if known.forgotten != forgotten {
            return;
        }
        if known.by_hash.len() >= MAX_TOKENS {
            known.by_hash.clear();
        }
        known.by_hash.insert(hash, (now, token));
    }

    /// Says whether it is to be noted that a token's device is heard of now, because that was not for longer than `pace_ms`.
    /// Of several that ask at once, one is told so.
    pub(crate) fn see(&self, hash: &[u8; 32], now_ms: i64, pace_ms: i64) -> bool {
        let mut known = self.lock();
        let token = known.by_hash.get_mut(hash).map(|(_, token)| token);
        token.filter(|token| now_ms - token.seen_ms > pace_ms).map(|token| token.seen_ms = now_ms).is_some()
    }

    /// Forgets a token that changed.
    pub(crate) fn forget(&self, hash: &[u8; 32]) {
        self.lock().by_hash.remove(hash);
    }

    /// Forgets all tokens of a device, also those that are being looked up.
    pub(crate) fn forget_device(&self, device: DeviceId) {
        let mut known = self.lock();
        known.forgotten += 1;
        known.by_hash.retain(|_, (_, token)| token.device != device);
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn a_token_is_known_for_a_moment_and_not_after_it_changed() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        let token = token(1);
        tokens.learn([1; 32], token, now, 0);
        assert_eq!(tokens.get(&[1; 32], now + KNOWN - Duration::from_millis(1)), Some(token));
        assert_eq!(tokens.get(&[1; 32], now + KNOWN), None);
        assert_eq!(tokens.get(&[2; 32], now), None);
        assert!(tokens.see(&[1; 32], 61, 60), "not heard of for longer than that");
        assert!(!tokens.see(&[1; 32], 61, 60), "noted by the one who asked before");
        assert!(!tokens.see(&[2; 32], 61, 60), "whoever is not known");
        tokens.forget(&[1; 32]);
        assert_eq!(tokens.get(&[1; 32], now), None);
    }

    #[test]
    fn no_more_tokens_are_known_than_there_is_room_for() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        for number in 0..=MAX_TOKENS {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_be_bytes());
            tokens.learn(hash, token(1), now, 0);
        }
        assert_eq!(tokens.lock().by_hash.len(), 1);
    }

    #[test]
    fn a_device_that_is_forgotten_is_not_learnt_from_what_was_read_before() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        tokens.learn([1; 32], token(1), now, 0);
        tokens.learn([2; 32], token(2), now, 0);
        let before = tokens.forgotten();
        tokens.forget_device(token(1).device);
        tokens.learn([1; 32], token(1), now, before);
        assert_eq!(tokens.get(&[1; 32], now), None);
        assert_eq!(tokens.get(&[2; 32], now), Some(token(2)));
        tokens.learn([1; 32], token(1), now, tokens.forgotten());
        assert_eq!(tokens.get(&[1; 32], now), Some(token(1)));
    }

    #[test]
    fn a_device_that_was_seen_is_known_to_have_been() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        tokens.learn([1; 32], token(1), now, 0);
        assert!(tokens.see(&[1; 32], 9, 5));
        assert!(!tokens.see(&[1; 32], 10, 5), "of several that ask at once, one is told so");
        assert_eq!(tokens.get(&[1; 32], now).map(|token| token.seen_ms), Some(9));
    }

    fn token(device: u8) -> Token {
        let device = DeviceId::new(Timestamp::from_ms(1), [device; 10]);
        Token { device, renewed_ms: 1, expires_ms: 2, seen_ms: 0, is_shut_out: false }
    }
}
