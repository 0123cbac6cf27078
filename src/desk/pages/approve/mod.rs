//! *Goedkeuren*: which entries wait for those who guide, and what was said of the others.

mod case;
mod typing;

use browser::{Joined, MediaSize};
use dom::{El, View, a, b, br, div, each, h1, li, live, p, span, ul};
use domain::RecordId;
use leptos::prelude::*;
use ui::{
    Derived, PhotoShape, back_top, bones, day, derive, icon, mark, offline, photo, use_go, use_language, use_screen,
};

pub(crate) use case::approve_case;

use super::page;
use crate::asking::not_for_role;
use crate::locales::use_words;
use crate::queue::{All, Case, Turn, cases};
use crate::records::{named, reviews, use_records};
use crate::seat::with_seat;

/// Where the entries are listed.
pub(super) const LIST: &str = "/begeleiden/goedkeuren";

/// The entries that wait, and the others.
pub(crate) fn approve() -> View {
    let words = &use_words().approve;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let inside = if reviews(&seat) { lists(&seat) } else { not_for_role().into() };
        page(back_top("/begeleiden").child(heading.clone()), offline().and(inside))
    })
}

fn lists(seat: &Joined) -> View {
    let words = &use_words().approve;
    let records = use_records(seat);
    let all: All = derive(move || records.map(cases));
    let asks = derive(move || records.map(|held| held.sharing().asks_approval));
    let go = use_go();
    let turn = derive(move || go.query("stand").and_then(|key| Turn::from_key(&key)).unwrap_or(Turn::Ours));
    let chips = div().class("strip").attr("role", "group").attr("aria-label", words.which);
    let chips = chips.child(Turn::ALL.map(|of| chip(of, turn, all)));
    let list = live(move || if asks.get().is_none() { bones().into() } else { list(all, turn) });
    let rule = live(move || asks.get().map(|asks| p().child(if asks { words.asked } else { words.not_asked })));
    rule.and(chips).and(list)
}

fn chip(of: Turn, turn: Derived<Turn>, all: All) -> El {
    let words = &use_words().approve;
    let count = derive(move || all.with(|all| all.iter().flatten().filter(|case| case.turn == of).count()));
    a().class("chip")
        .attr("data-go", "adjust")
        .attr("href", &format!("{LIST}?stand={}", of.key()))
        .attr_live("aria-current", move || (turn.get() == of).then_some("true"))
        .child(live(move || format!("{} ({})", (words.turn)(of), count.get())))
}

fn list(all: All, turn: Derived<Turn>) -> View {
    let words = &use_words().approve;
    let ids = derive(move || {
        let turn = turn.get();
        all.with(|all| all.iter().flatten().filter(|case| case.turn == turn).map(|case| case.id).collect::<Vec<_>>())
    });
    let is_empty = derive(move || ids.with(Vec::is_empty));
    let none =
        move || is_empty.get().then(|| p().class("quiet").attr("role", "status").child((words.none)(turn.get())));
    live(none).and(ul().class("ways").child(each(move || ids.get(), move |id| row(all, *id))))
}

fn row(all: All, id: RecordId) -> View {
    let case = derive(move || all.with(|all| all.iter().flatten().find(|case| case.id == id).cloned()));
    live(move || case.get().map(|case| li().child(way(&case))))
}

fn way(case: &Case) -> El {
    let words = &use_words().approve;
    let Case { id, maker, entry, .. } = case;
    let first = entry.photos.first();
    let thumb = first.map(|first| photo(*id, *first, MediaSize::Small, PhotoShape::Thumb("m"), ""));
    let story = match (entry.story.as_str(), entry.voice) {
        ("", Some(_)) => ui::use_words().general.voice,
        ("", None) => words.no_story,
        (story, _) => story,
    };
    let when = day(entry.made, use_language().get_untracked());
    let told = span()
        .child(b().child(from(maker.as_ref().map(|maker| maker.name.as_str()))))
        .child(br())
        .child(span().class("small quiet").child(when))
        .child(br())
        .child(span().class("small excerpt").child(story));
    a().class("way")
        .attr("href", &format!("{LIST}/{id}"))
        .child(
            span().class("row").attr("data-gap", "2xs").child(thumb).child(mark(entry.valence).attr("data-size", "s")),
        )
        .child(told)
        .child(icon("next").flag("data-flip", true))
}

/// Returns whose entry it is; `None`: this member's.
fn from(maker: Option<&str>) -> String {
    let words = &use_words().approve;
    maker.map_or_else(|| words.yours.to_owned(), |name| (words.from)(named(name)))
}
