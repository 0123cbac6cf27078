//! The words that bring a person back: which there are, and how what somebody typed is read.

/// How many words bring a person back.
pub const RECOVERY_WORDS: usize = 8;

/// The plain Dutch words of which they are drawn: 1024 short ones, one a line, in order. The tests hold the rules that they
/// follow.
pub const RECOVERY_LIST: &str = include_str!("recovery/words.txt");

/// Returns the words in what somebody typed: case does not count, nor do spaces, commas, and numbers before a word.
pub fn typed_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Returns those of these words that bring nobody back, whichever person it is: they are not of the list.
pub fn unknown_words(words: &[String]) -> Vec<&str> {
    let is_unknown = |word: &&str| RECOVERY_LIST.lines().all(|known| known != *word);
    words.iter().map(String::as_str).filter(is_unknown).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn the_list_has_1024_short_words_of_plain_letters() {
        let words: BTreeSet<_> = RECOVERY_LIST.lines().collect();
        assert_eq!((words.len(), RECOVERY_LIST.lines().count()), (1024, 1024));
        assert!(RECOVERY_LIST.lines().is_sorted());
        for word in words {
            assert!((3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn no_two_words_begin_alike_or_differ_by_one_letter() {
        let words: Vec<_> = RECOVERY_LIST.lines().collect();
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
        for word in RECOVERY_LIST.lines() {
            for two_ways in ["ei", "ij", "au", "ou"] {
                assert!(!word.contains(two_ways), "{word}");
            }
            if let Some(other) = sounds.insert(sound(word), word) {
                panic!("{word} {other}");
            }
        }
    }

    #[test]
    fn words_are_read_in_any_case_with_anything_between_them() {
        for typed in [" Appel  BOOM\ndeur ", "appel, boom,deur.", "1. Appel 2. Boom 3. Deur"] {
            assert_eq!(typed_words(typed), ["appel", "boom", "deur"], "{typed}");
        }
        assert_eq!(typed_words(" , "), [""; 0]);
    }

    #[test]
    fn a_word_that_is_not_of_the_list_is_named_as_it_was_read() {
        let first = RECOVERY_LIST.lines().next().unwrap();
        let words = typed_words(&format!("Zzappel {first} één"));
        assert_eq!(unknown_words(&words), ["zzappel", "één"]);
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
