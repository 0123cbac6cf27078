//! Tokens that were shown a moment ago: a phone that sends twenty photos is looked up once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
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
}

/// The tokens, by their hash.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<BTreeMap<[u8; 32], (Instant, Token)>>);

impl Tokens {
    /// Returns what was learnt of a token a moment ago.
    pub(crate) fn get(&self, hash: &[u8; 32], now: Instant) -> Option<Token> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (learnt, token) = tokens.get(hash)?;
        (now.duration_since(*learnt) < KNOWN).then_some(*token)
    }

    /// Notes what the database said of a token.
    pub(crate) fn learn(&self, hash: [u8; 32], token: Token, now: Instant) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= MAX_TOKENS {
            tokens.clear();
        }
        tokens.insert(hash, (now, token));
    }

    /// Says whether it is to be noted that a token's device is heard of now, because that was not for longer than `pace_ms`.
    /// Of several that ask at once, one is told so.
    pub(crate) fn see(&self, hash: &[u8; 32], now_ms: i64, pace_ms: i64) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let token = tokens.get_mut(hash).map(|(_, token)| token);
        token.filter(|token| now_ms - token.seen_ms > pace_ms).map(|token| token.seen_ms = now_ms).is_some()
    }

    /// Forgets a token that changed.
    pub(crate) fn forget(&self, hash: &[u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn a_token_is_known_for_a_moment_and_not_after_it_changed() {
        let (tokens, now) = (Tokens::default(), Instant::now());
        let device = DeviceId::new(Timestamp::from_ms(1), [0; 10]);
        let token = Token { device, renewed_ms: 1, expires_ms: 2, seen_ms: 0 };
        tokens.learn([1; 32], token, now);
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
        let token =
            Token { device: DeviceId::new(Timestamp::from_ms(1), [0; 10]), renewed_ms: 1, expires_ms: 2, seen_ms: 0 };
        for number in 0..=MAX_TOKENS {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_be_bytes());
            tokens.learn(hash, token, now);
        }
        assert_eq!(tokens.0.lock().unwrap().len(), 1);
    }
}
