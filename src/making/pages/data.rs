//! *Mijn gegevens*: what somebody gave, and how to keep it and take it along.

use dom::{View, div, h1, main};
use ui::{back_top, part, use_screen};

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
