//! The words that bring a person back: plain Dutch ones, to be written down.

use protocol::RECOVERY_WORDS;
use sha2::{Digest, Sha256};

use crate::random;

/// 1024 short words, one a line. The tests hold the rules that they follow.
const LIST: &str = include_str!("recovery/words.txt");

/// How many bits a word stands for.
const BITS: usize = 10;

/// Keeps these hashes apart from those of anything else.
const SALT: &[u8] = b"wijkbeeld recovery words\n";

/// Draws words: eight of 1024, so 80 random bits.
pub(crate) fn draw() -> Vec<&'static str> {
    let random = random::bytes::<{ RECOVERY_WORDS * BITS / 8 }>();
    let bit = |at: usize| usize::from(random[at / 8] >> (at % 8) & 1);
    let number = |word: usize| (0..BITS).fold(0, |number, at| number << 1 | bit(word * BITS + at));
    let list: Vec<_> = LIST.lines().collect();
    (0..RECOVERY_WORDS).map(|word| list[number(word)]).collect()
}

/// Returns what the database keeps of words, and finds them again by, as a person typed them: case and spaces do not count.
///
/// A fast hash with the same salt everywhere is enough. What slow hashes and salts of their own are good for is what people
/// think of; nobody tries 2^80 words, for one person or for all at once.
pub(crate) fn hash(typed: &str) -> [u8; 32] {
    let words: Vec<_> = typed.split_whitespace().map(str::to_lowercase).collect();
    Sha256::new().chain_update(SALT).chain_update(words.join(" ")).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn the_list_has_1024_short_words_of_plain_letters() {
        let words: BTreeSet<_> = LIST.lines().collect();
        assert_eq!((words.len(), LIST.lines().count()), (1 << BITS, 1 << BITS));
        assert!(LIST.lines().is_sorted());
        for word in words {
            assert!((3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn no_two_words_begin_alike_or_differ_by_one_letter() {
        let words: Vec<_> = LIST.lines().collect();
        let beginnings: BTreeSet<_> = words.iter().map(|word| &word[..word.len().min(4)]).collect();
        assert_eq!(beginnings.len(), words.len());
        for (at, word) in words.iter().enumerate() {
            for other in &words[at + 1..] {
                assert!(!is_near(word, other), "{word} {other}");
            }
        }
    }

    #[test]
    fn no_two_words_sound_alike_and_none_has_a_sound_that_is_written_in_two_ways() {
        let mut sounds = BTreeMap::new();
        for word in LIST.lines() {
            for two_ways in ["ei", "ij", "au", "ou"] {
                assert!(!word.contains(two_ways), "{word}");
            }
            if let Some(other) = sounds.insert(sound(word), word) {
                panic!("{word} {other}");
            }
        }
    }

    #[test]
    fn words_are_drawn_of_the_whole_list() {
        let drawn: BTreeSet<_> = (0..2_000).flat_map(|_| draw()).collect();
        assert_eq!(drawn, LIST.lines().collect());
        assert_eq!(draw().len(), RECOVERY_WORDS);
    }

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_spaces() {
        assert_eq!(hash(" Appel  BOOM\ndeur "), hash("appel boom deur"));
        for other in ["appel deur boom", "appelboom deur", "appel boom", ""] {
            assert_ne!(hash(other), hash("appel boom deur"), "{other}");
        }
    }

    /// Says whether one letter put in, left out or changed makes one word of the other.
    fn is_near(a: &str, b: &str) -> bool {
        let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[same..], &b[same..]);
        let skip = |word: &'_ str| word.get(1..).unwrap_or_default().to_owned();
        skip(a) == skip(b) || skip(a) == b || a == skip(b)
    }

    /// Returns what a word sounds like to somebody who writes as he hears.
    fn sound(word: &str) -> String {
        let mut sound = word.to_owned();
        for (written, heard) in [
            ("sch", "s_"),
            ("ch", "g"),
            ("ck", "k"),
            ("th", "t"),
            ("ph", "f"),
            ("qu", "kw"),
            ("ce", "se"),
            ("ci", "si"),
            ("cy", "si"),
            ("x", "ks"),
            ("c", "k"),
            ("v", "f"),
            ("z", "s"),
            ("y", "i"),
        ] {
            sound = sound.replace(written, heard);
        }
        for (written, heard) in [('d', 't'), ('b', 'p')] {
            if sound.ends_with(written) {
                sound.pop();
                sound.push(heard);
            }
        }
        sound
    }
}
