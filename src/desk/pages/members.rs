//! *Deelnemers*: who is in the project, and when their phones were last heard of.

use browser::{Joined, Verb};
use dom::{El, View, b, button, div, h1, li, p, span, ul};
use domain::Timestamp;
use domain::permissions::Endpoint;
use leptos::prelude::*;
use protocol::{DoneReply, MemberInfo, MembersReply, member_path, members_path};
use ui::{Question, asked_first, back_top, count_of, day, icon, moment, use_language, use_screen};

use super::page;
use crate::asking::{Asked, use_asked, use_deed};
use crate::locales::use_words;
use crate::records::named;
use crate::seat::{may, with_seat};

/// Who is in the project.
pub(crate) fn members() -> View {
    let words = &use_words().members;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let project = seat.project.id;
        let asked = use_asked::<MembersReply>(move || members_path(project));
        let list = asked.show(move |MembersReply { members, .. }| {
            let count = p().child((words.count)(count_of(members.len())));
            let rows = members.iter().map(|member| li().child(row(member, &seat, asked))).collect::<View>();
            View::from(count).and(ul().class("rows").child(rows))
        });
        page(back_top("/begeleiden").child(heading.clone()), list)
    })
}

fn row(member: &MemberInfo, seat: &Joined, asked: Asked<MembersReply>) -> El {
    let words = use_words();
    let language = use_language().get_untracked();
    let MemberInfo { nickname, role, joined_ms, entries, devices, .. } = member;
    let name = p().child(b().child(named(nickname))).child(", ").child((words.seat.role)(*role));
    let joined = joined_ms.map(|joined| (words.members.joined)(&day(Timestamp::from_ms(joined), language)));
    let entries = (words.members.entries)(u32::try_from(*entries).unwrap_or(u32::MAX));
    let quiet = |line: &str| p().class("small quiet").child(line);
    let phone = |seen_ms: Option<u64>| {
        li().class("small").child(icon("phone").attr("data-size", "s")).child(span().child(seen(seen_ms)))
    };
    let phones = devices.iter().map(|device| phone(device.seen_ms)).collect::<View>();
    div()
        .class("row-words")
        .child(name)
        .child(joined.map(|joined| quiet(&joined)))
        .child(quiet(&entries))
        .child(ul().class("row-parts").child(phones))
        .child((may(seat, Endpoint::RemoveMember) && member.id != seat.member).then(|| remove(member, seat, asked)))
}

/// Says when a phone was heard of last.
pub(super) fn seen(seen_ms: Option<u64>) -> String {
    let words = &use_words().members;
    match seen_ms {
        Some(seen) => (words.seen)(&moment(Timestamp::from_ms(seen), use_language().get_untracked())),
        None => words.never_seen.to_owned(),
    }
}

/// Takes somebody out, after asking.
fn remove(member: &MemberInfo, seat: &Joined, asked: Asked<MembersReply>) -> El {
    let words = use_words();
    let path = member_path(seat.project.id, member.id);
    let deed = use_deed();
    let remove = Callback::new(move |()| {
        deed.run(Verb::Delete, path.clone(), None, move |DoneReply { .. }| asked.again());
    });
    let name = named(&member.nickname);
    let ask = button().class("button").attr("aria-label", &(words.members.remove_whom)(name));
    let ask = ask.child(icon("trash")).child(words.members.remove);
    let title = (words.members.remove_sure)(name);
    let question =
        Question { title: &title, why: words.members.remove_why, drawing: "trash", yes: words.members.remove_yes };
    let asked = asked_first(&format!("remove-{}", member.id), ask, question, remove);
    div().class("row-acts").child(asked).child(deed.told())
}
