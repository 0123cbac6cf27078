//! The words of every screen of this part, per language (see `ui` for those that all parts share).

mod en;
mod nl;
mod words;

use browser::ErrorCode;
use leptos::prelude::GetUntracked;
use ui::{Language, Text, use_language};

use words::Words;
pub(crate) use words::{Coming, Phones, SetUpArea};

/// Returns what is said of a refusal; of one that nothing is said of, its code stands behind what holds for all.
fn sentence_for(code: ErrorCode, said: &[(ErrorCode, Text)], otherwise: Text) -> String {
    match said.iter().find(|(known, _)| *known == code) {
        Some((_, text)) => (*text).to_owned(),
        None => format!("{otherwise} ({})", code.key()),
    }
}

/// Returns the words of a language.
pub(crate) const fn words(language: Language) -> &'static Words {
    language.choose(&nl::WORDS, &en::WORDS)
}

/// Returns the words of the language in use. A change of language makes every screen anew, so words need no signal.
pub(crate) fn use_words() -> &'static Words {
    words(use_language().get_untracked())
}
