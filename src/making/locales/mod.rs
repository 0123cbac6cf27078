//! The words of every screen of this part, per language (see `ui` for those that all parts share).

mod en;
mod nl;
mod words;

use leptos::prelude::GetUntracked;
use ui::{Language, use_language};

pub(crate) use words::Voice;
use words::Words;

/// Returns the words of a language.
pub(crate) const fn words(language: Language) -> &'static Words {
    language.choose(&nl::WORDS, &en::WORDS)
}

/// Returns the words of the language in use. A change of language makes every screen anew, so words need no signal.
pub(crate) fn use_words() -> &'static Words {
    words(use_language().get_untracked())
}
