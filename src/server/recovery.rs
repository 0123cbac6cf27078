//! The words that bring a person back: plain Dutch ones, to be written down.

use protocol::{RECOVERY_LIST, RECOVERY_WORDS, typed_words};
use sha2::{Digest, Sha256};

use crate::random;

/// How many bits a word stands for.
const BITS: usize = 10;

/// Keeps these hashes apart from those of anything else.
const SALT: &[u8] = b"wijkbeeld recovery words\n";

/// Draws words: eight of 1024, so 80 random bits.
pub(crate) fn draw() -> Vec<&'static str> {
    let random = random::bytes::<{ RECOVERY_WORDS * BITS / 8 }>();
    let bit = |at: usize| usize::from(random[at / 8] >> (at % 8) & 1);
    let number = |word: usize| (0..BITS).fold(0, |number, at| number << 1 | bit(word * BITS + at));
    let list: Vec<_> = RECOVERY_LIST.lines().collect();
    (0..RECOVERY_WORDS).map(|word| list[number(word)]).collect()
}

/// Returns what the database keeps of words, and finds them again by, as a person typed them.
///
/// A fast hash with the same salt everywhere is enough. What slow hashes and salts of their own are good for is what people
/// think of; nobody tries 2^80 words, for one person or for all at once.
pub(crate) fn hash(typed: &str) -> [u8; 32] {
    Sha256::new().chain_update(SALT).chain_update(typed_words(typed).join(" ")).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_drawn_of_the_whole_list() {
        let drawn: BTreeSet<_> = (0..2_000).flat_map(|_| draw()).collect();
        assert_eq!(drawn, RECOVERY_LIST.lines().collect());
        assert_eq!((draw().len(), drawn.len()), (RECOVERY_WORDS, 1 << BITS));
    }

    #[test]
    fn words_are_the_same_however_they_are_typed() {
        assert_eq!(hash(" Appel,  BOOM\ndeur "), hash("appel boom deur"));
        for other in ["appel deur boom", "appelboom deur", "appel boom", ""] {
            assert_ne!(hash(other), hash("appel boom deur"), "{other}");
        }
    }
}
