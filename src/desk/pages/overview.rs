//! *Begeleiden*: which project, and as whom; what is there to do.

use browser::Joined;
use dom::{El, View, a, b, br, dd, div, dl, dt, h1, li, span, ul};
use domain::permissions::Endpoint;
use ui::{icon, offline, top, use_screen};

use super::page;
use crate::locales::use_words;
use crate::seat::{may, with_seat};

/// Where who guides begins.
pub(crate) fn overview() -> View {
    let words = &use_words().overview;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    with_seat(move |seat| page(top(heading.clone()), offline().and(facts(&seat)).and(ways(&seat))))
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

fn ways(seat: &Joined) -> El {
    let words = &use_words().overview;
    let all = [
        (Endpoint::SeeMembers, "/begeleiden/leden", "group", words.members, words.members_why),
        (Endpoint::SeeCode, "/begeleiden/uitnodigen", "qr", words.invite, words.invite_why),
        (Endpoint::ReadLog, "/begeleiden/logboek", "flag", words.log, words.log_why),
    ];
    let open = all.into_iter().filter(|(endpoint, ..)| may(seat, *endpoint));
    let way = |(_, address, drawing, name, why)| li().child(way(address, drawing, name, why));
    ul().class("ways").child(open.map(way).collect::<View>())
}

/// A way further, with what is there.
pub(super) fn way(address: &str, drawing: &'static str, name: &str, why: &str) -> El {
    let told = span().child(b().child(name)).child(br()).child(span().class("small quiet").child(why));
    a().class("way")
        .attr("href", address)
        .child(icon(drawing).attr("data-size", "l"))
        .child(told)
        .child(icon("next").flag("data-flip", true))
}
