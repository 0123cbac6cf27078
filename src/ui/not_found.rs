//! No such page.

use dom::{View, a, div, h1, header, main, p};

use crate::locales::use_words;
use crate::navigation::use_screen;

/// An address that leads nowhere.
pub fn not_found() -> View {
    let words = &use_words().general;
    let heading = use_screen(|| words.not_found.to_owned(), h1().child(words.not_found));
    let to_start = a().class("button").attr("data-kind", "main").attr("href", "/").child(words.to_start);
    let page = div()
        .class("page stack")
        .child(heading)
        .child(p().child(words.not_found_what_to_do))
        .child(p().child(to_start));
    [header().class("top"), main().attr("id", "main").child(page)].into()
}
