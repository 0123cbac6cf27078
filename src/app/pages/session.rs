//! *Gesprek*: what it is, and honestly that it is not there yet.

use dom::{View, div, h1, li, main, ol, p, span};
use ui::{icon, notice, top, use_screen};

use crate::locales::use_words;

/// What a session is.
pub(crate) fn session() -> View {
    let words = &use_words().session;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    let steps = ["images", "talk", "hands"].into_iter().zip(words.steps);
    let steps = steps.map(|(name, step)| li().child(icon(name)).child(span().child(step)));
    let page = div()
        .class("page stack")
        .attr("data-gap", "m")
        .child(p().child(words.what))
        .child(ol().class("checks").child(steps.collect::<View>()))
        .child(notice("clock", None, words.not_yet));
    [top(heading), main().attr("id", "main").child(page)].into()
}
