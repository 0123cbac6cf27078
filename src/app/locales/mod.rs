//! The words of every screen, per language, checked when the app is compiled: a key that is missing does not compile.
//!
//! A language is a table in a file of its own. What depends on a number or a name is a function, so every language puts
//! it where its grammar wants it. Numbers and dates are written by the browser (`format`).

mod en;
mod format;
mod nl;
mod words;

use leptos::prelude::*;

pub(crate) use format::{day, size};
pub(crate) use words::Words;

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Dutch,
    English,
    /// Dutch words from right to left: shows what a mirrored screen does before there is a language that needs it.
    Mirrored,
}

impl Language {
    /// The languages that one can choose.
    pub(crate) const CHOICES: [Self; 2] = [Self::Dutch, Self::English];

    /// Returns the language for a tag such as `nl-NL`; who speaks none of ours gets English.
    pub(crate) fn from_tag(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("nl") => Self::Dutch,
            Some("qps") => Self::Mirrored,
            Some(_) | None => Self::English,
        }
    }

    /// Returns the tag under which a choice is kept.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
            Self::Mirrored => "qps",
        }
    }

    /// Returns the tag for `lang`.
    pub(crate) const fn lang(self) -> &'static str {
        self.words().lang
    }

    /// Returns the direction of writing, for `dir`.
    pub(crate) const fn dir(self) -> &'static str {
        match self {
            Self::Dutch | Self::English => "ltr",
            Self::Mirrored => "rtl",
        }
    }

    /// Returns the words.
    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::Dutch | Self::Mirrored => &nl::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

/// Returns the words of the language in use. A change of language makes every screen anew, so words need no signal.
pub(crate) fn use_words() -> &'static Words {
    use_context::<&'static Words>().expect("the app provides the words before any screen")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_speaks_dutch_or_else_english() {
        for (tag, language) in [
            ("nl", Language::Dutch),
            ("nl-BE", Language::Dutch),
            ("en-GB", Language::English),
            ("ar", Language::English),
            ("", Language::English),
            ("qps", Language::Mirrored),
        ] {
            assert_eq!(Language::from_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn a_kept_choice_is_found_again() {
        for language in [Language::Dutch, Language::English, Language::Mirrored] {
            assert_eq!(Language::from_tag(language.tag()), language);
        }
    }

    #[test]
    fn the_static_shell_speaks_the_same_words() {
        let shell = include_str!("../index.html");
        let (nl, en) = (Language::Dutch.words(), Language::English.words());
        let pairs = [
            (nl.start.take_photo, en.start.take_photo),
            (nl.start.choose_photo, en.start.choose_photo),
            (nl.start.question, en.start.question),
            (nl.places.start, en.places.start),
            (nl.places.mine, en.places.mine),
            (nl.places.wall, en.places.wall),
            (nl.places.session, en.places.session),
            (nl.places.more, en.places.more),
        ];
        for (dutch, english) in pairs {
            let both = format!("data-en=\"{english}\">{dutch}<");
            assert!(shell.contains(&both), "index.html lacks {both}");
        }
    }
}
