//! *Begeleiden*: which project, and as whom; what is there to do.

use browser::Joined;
use dom::{El, View, a, b, br, dd, div, dl, dt, h1, li, live, span, ul};
use domain::permissions::Endpoint;
use ui::{count_of, derive, icon, offline, top, use_screen};

use super::figures::figures;
use super::wide_page;
use crate::locales::use_words;
use crate::queue::{All, Turn, cases};
use crate::records::{groups, named, reviews, sets_up, use_records};
use crate::seat::{may, with_seat};

/// Where who guides begins.
pub(crate) fn overview() -> View {
    let words = &use_words().overview;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    with_seat(move |seat| {
        let records = use_records(&seat);
        let all: All = derive(move || records.map(cases));
        let inside = offline().and(facts(&seat)).and(ways(&seat, all)).and(figures(&seat, records, all));
        wide_page(top(heading.clone()), inside)
    })
}

fn facts(seat: &Joined) -> El {
    let words = use_words();
    let Joined { project, role, nickname, .. } = seat;
    let who = format!("{}, {}", named(nickname), (words.seat.role)(*role));
    let fact =
        |drawing, name: &str, value: &str| div().child(icon(drawing)).child(dt().child(name)).child(dd().child(value));
    dl().class("facts panel")
        .child(fact("town", words.overview.project, &format!("{}, {}", project.name, project.municipality)))
        .child(fact("usercheck", words.overview.you, &who))
}

fn ways(seat: &Joined, all: All) -> El {
    let words = use_words();
    let to_approve = reviews(seat).then(|| {
        let waiting = derive(move || {
            all.with(|all| count_of(all.iter().flatten().filter(|case| case.turn == Turn::Ours).count()))
        });
        let why = live(move || (words.approve.why)(waiting.get()));
        li().child(way("/begeleiden/goedkeuren", "eye", words.approve.title, why))
    });
    let words = &words.overview;
    let can = |endpoint| may(seat, endpoint);
    let all = [
        (can(Endpoint::SeeMembers), "/begeleiden/leden", "group", words.members, words.members_why),
        (can(Endpoint::SeeCode), "/begeleiden/uitnodigen", "qr", words.invite, words.invite_why),
        (can(Endpoint::ReadLog), "/begeleiden/logboek", "flag", words.log, words.log_why),
        (groups(seat), "/begeleiden/groepen", "hands", words.groups, words.groups_why),
        (sets_up(seat), "/begeleiden/instellen", "sliders", words.set_up, words.set_up_why),
    ];
    let open = all.into_iter().filter(|(is_open, ..)| *is_open);
    let way = |(_, address, drawing, name, why)| li().child(way(address, drawing, name, why));
    ul().class("ways").child(to_approve).child(open.map(way).collect::<View>())
}

/// A way further, with what is there.
pub(super) fn way(address: &str, drawing: &'static str, name: &str, why: impl Into<View>) -> El {
    let told = span().child(b().child(name)).child(br()).child(span().class("small quiet").child(why));
    a().class("way")
        .attr("href", address)
        .child(icon(drawing).attr("data-size", "l"))
        .child(told)
        .child(icon("next").flag("data-flip", true))
}
