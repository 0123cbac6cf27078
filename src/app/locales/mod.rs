//! The words of every screen of this part, per language (see `ui` for those that all parts share).

mod en;
mod nl;
mod words;

use ui::{Language, use_language};

pub(crate) use words::Words;

/// Returns the words of a language.
pub(crate) const fn words(language: Language) -> &'static Words {
    language.choose(&nl::WORDS, &en::WORDS)
}

/// Returns the words of the language in use. A change of language makes every screen anew, so words need no signal.
pub(crate) fn use_words() -> &'static Words {
    use dom::reactive::GetUntracked;
    words(use_language().get_untracked())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_static_shell_speaks_the_same_words() {
        let shell = include_str!("../index.html");
        let [nl, en] = [Language::Dutch, Language::English].map(words);
        let [shared_nl, shared_en] = [Language::Dutch, Language::English].map(Language::words);
        let (places_nl, places_en) = (&shared_nl.places, &shared_en.places);
        let pairs = [
            (nl.start.take_photo, en.start.take_photo),
            (nl.start.choose_photo, en.start.choose_photo),
            (nl.start.question, en.start.question),
            (places_nl.start, places_en.start),
            (places_nl.mine, places_en.mine),
            (places_nl.wall, places_en.wall),
            (places_nl.session, places_en.session),
            (places_nl.more, places_en.more),
        ];
        for (dutch, english) in pairs {
            let both = format!("data-en=\"{english}\">{dutch}<");
            assert!(shell.contains(&both), "index.html lacks {both}");
        }
    }
}
