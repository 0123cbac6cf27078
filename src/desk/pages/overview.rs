//! *Begeleiden*: which project, and as whom.

use browser::Joined;
use dom::{El, View, dd, div, dl, dt, h1, main};
use ui::{icon, offline, top, use_screen};

use crate::locales::use_words;
use crate::seat::with_seat;

/// Where who guides begins.
pub(crate) fn overview() -> View {
    let words = &use_words().overview;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    with_seat(move |seat| {
        let page = div().class("page stack").attr("data-gap", "l").child(offline()).child(facts(&seat));
        [top(heading.clone()), main().attr("id", "main").child(page)].into()
    })
}

fn facts(seat: &Joined) -> El {
    let words = use_words();
    let Joined { project, role, nickname, .. } = seat;
    let name = if nickname.is_empty() { words.seat.unnamed } else { nickname };
    let who = format!("{name}, {}", (words.seat.role)(*role));
    let fact =
        |drawing, name: &str, value: &str| div().child(icon(drawing)).child(dt().child(name)).child(dd().child(value));
    dl().class("facts panel")
        .child(fact("town", words.overview.project, &format!("{}, {}", project.name, project.municipality)))
        .child(fact("usercheck", words.overview.you, &who))
}
