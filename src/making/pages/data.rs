//! *Mijn gegevens*: what somebody gave, and how to keep it and take it along.

use dom::{El, View, div, h1, h2, main, section};
use ui::{back_top, use_screen};

use super::backup::backup;
use super::given::given;
use crate::locales::use_words;

/// The screen with all that somebody gave.
pub(crate) fn data() -> View {
    let words = use_words();
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.data.title);
    let heading = use_screen(|| words.data.title.to_owned(), heading);
    let page = div()
        .class("page stack")
        .attr("data-gap", "l")
        .child(part("data-given", words.given.title, given()))
        .child(part("data-backup", words.backup.title, backup()));
    [back_top("/meer").child(heading), main().attr("id", "main").child(page)].into()
}

/// A part of the screen under its own heading.
fn part(id: &str, title: &str, inside: View) -> El {
    section()
        .class("stack")
        .attr("data-gap", "xs")
        .attr("aria-labelledby", id)
        .child(h2().attr("id", id).child(title))
        .child(inside)
}
