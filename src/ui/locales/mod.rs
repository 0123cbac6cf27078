//! The languages, and the words that all parts of the app share; a part has its own beside them, in tables made the same way.
//!
//! A language is a table in a file of its own, checked when the app is compiled: a key that is missing does not compile.
//! What depends on a number or a name is a function, so every language puts it where its grammar wants it. Numbers and
//! dates are written by the browser (`format`).

mod en;
mod format;
mod nl;
mod words;

use dom::reactive::*;
use domain::Texts;

use crate::light::afterwards;
use crate::shell;
pub use format::{count_of, day, moment, size};
pub use words::{Counted, General, Named, Opening, Places, Questions, Showing, States, Text, Words};

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
    /// Dutch words from right to left: shows what a mirrored screen does before there is a language that needs it.
    Mirrored,
}

impl Language {
    /// The languages that one can choose.
    pub const CHOICES: [Self; 2] = [Self::Dutch, Self::English];

    /// Returns the language for a tag such as `nl-NL`; who speaks none of ours gets English.
    #[inline]
    pub fn from_tag(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("nl") => Self::Dutch,
            Some("qps") => Self::Mirrored,
            Some(_) | None => Self::English,
        }
    }

    /// Returns the tag under which a choice is kept.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
            Self::Mirrored => "qps",
        }
    }

    /// Returns the tag for `lang`.
    pub const fn lang(self) -> &'static str {
        self.words().lang
    }

    /// Returns the direction of writing, for `dir`.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Dutch | Self::English => "ltr",
            Self::Mirrored => "rtl",
        }
    }

    /// Returns the words that all parts share.
    pub const fn words(self) -> &'static Words {
        self.choose(&nl::WORDS, &en::WORDS)
    }

    /// Returns the words of a part in this language.
    pub const fn choose<T>(self, dutch: &'static T, english: &'static T) -> &'static T {
        match self {
            Self::Dutch | Self::Mirrored => dutch,
            Self::English => english,
        }
    }
}

/// Returns a text in the language of the screen, or in any that there is.
pub fn in_language(texts: &Texts, language: Language) -> Option<&str> {
    let any = || texts.values().next();
    texts.get(language.tag()).or_else(|| texts.get(Language::Dutch.tag())).or_else(any).map(String::as_str)
}

/// Returns how the usual questions are asked, in the order of [`domain::QUESTION_KEYS`].
pub const fn usual_questions(language: Language) -> &'static [&'static str; 5] {
    language.choose(&names::dutch::QUESTIONS, &names::english::QUESTIONS)
}

/// Provides the language in use, and tells the browser.
pub fn provide_language(first: Language) -> RwSignal<Language> {
    let language = RwSignal::new(first);
    provide_context(language);
    afterwards(move || speak(language.get()));
    language
}

/// Returns the language in use; setting it makes every screen anew.
pub fn use_language() -> RwSignal<Language> {
    expect_context()
}

/// Returns the shared words of the language in use. A change of language makes every screen anew, so words need no signal.
pub fn use_words() -> &'static Words {
    use_language().get_untracked().words()
}

/// Returns the language to begin with: as the address says, as chosen on this phone, as the phone speaks.
#[inline]
pub fn first_language() -> Language {
    let asked = shell::query("taal");
    if let Some(tag) = &asked {
        browser::set_language(tag);
    }
    let tag = asked.or_else(browser::language).or_else(browser::device_language);
    tag.map_or(Language::Dutch, |tag| Language::from_tag(&tag))
}

/// Tells the browser which language the page is in, and its direction.
pub fn speak(language: Language) {
    if let Some(root) = document().document_element() {
        // These attributes are always allowed.
        let _ = root.set_attribute("lang", language.lang());
        let _ = root.set_attribute("dir", language.dir());
    }
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
}
