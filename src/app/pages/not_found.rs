//! No such page.

use dom::{El, a, div, h1, header, main, p};

use crate::locales::use_words;
use crate::navigation::use_screen;
use crate::ui::bar;

/// An address that leads nowhere.
pub(crate) fn not_found() -> El {
    let words = &use_words().general;
    let heading = use_screen(|| words.not_found.to_owned(), h1().child(words.not_found));
    let to_start = a().class("button").attr("data-kind", "main").attr("href", "/").child(words.to_start);
    let page = div()
        .class("page stack")
        .child(heading)
        .child(p().child(words.not_found_what_to_do))
        .child(p().child(to_start));
    div()
        .class("frame")
        .flag("data-rail", true)
        .child(header().class("top"))
        .child(main().attr("id", "main").child(page))
        .child(bar())
}
